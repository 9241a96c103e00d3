"""The records of the files beside the meter files; nothing is judged here."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

import polars as pl

from tariffs.stations import OutageCause
from tariffs.vocabulary.columns import Schema
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import INSTANT, Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, MINUTES_PER_HOUR


class Leg(Enum):
    """Energy taken from the grid, or given to it."""

    CHARGE = "charge"
    DISCHARGE = "discharge"


class OrderOutcome(Enum):
    """What became of a dispatch order."""

    DONE = "done"
    PARTLY_DONE = "partly_done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A dispatch order of `orders.csv`; what its optional columns leave out is nothing.

    Shape   `start_at` and `end_at` bound it half open, in Asia/Shanghai; energy in 1e-4 kWh at the grid meter
    """

    order_id: str
    station_id: str
    start_at: datetime
    end_at: datetime
    direction: Leg
    energy_kwh_e4: int
    outcome: OrderOutcome | None = None
    done_kwh_e4: int | None = None
    cause: OutageCause | None = None
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of metered energy of an earlier month (退补), a row of `adjust.csv`.

    Shape   the energy is signed: above zero what was metered too little; `original_on` is nothing where the row
            names the month only
    """

    station_id: str
    original_month: Month
    original_on: date | None
    direction: Leg
    energy_kwh_e4: int
    reason: str
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A case that the dispatch centre recorded, a row of `incidents.csv`: so many cases, or so many hours."""

    station_id: str
    on: date
    kind: str
    count: int | None
    hours: Decimal | None
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AgcMonth:
    """Automatic generation control of one station's month, a row of `agc.csv`.

    Shape   k1, k2, k3 are the factors of rate, accuracy and response; `frequency_ratio` is the integral of the actual
            primary frequency response over the theoretical one; each is nothing where its column is empty
    """

    station_id: str
    month: Month
    required_h: Decimal
    available_h: Decimal
    k1: Decimal | None = None
    k2: Decimal | None = None
    k3: Decimal | None = None
    frequency_ratio: Decimal | None = None
    file: str = ""
    row: int = 0


PLAN_MINUTES: Final = 15
PLAN_UNITS_PER_KW: Final = 100
PLAN_KWH_E4: Final = ENERGY_UNITS_PER_KWH * PLAN_MINUTES // (PLAN_UNITS_PER_KW * MINUTES_PER_HOUR)
"""Energy of a quarter at 0.01 kW, 1e-4 kWh: exactly 25."""
PLAN_POWER: Final[Schema] = {
    "station_id": pl.String,
    "interval_start": INSTANT,
    "charge_kw_e2": pl.Int64,
    "discharge_kw_e2": pl.Int64,
}
"""The plan curve of `plan.csv`: mean power of each quarter in 0.01 kW, both directions a row (0 where the file has
one direction of a day only), sorted by station and instant, each quarter of a station once."""

MARKET_PRICES: Final[Schema] = {
    "interval_start": INSTANT,
    "day_ahead_price_e6": pl.Int64,
    "real_time_price_e6": pl.Int64,
}
"""Market prices of `prices.csv` in 1e-6 元/kWh, sorted by instant, each interval once; the day-ahead price is null
throughout where the file has no such column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPrices:
    """Prices of the spot market: a frame with the columns MARKET_PRICES, and the length of an interval."""

    frame: pl.DataFrame
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file beside the meter files: its name, which kind it is, its number of rows and its digest."""

    name: str
    kind: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that was given beside the meter files; nothing where a kind was not given.

    Shape   `orders` is nothing where no orders file was given, and empty where it names no order: only the second
            says that none was given out; of the other kinds `gives` tells an empty file from none; `plan` has the columns
            PLAN_POWER
    """

    orders: tuple[Order, ...] | None = None
    plan: pl.DataFrame | None = None
    prices: MarketPrices | None = None
    corrections: tuple[Correction, ...] = ()
    incidents: tuple[Incident, ...] = ()
    agc: tuple[AgcMonth, ...] = ()
    files: tuple[InputFile, ...] = ()
    findings: tuple[Finding, ...] = ()

    def gives(self, kind: str) -> bool:
        """Whether a file of a kind was given (orders, plan, prices, adjust, incidents, agc), with rows or without."""
        return any(file.kind == kind for file in self.files)
