"""One month of all stations: checks, energies, lines, calls and notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from settlement.activity import JudgedOrder
from settlement.earlier import Earlier, EarlierMonth
from settlement.inputs.of_month import inputs_by_station
from settlement.inputs.records import Inputs
from settlement.meter.read import Intake
from settlement.meter.scope import Checked, Scope
from settlement.meter.validate import checked
from settlement.quantities.energy import energy_by_window
from settlement.quantities.order_outcomes import judged_orders
from settlement.statement.assemble import assemble
from settlement.statement.award import award_progress, awarded
from settlement.statement.billed import billed
from settlement.statement.market import MarketMonth, market_month
from settlement.statement.notices import (
    earlier_rating_differs,
    eligibility,
    event_start_unknown,
    month_before_connection,
    month_notices,
    station_notices,
)
from settlement.statement.obligation import CallsProgress, counting_rule, months_needed, progress
from settlement.statement.season import call_window, month_before, season_activity
from settlement.statement.statement import Statement
from settlement.statement.station_month import StationMonth
from settlement.statement.terms import MonthTerms
from tariffs.obligation import YearDays, reference_energy_kwh_e4
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding, Severity, has_refusal
from tariffs.vocabulary.timegrid import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a month is settled with beside its readings: the other inputs, and the results of earlier months."""

    inputs: Inputs
    earlier: Earlier


