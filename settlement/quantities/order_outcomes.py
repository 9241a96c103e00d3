"""What became of the dispatch orders of a month: the file's word, else the meter's."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import polars as pl

from settlement.activity import JudgedOrder
from settlement.inputs.records import Leg, Order, OrderOutcome
from tariffs.calendar import Season
from tariffs.stations import OutageCause, Station
from tariffs.vocabulary.findings import Catalogue, Finding
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import local, physical
from tariffs.vocabulary.units import MS_PER_MINUTE

CATALOGUE: Final = Catalogue.load(Path(__file__).with_name("findings.toml"))
DONE_TOLERANCE_RATIO: Final = Decimal("0.02")
"""An order that lacks no more than this share of its energy is done; ours, no text gives one."""
CONTRADICTION_RATIO: Final = Decimal("0.9")
"""Less than this share on the meter contradicts `done`, and as much of it contradicts `failed`."""
FIRST_CAUSE: Final = (OutageCause.OWN, OutageCause.GRID, OutageCause.APPROVED)
"""Of several outages during one order the station's own answers first, then the grid's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteredLegs:
    """The energy of a station's readings in both directions as running sums, so that any span is one difference.

    Shape   `starts_ms` are the starts of the intervals; the sums, 1e-4 kWh, have one figure more than there are
            intervals; `end_ms` is the end of the last one
    """

    starts_ms: Sequence[int]
    end_ms: int
    sums_kwh_e4: Mapping[Leg, Sequence[int]]

    def between(self, leg: Leg, first_ms: int, until_ms: int) -> int:
        """Energy of the intervals that start inside a half-open span, 1e-4 kWh."""
        sums = self.sums_kwh_e4[leg]
        return sums[bisect_left(self.starts_ms, until_ms)] - sums[bisect_left(self.starts_ms, first_ms)]


def judged_orders(
    orders: Sequence[Order],
    readings: pl.DataFrame,
    station: Station,
    seasons: Mapping[date, Season],
    minutes: int,
) -> tuple[tuple[JudgedOrder, ...], tuple[Finding, ...]]:
    """The orders of a station that begin on one of the days, judged, in order of time, and what was found.

    Shape   `readings` has the columns READINGS of this station's month, intervals of `minutes` each; `seasons` gives the
            season of each settled day, other days have no orders; energy done is the file's, else that of the intervals
            that start inside the order; what the file says of outcome and cause stands; a discharge order that runs over
            the last reading needs the file's figure
    Source  no text gives the tolerance of 2 %; shares of a shortfall: policy of 六（二）, only own failures are assessed
    """
    legs = metered_legs(readings, minutes)
    judged: list[JudgedOrder] = []
    findings: list[Finding] = []
    own = (order for order in orders if order.station_id == station.id)
    for order in sorted(own, key=lambda order: (order.start_at, order.order_id)):
        season = seasons.get(local(order.start_at).date())
        if season is None:
            continue
        metered = legs.between(order.direction, physical(order.start_at), physical(order.end_at))
        verdict = _judged(order, metered, station, in_season=season is Season.PEAK)
        judged.append(verdict)
        findings.extend(_doubts(verdict, metered, legs, minutes))
    return tuple(judged), tuple(findings)


def metered_legs(readings: pl.DataFrame, minutes: int) -> MeteredLegs:
    """The running sums of one station's readings, sorted by instant."""
    ordered = readings.sort("interval_start")
    starts = ordered["interval_start"].to_physical().to_list()
    return MeteredLegs(
        starts_ms=starts,
        end_ms=starts[-1] + minutes * MS_PER_MINUTE if starts else 0,
        sums_kwh_e4={
            leg: list(accumulate(ordered[f"{leg.value}_kwh_e4"].to_list(), initial=0))
            for leg in (Leg.CHARGE, Leg.DISCHARGE)
        },
    )


def _judged(order: Order, metered_kwh_e4: int, station: Station, *, in_season: bool) -> JudgedOrder:
    done = metered_kwh_e4 if order.done_kwh_e4 is None else order.done_kwh_e4
    outcome = _outcome(order, done) if order.outcome is None else order.outcome
    settled = outcome in (OrderOutcome.DONE, OrderOutcome.CANCELLED)
    failed = 0 if settled else max(0, order.energy_kwh_e4 - done)
    return JudgedOrder(
        order=order,
        outcome=outcome,
        done_kwh_e4=done,
        failed_kwh_e4=failed,
        cause=order.cause if order.cause is not None or not failed else _cause_of_outages(order, station),
        in_season=in_season,
    )


def _outcome(order: Order, done_kwh_e4: int) -> OrderOutcome:
    if done_kwh_e4 >= order.energy_kwh_e4 * (1 - Fraction(DONE_TOLERANCE_RATIO)):
        return OrderOutcome.DONE
    return OrderOutcome.PARTLY_DONE if done_kwh_e4 > 0 else OrderOutcome.FAILED


def _cause_of_outages(order: Order, station: Station) -> OutageCause | None:
    first, until = physical(order.start_at), physical(order.end_at)
    spans = [(outage.cause, outage.span_ms) for outage in station.outage]
    during = {cause for cause, (from_ms, until_ms) in spans if from_ms < until and until_ms > first}
    return next((cause for cause in FIRST_CAUSE if cause in during), None)


def _doubts(judged: JudgedOrder, metered_kwh_e4: int, legs: MeteredLegs, minutes: int) -> Iterator[Finding]:
    order = judged.order
    if order.done_kwh_e4 is None:
        yield from _doubts_of_span(order, metered_kwh_e4, legs, minutes)
    much = metered_kwh_e4 >= order.energy_kwh_e4 * Fraction(CONTRADICTION_RATIO)
    told, metered = kwh_text(order.energy_kwh_e4), kwh_text(metered_kwh_e4)
    if order.outcome is OrderOutcome.DONE and not much:
        yield _found("order_done_but_not_metered", order, ordered_kwh=told, metered_kwh=metered)
    if order.outcome is OrderOutcome.FAILED and much:
        yield _found("order_failed_but_metered", order, ordered_kwh=told, metered_kwh=metered)
    if judged.failed_kwh_e4 and judged.cause is None:
        yield _found("order_without_cause", order, failed_kwh=kwh_text(judged.failed_kwh_e4))


def _doubts_of_span(order: Order, metered_kwh_e4: int, legs: MeteredLegs, minutes: int) -> Iterator[Finding]:
    first, until = physical(order.start_at), physical(order.end_at)
    step = minutes * MS_PER_MINUTE
    if first % step or until % step:
        yield _found("order_off_interval", order, minutes=str(minutes))
    beyond = not legs.starts_ms or first < legs.starts_ms[0] or until > legs.end_ms
    open_ended = order.outcome in (None, OrderOutcome.PARTLY_DONE)
    if beyond and open_ended and order.direction is Leg.DISCHARGE:
        yield _found("order_beyond_readings", order, metered_kwh=kwh_text(metered_kwh_e4))


def _found(code: str, order: Order, **evidence: Any) -> Finding:
    return CATALOGUE.finding(
        code,
        file=order.file,
        row=order.row,
        station_id=order.station_id,
        interval_start=local(order.start_at),
        order_id=order.order_id,
        **evidence,
    )
