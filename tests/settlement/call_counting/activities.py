"""A made-up station's readings and orders as the activity of a span of days, added up in plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from settlement.activity import JudgedOrder, RatedSpan, SeasonActivity
from settlement.inputs.records import Leg, Order, OrderOutcome
from settlement.tally import Tally
from tariffs.vocabulary.columns import READINGS
from tariffs.vocabulary.timegrid import ZONE, days_between

QUARTER = timedelta(minutes=15)
SEASON = (date(2025, 6, 1), date(2025, 10, 1))


def e4(amount: object) -> int:
    exact = Decimal(str(amount)) * 10_000
    assert exact == int(exact)
    return int(exact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """The rating from a day on."""

    from_on: date
    reference_kwh_e4: int = e4(200_000)
    power_kw_e4: int = e4(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """Energies in 1e-4 kWh by the instant of a quarter, charge and discharge, the ratings, and the orders."""

    energies: Mapping[datetime, tuple[int, int]] = field(default_factory=dict)
    ratings: tuple[Rated, ...] = (Rated(from_on=date(2000, 1, 1)),)
    orders: tuple[JudgedOrder, ...] | None = None
    season: tuple[date, date] = SEASON

    def activity(self, first: date, end: date, before: Tally | None = None) -> SeasonActivity:
        inside = {at: legs for at, legs in self.energies.items() if first <= at.date() < end}
        starts = None if self.orders is None else [j for j in self.orders if first <= j.order.start_at.date() < end]
        return SeasonActivity(
            spans=tuple(self._spans(first, end, inside)),
            readings=frame(first, end, inside),
            orders=None if starts is None else tuple(starts),
            before=before,
        )

    def _spans(self, first: date, end: date, inside: Mapping[datetime, tuple[int, int]]) -> list[RatedSpan]:
        spans = []
        ends = [*(rated.from_on for rated in self.ratings[1:]), date(2100, 1, 1)]
        for rated, until in zip(self.ratings, ends, strict=True):
            days = [
                day
                for day in days_between(first, end)
                if rated.from_on <= day < until and self.season[0] <= day < self.season[1]
            ]
            legs = [pair for at, pair in inside.items() if at.date() in days]
            if days:
                spans.append(
                    RatedSpan(
                        days=((days[0], days[-1] + timedelta(days=1)),),
                        reference_kwh_e4=rated.reference_kwh_e4,
                        power_kw_e4=rated.power_kw_e4,
                        rated_duration_h=Fraction(rated.reference_kwh_e4, rated.power_kw_e4),
                        charge_kwh_e4=sum(charge for charge, _ in legs),
                        discharge_kwh_e4=sum(discharge for _, discharge in legs),
                    )
                )
        return spans


def frame(first: date, end: date, energies: Mapping[datetime, tuple[int, int]]) -> pl.DataFrame:
    """Readings of every quarter of the days."""
    start = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    instants = [start + QUARTER * n for n in range((end - first).days * 96)]
    legs = [energies.get(at, (0, 0)) for at in instants]
    count = len(instants)
    columns: dict[str, Any] = {
        "station_id": ["S"] * count,
        "interval_start": instants,
        "charge_kwh_e4": [charge for charge, _ in legs],
        "discharge_kwh_e4": [discharge for _, discharge in legs],
        **{name: [0] * count for name in READINGS if name.endswith(("quality", "file_no", "row"))},
    }
    return pl.DataFrame(columns, schema=dict(READINGS))


def energies_of(readings: Sequence[Mapping[str, Any]]) -> dict[datetime, tuple[int, int]]:
    found: dict[datetime, tuple[int, int]] = {}
    for reading in readings:
        first = datetime.fromisoformat(reading["from"]).replace(tzinfo=ZONE)
        for number in range(reading["quarters"]):
            at = first + QUARTER * number
            charge, discharge = found.get(at, (0, 0))
            found[at] = (charge + e4(reading.get("charge_kwh", 0)), discharge + e4(reading.get("discharge_kwh", 0)))
    return found


def judged(
    start: str,
    energy_kwh: object,
    outcome: str = "done",
    *,
    direction: str = "discharge",
    failed_kwh: object = 0,
    cause: Any = None,
) -> JudgedOrder:
    start_at = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    order = Order(
        order_id=start,
        station_id="S",
        start_at=start_at,
        end_at=start_at + timedelta(hours=2),
        direction=Leg(direction),
        energy_kwh_e4=e4(energy_kwh),
    )
    return JudgedOrder(
        order=order,
        outcome=OrderOutcome(outcome),
        done_kwh_e4=e4(energy_kwh) - e4(failed_kwh),
        failed_kwh_e4=e4(failed_kwh),
        cause=cause,
        in_season=True,
    )
