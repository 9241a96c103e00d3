"""Where a period of years ends: its last day, whether that is sure, and how it was counted."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline
from tariffs.judging.clauses import Clause, amount_words
from tariffs.judging.periods import ShiftEnd, period_end, years_after
from tariffs.vocabulary.errors import Words

REMEMBERED = 1 << 14

in_years = lru_cache(maxsize=REMEMBERED)(years_after)
"""The last day of a period of years; the same days come again and again in a batch."""

told = lru_cache(maxsize=REMEMBERED)(amount_words)
"""A figure with its unit; of years there are few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last day of a period, and how it was counted; not sure where it would move and the year's holidays are not known."""

    last_on: date
    how: Words
    sure: bool = True

    def holds_on(self, day: date) -> Verdict:
        """Whether the period still runs on a day."""
        if day <= self.last_on:
            return Verdict.YES
        return Verdict.NO if self.sure else Verdict.CANNOT_TELL

    def over_on(self, day: date) -> Verdict:
        """Whether the period has ended before a day."""
        held = self.holds_on(day)
        return _OPPOSITE[held]


_OPPOSITE = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES, Verdict.CANNOT_TELL: Verdict.CANNOT_TELL}


def end_of(start: date, clause: Clause, terms: Terms, shift: ShiftEnd) -> End:
    """The end of a period of the clause's years, its first day not counted."""
    counted = in_years(start, clause.count)
    how = years_from(start, clause)
    if shift is ShiftEnd.NONE:
        return End(last_on=counted, how=how)
    last_on, moved = period_end(counted, terms.working_days, shift)
    if moved.zh:
        how = Words(f"{how.zh}；{moved.zh}", f"{how.en}; {moved.en}")
    return End(last_on=last_on, how=how, sure=terms.working_days.covers(counted.year))


def years_from(start: date, clause: Clause) -> Words:
    """How a period of the clause's years from a day is told."""
    years = told(clause.mark, clause.unit)
    return Words(f"{start} 起 {years.zh}", f"{years.en} from {start}")


def deadline(end: End, clause: Clause, name: Words, *, named: str = "") -> Deadline:
    """The last day of a period as a deadline, under the clause's own id where no other is given."""
    return Deadline(id=named or clause.id, name=name, at=end.last_on, clause=clause, how=end.how)
