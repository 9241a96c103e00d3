"""`huchu targets`: progress to the plan's targets and the peak cut of a fleet, printed and, on request, written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from huchu.cli.places import SETTINGS_FILE, beside, chosen_stations
from huchu.cli.printing import DONE, print_json, refusals, to_stdout
from huchu.cli.scale import Piles, Scale, percent, piles_of, power_text, scale_of, scale_record, tell_scale
from huchu.cli.typed import today, typed_day, typed_figure, typed_whole
from huchu.cli.words import say
from tariffs.eligibility.targets import SERIES, Target, targets_of
from tariffs.settings import NaiveInstants, Settings, read_settings
from tariffs.stations import read_stations
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import UsageError, Words

if TYPE_CHECKING:
    from huchu.cli.peak import PeakCut, Pool
    from huchu.plots.targets import TargetsPicture

DEFAULT_CITY: Final = "shanghai"
LEAST_POWER: Final = Decimal("0.001")
LEAST_SHARE: Final = Decimal("0.000001")
FIRST_YEAR, LAST_YEAR = 1, 9999
MOST_PILES: Final = 10**9

Options = tuple[tuple[str, object, str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu targets` asks for, figures as they are typed."""

    installed: str | None = None
    on: str | None = None
    year: str | None = None
    base_year: str | None = None
    base: str | None = None
    piles: str | None = None
    pile_kw: str | None = None
    share: str | None = None
    load: Path | None = None
    peak_share: str = "0.05"
    stations: Path | None = None
    only: tuple[str, ...] = ()
    fleet_mw: str | None = None
    fleet_mwh: str | None = None
    out: Path | None = None
    plot: bool = True
    accept_unterminated: bool = False
    settings: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was asked, worked out."""

    targets: Mapping[str, Target]
    scale: Scale
    piles: Piles | None
    cut: "PeakCut | None"


def targets(request: Request, *, as_json: bool) -> None:
    """Work out, print and perhaps write, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        checked = run(request)
        record = _record(checked)
        if request.out is not None:
            _write(request.out, checked, record, request)
    if as_json:
        print_json({"status": "done", "out": None if request.out is None else str(request.out), **record})
    else:
        _report(checked, request)
    raise SystemExit(DONE)


def run(request: Request) -> Checked:
    """Progress, piles and peak cut of a request.

    Raises  HuchuError if an option or a file cannot be used, or the plan is not in force on the day
    """
    _refuse_halves(request)
    on = _day(request)
    named = [path for path in (request.load, request.stations) if path is not None]
    settings_file = request.settings or beside(SETTINGS_FILE, named)
    settings = None if settings_file is None else read_settings(settings_file)
    library = Library() if settings is None else library_of(settings)
    city = DEFAULT_CITY if settings is None else settings.city
    found = targets_of(library.in_force(f"{city}/{SERIES}", on))
    installed = _figure(request.installed, "--installed")
    base = installed if request.base is None else _figure(request.base, "--base")
    base_year = on.year if request.base_year is None else _year(request.base_year, "--base-year")
    return Checked(
        targets=found,
        scale=scale_of(found, on, installed, base_year, base),
        piles=_piles(request, found),
        cut=_cut(request, settings, on),
    )


def _refuse_halves(request: Request) -> None:
    """Nothing, if every option has those that it needs beside it, and none that contradicts it."""
    together: Options = (
        ("--base-year", request.base_year, "--base", request.base),
        ("--pile-kw", request.pile_kw, "--share", request.share),
        ("--fleet-mw", request.fleet_mw, "--fleet-mwh", request.fleet_mwh),
    )
    for name, given, other, also in together:
        if (given is None) != (also is None):
            raise _usage(Words(f"{name} 与 {other} 须同时给出", f"{name} and {other} go together"))
    apart: Options = (
        ("--on", request.on, "--year", request.year),
        ("--stations", request.stations, "--fleet-mw", request.fleet_mw),
    )
    for name, given, other, also in apart:
        if given is not None and also is not None:
            raise _usage(Words(f"{name} 与 {other} 只能给一个", f"give {name} or {other}, not both"))
    needing: Options = (
        ("--pile-kw", request.pile_kw, "--piles", request.piles),
        ("--fleet-mw", request.fleet_mw, "--load", request.load),
        ("--stations", request.stations, "--load", request.load),
        ("--only", request.only or None, "--stations", request.stations),
    )
    for name, given, other, also in needing:
        if given is not None and also is None:
            raise _usage(Words(f"{name} 须与 {other} 同用", f"{name} needs {other}"))


