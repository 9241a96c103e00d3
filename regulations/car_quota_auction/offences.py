"""The traffic records of the year before the application: points, offences by motor vehicle, penalties."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from regulations.car_quota_auction.bidders import Offence, Penalty, Person
from regulations.car_quota_auction.ends import in_years, told
from regulations.car_quota_auction.standing import standing_reasons
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, judge
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

ONE_DAY = timedelta(days=1)
CYCLE_YEARS: Final = 1
"""A scoring cycle, which this text does not define: a year from the first issue of the licence (道路交通安全违法行为记分管理办法)."""
NO_CYCLE = Words(
    "按记分周期还是按回溯的一年累计，条文未明；初次领证日未给出",
    "summed by scoring cycle or over the year looked back on is left open, and the first issue of the licence is not given",
)
READINGS_DIFFER = Words(
    "按记分周期与按回溯的一年累计结果不同，条文未明",
    "the scoring cycle and the year looked back on come out apart, and the text leaves it open",
)
LOOKED_BACK_FROM = Words("回溯期首日", "first day looked back on")


def offence_reasons(person: Person, day: date, terms: Terms) -> tuple[Judged, ...]:
    """Whether the records of the year before a day bar an application."""
    standing = standing_reasons(terms)
    kept = _in_the_year(person.offences, day, terms) if person.offences else []
    if not kept:
        return standing.no_offences
    return (
        _points(person, kept, day, terms),
        judge(terms.offence_count, sum(offence.by_motor_vehicle for offence in kept)),
        standing.offence_penalty[any(_penalised(offence, terms) for offence in kept)],
    )


def looked_back_from(day: date, terms: Terms) -> Deadline:
    """The first day whose records count for an application on a day."""
    back = standing_reasons(terms).years_looked_back
    years = told(terms.clean_year.mark, terms.clean_year.unit)
    return Deadline(
        id="clean_year",
        name=LOOKED_BACK_FROM,
        at=in_years(day, -back),
        clause=terms.clean_year,
        how=Words(f"{day} 前 {years.zh}", f"{years.en} before {day}"),
    )


def offence_days(person: Person, terms: Terms) -> Iterator[date]:
    """The days on which a record comes into the year looked back on or leaves it."""
    years = standing_reasons(terms).years_looked_back
    for offence in person.offences:
        yield offence.on + ONE_DAY
        out_on = in_years(offence.on, years) + ONE_DAY
        # counted back from 29 February, 28 February is still within the year
        yield out_on if in_years(out_on, -years) > offence.on else out_on + ONE_DAY


def _in_the_year(offences: Iterable[Offence], day: date, terms: Terms) -> list[Offence]:
    first = in_years(day, -standing_reasons(terms).years_looked_back)
    return [offence for offence in offences if first <= offence.on < day]


def _penalised(offence: Offence, terms: Terms) -> bool:
    return offence.penalty is not Penalty.NONE and offence.penalty.value in terms.offence_penalty.listed


def _points(person: Person, kept: list[Offence], day: date, terms: Terms) -> Judged:
    """The points by both ways of summing: sure only where both say the same."""
    clause = terms.offence_points
    rolling = sum(offence.points for offence in kept)
    first = in_years(day, -standing_reasons(terms).years_looked_back)
    before = [offence for offence in person.offences if in_years(first, -CYCLE_YEARS) <= offence.on < day]
    if not clause.met_by(max((offence.points for offence in kept), default=0)):
        return judge(clause, rolling)
    if clause.met_by(sum(offence.points for offence in before)):
        return judge(clause, rolling)
    if person.licence_first_issued_on is None:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=rolling, because=NO_CYCLE)
    by_cycle = _reached_in_a_cycle(person.licence_first_issued_on, before, first, clause)
    if by_cycle is not clause.met_by(rolling):
        return judge(clause, rolling)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=rolling, because=READINGS_DIFFER)


def _reached_in_a_cycle(issued_on: date, before: list[Offence], first: date, clause: Clause) -> bool:
    """Whether the points of one scoring cycle came to the mark on a day that is looked back on."""
    sums: dict[int, int] = {}
    for offence in sorted(before, key=lambda each: each.on):
        cycle = _cycle(issued_on, offence.on)
        sums[cycle] = sums.get(cycle, 0) + offence.points
        if offence.on >= first and not clause.met_by(sums[cycle]):
            return True
    return False


def _cycle(issued_on: date, day: date) -> int:
    """Which scoring cycle a day lies in: each starts on the licence's day of the year."""
    passed = (day.year - issued_on.year) // CYCLE_YEARS
    return passed if in_years(issued_on, passed * CYCLE_YEARS) <= day else passed - 1
