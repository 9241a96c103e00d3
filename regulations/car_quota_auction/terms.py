"""The clauses of the text on car quotas, and where a period of years that a clause sets ends."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.car_quota_auction.bidders import ONE_DAY
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Reading
from tariffs.judging.clauses import Clause, Term, amount_words
from tariffs.judging.parts import chosen
from tariffs.judging.periods import ShiftEnd, period_end, years_after
from tariffs.judging.working_days import WorkingDays
from tariffs.vocabulary.errors import Words

REMEMBERED: Final = 1 << 14
OPPOSITE: Final = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES, Verdict.CANNOT_TELL: Verdict.CANNOT_TELL}
SHIFTED: Final = {
    ShiftEnd.NONE: Words(
        "有效期与禁期的末日遇休息日不顺延", "validity and waiting times end on the day counted, rest day or not"
    ),
    ShiftEnd.NEXT_WORKING_DAY: Words(
        "有效期与禁期的末日遇休息日顺延至下一工作日",
        "validity and waiting times that end on a rest day move to the next working day",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The clauses of the text, and the working days.

    Shape   equal only to itself, so that what follows from the terms alone can be kept for a batch
    """

    term: Term
    working_days: WorkingDays
    old_rules: Clause
    free_plate_no_quota: Clause
    sources: Clause
    notice_before: Clause
    residence: Clause
    paid_for_a_year: Clause
    no_certificate: Clause
    no_quota_car: Clause
    licence: Clause
    clean_year: Clause
    offence_points: Clause
    offence_count: Clause
    offence_penalty: Clause
    other_conditions: Clause
    unit_registered: Clause
    public_body_approval: Clause
    check_within: Clause
    object_within: Clause
    review_within: Clause
    no_reserve: Clause
    reserve_is_average: Clause
    paid_in_full: Clause
    entrusting: Clause
    valid_for: Clause
    entrust_for: Clause
    right_lost: Clause
    change_of_holder: Clause
    family_tie: Clause
    receiver_qualifies: Clause
    filing: Clause
    counts_anew: Clause
    invoice_name: Clause
    seats: Clause
    private_small_car: Clause
    no_transfer_for: Clause
    wait_after_entrusting: Clause
    wait_after_family_transfer: Clause
    false_papers: Clause
    false_papers_read_together: Clause
    wait_after_false_papers: Clause


in_years = lru_cache(maxsize=REMEMBERED)(years_after)
"""The last day of a period of years; the same days come again and again in a batch."""

figure_words = lru_cache(maxsize=REMEMBERED)(amount_words)
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
        return OPPOSITE[self.holds_on(day)]

    @property
    def over_from_on(self) -> date:
        """The first day after the period."""
        return self.last_on + ONE_DAY

    @property
    def by_then(self) -> Words:
        """That something must be no later than the period's last day."""
        return Words(f"不晚于 {self.last_on}", f"by {self.last_on}")

    @property
    def afterwards(self) -> Words:
        """That something must come after the period."""
        return Words(f"{self.last_on} 之后", f"after {self.last_on}")


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
    years = figure_words(clause.mark, clause.unit)
    return Words(f"{start} 起 {years.zh}", f"{years.en} from {start}")


def deadline(end: End, clause: Clause, name: Words, *, named: str = "") -> Deadline:
    """The last day of a period as a deadline, under the clause's own id where no other is given."""
    return Deadline(id=named or clause.id, name=name, at=end.last_on, clause=clause, how=end.how)


def shift_reading(shift: ShiftEnd, clause: Clause) -> Reading:
    """Whether ends that fall on a rest day move, which the text does not say."""
    return chosen("shift_end", shift, SHIFTED, clause)
