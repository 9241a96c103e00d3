"""The conditions of article 7 that a person meets who bids, or who is given a quota in the family."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.car_quota_auction.bidders import ONE_DAY, Car, Offence, Paid, Person, Residence
from regulations.car_quota_auction.terms import Terms, figure_words, in_years, years_from
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import stated
from tariffs.vocabulary.errors import Words

RESIDENCE: Final = {
    Residence.HUKOU: (Words("本市户籍", "local hukou"), Verdict.YES),
    Residence.RESIDENCE_PROOF: (Words("本市居住证明", "residence proof"), Verdict.YES),
    Residence.NEITHER: (Words("两者都没有", "neither"), Verdict.NO),
}
EITHER_ONE: Final = Words("本市户籍或本市居住证明", "local hukou or residence proof")
FREE_PLATE: Final = Words("免费专用牌照", "a free special plate")
OTHERS_UNKNOWN: Final = Words(
    "是否另有经批准的条件，条文未载", "whether other conditions were approved is not in the text"
)
FULL_YEAR: Final = Words("连续缴纳满年之日，该日起可以申请", "a full year is paid: one may apply from this day on")
NOT_PAID: Final = Words("未缴纳", "nothing paid")
OF_ONE_KIND: Final = Words("同一种缴纳至申请日前连续满一年", "one kind, a year without a break up to the application")
MADE_UP: Final = Words("计入补缴才满一年，条文未明", "a year only with what was made up, left open")
ENDED: Final = Words(
    "曾满一年但未连续缴至申请日前，条文未明",
    "a full year that does not run up to the application, left open",
)
BOTH_KINDS: Final = Words("须合并两种缴纳才满一年，条文未明", "a year only of both kinds together, left open")
CYCLE_YEARS: Final = 1
"""A scoring cycle, which this text does not define: a year from the first issue of the licence (道路交通安全违法行为记分管理办法)."""
NO_CYCLE: Final = Words(
    "按记分周期还是按回溯的一年累计，条文未明；初次领证日未给出",
    "summed by scoring cycle or over the year looked back on is left open, and the first issue of the licence is not given",
)
READINGS_DIFFER: Final = Words(
    "按记分周期与按回溯的一年累计结果不同，条文未明",
    "the scoring cycle and the year looked back on come out apart, and the text leaves it open",
)
LOOKED_BACK_FROM: Final = Words("回溯期首日", "first day looked back on")
VERSIONS_KEPT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The reasons that hang on no day, by what was found, made once for all cases of a batch; and the years that count."""

    years_paid: int
    years_looked_back: int
    residence: Mapping[Residence, Judged]
    no_certificate: Mapping[bool, Judged]
    no_quota_car: Mapping[bool, Judged]
    free_plate: Judged
    licence: Mapping[bool, Judged]
    no_offences: tuple[Judged, ...]
    offence_penalty: Mapping[bool, Judged]
    other_conditions: Mapping[bool | None, Judged]


@lru_cache(maxsize=VERSIONS_KEPT)
def standing_reasons(terms: Terms) -> Standing:
    """The reasons that the clauses of one version give."""
    return Standing(
        years_paid=terms.paid_for_a_year.count,
        years_looked_back=terms.clean_year.count,
        residence={
            residence: Judged(clause=terms.residence, verdict=verdict, found=found, needed=EITHER_ONE)
            for residence, (found, verdict) in RESIDENCE.items()
        },
        no_certificate=_both(terms.no_certificate),
        no_quota_car=_both(terms.no_quota_car),
        free_plate=Judged(clause=terms.free_plate_no_quota, verdict=Verdict.YES, found=FREE_PLATE),
        licence=_both(terms.licence),
        no_offences=(
            judge(terms.offence_points, 0),
            judge(terms.offence_count, 0),
            judge(terms.offence_penalty, False),
        ),
        offence_penalty=_both(terms.offence_penalty),
        other_conditions={
            found: stated(terms.other_conditions, found, OTHERS_UNKNOWN) for found in (None, True, False)
        },
    )


