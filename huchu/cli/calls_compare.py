"""`huchu calls --compare`: one station's meter files under every reading of the seasons and every counting rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

import polars as pl

from huchu.cli.calls_request import Request
from huchu.cli.calls_standing import VERDICT_WORDS, Verdict, standings
from huchu.cli.calls_table import COLUMNS, row_of
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, chosen_stations, found_file
from huchu.cli.printing import Justify, print_json, print_table, to_stdout, told
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import refuse_existing, whole_folder, write_file
from settlement.export.tables import csv_bytes
from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import Inputs
from settlement.meter.read import Intake, ReadOptions, read_meter_files
from settlement.settling import SettleOptions, settle_intake
from settlement.statement.statement import StatementSet
from tariffs.calendar import SERIES
from tariffs.settings import AssessmentProfile, CallCounting, CapacitySupport, Settings, read_settings
from tariffs.stations import Station, read_stations
from tariffs.versions import library_of
from tariffs.vocabulary.errors import SettingsError, UsageError, Words
from tariffs.vocabulary.timegrid import Month, parse_months

TABLE_FILE: Final = "calls_comparison.csv"
OWN: Final = "own"
ENERGY_ITEMS: Final = ("charge_energy", "discharge_energy", "network_charges")
MONEY: Final = ("season_net_cny", "energy_net_cny")
COMPARED: Final = (
    "season_calendar",
    *(name for name in COLUMNS if name != "months_missing"),
    *MONEY,
    "months_missing",
    "reason",
)
"""Columns of `calls_comparison.csv`; a rule that could not be counted has its reason and no figures."""
SCREEN: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("季节方案", "seasons"), "left"),
    (Words("计次口径", "counting rule"), "left"),
    (Words("年度起", "year from"), "left"),
    (Words("季节天数", "season days"), "right"),
    (Words("次数", "calls"), "right"),
    (Words("至今应完成", "due by now"), "right"),
    (Words("要求", "required"), "right"),
    (Words("结论", "verdict"), "left"),
    (Words("季内净额 元", "season net, CNY"), "right"),
    (Words("电能净额 元", "energy net, CNY"), "right"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is compared: one station, its readings, its orders and the months."""

    station: Station
    intake: Intake
    inputs: Inputs
    months: tuple[Month, ...]


def compare(request: Request, *, as_json: bool) -> None:
    """Print, and write where a folder is named, one row for each season calendar, counting rule and obligation year.

    Raises  HuchuError if the words are wrong or the readings are refused; a rule that lacks a figure only has no count
    """
    rows = run(request)
    if request.out is not None:
        frame = pl.DataFrame(rows, schema=dict.fromkeys(COMPARED, pl.String))
        with whole_folder(request.out, force=request.force) as folder:
            write_file(folder / TABLE_FILE, csv_bytes(frame))
    if as_json:
        print_json({"status": "done", "out": None if request.out is None else str(request.out), "comparison": rows})
        return
    _print(rows)
    if request.out is not None:
        to_stdout(say(f"结果在 {request.out}", f"results in {request.out}"))


def run(request: Request) -> list[dict[str, str]]:
    """The rows of `calls_comparison.csv`.

    Raises  HuchuError if the words are wrong or the readings are refused
    """
    months = _months(request)
    if request.out is not None:
        refuse_existing(request.out, force=request.force)
    settings = read_settings(found_file(request.settings, SETTINGS_FILE, request.inputs, "--settings"))
    _refuse_market(months, settings)
    known = read_stations(found_file(request.stations, STATIONS_FILE, request.inputs, "--stations"))
    station = _one(chosen_stations(known, request.only))
    stages = Stages()
    with stages.stage("read", say("读取", "reading")):
        reading = ReadOptions(naive_instants=settings.naive_instants)
        subject = Subject(
            station=station,
            intake=_of_station(read_meter_files(request.inputs, reading), station),
            inputs=read_inputs(InputPaths(orders=request.orders), known, reading),
            months=months,
        )
    rows: list[dict[str, str]] = []
    calendars = calendars_of(settings, months[0])
    with stages.stage("compare", say("比较", "comparing")) as bar:
        for number, calendar in enumerate(calendars, 1):
            rows.extend(_rows(subject, _plain(settings, calendar)))
            bar.update(bar.task_ids[0], total=len(calendars), completed=number)
    return rows


def calendars_of(settings: Settings, month: Month) -> tuple[str, ...]:
    """The names of all season calendars: those of the documents in force, and the user's own where it is chosen."""
    version = library_of(settings).in_force(f"{settings.city}/{SERIES}", month.first_day)
    return (*version.body.get("calendar", {}), *([OWN] if settings.season_calendar == OWN else []))


def _months(request: Request) -> tuple[Month, ...]:
    if request.month is None:
        raise UsageError(
            Words("--compare 须指出月份", "--compare needs the months"),
            found=Words("没有 --month", "no --month"),
            do=Words("例如 --month 2025-06..2026-02", "for example --month 2025-06..2026-02"),
        )
    if request.on is not None:
        raise UsageError(
            Words("--on 不与 --compare 同用", "--on does not go with --compare"),
            found=Words(request.on, request.on),
            do=Words("用 --month 指出月份", "name the months with --month"),
        )
    return parse_months(request.month)


