"""The reasons of an application: every condition as found, then each way to apply with what it lacks."""

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from regulations.household_registration.conditions import (
    BITS,
    CLAUSES,
    OWN_NAMES,
    PAIR_MASKS,
    SINGLE,
    SINGLE_MASKS,
    TOLD,
    Timeline,
)
from regulations.household_registration.inputs import Application, PostField, Skill, Title
from regulations.household_registration.insurance import SHOWN
from regulations.household_registration.tenure import KEPT
from regulations.household_registration.terms import Terms, clause_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, all_of, any_of, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import ELSEWHERE, joined, stated
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import MONTHS_PER_YEAR

LEVELS: Final = {Skill.LEVEL_5: 5, Skill.LEVEL_4: 4, Skill.LEVEL_3: 3, Skill.LEVEL_2: 2, Skill.LEVEL_1: 1}
TITLES: Final = {
    Title.NONE: Words("无", "none"),
    Title.JUNIOR: Words("初级", "junior"),
    Title.MIDDLE: Words("中级", "middle"),
    Title.SENIOR: Words("高级", "senior"),
}
FIELDS: Final = {
    PostField.EDUCATION: Words("教育", "education"),
    PostField.HEALTH: Words("卫生", "health"),
    PostField.OTHER: Words("其他", "other"),
}
FIELDS_ASKED: Final = Words("教育、卫生等", "education, health and the like")
FIELD_OPEN: Final = Words(
    "文中只举教育、卫生，其余未列", "the text names education and health and leaves the list open"
)
COUNTING_OPEN: Final = Words(
    "累计则满，连续则不满；year_counting 未选定", "full if added up, not if unbroken; year_counting is not chosen"
)
JOINED_OPEN: Final = Words(
    "只免年限，从未参保者文中未写", "only the years are lifted; nothing is said of who was never insured"
)
WAGE_OPEN: Final = Words("有的月份缺所比年度的平均工资", "the average wage is not given for some months")
TOGETHER_OPEN: Final = Words(
    "文中写“之一”，未说能否两项并用；two_relaxations 可选定",
    "the text says one of them and not whether two go together; two_relaxations chooses",
)
NO_GAIN: Final = Words("两项并用不比单项更有利", "two together give no more than one")
NOT_INSURED: Final = Words("申报当月未写参保", "no insurance told for the month of application")
NO_WAGE: Final = Words("缺所比年度的平均工资", "the average wage of the year is not given")
PERMIT: Final = ("permit_years", "suburban_permit", "triple_permit")
INSURANCE: Final = ("insurance_years", "suburban_insurance", "triple_insurance", "insurance_joined")
SERVICE: Final = ("suburban_work",)
MASKS: Final = {group: sum(BITS[name] for name in group) for group in (PERMIT, INSURANCE, SERVICE)}
"""The conditions that one count of months decides, and their bits."""
MEASURED: Final = {
    "suburban_permit": Words("持证 ", "permit "),
    "triple_permit": Words("持证 ", "permit "),
    "suburban_insurance": Words("参保 ", "insurance "),
    "triple_insurance": Words("参保 ", "insurance "),
}
"""What is measured where one clause is asked of both."""


class Told(NamedTuple):
    """The answers of a case that time does not change."""

    mainland_person: bool
    employer_registered_in_city: bool
    income_tax_paid: bool
    criminal_record: bool
    other_bar: bool | None
    fraud_found: bool
    title: Title
    skill: Skill
    matches_post: bool | None
    contribution_award: bool | None
    suburban_field: PostField | None
    invests_or_founded: bool
    tax_years_at_standard: int | None
    tax_total_at_standard: bool | None
    staff_years_at_standard: int | None
    base_matches_income: bool | None


_answers = attrgetter(*Told._fields)


class Facts(NamedTuple):
    """The reasons that these answers give, and the bits of the conditions that are not met and not surely met."""

    reasons: tuple[Judged, ...]
    unmet: tuple[int, int]


def facts_of(asked: Application, permit_held: bool, terms: Terms) -> Facts:
    """What the case tells and time does not change, with whether the permit is held on the day."""
    return _facts(terms, permit_held, _answers(asked))


