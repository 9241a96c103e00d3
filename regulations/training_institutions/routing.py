"""Whether the text covers what an institution teaches, and which department answers for it: the decision table.

Source  沪府规〔2024〕16号 十, 十四
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Final

from regulations.training_institutions.inputs import Activity, Audience, Fee, Institution, Training
from regulations.training_institutions.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, all_of, judge
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

_OUTSIDE: Final = Words("不在第十四部分所列范围，本意见不作判断", "outside 十四; this text has no verdict on it")
_NAMED: Final = Words("属所列培训", "one of those named")
_PERMIT: Final = Words("是否需经许可，案例未给出", "whether it needs a permit is not said")
_NO_PERMIT: Final = Words("不需许可的成人培训不在范围", "training of adults that needs no permit stands outside")
_PUPILS_OPEN: Final = Words(
    "“中小学生”是否包括中等职业学校学生，条文未说",
    "whether 中小学生 takes in pupils of secondary vocational schools is not said",
)
_SKILL: Final = Words("是否以职业技能为主，案例未给出", "whether it is mainly about skills is not said")
_NOT_SKILL: Final = Words("不以职业技能为主的不在范围", "what is not mainly about skills stands outside")
_NO_SHARES: Final = Words(
    "多项培训未给出占比，无法判断主要从事哪项", "no shares are given: what it mainly does is open"
)
_EQUAL: Final = Words(
    "几部门所属培训占比相等，条文未说归谁", "equal parts of several departments: the text does not say"
)
_HANGS_ON_A_FACT: Final = Words(
    "哪一类占比最大，取决于案例未给出的事实", "which part is the largest hangs on a fact that the case does not give"
)
_MOSTLY_OUTSIDE: Final = Words("范围以外的培训不少于其他各类", "no part that is covered is larger than what is not")
_TRAINING_WORDS: Final = {
    Training.SUBJECT: Words("学科类", "subject training"),
    Training.NON_SUBJECT_EDUCATION: Words("非学科教育类", "non-subject educational training"),
    Training.SCIENCE: Words("科技类", "science"),
    Training.ARTS: Words("文化艺术类", "arts"),
    Training.SPORTS: Words("体育类", "sports"),
    Training.LANGUAGE: Words("语言", "languages"),
    Training.SELF_STUDY_SUPPORT: Words("自学考试助学", "self-study support"),
    Training.OTHER_HIGHER_NON_DEGREE: Words("其他高等非学历", "other higher non-degree training"),
    Training.VOCATIONAL_SKILL: Words("职业技能", "vocational skills"),
    Training.VOCATIONAL_QUALIFICATION: Words("职业资格", "vocational qualifications"),
    Training.OTHER: Words("其他培训", "other training"),
}
_AUDIENCE_WORDS: Final = {
    Audience.PRESCHOOL: Words("学龄前儿童", "pre-school children"),
    Audience.COMPULSORY: Words("义务教育阶段学生", "compulsory-stage pupils"),
    Audience.SENIOR_HIGH: Words("普通高中学生", "ordinary senior high pupils"),
    Audience.SECONDARY_VOCATIONAL: Words("中等职业学校学生", "secondary vocational pupils"),
    Audience.ADULT: Words("成年人", "adults"),
    Audience.ELDERLY: Words("老年人", "the elderly"),
}


class Department(Enum):
    """Who answers for a kind of training."""

    EDUCATION = "education"
    HUMAN_RESOURCES = "human_resources"
    SCIENCE = "science"
    CULTURE_TOURISM = "culture_tourism"
    SPORTS = "sports"


DEPARTMENT_WORDS: Final = {
    Department.EDUCATION: Words("教育部门", "education department"),
    Department.HUMAN_RESOURCES: Words("人力资源社会保障部门", "human resources department"),
    Department.SCIENCE: Words("科技部门", "science department"),
    Department.CULTURE_TOURISM: Words("文化旅游部门", "culture and tourism department"),
    Department.SPORTS: Words("体育部门", "sports department"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where one activity stands: why it is covered or not, and the department of such training.

    Shape   `covered` is no where the text does not name it, cannot tell where a fact is open; no department where none is
            named
    """

    activity: Activity
    covered: Verdict
    reasons: tuple[Judged, ...]
    department: Department | None = None
    department_clause: Clause | None = None


def routes_of(institution: Institution, terms: Terms) -> tuple[Route, ...]:
    """Where each activity of the institution stands, in its order."""
    return tuple(_route(activity, terms) for activity in institution.activities)


def activity_words(activity: Activity | Fee) -> Words:
    """What is taught, and to whom."""
    training, audience = _TRAINING_WORDS[activity.training], _AUDIENCE_WORDS[activity.audience]
    return Words(f"{audience.zh}的{training.zh}", f"{training.en} for {audience.en}")


def shares_of(routes: Sequence[Route]) -> Mapping[Department | None, Decimal]:
    """The part of each department in all that is taught, what no department has under nothing; empty where not given."""
    if len(routes) == 1:
        return {routes[0].department: Decimal(1)}
    shares: dict[Department | None, Decimal] = {}
    for route in routes:
        if route.activity.share_ratio is None:
            return {}
        shares[route.department] = shares.get(route.department, Decimal(0)) + route.activity.share_ratio
    return shares


