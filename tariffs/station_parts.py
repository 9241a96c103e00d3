"""The parts of a station: leases, outages, changes of its ratings, and the ratings of a day."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from tariffs.vocabulary.errors import RecordProblems, Words
from tariffs.vocabulary.exact_fields import take_decimals
from tariffs.vocabulary.money import decimals_of, scaled
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, KWH_PER_MWH, MINUTES_PER_HOUR

ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,64}")
LARGEST_RATING = Decimal(100_000)
"""MW or MWh; far above any station, and every product of it stays inside 64 bits."""
LARGEST_YEARLY_PRICE = Decimal(100_000)
"""元/kW and year; a hundred times any lease."""


class OutageCause(Enum):
    """Who answers for an outage."""

    OWN = "own"
    GRID = "grid"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Capacity leased to somebody from one day up to and including another."""

    lessee: str
    lessee_is_new_energy: bool
    power_mw: Decimal
    duration_h: Decimal
    from_on: date
    until_on: date
    price_cny_per_kw_year: Decimal
    tax_ratio: Decimal | None = None
    """Rate of the tax that the price includes; nothing where the lease is not taxed or its rate is not known."""

    def __post_init__(self) -> None:
        take_decimals(self, "Lease")
        price, rate = self.price_cny_per_kw_year, self.tax_ratio
        dear = Words(
            f"price_cny_per_kw_year 须在 0 与 {LARGEST_YEARLY_PRICE} 之间，至多 6 位小数，不是 {price}",
            f"price_cny_per_kw_year lies between 0 and {LARGEST_YEARLY_PRICE} with at most 6 decimals, not {price}",
        )
        untaxable = Words(
            f"tax_ratio 须在 0 与 1 之间，至多 6 位小数，不是 {rate}",
            f"tax_ratio lies between 0 and 1, with at most 6 decimals, not {rate}",
        )
        _raise_if_any(
            [
                None if self.lessee.strip() else Words("lessee 不能为空", "lessee is empty"),
                rating_problem(self, "power_mw"),
                rating_problem(self, "duration_h"),
                None if 0 <= price <= LARGEST_YEARLY_PRICE and decimals_of(price) <= 6 else dear,
                None if rate is None or (0 <= rate < 1 and decimals_of(rate) <= 6) else untaxable,
            ]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time with reduced power, half open."""

    from_at: datetime
    until_at: datetime
    power_available_mw: Decimal
    cause: OutageCause

    @property
    def span_ms(self) -> tuple[int, int]:
        """Both ends in milliseconds since the epoch (UTC); a time without offset is Shanghai time."""
        # the grid of time loads the frame engine, which who only reads a station does not need
        from tariffs.vocabulary.timegrid import ZONE, physical

        first, until = (
            physical(at.replace(tzinfo=ZONE) if at.tzinfo is None else at) for at in (self.from_at, self.until_at)
        )
        return first, until

    def __post_init__(self) -> None:
        take_decimals(self, "Outage")
        mixed = (self.from_at.tzinfo is None) != (self.until_at.tzinfo is None)
        _raise_if_any(
            [
                Words("from_at 与 until_at 须同带或同不带时区", "from_at and until_at need an offset both, or neither")
                if mixed
                else None,
                Words("power_available_mw 不能为负", "power_available_mw is negative")
                if self.power_available_mw < 0
                else None,
            ]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An expansion or a derating: new ratings from a day on."""

    from_on: date
    power_mw: Decimal | None = None
    charge_power_mw: Decimal | None = None
    energy_mwh: Decimal | None = None

    def __post_init__(self) -> None:
        take_decimals(self, "Change")
        names = ("power_mw", "charge_power_mw", "energy_mwh")
        nothing = all(getattr(self, name) is None for name in names)
        empty = Words("没有给出新的额定值", "no new rating is given") if nothing else None
        _raise_if_any([empty, *(rating_problem(self, name) for name in names)])


def rating_problem(record: object, name: str) -> Words | None:
    """What is wrong with a rated power or energy of a record; nothing where it is fine or left out."""
    figure = getattr(record, name)
    if figure is None:
        return None
    if figure <= 0:
        return Words(f"{name} 须大于 0，不是 {figure}", f"{name} must be above 0, not {figure}")
    if figure > LARGEST_RATING:
        return Words(
            f"{name} 最大 {LARGEST_RATING}，不是 {figure}", f"{name} is at most {LARGEST_RATING}, not {figure}"
        )
    if decimals_of(figure) > 6:
        return Words(f"{name} 最多 6 位小数", f"{name} has more than 6 decimals")
    return None


def _raise_if_any(problems: list[Words | None]) -> None:
    found = [problem for problem in problems if problem is not None]
    if found:
        raise RecordProblems(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Rated discharge power, rated charging power and rated discharge energy at the grid meter on a day."""

    power_mw: Decimal
    charge_power_mw: Decimal
    energy_mwh: Decimal

    @property
    def energy_kwh_e4(self) -> int:
        """Rated energy as an integer of 1e-4 kWh."""
        return scaled(self.energy_mwh, KWH_PER_MWH * ENERGY_UNITS_PER_KWH)

    def charge_limit_kwh_e4(self, minutes: int) -> int:
        """Energy of an interval at rated charging power, 1e-4 kWh, rounded down."""
        return _interval_energy_kwh_e4(self.charge_power_mw, minutes)

    def discharge_limit_kwh_e4(self, minutes: int) -> int:
        """Energy of an interval at rated discharge power, 1e-4 kWh, rounded down."""
        return _interval_energy_kwh_e4(self.power_mw, minutes)


def _interval_energy_kwh_e4(power_mw: Decimal, minutes: int) -> int:
    return int(power_mw * KW_PER_MW * ENERGY_UNITS_PER_KWH * minutes / MINUTES_PER_HOUR)