def _usage(what: Words) -> UsageError:
    return UsageError(
        what,
        found=Words("选项不成套", "the options do not fit together"),
        do=Words("见 huchu targets --help", "see huchu targets --help"),
    )


def _day(request: Request) -> date:
    if request.year is not None:
        return date(_year(request.year, "--year"), 12, 31)
    return today() if request.on is None else typed_day(request.on, "--on")


def _year(text: str, option: str) -> int:
    return typed_whole(text, option, FIRST_YEAR, LAST_YEAR)


def _figure(text: str | None, option: str) -> Decimal | None:
    return None if text is None else typed_figure(text, option)


def _piles(request: Request, found: Mapping[str, Target]) -> Piles | None:
    if request.piles is None:
        return None
    count = typed_whole(request.piles, "--piles", 0, MOST_PILES)
    share = None if request.share is None else typed_figure(request.share, "--share", 0, Decimal(1))
    return piles_of(found, count, _figure(request.pile_kw, "--pile-kw"), share)


def _cut(request: Request, settings: Settings | None, on: date) -> "PeakCut | None":
    if request.load is None:
        return None
    from huchu.cli.peak import peak_cut_of

    share = typed_figure(request.peak_share, "--peak-share", LEAST_SHARE, 1 - LEAST_SHARE)
    naive = NaiveInstants.ASIA_SHANGHAI if settings is None else settings.naive_instants
    return peak_cut_of(request.load, share, _pool(request, on), naive, request.accept_unterminated)


def _pool(request: Request, on: date) -> "Pool | None":
    from dispatch.peak_cut import Fleet
    from huchu.cli.peak import Pool, pool_of

    if request.stations is not None:
        return pool_of(chosen_stations(read_stations(request.stations), request.only), on)
    if request.fleet_mw is None or request.fleet_mwh is None:
        return None
    fleet = Fleet(
        power_mw=float(typed_figure(request.fleet_mw, "--fleet-mw", LEAST_POWER)),
        energy_mwh=float(typed_figure(request.fleet_mwh, "--fleet-mwh")),
    )
    return Pool(fleet=fleet)


def _record(checked: Checked) -> dict[str, Any]:
    record = scale_record(checked.targets, checked.scale, checked.piles)
    record["peak_cut"] = None
    if checked.cut is not None:
        from huchu.cli.peak import peak_record

        record["peak_cut"] = peak_record(checked.cut)
    return record


def _write(out: Path, checked: Checked, record: Mapping[str, Any], request: Request) -> None:
    from huchu.output import whole_folder, write_file

    with whole_folder(out, force=request.force) as folder:
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        write_file(folder / "targets.json", text.encode("utf-8"))
        if request.plot:
            from huchu.plots.targets import targets_png

            write_file(folder / "targets.png", targets_png(_picture(checked.scale)))
        if request.plot and checked.cut is not None:
            from huchu.plots.peak_cut import peak_cut_png

            cut = checked.cut
            write_file(folder / "peak_cut.png", peak_cut_png(cut.load, cut.needs, cut.fleet, cut.reach))


def _picture(scale: Scale) -> "TargetsPicture":
    from huchu.plots.targets import Mark, TargetsPicture

    told = [("日期 on", str(scale.on))]
    if scale.installed_mw is not None:
        told.append(("已投用 in use", f"{scale.installed_mw:,f} MW"))
    for each in (*scale.needed, scale.between):
        if each.yearly_mw is not None:
            rate = "" if each.cagr_ratio is None else f" · CAGR {percent(each.cagr_ratio)}"
            label = f"{each.from_year} → {each.until_year} 年末 year ends"
            told.append((label, f"{power_text(each.yearly_mw)} MW/年{rate}"))
    return TargetsPicture(
        on=scale.on,
        installed_mw=None if scale.installed_mw is None else float(scale.installed_mw),
        base=None if scale.base_mw is None else (scale.base_year, float(scale.base_mw)),
        marks=tuple(
            Mark(year=each.table.target_year, power_mw=float(each.mark or 0), exclusive=each.exclusive)
            for each in scale.marks
        ),
        told=tuple(told),
    )


def _report(checked: Checked, request: Request) -> None:
    tell_scale(checked.targets, checked.scale, checked.piles)
    if checked.cut is not None:
        from huchu.cli.peak import tell_peak

        tell_peak(checked.cut)
    if request.out is not None:
        to_stdout(say(f"结果在 {request.out}", f"results in {request.out}"))
