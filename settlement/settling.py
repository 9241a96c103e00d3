"""Meter readings, stations, months and settings into statements: in one call, or from what was read already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import polars as pl

from settlement.assessing import SERIES as ASSESSMENT_SERIES
from settlement.earlier import Earlier, EarlierMonth
from settlement.feeds import feed_findings, in_refused_files
from settlement.inputs.of_month import inputs_of_month, outside_months
from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import Inputs
from settlement.meter.read import Intake, ReadOptions, read_frame, read_meter_files
from settlement.meter.scope import Scope
from settlement.month import Given, settle_month
from settlement.statement.catalogue import CATALOGUE
from settlement.statement.statement import Statement, StatementSet
from settlement.statement.terms import Run, RunKind, month_terms
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.settings import Settings, read_settings
from tariffs.stations import Station, check_together, read_stations, stations_given
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import Refused, Words
from tariffs.vocabulary.findings import Finding, Severity
from tariffs.vocabulary.timegrid import ZONE, Month, parse_months, physical

SERIES: Final = (
    "{city}/storage_pricing",
    "{city}/coal_benchmark",
    "{city}/peak_season",
    "{city}/network_prices",
    "{city}/award",
    "{city}/coal_capacity_price",
    "national/capacity_price",
    "national/vat",
    *ASSESSMENT_SERIES.values(),
)
"""The documents that a settlement rests on; all their versions go into the id of the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleOptions:
    """How a run goes: its kind, estimates, refused stations, results of earlier months, and the shell's clock."""

    run: RunKind = RunKind.FINAL
    estimate: bool = False
    skip_refused: bool = False
    accept_unterminated: bool = False
    inputs: Inputs | InputPaths = field(default_factory=Inputs)
    earlier: Earlier = field(default_factory=Earlier)
    now: datetime = field(default_factory=lambda: datetime.now(ZONE))


def settle(
    meter: Any,
    stations: Sequence[Station] | Station | str | Path,
    month: str,
    settings: Settings | str | Path,
    options: SettleOptions | None = None,
) -> StatementSet:
    """The statements of one or more months: the whole settlement in one call.

    Shape   `meter` is a polars or pandas frame with the columns of the long meter format, a path, or a list of paths;
            `stations` and `settings` are records, or the paths of stations.toml and huchu.toml; `month` is 2025-07 or
            2025-07..2025-09
    Raises  Refused with all findings; UsageError, InputError, SettingsError, DocumentError, PolicyNotCovered
    """
    chosen = settings if isinstance(settings, Settings) else read_settings(Path(settings))
    known = read_stations(stations) if isinstance(stations, str | Path) else stations_given(stations)
    given = options or SettleOptions()
    reading = ReadOptions(accept_unterminated=given.accept_unterminated, naive_instants=chosen.naive_instants)
    if isinstance(meter, str | Path):
        intake = read_meter_files([Path(meter)], reading)
    elif isinstance(meter, list | tuple) and all(isinstance(each, str | Path) for each in meter):
        intake = read_meter_files([Path(path) for path in meter], reading)
    else:
        intake = read_frame(meter, reading)
    return settle_intake(intake, known, parse_months(month), chosen, given)


def settle_intake(
    intake: Intake,
    stations: Sequence[Station],
    months: Sequence[Month],
    settings: Settings,
    options: SettleOptions,
) -> StatementSet:
    """The statements of every station and month.

    Raises  Refused with all findings if a station or a file is refused and refused ones are not to be skipped, or if
            nothing is left; InputError if a station or a meter is given twice; SettingsError, DocumentError or
            PolicyNotCovered if the terms do not cover the months
    """
    library = library_of(settings)
    check_together(stations)
    inputs = _inputs(stations, settings, options)
    run = _run(intake, inputs, stations, months, library, settings, options)
    statements: list[Statement] = []
    of_feeds = feed_findings(intake, stations, months)
    if options.skip_refused:
        of_feeds += in_refused_files(intake, stations)
    findings = [*intake.findings, *inputs.findings, *of_feeds, *outside_months(inputs, months), *_preliminary(options)]
    barred = {finding.station_id for finding in of_feeds if finding.severity is Severity.REFUSAL}
    refused: dict[tuple[str, str], tuple[str, ...]] = {}
    calls, awards = dict(options.earlier.calls), dict(options.earlier.awarded_kwh_e4)
    for month in months:
        terms = month_terms(month, run, library)
        scope = _scope(month, stations, settings, intake, options)
        given = Given(
            inputs=inputs_of_month(inputs, month, last=month == months[-1]),
            earlier=Earlier(calls=calls, awarded_kwh_e4=awards, corrections=options.earlier.corrections),
        )
        made, seen = settle_month(_rows_of(intake, month, months), terms, given, scope)
        statements.extend(statement for statement in made if statement.station.id not in barred)
        findings.extend(finding for finding in seen if finding.station_id or finding not in findings)
        refused.update(_refused([*of_feeds, *seen], month))
        for statement in made:
            _remember(statement, calls, awards)
    findings.sort(key=Finding.sort_key)
    _refuse_if_needed(findings, statements, options)
    return StatementSet(run=run, statements=tuple(statements), findings=tuple(findings), refused=refused)


