"""`huchu calls`: read settled months, say where the obligation stands, write the table and the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from huchu.cli.calls_request import Request
from huchu.cli.calls_standing import Standing, Tallies, standings
from huchu.cli.calls_table import COLUMNS, print_standings, row_of
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, chosen_stations, found_file
from huchu.cli.printing import DONE, SHOWN_ROWS, print_json, refusals, to_stdout
from huchu.cli.stages import Stages
from huchu.cli.typed import typed_day
from huchu.cli.words import say
from huchu.output import refuse_existing, whole_folder, write_file
from huchu.settled import CALLS_FILE, earlier_months
from settlement.export.tables import csv_bytes
from tariffs.settings import Settings, read_settings
from tariffs.stations import Station, read_stations
from tariffs.versions import library_of
from tariffs.vocabulary.errors import InputError, UsageError, Words, shown_name

__all__ = ["Request", "calls"]
TABLE_FILE = "calls_progress.csv"
PICTURE_FILE = "calls.png"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a request gave, and the pictures that were written."""

    standings: tuple[Standing, ...]
    pictures: tuple[str, ...]


def calls(request: Request, *, as_json: bool) -> None:
    """Say where the obligation stands, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        if request.compare:
            from huchu.cli.calls_compare import compare

            compare(request, as_json=as_json)
        else:
            report(run(request), request.out, as_json=as_json)
    raise SystemExit(DONE)


def run(request: Request) -> Done:
    """Where every station stands that the folders hold, written to a folder where one is named.

    Raises  HuchuError if anything is refused; then nothing was written
    """
    _refuse_options_of_comparison(request)
    on = None if request.on is None else typed_day(request.on, "--on")
    if request.out is not None:
        refuse_existing(request.out, force=request.force)
    settings = read_settings(found_file(request.settings, SETTINGS_FILE, request.inputs, "--settings"))
    known = read_stations(found_file(request.stations, STATIONS_FILE, request.inputs, "--stations"))
    stages = Stages()
    with stages.stage("read", say("读取", "reading")):
        tallies = tallies_of(request.inputs, settings)
    stations = _stations(known, tallies, request.only)
    with stages.stage("count", say("计次", "counting")):
        found = standings(tallies, stations, settings, library_of(settings), on)
    if not found:
        raise _nothing_settled(request)
    pictures: tuple[str, ...] = ()
    if request.out is not None:
        with stages.stage("write", say("写出", "writing")):
            pictures = _write(request.out, found, plot=request.plot, force=request.force)
    return Done(standings=found, pictures=pictures)


def tallies_of(folders: Sequence[Path], settings: Settings) -> Tallies:
    """The tallies of every settled month in the folders.

    Raises  InputError if a folder holds no result, two results differ, or one was settled with other settings
    """
    for folder in folders:
        if not folder.is_dir() or not ((folder / CALLS_FILE).is_file() or any(folder.glob(f"*/{CALLS_FILE}"))):
            raise InputError(
                Words(f"{shown_name(folder)} 中没有结算结果", f"{shown_name(folder)} holds no settled month"),
                found=Words(f"没有 {CALLS_FILE}", f"no {CALLS_FILE}"),
                do=Words(
                    "指出 huchu settle 写出的文件夹或其上级；比较表计文件用 --compare",
                    "name folders that huchu settle wrote, or a folder of them; meter files go with --compare",
                ),
            )
    return {key: month.tally for key, month in earlier_months(folders, settings).calls.items()}


def _refuse_options_of_comparison(request: Request) -> None:
    named = [name for name, given in (("--month", request.month), ("--orders", request.orders)) if given is not None]
    if named:
        raise UsageError(
            Words(f"{'、'.join(named)} 只与 --compare 同用", f"{', '.join(named)} only go with --compare"),
            found=Words("没有 --compare", "no --compare"),
            do=Words("加上 --compare，或去掉该选项", "add --compare, or leave the option out"),
        )


def _stations(known: Sequence[Station], tallies: Tallies, only: Sequence[str]) -> tuple[Station, ...]:
    """The stations that are asked for; of a station that only the results know nothing can be said."""
    chosen = chosen_stations(known, only)
    ids = {station.id for station in known}
    unknown = sorted({station_id for station_id, _, _ in tallies} - ids)
    if unknown and not only:
        raise InputError(
            Words(
                f"结果中有 {len(unknown)} 座电站不在电站文件中",
                f"{len(unknown)} station(s) of the results are not known",
            ),
            found=Words("、".join(unknown[:5]), ", ".join(unknown[:5])),
            do=Words(
                "用 --stations 给出结算所用的 stations.toml，或用 --only 选择",
                "name the stations.toml of the settlement with --stations, or choose with --only",
            ),
        )
    return chosen


def _nothing_settled(request: Request) -> InputError:
    asked = f" --on {request.on}" if request.on else ""
    shown = ", ".join([shown_name(path) for path in request.inputs][:5])
    return InputError(
        Words("没有可计次的已结算月份", "there is no settled month to count"),
        found=Words(f"{shown}{asked}", f"{shown}{asked}"),
        do=Words("核对文件夹、--only 与 --on", "check the folders, --only and --on"),
    )


def _write(out: Path, found: Sequence[Standing], *, plot: bool, force: bool) -> tuple[str, ...]:
    rows = [row_of(standing) for standing in found]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    with whole_folder(out, force=force) as folder:
        write_file(folder / TABLE_FILE, csv_bytes(frame))
        drawings = _drawings(found) if plot else {}
        for name, drawing in drawings.items():
            (folder / name).parent.mkdir(exist_ok=True)
            write_file(folder / name, drawing)
    return tuple(drawings)


def _drawings(found: Sequence[Standing]) -> Mapping[str, bytes]:
    """The pictures by name: of one station and year beside the table, of several in a folder of their own."""
    from huchu.cli.calls_picture import picture_of
    from huchu.plots.calls import calls_png

    if len(found) == 1:
        return {PICTURE_FILE: calls_png(picture_of(found[0]))}
    return {
        f"{PICTURES}/{each.station.id}-{each.year.first_day}-{PICTURE_FILE}": calls_png(picture_of(each))
        for each in found[:SHOWN_ROWS]
    }


def report(done: Done, out: Path | None, *, as_json: bool) -> None:
    """Say where the obligation stands: a table for people, one JSON object for programs."""
    if as_json:
        print_json(
            {
                "status": "done",
                "out": None if out is None else str(out),
                "standings": [row_of(standing) for standing in done.standings],
                "pictures": list(done.pictures),
            }
        )
        return
    print_standings(done.standings)
    if out is None:
        return
    undrawn = len(done.standings) - len(done.pictures)
    if done.pictures and undrawn:
        to_stdout(
            say(f"另有 {undrawn} 行未画图，用 --only 选择", f"{undrawn} more without a picture; choose with --only")
        )
    to_stdout(say(f"结果在 {out}", f"results in {out}"))
