"""What a station did on the season days of one month: what counting rules and shortfalls are made of."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from settlement.inputs.records import Order, OrderOutcome
from settlement.tally import Tally
from tariffs.stations import OutageCause


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingTerms:
    """The figures of the counting rules, from the settings; nothing where the settings leave one out."""

    event_depth_ratio: Decimal | None = None
    hours_per_call: Decimal | None = None
    pairing_efficiency_ratio: Decimal | None = None
    pair_by_mean: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedOrder:
    """An order with what became of it.

    Shape   `done_kwh_e4` is metered where the file does not give it; `failed_kwh_e4` is what was ordered and not done,
            0 for a cancelled order and within the tolerance; `cause` is nothing where nothing tells it
    """

    order: Order
    outcome: OrderOutcome
    done_kwh_e4: int
    failed_kwh_e4: int
    cause: OutageCause | None
    in_season: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedSpan:
    """Counted season days of a month with one rating, and the energy on them, in 1e-4 kWh.

    Shape   `days` are half-open ranges; `reference_kwh_e4` is the energy of one full call by the chosen basis;
            `power_kw_e4` the rated discharge power in 1e-4 kW
    """

    days: tuple[tuple[date, date], ...]
    reference_kwh_e4: int
    power_kw_e4: int
    rated_duration_h: Fraction
    charge_kwh_e4: int
    discharge_kwh_e4: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonActivity:
    """One station's month inside one obligation year, as counting rules may read it.

    Shape   `readings` has the columns READINGS and holds the intervals of the whole month, so that runs can be followed;
            `orders` is nothing where no orders file was given; `before` is the tally of the month before, nothing where
            it is not known
    """

    spans: tuple[RatedSpan, ...]
    readings: pl.DataFrame
    orders: tuple[JudgedOrder, ...] | None = None
    before: Tally | None = field(default=None)