def department_reasons(routes: Sequence[Route], terms: Terms) -> Iterable[Judged]:
    """The department that answers for what the institution mainly does, by each clause that leads to it, or why none."""
    winner, because = _main_department(routes)
    if winner is not None and not _leads_whatever_is_open(winner, routes):
        winner, because = None, _HANGS_ON_A_FACT
    if winner is None:
        yield Judged(clause=terms.mainly_does, verdict=Verdict.CANNOT_TELL, because=because)
        return
    clauses = {each.department_clause.id: each.department_clause for each in routes if each.department_clause}
    led_by = {each.department_clause.id for each in routes if each.department == winner and each.department_clause}
    words = DEPARTMENT_WORDS[winner]
    for name in sorted(led_by):
        yield Judged(clause=clauses[name], verdict=Verdict.YES, found=words, needed=words)


def _main_department(routes: Sequence[Route]) -> tuple[Department | None, Words | None]:
    """The department with the largest part, or why there is none."""
    departments = {each.department for each in routes}
    if len(departments) == 1:
        return departments.pop(), None
    shares = shares_of(routes)
    if not shares:
        return None, _NO_SHARES
    most = max(shares.values())
    first, *others = [department for department, share in shares.items() if share == most]
    if others:
        return None, _MOSTLY_OUTSIDE if None in (first, *others) else _EQUAL
    return first, _MOSTLY_OUTSIDE if first is None else None


def _leads_whatever_is_open(winner: Department, routes: Sequence[Route]) -> bool:
    """Whether a department keeps the largest part if open activities turn out to stand outside.

    Where no activity is surely covered the ruling is open already, and the department is that of the case in which they are.
    """
    surely = [each for each in routes if each.covered is Verdict.YES]
    still_open = [each for each in routes if each.covered is Verdict.CANNOT_TELL]
    if not surely or not still_open:
        return True
    most = shares_of(routes)
    if not most:
        return False
    least = _added_up(each for each in surely if each.department is winner)
    outside = most.get(None, Decimal(0)) + _added_up(still_open)
    return least > max(outside, *(part for other, part in most.items() if other is not winner))


def _added_up(routes: Iterable[Route]) -> Decimal:
    return sum((each.activity.share_ratio or Decimal(0) for each in routes), Decimal(0))


def _route(activity: Activity, terms: Terms) -> Route:
    reasons = tuple(_scope_reasons(activity, terms))
    covered = all_of(reason.verdict for reason in reasons)
    department, clause = (None, None) if covered is Verdict.NO else _department(activity.training, terms)
    return Route(
        activity=activity,
        covered=covered,
        reasons=tuple(or_no_verdict(reason) for reason in reasons),
        department=department,
        department_clause=clause,
    )


def or_no_verdict(reason: Judged) -> Judged:
    """The reason with cannot tell in the place of no: on what stands outside its scope the text has no verdict."""
    if reason.verdict is not Verdict.NO:
        return reason
    return replace(reason, verdict=Verdict.CANNOT_TELL, because=reason.because or _OUTSIDE)


def _scope_reasons(activity: Activity, terms: Terms) -> Iterable[Judged]:
    pair = f"{activity.training.value}:{activity.audience.value}"
    words = activity_words(activity)
    clauses = (terms.scope_subject, terms.scope_pupils, terms.scope_adults, terms.vocational_pupils)
    clause = next((each for each in clauses if pair in each.listed), terms.scope)
    if clause is terms.vocational_pupils:
        verdict, because = Verdict.CANNOT_TELL, _PUPILS_OPEN
        yield Judged(clause=clause, verdict=verdict, found=words, needed=_NAMED, because=because)
        return
    verdict = Verdict.NO if clause is terms.scope else Verdict.YES
    yield Judged(clause=clause, verdict=verdict, found=words, needed=_NAMED)
    if clause is terms.scope_adults:
        yield _asked(terms.permit_needed, activity.permit_needed, _PERMIT, _NO_PERMIT)
        if activity.training is Training.VOCATIONAL_QUALIFICATION:
            yield _asked(terms.skill_based, activity.skill_based, _SKILL, _NOT_SKILL)


def _asked(clause: Clause, found: bool | None, unknown: Words, otherwise: Words) -> Judged:
    because = unknown if found is None else None if found else otherwise
    return judge(clause, found, because=because)


def _department(training: Training, terms: Terms) -> tuple[Department | None, Clause | None]:
    table = (
        (Department.EDUCATION, terms.department_education),
        (Department.EDUCATION, terms.department_education_adults),
        (Department.HUMAN_RESOURCES, terms.department_human_resources),
        (Department.HUMAN_RESOURCES, terms.department_human_resources_qualification),
        (Department.SCIENCE, terms.department_science),
        (Department.CULTURE_TOURISM, terms.department_culture_tourism),
        (Department.SPORTS, terms.department_sports),
    )
    return next(((department, clause) for department, clause in table if training.value in clause.listed), (None, None))
