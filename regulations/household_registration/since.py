"""From which day a condition is met, as the ordinal of a day: ALREADY where it was all along, NEVER where it will not be.

Every condition here, once met, stays met while permit, insurance and base run on: so a day that may be and a day that is sure
tell all that time changes.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from tariffs.answers import Verdict
from tariffs.vocabulary.units import MONTHS_PER_YEAR

ALREADY: Final = 0
NEVER: Final = date.max.toordinal() + 1
KEPT: Final = 16_384
"""How many answers of one kind are kept: batches ask for the same ones again and again."""


def verdict_on(day: int, possible: int, sure: int) -> Verdict:
    """Yes from the sure day on, cannot tell from the possible day on, else no."""
    if sure <= day:
        return Verdict.YES
    return Verdict.CANNOT_TELL if possible <= day else Verdict.NO


def change_after(day: int, possible: int, sure: int) -> int:
    """The first later day with another verdict, NEVER where there is none."""
    if sure <= day:
        return NEVER
    return sure if possible <= day else possible


def month_number(day: date) -> int:
    """The number of a day's month, counted through all years."""
    return day.year * MONTHS_PER_YEAR + day.month - 1


@lru_cache(maxsize=KEPT)
def first_day_of(month: int) -> int:
    """The ordinal of the first day of a month by its number, NEVER past the calendar."""
    year, number = divmod(month, MONTHS_PER_YEAR)
    return NEVER if year > date.max.year else date(year, number + 1, 1).toordinal()


@lru_cache(maxsize=KEPT)
def years_after(start: int, years: int) -> int:
    """The day on which so many years from a day are full; from 29 February it is 28 February in a common year."""
    day = date.fromordinal(start)
    year = day.year + years
    if year > date.max.year:
        return NEVER
    try:
        return day.replace(year=year).toordinal()
    except ValueError:
        return date.fromordinal(start - 1).replace(year=year).toordinal()


def whole_months(start: int, end: int) -> int:
    """How many whole months lie between two days; a month is full on the same day number or the month's last day."""
    first, last = date.fromordinal(start), date.fromordinal(end)
    months = (last.year - first.year) * MONTHS_PER_YEAR + last.month - first.month
    falls_short = last.day < first.day and date.fromordinal(end + 1).month == last.month
    return months - 1 if falls_short else months
