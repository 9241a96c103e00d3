"""How long something has been held: stretches of days joined, and the day on which so many years are full.

Days are ordinals: ALREADY where something was so all along, NEVER where it will not be. Every condition here, once met, stays
met while permit, insurance and base run on: so a day that may be and a day that is sure tell all that time changes.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from regulations.household_registration.inputs import Stretch
from tariffs.vocabulary.units import MONTHS_PER_YEAR

ALREADY: Final = 0
NEVER: Final = date.max.toordinal() + 1
KEPT: Final = 16_384
"""How many answers of one kind are kept: batches ask for the same ones again and again."""


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


# tuples and not records here and in what follows: a batch makes millions of them
class Tenure(NamedTuple):
    """Days held up to the day judged, as ordinals, and the whole months they come to.

    Shape   `runs` are the stretches joined where one follows the other; those before the last are laid end to end in front
            of it to find `added_from`, the day from which the last would have run, had there been no gap; `counted_to` is the
            day judged, or the first day after what has ended
    """

    runs: Sequence[tuple[int, int]]
    lasts: bool
    added_from: int
    unbroken_from: int
    counted_to: int
    months_added: int
    months_unbroken: int

    def full_since(self, start: int, years: int) -> int:
        """From which day so many years from a start are full, if what lasts runs on; what has ended stays as it is."""
        full = years_after(start, years)
        if self.lasts:
            return full
        return ALREADY if full <= self.counted_to else NEVER

    def longest_since(self, years: int) -> int:
        """From which day one run without a gap is so many years long, whenever it was."""
        ended = [years_after(start, years) <= end + 1 for start, end in self.runs[:-1]]
        return ALREADY if True in ended else self.full_since(self.unbroken_from, years)

    def months_longest(self) -> int:
        """Whole months of the longest run."""
        return max(self.months_unbroken, *[whole_months(start, end + 1) for start, end in self.runs[:-1]], 0)


def tenure(stretches: Sequence[Stretch], on: int) -> Tenure | None:
    """What some stretches come to on a day, nothing where there is none."""
    if not stretches:
        return None
    runs = [
        (each.from_on.toordinal(), NEVER if each.until_on is None else each.until_on.toordinal()) for each in stretches
    ]
    if len(runs) > 1:
        runs = _joined(runs)
    start, end = runs[-1]
    lasts = end >= on
    counted_to = on if lasts else end + 1
    months = added = whole_months(start, counted_to)
    added_from = start
    if len(runs) > 1:
        added_from -= sum([last - first + 1 for first, last in runs[:-1]])
        added = whole_months(added_from, counted_to)
    return Tenure(runs, lasts, added_from, start, counted_to, added, months)


def _joined(days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    days.sort()
    runs = [days[0]]
    for start, end in days[1:]:
        first, last = runs[-1]
        if start <= last + 1:
            runs[-1] = (first, max(last, end))
        else:
            runs.append((start, end))
    return runs
