"""The estimate of the zone's support obeys what holds for every list of claims."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.jewellery_fashion_zone.inputs import (
    CapBasis,
    Claim,
    DayThatCounts,
    GrantCount,
    Inputs,
    Kind,
    Options,
    Place,
    Standard,
    Support,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment

JUDGE = regulations.Judge("jewellery_fashion_zone")
ON = date(2025, 11, 20)
FIRST, LAST = date(2025, 4, 1), date(2030, 3, 31)
MONEY = st.decimals(0, 2_000_000, places=2)

claims = st.builds(
    Claim,
    kind=st.sampled_from(Kind),
    event_on=st.dates(date(2025, 3, 1), date(2030, 5, 1)),
    place=st.sampled_from(Place),
    standard=st.sampled_from(Standard),
    qualified=st.sampled_from((True, False, None)),
    cost_cny=st.none() | MONEY,
    body=st.sampled_from(("甲", "乙", None)),
)
options = st.builds(
    Options,
    cap_basis=st.sampled_from(CapBasis),
    testing_grant=st.sampled_from(GrantCount),
    day_that_counts=st.sampled_from(DayThatCounts),
)


def _assessed(listed: list[Claim], chosen: Options | None = None) -> Assessment:
    return JUDGE.assess(Inputs(on=ON, support=Support(claims=tuple(listed)), options=chosen or Options()))


def _figures(assessment: Assessment) -> dict[str, Decimal]:
    return {each.id: Decimal(each.quantity) for each in assessment.figures}


@given(listed=st.lists(claims, min_size=1, max_size=6), one=claims, chosen=options)
@settings(max_examples=50, deadline=None)
def test_one_more_claim_never_lowers_the_sum(listed: list[Claim], one: Claim, chosen: Options) -> None:
    before = _figures(_assessed(listed, chosen))["at_most_total"]
    assert before <= _figures(_assessed([*listed, one], chosen))["at_most_total"]


@given(listed=st.lists(claims, min_size=1, max_size=6), chosen=options)
@settings(max_examples=50, deadline=None)
def test_neither_cost_nor_once_a_body_raises_the_sum_of_caps(listed: list[Claim], chosen: Options) -> None:
    widest = Options(day_that_counts=chosen.day_that_counts)
    narrow, wide = _figures(_assessed(listed, chosen)), _figures(_assessed(listed, widest))
    assert narrow["at_most_total"] <= wide["at_most_total"]


@given(listed=st.lists(claims, min_size=1, max_size=6), chosen=options)
@settings(max_examples=50, deadline=None)
def test_what_is_open_is_never_below_nothing_and_told_only_where_a_claim_is_open(
    listed: list[Claim], chosen: Options
) -> None:
    assessment = _assessed(listed, chosen)
    figures = _figures(assessment)
    assert 0 <= figures.get("at_most_open", Decimal(0))
    if assessment.verdict is not Verdict.NO:
        assert ("at_most_open" in figures) is (assessment.verdict is Verdict.CANNOT_TELL)


@given(listed=st.lists(claims, min_size=1, max_size=6), chosen=options)
@settings(max_examples=50, deadline=None)
def test_the_sum_is_that_of_the_clauses(listed: list[Claim], chosen: Options) -> None:
    figures = _figures(_assessed(listed, chosen))
    apart = ("at_most_total", "at_most_open", "amounts_not_stated")
    assert figures["at_most_total"] == sum(each for name, each in figures.items() if name not in apart)


@given(day=st.dates(FIRST - timedelta(days=40), LAST + timedelta(days=40)))
@settings(max_examples=50, deadline=None)
def test_a_claim_finds_support_on_the_days_of_the_text_and_on_no_other(day: date) -> None:
    met = _assessed([Claim(kind=Kind.TRAINING, event_on=day, qualified=True)])
    assert (FIRST <= day <= LAST) is (met.verdict is Verdict.YES)


@given(one=claims)
@settings(max_examples=50, deadline=None)
def test_learning_that_a_claim_qualifies_never_makes_it_a_no(one: Claim) -> None:
    def with_fact(qualified: bool | None) -> Verdict:
        asked = Claim(kind=one.kind, event_on=one.event_on, place=one.place, standard=one.standard, qualified=qualified)
        return _assessed([asked]).verdict

    if with_fact(None) is not Verdict.NO:
        assert with_fact(True) is not Verdict.NO


def test_a_claim_without_an_amount_and_an_encouraged_one_have_no_figure_of_their_own() -> None:
    listed = [
        Claim(kind=Kind.STUDIO, event_on=ON, qualified=True),
        Claim(kind=Kind.BLENDING, event_on=ON, qualified=True),
    ]
    assert {"at_most_total": Decimal(0), "amounts_not_stated": Decimal(1)} == _figures(_assessed(listed))


def test_a_claim_held_on_the_last_day_of_the_text_changes_with_the_text_alone() -> None:
    assessment = _assessed([Claim(kind=Kind.TRAINING, event_on=LAST, qualified=True)])
    assert LAST + timedelta(days=1) == assessment.changes_on


def test_the_budgets_named_are_three_and_are_told() -> None:
    told = _assessed([Claim(kind=Kind.TRAINING, event_on=ON, qualified=True)]).notices[-1]
    assert told.clause is not None
    assert 3 == told.clause.quantity == len(told.clause.listed)
    assert all(budget in told.words.zh and budget in told.words.en for budget in told.clause.listed)


def test_a_reason_bears_the_number_of_its_claim() -> None:
    listed = [Claim(kind=Kind.TRAINING, event_on=ON, qualified=True), Claim(kind=Kind.STUDIO, event_on=ON)]
    reasons = _assessed(listed).rulings[0].reasons
    assert ["claim 1: yes", "claim 1: 2025-11-20", "claim 2: not given", "claim 2: 2025-11-20"] == [
        each.found_words.en for each in reasons
    ]
    assert [None, None, "claim 2, another standard decides, and the case does not say", None] == [
        each.because and each.because.en for each in reasons
    ]


def test_how_a_sum_of_caps_came_about_says_what_the_cap_is_of() -> None:
    listed = [Claim(kind=Kind.ACCREDITATION, event_on=ON, qualified=True, body="甲", cost_cny=Decimal(1))] * 2
    told = {
        (grant, basis): _assessed(listed, Options(testing_grant=grant, cap_basis=basis)).figures[0].how.en
        for grant in GrantCount
        for basis in CapBasis
    }
    assert {
        (GrantCount.EACH_CASE, CapBasis.CAP_ALONE): "2 items, at most 500,000 yuan each",
        (GrantCount.EACH_CASE, CapBasis.COST_WITHIN_CAP): "2 items, cost or cap, the lower, at most 500,000 yuan each",
        (GrantCount.ONCE_A_BODY, CapBasis.CAP_ALONE): "2 items, at most 500,000 yuan for each body",
        (
            GrantCount.ONCE_A_BODY,
            CapBasis.COST_WITHIN_CAP,
        ): "2 items, cost or cap, the lower, at most 500,000 yuan for each body",
    } == told
