"""What a case tells and time does not change: judged once for each set of answers, and kept."""

from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from regulations.household_registration.answers import LEFT_OPEN
from regulations.household_registration.conditions import BITS, TOLD
from regulations.household_registration.inputs import Application, PostField, Skill, Title
from regulations.household_registration.since import KEPT
from regulations.household_registration.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, all_of, any_of, judge
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

LEVELS: Final = {Skill.LEVEL_5: 5, Skill.LEVEL_4: 4, Skill.LEVEL_3: 3, Skill.LEVEL_2: 2, Skill.LEVEL_1: 1}
TITLES: Final = {
    Title.NONE: Words("无", "none"),
    Title.JUNIOR: Words("初级", "junior"),
    Title.MIDDLE: Words("中级", "middle"),
    Title.SENIOR: Words("高级", "senior"),
}
FIELDS: Final = {
    None: Words("未给出", "not given"),
    PostField.EDUCATION: Words("教育", "education"),
    PostField.HEALTH: Words("卫生", "health"),
    PostField.OTHER: Words("其他", "other"),
}
FIELD_OPEN: Final = Words(
    "文中只举教育、卫生，其余未列", "the text names education and health and leaves the list open"
)


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
    """The reasons that these answers give, and the bits of the conditions that may not be and are not surely met."""

    reasons: tuple[Judged, ...]
    never: int
    unsure: int


def facts_of(asked: Application, permit_held: bool, terms: Terms) -> Facts:
    """What the case tells and time does not change, with whether the permit is held on the day."""
    return _facts(terms, permit_held, _answers(asked))


@lru_cache(maxsize=KEPT)
def _facts(terms: Terms, permit_held: bool, answers: tuple[object, ...]) -> Facts:
    answered = Told(*answers)  # type: ignore[arg-type]
    core = _core(terms, permit_held, answered)
    titles, middle, senior = _titles(terms, answered)
    award = _fact(terms.contribution_award, answered.contribution_award)
    field = _field(terms.suburban_field, answered.suburban_field)
    investment, invested = _investment(terms, answered)
    match = _fact(terms.base_matches_income, answered.base_matches_income)
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
        never=sum(BITS[name] for name in TOLD if verdicts[name] is Verdict.NO),
        unsure=sum(BITS[name] for name in TOLD if verdicts[name] is not Verdict.YES),
    )


def _fact(clause: Clause, found: bool | int | None) -> Judged:
    return judge(clause, found, because=LEFT_OPEN if found is None else None)


def _core(terms: Terms, permit_held: bool, answered: Told) -> tuple[Judged, ...]:
    return (
        judge(terms.mainland_person, answered.mainland_person),
        judge(terms.registered_employer, answered.employer_registered_in_city),
        judge(terms.permit_held, permit_held),
        judge(terms.income_tax, answered.income_tax_paid),
        judge(terms.criminal_record, answered.criminal_record),
        _fact(terms.other_bar, answered.other_bar),
        judge(terms.fraud, answered.fraud_found),
    )


def _titles(terms: Terms, answered: Told) -> tuple[tuple[Judged, ...], Verdict, Verdict]:
    """The reasons on titles, whether that of article 5 is there, and whether the senior one is."""
    level = LEVELS.get(answered.skill)
    match = _fact(terms.post_match, answered.matches_post)
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
    return Judged(clause=clause, verdict=verdict, found=TITLES[title])


def _field(clause: Clause, field: PostField | None) -> Judged:
    if field is not None and field.value in clause.listed:
        return Judged(clause=clause, verdict=Verdict.YES, found=FIELDS[field])
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=FIELDS[field], because=FIELD_OPEN)


def _investment(terms: Terms, answered: Told) -> tuple[tuple[Judged, ...], Verdict]:
    """The reasons on investment, and whether tax or staff meets the standards."""
    invests = judge(terms.investor, answered.invests_or_founded)
    if not answered.invests_or_founded:
        return (invests,), Verdict.NO
    years = _fact(terms.tax_years, answered.tax_years_at_standard)
    total = _fact(terms.tax_total, answered.tax_total_at_standard)
    staff = _fact(terms.staff_years, answered.staff_years_at_standard)
    taxed = all_of([years.verdict, total.verdict])
    return (invests, years, total, staff), any_of([taxed, staff.verdict])
