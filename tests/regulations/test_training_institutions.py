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
    Inputs,
    Institution,
    Mode,
    Profit,
    Training,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment, Ruling
from tariffs.vocabulary.errors import RecordProblems

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


def _covered(training: Training, audience: Audience) -> bool:
    """Section 14, written down from the text."""
    match training:
        case Training.SUBJECT:
            return audience in (Audience.COMPULSORY, Audience.SENIOR_HIGH)
        case Training.SCIENCE | Training.ARTS | Training.SPORTS | Training.NON_SUBJECT_EDUCATION:
            return audience in PUPILS
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


def _activity(training: Training, audience: Audience, share: Decimal | None = None) -> Activity:
    return Activity(training=training, audience=audience, share_ratio=share, permit_needed=True, skill_based=True)


@pytest.mark.parametrize(("training", "audience"), list(product(Training, Audience)))
def test_every_line_of_the_table_is_covered_and_routed_as_the_text_has_it(
    training: Training, audience: Audience
) -> None:
    (ruling,) = _assess(_institution(_activity(training, audience))).rulings
    if not _covered(training, audience):
        assert Verdict.CANNOT_TELL is ruling.verdict
        assert [] == _departments(ruling)
        return
    assert Verdict.YES is ruling.verdict
    assert [DEPARTMENTS[training]] == _departments(ruling)
    inferred = [reason.clause.inferred for reason in ruling.reasons if reason.clause.id.startswith("department_")]
    assert [training in INFERRED] == inferred


@st.composite
def mixtures(draw: st.DrawFn) -> list[Activity]:
    trainings = draw(st.lists(st.sampled_from(Training), min_size=2, max_size=5))
    weights = [draw(st.integers(1, 9)) for _ in trainings]
    audiences = [draw(st.sampled_from(Audience)) for _ in trainings]
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


@FEW
@given(mixtures())
def test_the_parts_shown_are_those_of_one_whole(activities: list[Activity]) -> None:
    figures = _assess(_institution(*activities)).figures
    assert sum(each.quantity for each in figures) in (0, 1)
    assert bool(figures) is any(_covered(each.training, each.audience) for each in activities)


@pytest.mark.parametrize("fact", ["in_city", "open_to_public"])
def test_nothing_is_routed_where_the_text_does_not_reach(fact: str) -> None:
    here = _institution(_activity(Training.SUBJECT, Audience.COMPULSORY))
    found = _assess(replace(here, **{fact: False}))
    assert Verdict.CANNOT_TELL is found.verdict
    assert [] == _departments(found.rulings[0])
    assert ((), ()) == (found.figures, found.notices)


def test_each_count_of_the_text_is_that_of_its_list() -> None:
    assert 15 == TERMS.cooperating_departments.count == len(TERMS.cooperating_departments.listed)
    assert 3 == TERMS.grid_patrol.count == len(TERMS.grid_patrol.listed)
    assert 3 == TERMS.prepaid_tools.count == len(TERMS.prepaid_tools.listed)
    assert TERMS.scope.count == sum(field.name.startswith("scope_") for field in fields(TERMS))


def test_a_case_made_in_python_must_ask_something() -> None:
    with pytest.raises(RecordProblems):
        Inputs(on=ON)