@lru_cache(maxsize=KEPT)
def _facts(terms: Terms, permit_held: bool, answers: tuple[object, ...]) -> Facts:
    answered = Told(*answers)  # type: ignore[arg-type]
    core = _core(terms, permit_held, answered)
    titles, middle, senior = _titles(terms, answered)
    award = stated(terms.contribution_award, answered.contribution_award)
    field = _field(terms.suburban_field, answered.suburban_field)
    investment, invested = _investment(terms, answered)
    match = stated(terms.base_matches_income, answered.base_matches_income)
    verdicts = {
        **{judged.clause.id: judged.verdict for judged in core},
        "technical_title": middle,
        "contribution_or_senior": any_of([award.verdict, senior]),
        "suburban_field": field.verdict,
        "investment": invested,
        "base_matches_income": match.verdict,
    }
    return Facts(
        reasons=(*core, *titles, award, field, *investment, match),
        unmet=(
            sum(BITS[name] for name in TOLD if verdicts[name] is Verdict.NO),
            sum(BITS[name] for name in TOLD if verdicts[name] is not Verdict.YES),
        ),
    )


def _core(terms: Terms, permit_held: bool, answered: Told) -> tuple[Judged, ...]:
    return (
        judge(terms.mainland_person, answered.mainland_person),
        judge(terms.registered_employer, answered.employer_registered_in_city),
        judge(terms.permit_held, permit_held),
        judge(terms.income_tax, answered.income_tax_paid),
        judge(terms.criminal_record, answered.criminal_record),
        stated(terms.other_bar, answered.other_bar),
        judge(terms.fraud, answered.fraud_found),
    )


def _titles(terms: Terms, answered: Told) -> tuple[tuple[Judged, ...], Verdict, Verdict]:
    """The reasons on titles, whether that of article 5 is there, and whether the senior one is."""
    level = LEVELS.get(answered.skill)
    match = stated(terms.post_match, answered.matches_post)
    middle = [_listed(terms.technical_title, answered.title)]
    senior = [_listed(terms.senior_title, answered.title)]
    if level is not None:
        middle.append(judge(terms.technician_level, level))
        senior.append(judge(terms.senior_technician_level, level))
    has_senior = any_of(each.verdict for each in senior)
    has_middle = any_of([has_senior, *(each.verdict for each in middle)])
    reasons = (*middle, *senior, match)
    return reasons, all_of([has_middle, match.verdict]), all_of([has_senior, match.verdict])


def _listed(clause: Clause, title: Title) -> Judged:
    verdict = Verdict.YES if title.value in clause.listed else Verdict.NO
    asked = joined([TITLES[Title(each)] for each in clause.listed])
    return Judged(clause=clause, verdict=verdict, found=TITLES[title], needed=asked)


def _field(clause: Clause, field: PostField | None) -> Judged:
    if field is None:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, needed=FIELDS_ASKED, because=ELSEWHERE)
    if field.value in clause.listed:
        return Judged(clause=clause, verdict=Verdict.YES, found=FIELDS[field], needed=FIELDS_ASKED)
    return Judged(
        clause=clause, verdict=Verdict.CANNOT_TELL, found=FIELDS[field], needed=FIELDS_ASKED, because=FIELD_OPEN
    )


def _years(clause: Clause, years: int | None) -> Judged:
    return judge(clause, years, because=ELSEWHERE if years is None else None)


def _investment(terms: Terms, answered: Told) -> tuple[tuple[Judged, ...], Verdict]:
    """The reasons on investment, and whether tax or staff meets the standards."""
    invests = judge(terms.investor, answered.invests_or_founded)
    if not answered.invests_or_founded:
        return (invests,), Verdict.NO
    years = _years(terms.tax_years, answered.tax_years_at_standard)
    total = stated(terms.tax_total, answered.tax_total_at_standard)
    staff = _years(terms.staff_years, answered.staff_years_at_standard)
    taxed = all_of([years.verdict, total.verdict])
    return (invests, years, total, staff), any_of([taxed, staff.verdict])


def timed_reasons(time: Timeline, terms: Terms, unmet: tuple[int, int], unbroken: bool) -> tuple[Judged, ...]:
    """The reasons that time brings, by the bits of conditions that may not be and are not surely met today."""
    never, unsure = unmet
    permit, service, insured, months = time.permit, time.suburban, time.insured, time.months
    # the months shown are those of the reading chosen
    held = 0 if permit is None else permit.months_unbroken if unbroken else permit.months_added
    served = 0 if service is None else service.months_longest() if unbroken else service.months_added
    paid = insured.unbroken if unbroken else insured.added_up
    return (
        *_by_months(terms, PERMIT, held, never & MASKS[PERMIT], unsure & MASKS[PERMIT]),
        *_by_months(terms, INSURANCE, paid, never & MASKS[INSURANCE], unsure & MASKS[INSURANCE]),
        *_by_months(terms, SERVICE, served, never & MASKS[SERVICE], unsure & MASKS[SERVICE]),
        *_in_total(terms, time.in_window),
        *_now(terms, months.ratio, months.double & 1, months.triple & 1, months.unknown & 1),
    )


