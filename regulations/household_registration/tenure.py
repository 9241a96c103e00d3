"""How long something has been held: stretches of days joined, and the day on which so many years are full."""

from collections.abc import Sequence
from typing import NamedTuple

from regulations.household_registration.inputs import Stretch
from regulations.household_registration.since import ALREADY, NEVER, whole_months, years_after


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