def article_reasons(person: Person, day: date, terms: Terms) -> list[Judged]:
    """The conditions of article 7 for an application on a day."""
    kept = standing_reasons(terms)
    reasons = [kept.residence[person.residence]]
    if person.residence is Residence.RESIDENCE_PROOF:
        reasons.append(_payment(person, day, terms))
    reasons.append(kept.no_certificate[person.holds_certificate])
    reasons.append(kept.no_quota_car[Car.WITH_QUOTA in person.cars])
    if Car.FREE_SPECIAL_PLATE in person.cars:
        reasons.append(kept.free_plate)
    reasons.append(kept.licence[person.licence_valid])
    reasons += _offence_reasons(person, day, terms) if person.offences else kept.no_offences
    reasons.append(kept.other_conditions[person.other_conditions_met])
    return reasons


def article_days(person: Person, terms: Terms) -> list[date]:
    """The days on which a condition of article 7 may come out otherwise."""
    days: list[date] = []
    if person.residence is Residence.RESIDENCE_PROOF:
        days += _payment_days(person, terms)
    if person.offences:
        days += _offence_days(person.offences, terms)
    return days


def article_deadlines(person: Person, day: date, terms: Terms) -> tuple[Deadline, ...]:
    """The days that follow from article 7: when a full year is paid, and the first day looked back on."""
    found: list[Deadline] = []
    if person.residence is Residence.RESIDENCE_PROOF:
        found += _full_year(person, day, terms)
    if person.offences:
        found.append(_looked_back_from(day, terms))
    return tuple(found)


def barred_for_good(person: Person) -> bool:
    """Whether a condition fails that time alone does not mend."""
    return (
        person.residence is Residence.NEITHER
        or person.holds_certificate
        or Car.WITH_QUOTA in person.cars
        or not person.licence_valid
        or person.other_conditions_met is False
    )


def _both(clause: Clause) -> dict[bool, Judged]:
    return {found: judge(clause, found) for found in (True, False)}


def _kinds(person: Person) -> list[Paid]:
    return [paid for paid in (person.insurance, person.income_tax) if paid is not None]


def _payment(person: Person, day: date, terms: Terms) -> Judged:
    """Whether a year of the one or of the other is paid before a day."""
    clause, kinds = terms.paid_for_a_year, _kinds(person)
    runs = sorted((paid.from_on, _after(paid, day), paid.surely_from_on) for paid in kinds if paid.from_on < day)
    if not runs:
        found, verdict, because = NOT_PAID, Verdict.NO, None
    else:
        found = Words(f"自 {runs[0][0]} 起", f"from {runs[0][0]}")
        verdict, because = _paid_up_to(day, runs, standing_reasons(terms).years_paid)
    if verdict is Verdict.NO and any(paid.earlier_full_year for paid in kinds):
        verdict, because = Verdict.CANNOT_TELL, ENDED
    return Judged(clause=clause, verdict=verdict, found=found, needed=OF_ONE_KIND, because=because)


def _paid_up_to(day: date, runs: Sequence[tuple[date, date, date]], years: int) -> tuple[Verdict, Words | None]:
    """Whether runs, the earliest first, hold a full year right before a day.

    Shape   of each run its first day, the day after its last before the day judged, its first day without what was made up
    """
    full = [run for run in runs if in_years(run[0], years) <= run[1]]
    up_to_day = [surely_from_on for _, after, surely_from_on in full if after == day]
    if any(in_years(surely_from_on, years) <= day for surely_from_on in up_to_day):
        return Verdict.YES, None
    if full:
        return Verdict.CANNOT_TELL, MADE_UP if up_to_day else ENDED
    if len(runs) > 1 and in_years(runs[0][0], years) <= _joined_after(runs):
        return Verdict.CANNOT_TELL, BOTH_KINDS
    return Verdict.NO, None


def _after(paid: Paid, day: date) -> date:
    """The first day after a run, of the part of it that lies before a day."""
    return day if paid.until_on is None else min(paid.until_on + ONE_DAY, day)


def _joined_after(runs: Sequence[tuple[date, date, date]]) -> date:
    """The first day after the earliest run, with the others added that start before it has ended."""
    after = runs[0][1]
    for start, end, _ in runs[1:]:
        if start <= after:
            after = max(after, end)
    return after


def _payment_days(person: Person, terms: Terms) -> Iterator[date]:
    """The days on which a year may become full, or a run no longer comes up to the application."""
    years = standing_reasons(terms).years_paid
    for paid in _kinds(person):
        yield in_years(paid.from_on, years)
        if paid.made_up_until_on is not None:
            yield in_years(paid.surely_from_on, years)
        if paid.until_on is not None:
            # on the day after the run an application still has the year right before it
            yield paid.until_on + 2 * ONE_DAY


