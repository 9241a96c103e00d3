"""What a station's rated power can move in a time, expansions and deratings included."""

from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Final

from settlement.inputs.records import Leg
from tariffs.stations import Rating, Station
from tariffs.vocabulary.timegrid import ZONE, physical
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, MINUTES_PER_HOUR, MS_PER_MINUTE

REFUSED_PERCENT: Final = 110
WARNED_PERCENT: Final = 102
PERCENT: Final = 100


def rated_power_mw(rating: Rating, leg: Leg) -> Fraction:
    """Rated power of a direction in MW, exact."""
    return Fraction(rating.charge_power_mw if leg is Leg.CHARGE else rating.power_mw)


def rated_energy_kwh_e4(station: Station, leg: Leg, start_at: datetime, end_at: datetime) -> Fraction:
    """Energy at rated power from one instant to another, in 1e-4 kWh, exact."""
    changes = (midnight(change.from_on) for change in station.change)
    cuts = [start_at, *(at for at in changes if start_at < at < end_at), end_at]
    total = Fraction(0)
    for first, until in pairwise(cuts):
        power_mw = rated_power_mw(station.rating_on(first.astimezone(ZONE).date()), leg)
        total += power_mw * Fraction(physical(until) - physical(first), MS_PER_MINUTE * MINUTES_PER_HOUR)
    return total * KW_PER_MW * ENERGY_UNITS_PER_KWH


def midnight(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def above(amount: int | Fraction, limit: Fraction, percent: int) -> bool:
    """Whether an amount exceeds so many percent of a limit."""
    return amount * PERCENT > limit * percent
