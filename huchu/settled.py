"""Earlier results read back: what settled months add to the calls and to the award to date."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import polars as pl

from settlement.earlier import Earlier, EarlierMonth, SettledCorrection
from settlement.statement.obligation import EnergyByRating
from settlement.statement.terms import RunKind
from settlement.tally import tally_of_text
from tariffs.settings import Settings
from tariffs.vocabulary.columns import AWARD, CALLS, LINES
from tariffs.vocabulary.errors import InputError, UsageError, Words, shown_name
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

CALLS_FILE = "calls.csv"
RUN_FILE = "run.json"
AWARD_FILE = "award.csv"
LINES_FILE = "lines.csv"
SWITCH = "market_from"
OF_CALLS = (
    "city",
    "season_calendar",
    "season_ranges",
    "obligation_year_from",
    "call_counting",
    "event_depth_ratio",
    "hours_per_call",
    "pairing_efficiency_ratio",
    "paired_cycles_form",
    "energy_basis",
    "commissioning_energy",
    "award_year",
)
"""The settings that the energies of calls.csv and award.csv depend on; `market_from` counts for months that it touches."""
KWH = re.compile(r"(\d+)\.(\d{4})")
Key = tuple[str, date, Month]
Entry = TypeVar("Entry")
PART = re.compile(r"(\d+)\.(\d{4}):(\d+)\.(\d{4})")


def earlier_months(folders: Sequence[Path], settings: Settings) -> Earlier:
    """What the results given hold of every station and month: for calls and awarded energy to date.

    Shape   a folder is a result itself or holds results; a month found twice must have the same energies
    Raises  InputError if a folder holds no calls.csv, a row is not what we wrote, two results differ, or a result was
            settled with other settings of seasons and calls
    """
    calls: dict[tuple[str, date, Month], EarlierMonth] = {}
    awarded: dict[tuple[str, date, Month], int] = {}
    corrections: dict[SettledCorrection, Month] = {}
    preliminary: list[str] = []
    wanted = dict(settings.applied())
    for folder in folders:
        for path in calls_files(folder):
            found = read_calls(path)
            if _told(path.parent).get("kind") == RunKind.PRELIM.value:
                preliminary.append(path.parent.name)
            _refuse_other_settings(path.parent, wanted, max((month for _, _, month in found), default=None))
            _take(calls, found, path)
            award_file = path.with_name(AWARD_FILE)
            if award_file.is_file():
                _take(awarded, _read_awards(award_file), award_file)
            corrections.update(_read_corrections(path.with_name(LINES_FILE)))
    return Earlier(calls=calls, awarded_kwh_e4=awarded, corrections=corrections, preliminary=tuple(preliminary))


def _take(known: dict[Key, Entry], found: Mapping[Key, Entry], path: Path) -> None:
    for key, entry in found.items():
        if known.setdefault(key, entry) != entry:
            raise _differ(path, key)


def calls_files(folder: Path) -> list[Path]:
    """The calls.csv of a result, or of every result in a folder.

    Raises  InputError if there is none
    """
    direct = folder / CALLS_FILE
    files = [direct] if direct.is_file() else sorted(folder.glob(f"*/{CALLS_FILE}"))
    if not files:
        raise InputError(
            Words(f"{shown_name(folder)} 中没有以前的结算结果", f"{shown_name(folder)} holds no earlier result"),
            found=Words(f"没有 {CALLS_FILE}", f"no {CALLS_FILE}"),
            do=Words(
                "用 --settled 指出 huchu settle 写出的文件夹", "name a folder that huchu settle wrote with --settled"
            ),
        )
    return files


def files_read(folder: Path) -> list[Path]:
    """Every file that `earlier_months` reads of the results in a folder.

    Raises  InputError if there is no result
    """
    names = (CALLS_FILE, AWARD_FILE, LINES_FILE, RUN_FILE)
    beside = [path.with_name(name) for path in calls_files(folder) for name in names]
    return [path for path in beside if path.is_file()]


def _refuse_other_settings(folder: Path, wanted: Mapping[str, str], last: Month | None) -> None:
    try:
        told = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["settings"]
        used = {key: str(told.get(key, "")) for key in (*OF_CALLS, SWITCH)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            Words(
                f"{shown_name(folder)} 中没有可读的 {RUN_FILE}", f"{shown_name(folder)} holds no readable {RUN_FILE}"
            ),
            found=Words("无法得知该结果所用设置", "the settings of that result are not known"),
            do=Words("重新结算该月", "settle that month again"),
        ) from None
    wanted = {**wanted, SWITCH: _switch_before(wanted.get(SWITCH, ""), last)}
    used[SWITCH] = _switch_before(used[SWITCH], last)
    other = [key for key in used if used[key] != wanted.get(key, "")]
    if other:
        shown = ", ".join(f"{key} = {used[key]!r} / {wanted.get(key, '')!r}" for key in other)
        raise InputError(
            Words(
                f"{shown_name(folder)} 的结果用了不同的设置",
                f"the result in {shown_name(folder)} was made with other settings",
            ),
            found=Words(shown, shown),
            do=Words("用同样的设置重新结算以前各月", "settle the earlier months again with the same settings"),
        )


def _told(folder: Path) -> Mapping[str, Any]:
    """What the run.json of a result says; it has a table of settings.

    Raises  InputError if it cannot be read
    """
    try:
        told: Any = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        told["settings"].get("")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            Words(f"{folder.name} 中没有可读的 {RUN_FILE}", f"{folder.name} holds no readable {RUN_FILE}"),
            found=Words("无法得知该结果所用设置", "the settings of that result are not known"),
            do=Words("重新结算该月", "settle that month again"),
        ) from None
    return cast(Mapping[str, Any], told)


def _switch_before(market_from: str, last: Month | None) -> str:
    """The day of the switch, if it lies before the end of the last month of a result; else nothing."""
    return market_from if last is not None and market_from < last.end.isoformat() else ""


def read_calls(path: Path) -> Mapping[Key, EarlierMonth]:
    """The rows of a calls.csv by station, first day of the obligation year and month.

    Raises  InputError if a row is not what we wrote
    """
    found = {}
    for number, row in _rows(path, CALLS):
        energies = _energies(row["season_discharge_kwh_by_rated_kwh"], path, number)
        tally = tally_of_text(row["call_tally"])
        if tally is None or kwh_text(sum(energies.values())) != row["season_discharge_kwh_month"]:
            raise _not_ours(path, number)
        found[_key(row, "obligation_year", path, number)] = EarlierMonth(discharge_kwh_e4=energies, tally=tally)
    return found


def _read_awards(path: Path) -> Mapping[Key, int]:
    found = {}
    for number, row in _rows(path, AWARD):
        if not row["awarded_kwh_month"]:
            continue
        match = KWH.fullmatch(row["awarded_kwh_month"])
        if match is None:
            raise _not_ours(path, number)
        whole, fraction = (int(digits) for digits in match.groups())
        found[_key(row, "award_year", path, number)] = whole * ENERGY_UNITS_PER_KWH + fraction
    return found


def _read_corrections(path: Path) -> Mapping[SettledCorrection, Month]:
    """The adjustment lines of a result; nothing where the result has no lines.csv, which calls.csv does not need."""
    found = {}
    for number, row in _rows(path, tuple(LINES)) if path.is_file() else ():
        if row["item"] != "adjustment":
            continue
        flags = dict(part.partition("=")[::2] for part in row["flags"].split(";"))
        try:
            month = Month.parse(row["month"])
        except UsageError:
            raise _not_ours(path, number) from None
        settled = SettledCorrection(
            station_id=row["station_id"],
            original_month=flags.get("original_month", ""),
            leg=flags.get("leg", ""),
            quantity_kwh=row["quantity"],
            reason=flags.get("reason", ""),
        )
        found[settled] = month
    return found


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except pl.exceptions.PolarsError:
        raise _not_ours(path, 1) from None
    if list(frame.columns) != list(columns):
        raise _not_ours(path, 1)
    yield from enumerate(frame.iter_rows(named=True), 2)


def _key(row: Mapping[str, str], year: str, path: Path, number: int) -> Key:
    try:
        return row["station_id"], date.fromisoformat(row[year]), Month.parse(row["month"])
    except (ValueError, UsageError):
        raise _not_ours(path, number) from None


def _energies(text: str, path: Path, row: int) -> EnergyByRating:
    energies: dict[int, int] = {}
    for part in text.split(";"):
        match = PART.fullmatch(part)
        if match is None:
            raise _not_ours(path, row)
        rated, rated_e4, energy, energy_e4 = (int(digits) for digits in match.groups())
        energies[rated * ENERGY_UNITS_PER_KWH + rated_e4] = energy * ENERGY_UNITS_PER_KWH + energy_e4
    return energies


def _not_ours(path: Path, row: int) -> InputError:
    place = f"{path.parent.name}/{path.name}"
    return InputError(
        Words(f"{place} 第 {row} 行不是结算结果", f"row {row} of {place} is not a settlement result"),
        found=Words("列或数值与该文件的格式不符", "its columns or figures are not those that we write"),
        do=Words("重新结算该月", "settle that month again"),
    )


def _differ(path: Path, key: Key) -> InputError:
    station_id, _, month = key
    return InputError(
        Words(f"{station_id} {month} 有两份不同的结果", f"two results of {station_id} {month} differ"),
        found=Words(path.parent.name, path.parent.name),
        do=Words("每月只给一份结果", "give one result a month"),
    )
