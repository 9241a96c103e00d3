"""The unbroken year of social insurance or income tax before the day of application.

Shape   a run of payments covers both its days; a year from a day is full on the same day number of the next year
"""

from collections.abc import Iterator
from datetime import date, timedelta

from regulations.car_quota_auction.bidders import Paid, Person
from regulations.car_quota_auction.ends import in_years, years_from
from regulations.car_quota_auction.standing import standing_reasons
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged
from tariffs.vocabulary.errors import Words

ONE_DAY = timedelta(days=1)
FULL_YEAR = Words("连续缴纳满年之日，该日起可以申请", "a full year is paid: one may apply from this day on")
NOT_PAID = Words("未缴纳", "nothing paid")
ENDED = Words("满一年但未缴至申请日前", "a full year that does not run up to the application")
BOTH_KINDS = Words("须合并两种缴纳才满一年，条文未明", "a year only of both kinds together, left open")
OF_ONE_KIND = Words("同一种缴纳至申请日前连续满一年", "one kind, a year without a break up to the application")


def payment_reason(person: Person, day: date, terms: Terms) -> Judged:
    """Whether a year of the one or of the other is paid before a day."""
    runs = _runs(person, day)
    clause = terms.paid_for_a_year
    if not runs:
        return Judged(clause=clause, verdict=Verdict.NO, found=NOT_PAID, needed=OF_ONE_KIND)
    years = standing_reasons(terms).years_paid
    found = Words(f"自 {runs[0][0]} 起", f"from {runs[0][0]}")
    full = [run for run in runs if _full(run, years)]
    if any(after == day for _, after in full):
        return Judged(clause=clause, verdict=Verdict.YES, found=found, needed=OF_ONE_KIND)
    if full:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, needed=OF_ONE_KIND, because=ENDED)
    if _full(_joined(runs), years):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, needed=OF_ONE_KIND, because=BOTH_KINDS)
    return Judged(clause=clause, verdict=Verdict.NO, found=found, needed=OF_ONE_KIND)


def payment_deadlines(person: Person, terms: Terms) -> Iterator[Deadline]:
    """The first day on which a year of one kind is paid; nothing where no run comes so far."""
    clause = terms.paid_for_a_year
    years = standing_reasons(terms).years_paid
    kinds = [paid for paid in (person.insurance, person.income_tax) if paid is not None]
    starts = [(in_years(paid.from_on, years), paid) for paid in kinds]
    reached = [(full_on, paid.from_on) for full_on, paid in starts if _comes_to(paid, full_on)]
    if reached:
        full_on, start = min(reached)
        how = years_from(start, clause)
        yield Deadline(id=clause.id, name=FULL_YEAR, at=full_on, clause=clause, how=how)


def payment_days(person: Person, terms: Terms) -> Iterator[date]:
    """The days on which a year may become full, or a run no longer comes up to the application."""
    years = standing_reasons(terms).years_paid
    for paid in (person.insurance, person.income_tax):
        if paid is not None:
            yield in_years(paid.from_on, years)
            if paid.until_on is not None:
                # on the day after the run an application still has the year right before it
                yield paid.until_on + 2 * ONE_DAY


def _runs(person: Person, day: date) -> list[tuple[date, date]]:
    """The runs before a day: the first day paid and the day after the last, the earliest run first."""
    kinds = [paid for paid in (person.insurance, person.income_tax) if paid is not None and paid.from_on < day]
    return sorted((paid.from_on, _after(paid, day)) for paid in kinds)


def _after(paid: Paid, day: date) -> date:
    return day if paid.until_on is None else min(paid.until_on + ONE_DAY, day)


def _full(run: tuple[date, date], years: int) -> bool:
    return in_years(run[0], years) <= run[1]


def _comes_to(paid: Paid, full_on: date) -> bool:
    return paid.until_on is None or full_on <= paid.until_on + ONE_DAY


def _joined(runs: list[tuple[date, date]]) -> tuple[date, date]:
    """The earliest run, with the other one added where it starts before the first has ended."""
    first, after = runs[0]
    for start, end in runs[1:]:
        if start <= after:
            after = max(after, end)
    return first, after