def settle_month(
    intake: Intake, terms: MonthTerms, given: Given, scope: Scope
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
    market = market_month(month.readings, month.minutes, terms, given.inputs)
    findings.extend(market.findings)
    barred = {finding.station_id for finding in findings if finding.severity is Severity.REFUSAL}
    accepted = [station for station in due if station.id not in barred]
    shares = _shares(accepted, month, terms, given, scope)
    statements = _statements(shares, month, market, given.earlier, findings)
    return statements, findings


def _shares(
    stations: Sequence[Station], month: Checked, terms: MonthTerms, given: Given, scope: Scope
) -> list[StationMonth]:
    windows = list(
        dict.fromkeys(
            [
                *(segment.ranges for segment in terms.segments),
                *(call_window(terms.month, days) for days in terms.years),
            ]
        )
    )
    energies = energy_by_window(month.readings.lazy(), windows)
    slices = _slices(month.readings)
    inputs = inputs_by_station(given.inputs, [station.id for station in stations])
    return [
        StationMonth(
            station=station,
            terms=terms,
            first_day=max(scope.settled_from[station.id], terms.month.first_day),
            settled_from=scope.settled_from[station.id],
            readings=month.readings.slice(*slices[station.id]),
            minutes=month.minutes[station.id],
            energies=dict(zip(windows, energies[station.id], strict=True)),
            inputs=inputs[station.id],
        )
        for station in stations
    ]


def _statements(
    shares: Sequence[StationMonth], month: Checked, market: MarketMonth, earlier: Earlier, findings: list[Finding]
) -> list[Statement]:
    by_station: dict[str, list[Finding]] = {share.station.id: [] for share in shares}
    for finding in findings:
        by_station.get(finding.station_id, []).append(finding)
    wide = month_notices(shares[0].terms) if shares else ()
    findings.extend(wide)
    statements = []
    for share in shares:
        made, own = _statement(share, month, market, earlier)
        findings.extend(own)
        if not has_refusal(own):
            found = (*by_station[share.station.id], *own, *wide)
            statements.append(replace(made, findings=tuple(sorted(found, key=Finding.sort_key))))
    return statements


def _statement(
    share: StationMonth, month: Checked, market: MarketMonth, earlier: Earlier
) -> tuple[Statement, tuple[Finding, ...]]:
    terms, station = share.terms, share.station
    judged, of_orders = _judged(share)
    share = replace(share, orders=judged)
    calls = tuple(_calls(share, days, earlier) for days in terms.years)
    awards, of_awards = awarded(share, earlier)
    quantities = billed(share, calls, market.energies.get(station.id, ()), awards, earlier)
    registers = month.registers
    statement = Statement(
        station=station,
        month=terms.month,
        run=terms.run,
        segments=terms.segments,
        lines=assemble(quantities.by_version, terms.items, station.id, terms.month),
        calls=calls,
        awards=award_progress(station.id, terms.month, awards),
        orders=share.orders,
        readings=share.readings,
        registers=registers if registers.is_empty() else registers.filter(pl.col("station_id") == station.id),
        minutes=share.minutes,
        findings=(),
    )
    return statement, (*_notices(share, earlier), *of_orders, *of_awards, *quantities.findings)


def _judged(share: StationMonth) -> tuple[tuple[JudgedOrder, ...] | None, tuple[Finding, ...]]:
    orders = share.inputs.orders
    if orders is None:
        return None, ()
    return judged_orders(orders, share.readings, share.station, share.regulated_seasons, share.minutes)


def _notices(share: StationMonth, earlier: Earlier) -> tuple[Finding, ...]:
    known = [_earlier_of_year(share, days, earlier) for days in share.terms.years]
    absent = {month for energies in known for month, energy in energies.items() if energy is None}
    windows = [share.energies[segment.ranges] for segment in share.terms.segments]
    filled = sum(max(each.filled_charge_intervals, each.filled_discharge_intervals) for each in windows)
    percent = 100 * filled // share.readings.height
    found = station_notices(share.station, share.terms, share.settled_from, sorted(absent), percent)
    if absent:
        found += _other_rating(share, earlier)
    if _start_is_open(share, earlier):
        return (*found, event_start_unknown(share.station))
    return found


def _start_is_open(share: StationMonth, earlier: Earlier) -> bool:
    """Whether a rule that follows discharges over the month's start lacks the month before."""
    rule = counting_rule(share.terms.run.settings.call_counting.value)
    follows = "before" in rule.READS and any(call_window(share.terms.month, days) for days in share.terms.years)
    begins_later = share.settled_from >= share.terms.month.first_day
    return follows and not begins_later and month_before(share, earlier) is None


def _earlier_of_year(share: StationMonth, days: YearDays, earlier: Earlier) -> Mapping[Month, EarlierMonth | None]:
    months = months_needed(days, share.settled_from, share.terms.month)
    given = {month: earlier.calls.get((share.station.id, days.year.first_day, month)) for month in months}
    return {month: known if _of_this_rating(share, month, known) else None for month, known in given.items()}


def _of_this_rating(share: StationMonth, month: Month, known: EarlierMonth | None) -> bool:
    """Whether an earlier month was counted against the energies of a call that the station has today."""
    if known is None:
        return False
    basis = share.terms.run.settings.energy_basis
    days = [month.first_day, *(each.from_on for each in share.station.change if Month.of(each.from_on) == month)]
    return set(known.discharge_kwh_e4) <= {reference_energy_kwh_e4(share.station, basis, day) for day in days}


def _other_rating(share: StationMonth, earlier: Earlier) -> tuple[Finding, ...]:
    """A warning where earlier months were settled with another energy of the station: they are not added up."""
    other = {
        str(month)
        for days in share.terms.years
        for month in months_needed(days, share.settled_from, share.terms.month)
        if (known := earlier.calls.get((share.station.id, days.year.first_day, month))) is not None
        and not _of_this_rating(share, month, known)
    }
    return (earlier_rating_differs(share.station, sorted(other)),) if other else ()


def _calls(share: StationMonth, days: YearDays, earlier: Earlier) -> CallsProgress:
    activity = season_activity(share, days, earlier)
    known = _earlier_of_year(share, days, earlier)
    return progress(share.station, share.terms.month, days, activity, known, share.terms.run.settings)


def _slices(readings: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """First row and number of rows of each station in sorted readings."""
    runs = readings.group_by("station_id", maintain_order=True).len()
    starts = runs["len"].cum_sum().shift(1, fill_value=0)
    return {
        station_id: (start, length)
        for station_id, start, length in zip(runs["station_id"], starts, runs["len"], strict=True)
    }