@lru_cache(maxsize=KEPT)
def way_reasons(terms: Terms, never: int, unsure: int) -> tuple[Judged, ...]:
    """The result of each way to apply with what it lacks, by the bits of conditions that are not met today."""
    single = [_way(terms, name, never, unsure) for name in SINGLE]
    best = any_of(each.verdict for each in single)
    pairs = {pair: _verdict(never & mask, unsure & mask) for pair, mask in PAIR_MASKS.items()}
    together = any_of([best, *pairs.values()])
    clause = terms.one_relaxation
    if together is best:
        return (*single, Judged(clause=clause, verdict=together, found=NO_GAIN))
    gain = [pair for pair, verdict in pairs.items() if verdict is together]
    text = "; ".join(" + ".join(clause_of(terms, name).citation.article for name in pair) for pair in gain)
    return (*single, Judged(clause=clause, verdict=together, found=Words(text, text), because=TOGETHER_OPEN))


def _way(terms: Terms, name: str, never: int, unsure: int) -> Judged:
    mask, clause = SINGLE_MASKS[name], clause_of(terms, name)
    verdict = _verdict(never & mask, unsure & mask)
    if verdict is Verdict.YES:
        return Judged(clause=clause, verdict=verdict, found=True)
    lacking = never & mask or unsure & mask
    names = names_of(terms, [each for each in SINGLE[name] if BITS[each] & lacking])
    if verdict is Verdict.NO:
        because = Words(f"不符合：{names.zh}", f"not met: {names.en}")
        return Judged(clause=clause, verdict=verdict, found=False, because=because)
    return Judged(clause=clause, verdict=verdict, because=Words(f"不能确定：{names.zh}", f"cannot tell: {names.en}"))


def _verdict(never: int, unsure: int) -> Verdict:
    if never:
        return Verdict.NO
    return Verdict.CANNOT_TELL if unsure else Verdict.YES


@lru_cache(maxsize=KEPT)
def _by_months(terms: Terms, conditions: tuple[str, ...], months: int, never: int, unsure: int) -> tuple[Judged, ...]:
    return tuple([_held(terms, each, (months, never, unsure)) for each in conditions])


def _held(terms: Terms, condition: str, found: tuple[int, int, int]) -> Judged:
    months, never, unsure = found
    years, rest = divmod(months, MONTHS_PER_YEAR)
    clause = clause_of(terms, CLAUSES.get(condition, condition))
    verdict = _verdict(never & BITS[condition], unsure & BITS[condition])
    because = JOINED_OPEN if condition == "insurance_joined" else COUNTING_OPEN
    of = MEASURED.get(condition, Words("", ""))
    counted = Words(f"{of.zh}{years} 年 {rest} 个月", f"{of.en}{years} year(s) {rest} month(s)")
    whole = not rest and condition not in MEASURED and clause.unit is not None
    return Judged(
        clause=clause,
        verdict=verdict,
        found=years if whole else counted,
        because=because if verdict is Verdict.CANNOT_TELL else None,
    )


@lru_cache(maxsize=KEPT)
def _in_total(terms: Terms, in_window: tuple[int, int, int, int]) -> tuple[Judged, ...]:
    double, double_unknown, triple, triple_unknown = in_window
    return _months(terms.double_months, double, double_unknown), _months(terms.triple_months, triple, triple_unknown)


def _months(clause: Clause, months: int, unknown: int) -> Judged:
    if clause.met_by(months):
        return Judged(clause=clause, verdict=Verdict.YES, found=months)
    if clause.met_by(months + unknown):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=months, because=WAGE_OPEN)
    return Judged(clause=clause, verdict=Verdict.NO, found=months)


@lru_cache(maxsize=KEPT)
def _now(terms: Terms, ratio: int | None, double: int, triple: int, unknown: int) -> tuple[Judged, ...]:
    return _reached(terms.double_base, ratio, double, unknown), _reached(terms.triple_base, ratio, triple, unknown)


def _reached(clause: Clause, ratio: int | None, reached: int, unknown: int) -> Judged:
    if unknown:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=NO_WAGE, because=WAGE_OPEN)
    if ratio is None:
        return Judged(clause=clause, verdict=Verdict.NO, found=NOT_INSURED)
    return Judged(clause=clause, verdict=Verdict.YES if reached else Verdict.NO, found=ratio * SHOWN)


def names_of(terms: Terms, conditions: Sequence[str]) -> Words:
    """The names of some conditions or ways, each once."""
    names = [OWN_NAMES.get(each) or clause_of(terms, CLAUSES.get(each, each)).name for each in conditions]
    return joined({each.zh: each for each in names}.values())