def _preliminary(options: SettleOptions) -> list[Finding]:
    """The notice that a run which is not preliminary itself rests on results that are."""
    folders = options.earlier.preliminary
    if not folders or options.run is RunKind.PRELIM:
        return []
    return [CATALOGUE.finding("earlier_results_preliminary", folders=", ".join(folders))]


def _remember(
    statement: Statement,
    calls: dict[tuple[str, date, Month], EarlierMonth],
    awards: dict[tuple[str, date, Month], int],
) -> None:
    station_id, month = statement.station.id, statement.month
    for each in statement.calls:
        key = (station_id, each.year.first_day, month)
        calls[key] = EarlierMonth(discharge_kwh_e4=each.month_energy, tally=each.tally)
    for award in statement.awards:
        if award.awarded_kwh_e4 is None:
            continue
        awards[(station_id, award.year_first_day, month)] = award.awarded_kwh_e4


def _inputs(stations: Sequence[Station], settings: Settings, options: SettleOptions) -> Inputs:
    if isinstance(options.inputs, Inputs):
        return options.inputs
    reading = ReadOptions(accept_unterminated=options.accept_unterminated, naive_instants=settings.naive_instants)
    return read_inputs(options.inputs, stations, reading)


def _run(
    intake: Intake,
    inputs: Inputs,
    stations: Sequence[Station],
    months: Sequence[Month],
    library: Library,
    settings: Settings,
    options: SettleOptions,
) -> Run:
    engine = version("huchu")
    parts = (
        engine,
        options.run.value,
        options.estimate,
        options.skip_refused,
        [str(month) for month in months],
        sorted(file.sha256 for file in intake.files),
        sorted(repr(station) for station in stations),
        settings.applied(),
        [repr(version) for series in SERIES for version in library.versions(series.format(city=settings.city))],
        sorted((str(key), repr(month)) for key, month in options.earlier.calls.items()),
        sorted((str(key), energy) for key, energy in options.earlier.awarded_kwh_e4.items()),
        sorted((repr(correction), str(month)) for correction, month in options.earlier.corrections.items()),
        sorted((file.kind, file.sha256) for file in inputs.files),
    )
    return Run(
        run_id=sha256(repr(parts).encode()).hexdigest()[:16],
        kind=options.run,
        settings=settings,
        city=library.city(settings.city),
        inputs=intake.files,
        beside=inputs.files,
        engine_version=engine,
    )


def _scope(
    month: Month, stations: Sequence[Station], settings: Settings, intake: Intake, options: SettleOptions
) -> Scope:
    return Scope(
        stations=tuple(sorted(stations, key=lambda station: station.id)),
        month=month,
        file_names=tuple(file.name for file in intake.files),
        estimate=options.estimate,
        now=options.now,
        settled_from={station.id: first_settled_day(station, settings) for station in stations},
    )


def _rows_of(intake: Intake, month: Month, months: Sequence[Month]) -> Intake:
    """The intake without the rows of the other months asked for; what belongs to none stays with the first month."""
    if len(months) == 1:
        return intake
    first, end = physical(month.first_day), physical(month.end)
    start_of_all, end_of_all = physical(months[0].first_day), physical(months[-1].end)
    instant, read_at = pl.col("interval_start").to_physical(), pl.col("read_at").to_physical()
    mine = (instant >= first) & (instant < end)
    # a register reading on the edge of two months belongs to both
    readings = (read_at >= first) & (read_at <= end)
    if month == months[0]:
        mine = mine | (instant < start_of_all) | (instant >= end_of_all)
        readings = readings | (read_at < start_of_all) | (read_at > end_of_all)
    return Intake(
        intervals=intake.intervals.filter(mine),
        registers=intake.registers.filter(readings),
        files=intake.files,
        findings=(),
    )


def _refused(findings: Sequence[Finding], month: Month) -> dict[tuple[str, str], tuple[str, ...]]:
    codes: dict[tuple[str, str], set[str]] = {}
    for finding in findings:
        if finding.severity is Severity.REFUSAL and finding.station_id:
            codes.setdefault((finding.station_id, str(month)), set()).add(finding.code)
    return {key: tuple(sorted(found)) for key, found in sorted(codes.items())}


def _refuse_if_needed(findings: Sequence[Finding], statements: Sequence[Statement], options: SettleOptions) -> None:
    refusals = [finding for finding in findings if finding.severity is Severity.REFUSAL]
    if statements and (options.skip_refused or not refusals):
        return
    shown = refusals[:5]
    more = f"……共 {len(refusals)} 条", f"... {len(refusals)} in all"
    raise Refused(
        Words("数据未通过检查，不能结算", "the input did not pass the checks and is not settled"),
        findings=findings,
        found=Words(
            "；".join([*(_placed(f, f.message.zh) for f in shown), *([more[0]] if len(refusals) > 5 else [])])
            or "没有可结算的电站",
            "; ".join([*(_placed(f, f.message.en) for f in shown), *([more[1]] if len(refusals) > 5 else [])])
            or "no station to settle",
        ),
        do=Words(
            shown[0].action.zh if shown else "核对月份与并网日期",
            shown[0].action.en if shown else "check the month and the days of grid connection",
        ),
    )


def _placed(finding: Finding, message: str) -> str:
    place = [f"{finding.file}:{finding.row}" if finding.row else finding.file, finding.station_id]
    return " ".join([*(part for part in place if part), message])