def _refuse_market(months: Sequence[Month], settings: Settings) -> None:
    """Nothing, if every month ends before the market stage: its days are no calls and its money needs market prices."""
    market_from = settings.market_from
    within = [month for month in months if market_from is not None and month.end > market_from]
    if not within:
        return
    regulated, asked = [month for month in months if month < within[0]], _span(within)
    raise UsageError(
        Words(f"--compare 只比较政策电价阶段，不含 {asked}", f"--compare covers the regulated stage only, not {asked}"),
        found=Words(f"huchu.toml 中 market_from = {market_from}", f"market_from = {market_from} in huchu.toml"),
        do=Words(f"用 --month {_span(regulated)}", f"ask for --month {_span(regulated)}")
        if regulated
        else Words(
            f"用 --month 指出 {market_from} 之前结束的月份", f"name months that end before {market_from} with --month"
        ),
    )


def _span(months: Sequence[Month]) -> str:
    return f"{months[0]}" if len(months) == 1 else f"{months[0]}..{months[-1]}"


def _one(chosen: Sequence[Station]) -> Station:
    if len(chosen) != 1:
        raise UsageError(
            Words("--compare 只比较一座电站", "--compare takes one station"),
            found=Words(f"{len(chosen)} 座", f"{len(chosen)} stations"),
            do=Words("用 --only 选一座", "choose one with --only"),
        )
    return chosen[0]


def _of_station(intake: Intake, station: Station) -> Intake:
    mine = pl.col("feed").is_in(station.feeds)
    return replace(intake, intervals=intake.intervals.filter(mine), registers=intake.registers.filter(mine))


def _plain(settings: Settings, calendar: str) -> Settings:
    """The settings with another calendar, and without assessment and support, which calls do not depend on."""
    return replace(
        settings,
        season_calendar=calendar,
        season_ranges=settings.season_ranges if calendar == OWN else (),
        assessment_profile=AssessmentProfile.NONE,
        capacity_support=CapacitySupport.NONE,
        assessment={},
    )


def _rows(subject: Subject, settings: Settings) -> Iterator[dict[str, str]]:
    for rule in CallCounting:
        variant = replace(settings, call_counting=rule)
        try:
            result = settle_intake(
                subject.intake, [subject.station], subject.months, variant, SettleOptions(inputs=subject.inputs)
            )
        except SettingsError as lacking:
            yield {
                **dict.fromkeys(COMPARED, ""),
                "season_calendar": settings.season_calendar,
                "station_id": subject.station.id,
                "call_counting": rule.value,
                "reason": told(
                    Words(f"{lacking.what.zh}：{lacking.found.zh}", f"{lacking.what.en}: {lacking.found.en}")
                ),
            }
            continue
        yield from _counted(result, subject.station, variant)


def _counted(result: StatementSet, station: Station, settings: Settings) -> Iterator[dict[str, str]]:
    tallies = {
        (station.id, calls.year.first_day, statement.month): calls.tally
        for statement in result.statements
        for calls in statement.calls
    }
    money = _money(result)
    for standing in standings(tallies, [station], settings, library_of(settings), None):
        row = {"season_calendar": settings.season_calendar, **row_of(standing), **money, "reason": ""}
        yield {name: row[name] for name in COMPARED}


def _money(result: StatementSet) -> Mapping[str, str]:
    """What the energy of the months came to: on peak-season days, and in all."""
    rows = [line for line in result.lines.iter_rows(named=True) if line["item"] in ENERGY_ITEMS]
    season = sum((Decimal(line["amount_cny"]) for line in rows if line["season"] == "peak"), start=Decimal("0.00"))
    whole = sum((Decimal(line["amount_cny"]) for line in rows), start=Decimal("0.00"))
    return dict(zip(MONEY, (str(season), str(whole)), strict=True))


def _print(rows: Sequence[Mapping[str, str]]) -> None:
    counted = [row for row in rows if not row["reason"]]
    print_table(SCREEN, [_screen_row(row) for row in counted], Words("行", "rows"))
    reasons = dict.fromkeys((row["call_counting"], row["reason"]) for row in rows if row["reason"])
    for rule, reason in reasons:
        to_stdout(f"{say(f'未计次 {rule}', f'not counted: {rule}')}  {reason}")
    missing = sorted({month for row in counted for month in row["months_missing"].split(";") if month})
    if missing:
        named = "、".join(missing), ", ".join(missing)
        to_stdout(
            say(
                f"年度内未给出 {named[0]}，次数为下限", f"{named[1]} of the year are not given, calls are a lower bound"
            )
        )


def _screen_row(row: Mapping[str, str]) -> tuple[str, ...]:
    return (
        row["season_calendar"],
        row["call_counting"],
        row["obligation_year"],
        str(int(row["season_days_past"]) + int(row["season_days_left"])),
        f"{'≥ ' if row['months_missing'] else ''}{row['calls_counted']}",
        row["calls_required_by_now"],
        row["calls_required"],
        told(VERDICT_WORDS[Verdict(row["standing"])]),
        row["season_net_cny"],
        row["energy_net_cny"],
    )
