"""Training institutions: the whole decision table, and what holds for all mixtures of trainings."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.training_institutions.inputs import (
    Activity,
    Audience,
    Fee,
    Inputs,
    Institution,
    Mode,
    Profit,
    Training,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment, Ruling
from tariffs.vocabulary.errors import RecordProblems, Words

NAME = "training_institutions"
JUDGE = regulations.Judge(NAME)
TERMS = JUDGE.terms_of(regulations.LIBRARY.versions(NAME)[0])
ON = date(2026, 6, 1)
FEW = settings(max_examples=50, deadline=None)
PUPILS = (Audience.PRESCHOOL, Audience.COMPULSORY, Audience.SENIOR_HIGH)
DEPARTMENTS = {
    Training.SUBJECT: "education department",
    Training.NON_SUBJECT_EDUCATION: "education department",
    Training.LANGUAGE: "education department",
    Training.SELF_STUDY_SUPPORT: "education department",
    Training.OTHER_HIGHER_NON_DEGREE: "education department",
    Training.VOCATIONAL_SKILL: "human resources department",
    Training.VOCATIONAL_QUALIFICATION: "human resources department",
    Training.SCIENCE: "science department",
    Training.ARTS: "culture and tourism department",
    Training.SPORTS: "sports department",
}
"""The table of section 10, written down from the text."""
INFERRED = (
    Training.LANGUAGE,
    Training.SELF_STUDY_SUPPORT,
    Training.OTHER_HIGHER_NON_DEGREE,
    Training.VOCATIONAL_QUALIFICATION,
)
"""What the section does not name: our reading."""


def _covered(training: Training, audience: Audience) -> bool | None:
    """Section 14, written down from the text; nothing where it does not say whether pupils are meant."""
    match training:
        case Training.SUBJECT:
            return audience in (Audience.COMPULSORY, Audience.SENIOR_HIGH)
        case Training.SCIENCE | Training.ARTS | Training.SPORTS | Training.NON_SUBJECT_EDUCATION:
            return None if audience is Audience.SECONDARY_VOCATIONAL else audience in PUPILS
        case Training.OTHER:
            return False
    return audience is Audience.ADULT


def _institution(*activities: Activity) -> Institution:
    return Institution(
        in_city=True, open_to_public=True, mode=Mode.OFFLINE, profit=Profit.FOR_PROFIT, activities=activities
    )


def _assess(institution: Institution) -> Assessment:
    found: Assessment = JUDGE.assess(Inputs(on=ON, institution=institution))
    return found


def _departments(ruling: Ruling) -> list[str]:
    return [reason.found_words.en for reason in ruling.reasons if reason.clause.id.startswith("department_")]


def _notice(clause: str) -> Words:
    found = _assess(_institution(_activity(Training.SUBJECT, Audience.COMPULSORY)))
    return next(each.words for each in found.notices if each.clause and each.clause.id == clause)


def _activity(training: Training, audience: Audience, share: Decimal | None = None) -> Activity:
    return Activity(training=training, audience=audience, share_ratio=share, permit_needed=True, skill_based=True)


@pytest.mark.parametrize(("training", "audience"), list(product(Training, Audience)))
def test_every_line_of_the_table_is_covered_and_routed_as_the_text_has_it(
    training: Training, audience: Audience
) -> None:
    (ruling,) = _assess(_institution(_activity(training, audience))).rulings
    covered = _covered(training, audience)
    assert (Verdict.YES if covered else Verdict.CANNOT_TELL) is ruling.verdict
    if covered is False:
        assert [] == _departments(ruling)
        return
    assert [DEPARTMENTS[training]] == _departments(ruling)
    inferred = [reason.clause.inferred for reason in ruling.reasons if reason.clause.id.startswith("department_")]
    assert [training in INFERRED] == inferred


# what the text leaves open whatever one knows stands aside here
AUDIENCES = [audience for audience in Audience if audience is not Audience.SECONDARY_VOCATIONAL]


@st.composite
def mixtures(draw: st.DrawFn) -> list[Activity]:
    trainings = draw(st.lists(st.sampled_from(Training), min_size=2, max_size=5))
    weights = [draw(st.integers(1, 9)) for _ in trainings]
    audiences = [draw(st.sampled_from(AUDIENCES)) for _ in trainings]
    # shares of a power of two add up without rounding
    whole = Decimal(64)
    shares = [Decimal(weight) / whole for weight in weights]
    shares[-1] += 1 - sum(shares)
    return [_activity(*each) for each in zip(trainings, audiences, shares, strict=True)]


@FEW
@given(mixtures(), st.randoms(use_true_random=False))
def test_the_order_of_the_trainings_does_not_matter(activities: list[Activity], order: object) -> None:
    shuffled = list(activities)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = _assess(_institution(*activities)), _assess(_institution(*shuffled))
    assert one.verdict is other.verdict
    assert sorted(_departments(one.rulings[0])) == sorted(_departments(other.rulings[0]))


@FEW
@given(mixtures())
def test_the_department_named_has_the_largest_part(activities: list[Activity]) -> None:
    parts: dict[str, Decimal] = {}
    for each in activities:
        covered = _covered(each.training, each.audience)
        named = DEPARTMENTS[each.training] if covered else "outside"
        parts[named] = parts.get(named, Decimal(0)) + (each.share_ratio or Decimal(0))
    most = max(parts.values())
    leading = [name for name, part in parts.items() if part == most]
    (ruling,) = _assess(_institution(*activities)).rulings
    sure = len(leading) == 1 and leading != ["outside"]
    assert (Verdict.YES if sure else Verdict.CANNOT_TELL) is ruling.verdict
    assert (set(leading) if sure else set()) == set(_departments(ruling))
    for reason in ruling.reasons:
        if reason.clause.id.startswith("department_"):
            assert {reason.found_words.en} == {DEPARTMENTS[Training(each)] for each in reason.clause.listed}


@FEW
@given(mixtures())
def test_the_parts_shown_are_those_of_one_whole(activities: list[Activity]) -> None:
    figures = _assess(_institution(*activities)).figures
    assert sum(each.quantity for each in figures) in (0, 1)
    assert bool(figures) is any(_covered(each.training, each.audience) for each in activities)


@st.composite
def half_known(draw: st.DrawFn) -> list[Activity]:
    """Mixtures of which the permits and the part of skills are known, or not."""
    told = st.sampled_from([True, False, None])
    return [replace(each, permit_needed=draw(told), skill_based=draw(told)) for each in draw(mixtures())]


def _completed(activities: list[Activity]) -> list[list[Activity]]:
    """All that the facts left open may turn out to be."""
    choices = [
        [
            replace(each, permit_needed=permit, skill_based=skill)
            for permit in ([True, False] if each.permit_needed is None else [each.permit_needed])
            for skill in ([True, False] if each.skill_based is None else [each.skill_based])
        ]
        for each in activities
    ]
    return [list(each) for each in product(*choices)]


@FEW
@given(half_known().filter(lambda each: sum((e.permit_needed is None) + (e.skill_based is None) for e in each) < 6))
def test_it_is_a_yes_where_every_way_the_open_facts_may_turn_out_is_one(activities: list[Activity]) -> None:
    """Against all ways tried one by one, each with its facts known."""
    (now,) = _assess(_institution(*activities)).rulings
    ways = [_assess(_institution(*each)).rulings[0] for each in _completed(activities)]
    assert (now.verdict is Verdict.YES) is all(way.verdict is Verdict.YES for way in ways)
    if now.verdict is Verdict.YES:
        assert {frozenset(_departments(now))} == {frozenset(_departments(way)) for way in ways}


@pytest.mark.parametrize(("in_city", "open_to_public"), [(False, True), (True, False), (False, False)])
def test_nothing_is_routed_where_the_text_does_not_reach(in_city: bool, open_to_public: bool) -> None:
    here = _institution(_activity(Training.SUBJECT, Audience.COMPULSORY))
    found = _assess(replace(here, in_city=in_city, open_to_public=open_to_public))
    assert Verdict.CANNOT_TELL is found.verdict
    assert [] == _departments(found.rulings[0])
    assert ((), ()) == (found.figures, found.notices)


SKILLS = Activity(training=Training.VOCATIONAL_SKILL, audience=Audience.ADULT)
QUALIFICATION = Activity(training=Training.VOCATIONAL_QUALIFICATION, audience=Audience.ADULT, permit_needed=True)
SCIENCE = _activity(Training.SCIENCE, Audience.COMPULSORY, Decimal("0.5"))
SPORTS = _activity(Training.SPORTS, Audience.COMPULSORY, Decimal("0.5"))
ELDERLY = _activity(Training.ARTS, Audience.ELDERLY, Decimal("0.5"))


@pytest.mark.parametrize(
    ("activities", "clause", "because"),
    [
        ((SKILLS,), "permit_needed", "whether it needs a permit is not said"),
        ((replace(SKILLS, permit_needed=False),), "permit_needed", "needs no permit stands outside"),
        ((replace(SKILLS, permit_needed=True),), "permit_needed", None),
        ((QUALIFICATION,), "skill_based", "whether it is mainly about skills is not said"),
        ((replace(QUALIFICATION, skill_based=False),), "skill_based", "not mainly about skills stands outside"),
        ((SCIENCE, SPORTS), "mainly_does", "equal parts"),
        ((SCIENCE, ELDERLY), "mainly_does", "no part that is covered is larger"),
        ((replace(SCIENCE, share_ratio=None), replace(SPORTS, share_ratio=None)), "mainly_does", "no shares"),
        ((SCIENCE, replace(SKILLS, share_ratio=Decimal("0.5"))), "mainly_does", "equal parts"),
        (
            (replace(SCIENCE, share_ratio=Decimal("0.4")), replace(SKILLS, share_ratio=Decimal("0.6"))),
            "mainly_does",
            "hangs on a fact",
        ),
    ],
)
def test_a_reason_says_why_it_is_open(activities: tuple[Activity, ...], clause: str, because: str | None) -> None:
    (ruling,) = _assess(_institution(*activities)).rulings
    reason = next(each for each in ruling.reasons if each.clause.id == clause)
    assert (because is None) is (reason.because is None)
    assert reason.because is None or (because or "") in reason.because.en


@pytest.mark.parametrize(("audience", "said"), [(Audience.COMPULSORY, "up to date"), (Audience.SENIOR_HIGH, "nothing")])
def test_the_rule_on_fees_is_told_with_the_institution_and_alone(audience: Audience, said: str) -> None:
    found = _assess(_institution(_activity(Training.SUBJECT, audience)))
    beside = next(each.words.en for each in found.notices if each.clause and each.clause.id == "fee_standard")
    asked: Assessment = JUDGE.assess(Inputs(on=ON, fee=Fee(training=Training.SUBJECT, audience=audience)))
    (reason,) = asked.rulings[0].reasons
    assert said in beside
    assert reason.because is not None and said in reason.because.en


def test_each_count_of_the_text_is_that_of_its_list() -> None:
    assert 15 == TERMS.cooperating_departments.count == len(TERMS.cooperating_departments.listed)
    others = _notice("cooperating_departments")
    assert TERMS.cooperating_departments.count == len(others.zh.split("：")[1].split("、"))
    assert TERMS.cooperating_departments.count == len(others.en.split(": ")[1].split(", "))
    assert 3 == TERMS.grid_patrol.count == len(TERMS.grid_patrol.listed)
    assert 3 == TERMS.prepaid_tools.count == len(TERMS.prepaid_tools.listed)
    assert TERMS.scope.count == sum(field.name.startswith("scope_") for field in fields(TERMS))


def test_a_case_made_in_python_must_ask_something() -> None:
    with pytest.raises(RecordProblems):
        Inputs(on=ON)
