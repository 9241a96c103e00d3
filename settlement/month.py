"""One month of all stations: checks, energies, lines, calls and notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from settlement.meter.read import Intake
from settlement.meter.scope import Checked, Scope
from settlement.meter.validate import checked
from settlement.quantities.energy import Ranges, WindowEnergy, energy_by_window
from settlement.statement.assemble import assemble, segment_energies
from settlement.statement.notices import (
    eligibility,
    month_before_connection,
    month_notices,
    station_notices,
)
from settlement.statement.obligation import CallsProgress, EnergyByRating, months_needed, progress
from settlement.statement.statement import Statement
from settlement.statement.terms import MonthTerms
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.obligation import YearDays, reference_energy_kwh_e4
from tariffs.segments import day_ranges
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding, Severity
from tariffs.vocabulary.timegrid import Month, days_between

EarlierCalls = Mapping[tuple[str, date, Month], EnergyByRating]
"""Season discharge by rated energy, by station, first day of the obligation year, and month."""


@dataclass(frozen=True, slots=True)
class StationMonth:
    """One station's share of a month, on its way to a statement."""

    station: Station
    terms: MonthTerms
    readings: pl.DataFrame
    energies: Mapping[Ranges, WindowEnergy]


def settle_month(
    intake: Intake, terms: MonthTerms, earlier: EarlierCalls, scope: Scope
) -> tuple[list[Statement], list[Finding]]:
    """The statements of a month, and everything that was found; stations with a refusal have no statement."""
    settled_from = scope.settled_from
    due = [station for station in scope.stations if settled_from[station.id] < terms.month.end]
    late = [station for station in scope.stations if settled_from[station.id] >= terms.month.end]
    findings = [month_before_connection(station, terms.month, settled_from[station.id]) for station in late]
    for station in due:
        findings.extend(eligibility(station, terms, settled_from[station.id]))
    month = checked(intake.intervals, intake.registers, scope)
    findings.extend(month.findings)
    barred = {finding.station_id for finding in findings if finding.severity is Severity.REFUSAL}
    accepted = [station for station in due if station.id not in barred]
    statements = _statements(accepted, month, terms, earlier, findings)
    return statements, findings


def _statements(
    stations: Sequence[Station],
    month: Checked,
    terms: MonthTerms,
    earlier: EarlierCalls,
    findings: list[Finding],
) -> list[Statement]:
    windows = list(
        dict.fromkeys(
            [
                *(segment.ranges for segment in terms.segments),
                *(_call_window(terms.month, days) for days in terms.years),
            ]
        )
    )
    energies = energy_by_window(month.readings.lazy(), windows)
    slices = _slices(month.readings)
    by_station: dict[str, list[Finding]] = {station.id: [] for station in stations}
    for finding in findings:
        by_station.get(finding.station_id, []).append(finding)
    wide = month_notices(terms)
    findings.extend(wide)
    statements = []
    for station in stations:
        metered = dict(zip(windows, energies[station.id], strict=True))
        share = StationMonth(station, terms, month.readings.slice(*slices[station.id]), metered)
        calls = tuple(_calls(share, days, earlier) for days in terms.years)
        own = _notices(share, earlier)
        findings.extend(own)
        by_station[station.id].extend(own)
        statements.append(_statement(share, calls, month, [*by_station[station.id], *wide]))
    return statements


def _statement(
    share: StationMonth, calls: tuple[CallsProgress, ...], month: Checked, findings: Sequence[Finding]
) -> Statement:
    terms, station = share.terms, share.station
    by_segment = [share.energies[segment.ranges] for segment in terms.segments]
    energies = segment_energies(terms.segments, by_segment, terms.run.settings.exemption_base)
    registers = month.registers
    return Statement(
        station=station,
        month=terms.month,
        run=terms.run,
        segments=terms.segments,
        lines=assemble(energies, terms.items, station.id, terms.month),
        calls=calls,
        readings=share.readings,
        registers=registers if registers.is_empty() else registers.filter(pl.col("station_id") == station.id),
        minutes=month.minutes[station.id],
        findings=tuple(sorted(findings, key=Finding.sort_key)),
    )


def _notices(share: StationMonth, earlier: EarlierCalls) -> tuple[Finding, ...]:
    first_day = first_settled_day(share.station, share.terms.run.settings)
    known = [_earlier_of_year(share, days, earlier) for days in share.terms.years]
    absent = {month for energies in known for month, energy in energies.items() if energy is None}
    windows = [share.energies[segment.ranges] for segment in share.terms.segments]
    filled = sum(max(each.filled_charge_intervals, each.filled_discharge_intervals) for each in windows)
    percent = 100 * filled // share.readings.height
    return station_notices(share.station, share.terms, first_day, sorted(absent), percent)


def _earlier_of_year(
    share: StationMonth, days: YearDays, earlier: EarlierCalls
) -> Mapping[Month, EnergyByRating | None]:
    first_day = first_settled_day(share.station, share.terms.run.settings)
    months = months_needed(days, first_day, share.terms.month)
    return {month: earlier.get((share.station.id, days.year.first_day, month)) for month in months}


def _calls(share: StationMonth, days: YearDays, earlier: EarlierCalls) -> CallsProgress:
    terms = share.terms
    energies = _season_discharge(share, days)
    known = _earlier_of_year(share, days, earlier)
    return progress(share.station, terms.month, days, energies, known, terms.run.settings)


def _season_discharge(share: StationMonth, days: YearDays) -> EnergyByRating:
    """Season discharge of the month by the rated energy in force: one entry unless the rating changes inside it."""
    month, station = share.terms.month, share.station
    basis = share.terms.run.settings.energy_basis
    window = _call_window(month, days)
    changes = [change.from_on for change in station.change if month.first_day < change.from_on < month.end]
    if not changes:
        rated = reference_energy_kwh_e4(station, basis, month.first_day)
        return {rated: share.energies[window].discharge_kwh_e4}
    energies: dict[int, int] = {}
    for first, end in zip([month.first_day, *changes], [*changes, month.end], strict=True):
        part = day_ranges(tuple(day for day in _call_days(month, days) if first <= day < end))
        part_energy = energy_by_window(share.readings.lazy(), [part])[station.id][0].discharge_kwh_e4
        rated = reference_energy_kwh_e4(station, basis, first)
        energies[rated] = energies.get(rated, 0) + part_energy
    return energies


def _call_days(month: Month, days: YearDays) -> tuple[date, ...]:
    inside = set(days.regulated)
    return tuple(day for day in days_between(month.first_day, month.end) if day in inside)


def _call_window(month: Month, days: YearDays) -> Ranges:
    return day_ranges(_call_days(month, days))


def _slices(readings: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """First row and number of rows of each station in sorted readings."""
    runs = readings.group_by("station_id", maintain_order=True).len()
    starts = runs["len"].cum_sum().shift(1, fill_value=0)
    return {
        station_id: (start, length)
        for station_id, start, length in zip(runs["station_id"], starts, runs["len"], strict=True)
    }