def _full_year(person: Person, day: date, terms: Terms) -> Iterator[Deadline]:
    """The first day on which a year of one kind is paid; nothing where no run comes so far, or up to the application."""
    clause, years = terms.paid_for_a_year, standing_reasons(terms).years_paid
    starts = [(in_years(paid.surely_from_on, years), paid) for paid in _kinds(person)]
    reached = [
        (full_on, paid.surely_from_on)
        for full_on, paid in starts
        if paid.until_on is None or max(full_on, day) <= paid.until_on + ONE_DAY
    ]
    if reached:
        full_on, start = min(reached)
        yield Deadline(id=clause.id, name=FULL_YEAR, at=full_on, clause=clause, how=years_from(start, clause))


def _offence_reasons(person: Person, day: date, terms: Terms) -> tuple[Judged, ...]:
    """Whether the records of the year before a day bar an application: by points, by their count, by a penalty."""
    standing = standing_reasons(terms)
    first = in_years(day, -standing.years_looked_back)
    # a cycle that reaches into the year looked back on may have begun before it
    before_on = in_years(first, -CYCLE_YEARS)
    before = [offence for offence in person.offences if before_on <= offence.on < day]
    kept = [offence for offence in before if first <= offence.on]
    if not kept:
        return standing.no_offences
    penalties = terms.offence_penalty.listed
    return (
        _points(before, kept, person.licence_first_issued_on, terms.offence_points),
        judge(terms.offence_count, sum(offence.by_motor_vehicle for offence in kept)),
        standing.offence_penalty[any(offence.penalty.value in penalties for offence in kept)],
    )


def _looked_back_from(day: date, terms: Terms) -> Deadline:
    """The first day whose records count for an application on a day."""
    years = figure_words(terms.clean_year.mark, terms.clean_year.unit)
    return Deadline(
        id="clean_year",
        name=LOOKED_BACK_FROM,
        at=in_years(day, -standing_reasons(terms).years_looked_back),
        clause=terms.clean_year,
        how=Words(f"{day} 前 {years.zh}", f"{years.en} before {day}"),
    )


def _offence_days(offences: Sequence[Offence], terms: Terms) -> Iterator[date]:
    """The days on which a record comes into the year looked back on or leaves it."""
    years = standing_reasons(terms).years_looked_back
    for offence in offences:
        yield offence.on + ONE_DAY
        out_on = in_years(offence.on, years) + ONE_DAY
        # counted back from 29 February, 28 February is still within the year
        yield out_on if in_years(out_on, -years) > offence.on else out_on + ONE_DAY


def _points(before: Sequence[Offence], kept: Sequence[Offence], issued_on: date | None, clause: Clause) -> Judged:
    """The points by both ways of summing: sure only where both say the same."""
    points = sum(offence.points for offence in kept)
    if clause.met_by(sum(offence.points for offence in before)):
        return judge(clause, points)
    if clause.met_by(_most(before, kept, _may_share_a_cycle)) or not clause.met_by(_most(kept, kept, _of_one_day)):
        return judge(clause, points)
    if issued_on is None:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=points, because=NO_CYCLE)
    of_a_cycle = _most(before, kept, lambda each, last: _cycle(issued_on, each.on) == _cycle(issued_on, last.on))
    if clause.met_by(of_a_cycle) is clause.met_by(points):
        return judge(clause, points)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=points, because=READINGS_DIFFER)


def _most(before: Sequence[Offence], kept: Sequence[Offence], together: Callable[[Offence, Offence], bool]) -> int:
    """The most points that records together come to, up to and with one of the year looked back on."""
    return max(
        (sum(each.points for each in before if each.on <= last.on and together(each, last)) for last in kept),
        default=0,
    )


def _may_share_a_cycle(each: Offence, last: Offence) -> bool:
    return each.on > in_years(last.on, -CYCLE_YEARS)


def _of_one_day(each: Offence, last: Offence) -> bool:
    return each.on == last.on


def _cycle(issued_on: date, day: date) -> int:
    """Which scoring cycle a day lies in: each starts on the licence's day of the year."""
    passed = (day.year - issued_on.year) // CYCLE_YEARS
    return passed if in_years(issued_on, passed * CYCLE_YEARS) <= day else passed - 1
