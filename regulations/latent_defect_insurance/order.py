"""Which of two steps came first, as far as days can tell, and how late something is."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.periods import working_days_between
from tariffs.judging.working_days import WorkingDays
from tariffs.vocabulary.errors import PolicyNotCovered, Words

NOT_YET: Final = Words("尚未", "not yet")
SAME_DAY: Final = Words("两步同日，孰先不明", "both on one day: which came first is not known")
EITHER_OPEN: Final = Words("后一步尚未开始", "the later step has not begun")


def in_order(clause: Clause, first_on: date | None, then_on: date | None, on: date) -> Judged:
    """Whether one step comes before another, or still may; on one and the same day it cannot be told."""
    if then_on is None:
        return Judged(clause=clause, verdict=Verdict.YES, found=first_on or NOT_YET, needed=EITHER_OPEN)
    needed = Words(f"早于 {then_on}", f"before {then_on}")
    done_on = first_on or on
    found = first_on or NOT_YET
    if done_on == then_on:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, needed=needed, because=SAME_DAY)
    verdict = Verdict.YES if done_on < then_on else Verdict.NO
    return Judged(clause=clause, verdict=verdict, found=found, needed=needed)


def by_day(clause: Clause, done_on: date | None, last: date, on: date) -> Judged:
    """Whether something was done by its last day, or still may be."""
    return Judged(
        clause=clause,
        verdict=Verdict.YES if (done_on or on) <= last else Verdict.NO,
        found=done_on or NOT_YET,
        needed=Words(f"不晚于 {last}", f"by {last}"),
    )


def days_around(*days: date | None) -> list[date]:
    """Each day that is known and the one after it: where a verdict may change."""
    return [day + timedelta(days=step) for day in days if day is not None for step in (0, 1)]


def late_figures(
    clause: Clause, done_on: date | None, last: date, on: date, working_days: WorkingDays
) -> Iterable[Figure]:
    """How many natural and working days late something is, up to the day judged where it is not done; none if in time.

    Shape   working days are left out where the holidays of a year are not known
    """
    reached = done_on or on
    if reached <= last:
        return
    how = Words(f"{reached} 减 {last}", f"{reached} less {last}")
    yield Figure(
        id=f"{clause.id}_late_days",
        name=Words(f"迟到自然日：{clause.name.zh}", f"natural days late: {clause.name.en}"),
        quantity=(reached - last).days,
        unit=Unit.DAY,
        clause=clause,
        how=how,
    )
    try:
        late = working_days_between(last, reached, working_days)
    except PolicyNotCovered:
        return
    yield Figure(
        id=f"{clause.id}_late_working_days",
        name=Words(f"迟到工作日：{clause.name.zh}", f"working days late: {clause.name.en}"),
        quantity=late,
        unit=Unit.WORKING_DAY,
        clause=clause,
        how=how,
    )
