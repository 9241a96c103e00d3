"""Benefits of small firms and the share kept for them obey what holds for every case."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.specialised_small_firms.city_inputs import Procurement, Project, ServiceCircle, Targets
from regulations.specialised_small_firms.firm_inputs import (
    Growth,
    Guarantee,
    Industry,
    Scale,
    ScaleReward,
    ScaleUp,
    Services,
    Status,
    Upgrading,
)
from regulations.specialised_small_firms.inputs import Inputs, Options, ProcurementBase
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("specialised_small_firms")
ON = date(2025, 11, 20)
MONEY = st.decimals(0, 3_000_000_000, places=2)
FACT = st.sampled_from((True, False, None))

projects = st.builds(
    lambda price, kept, suits, works, day: Project(
        works=works,
        under_tendering_law=True,
        price_cny=price,
        suits_small_firms=suits,
        reserved_cny=(price * kept / 100).quantize(Decimal("0.01")),
        announced_on=day,
    ),
    price=st.integers(3_900_000, 9_000_000).map(Decimal),
    kept=st.integers(30, 50),
    suits=FACT,
    works=st.booleans(),
    day=st.none() | st.dates(date(2025, 3, 1), date(2027, 3, 1)),
)


def _figures(assessment: Assessment) -> dict[str, Decimal]:
    return {each.id: Decimal(each.quantity) for each in assessment.figures}


def _upgraded(investment: Decimal, major: bool | None = True) -> dict[str, Decimal]:
    asked = Upgrading(qualified=True, especially_major=major, approved_investment_cny=investment)
    return _figures(JUDGE.assess(Inputs(on=ON, status=Status.SPECIALISED, upgrading=asked)))


def _procured(listed: list[Project], base: ProcurementBase, on: date = ON) -> Assessment:
    asked = Procurement(projects=tuple(listed))
    return JUDGE.assess(Inputs(on=on, procurement=asked, options=Options(procurement_base=base)))


@given(years=st.tuples(*[st.integers(1, 10_000).map(Decimal)] * 3))
@settings(max_examples=100, deadline=None)
def test_growth_is_compared_exactly(years: tuple[Decimal, Decimal, Decimal]) -> None:
    rates = [Fraction(after) / Fraction(before) - 1 for before, after in pairwise(years)]
    wanted = Verdict.YES if all(rate >= Fraction(1, 5) for rate in rates) else Verdict.NO
    asked = Growth(output_cny=years)
    assert wanted is JUDGE.assess(Inputs(on=ON, status=Status.LITTLE_GIANT, growth=asked)).verdict


def test_a_growth_a_hair_below_the_mark_is_below_it() -> None:
    years = (Decimal(10**15), Decimal(12 * 10**14) - 1, Decimal(2 * 10**15))
    asked = Growth(output_cny=years)
    assert Verdict.NO is JUDGE.assess(Inputs(on=ON, status=Status.LITTLE_GIANT, growth=asked)).verdict


@given(first=MONEY, second=MONEY)
@settings(max_examples=50, deadline=None)
def test_more_investment_never_brings_less_and_never_more_than_the_cap(first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert _upgraded(low)["upgrading"] <= _upgraded(high)["upgrading"] <= Decimal(100_000_000)


@given(investment=MONEY, major=st.sampled_from((False, None)))
@settings(max_examples=50, deadline=None)
def test_without_especially_major_there_is_no_figure_of_upgrading(investment: Decimal, major: bool | None) -> None:
    assert {"upgrading", "at_most_total", "at_most_open"}.isdisjoint(_upgraded(investment, major))


@given(contract=MONEY)
@settings(max_examples=50, deadline=None)
def test_what_is_up_to_a_share_never_passes_it_and_misses_it_by_less_than_a_fen(contract: Decimal) -> None:
    asked = Services(contract_cny=contract, relevant=True)
    found = _figures(JUDGE.assess(Inputs(on=ON, status=Status.SPECIALISED, digital_services=asked)))["digital_share"]
    exact = Fraction(contract) * 3 / 10
    assert exact - Fraction(1, 100) < Fraction(found) <= exact


@given(outstanding=st.integers(0, 30_000_000).map(Decimal), more=st.sampled_from((Decimal(0), Decimal("0.01"))))
@settings(max_examples=50, deadline=None)
def test_the_headroom_is_what_may_be_asked_for_and_no_fen_more(outstanding: Decimal, more: Decimal) -> None:
    asked = Guarantee(outstanding_cny=outstanding, asked_cny=Decimal(30_000_000) - outstanding + more)
    assessment = JUDGE.assess(Inputs(on=ON, status=Status.SPECIALISED, guarantee=asked))
    assert (Verdict.NO if more else Verdict.YES) is assessment.verdict


@given(scale=st.sampled_from(Scale), industry=st.sampled_from(Industry), fact=FACT)
@settings(max_examples=50, deadline=None)
def test_no_firm_has_both_rewards_for_size_in_one_year(scale: Scale, industry: Industry, fact: bool | None) -> None:
    asked = ScaleUp(industry=industry, scale=scale, sought=tuple(ScaleReward), qualified=fact, grew_this_year=fact)
    assessment = JUDGE.assess(Inputs(on=ON, scale_up=asked))
    assert Verdict.NO is assessment.verdict
    assert () == assessment.figures


@given(listed=st.lists(projects, min_size=1, max_size=4), base=st.sampled_from(ProcurementBase))
@settings(max_examples=50, deadline=None)
def test_telling_what_suits_never_overturns_a_sure_answer(listed: list[Project], base: ProcurementBase) -> None:
    before = _procured(listed, base).verdict

    def told(suits: bool) -> Verdict:
        known = [
            Project(
                works=each.works,
                under_tendering_law=True,
                price_cny=each.price_cny,
                suits_small_firms=suits if each.suits_small_firms is None else each.suits_small_firms,
                reserved_cny=each.reserved_cny,
                announced_on=each.announced_on,
            )
            for each in listed
        ]
        return _procured(known, base).verdict

    if before is not Verdict.CANNOT_TELL:
        assert {before} == {told(True), told(False)}


@given(listed=st.lists(projects, min_size=1, max_size=3), base=st.sampled_from(ProcurementBase))
@settings(max_examples=30, deadline=None)
def test_the_day_of_change_is_the_first_on_which_the_answer_differs(
    listed: list[Project], base: ProcurementBase
) -> None:
    start = date(2026, 12, 20)
    assessment = _procured(listed, base, start)
    days = [start + timedelta(days=n) for n in range(1, 20)]
    first = next((day for day in days if _procured(listed, base, day).verdict is not assessment.verdict), None)
    assert first == assessment.changes_on


def test_where_no_share_is_set_there_is_no_least_share() -> None:
    small = Project(works=True, under_tendering_law=True, price_cny=Decimal(4_000_000), suits_small_firms=True)
    assert {} == _figures(_procured([small], ProcurementBase.EACH_PROJECT))


@given(km=st.lists(st.decimals(0, 6, places=3), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_all_places_are_covered_where_the_share_is_one_and_only_there(km: list[Decimal]) -> None:
    assessment = JUDGE.assess(Inputs(on=ON, service_circle=ServiceCircle(nearest_station_km=tuple(km))))
    assert (_figures(assessment)["covered_ratio"] == 1) is (assessment.verdict is Verdict.YES)


@given(firms=st.integers(0, 40_000), pool=st.integers(0, 3_000))
@settings(max_examples=50, deadline=None)
def test_a_target_of_the_city_never_makes_a_no(firms: int, pool: int) -> None:
    asked = Targets(specialised_firms=firms, listing_pool=pool)
    assert Verdict.YES is JUDGE.assess(Inputs(on=ON, targets=asked)).verdict


def test_a_question_that_turns_on_the_status_is_refused_without_it() -> None:
    with pytest.raises(RecordProblems, match="status"):
        Inputs(on=ON, guarantee=Guarantee(outstanding_cny=Decimal(0)))


@pytest.mark.parametrize(
    ("clause", "figure"),
    [("scale_industries", 3), ("senior_title_persons", 2), ("iso56005", 56005), ("officer", 1), ("growth_years", 2)],
)
def test_a_figure_that_only_informs_is_that_of_the_text(clause: str, figure: int) -> None:
    """Source  沪府办规〔2025〕3号 （二）（十六）（九）（二十）（三）."""
    assert figure == getattr(regulations.terms_on("specialised_small_firms", ON), clause).quantity


def test_the_lists_of_the_text_are_as_long_as_their_figures() -> None:
    terms = regulations.terms_on("specialised_small_firms", ON)
    assert [3, 2] == [len(clause.listed) for clause in (terms.scale_industries, terms.senior_title_persons)]


def test_conditions_of_several_projects_bear_their_number_and_say_what_follows() -> None:
    kept = Decimal(3_200_000)
    bound = Project(
        works=True, under_tendering_law=True, price_cny=Decimal(8_000_000), suits_small_firms=True, reserved_cny=kept
    )
    free = Project(works=False, under_tendering_law=True, price_cny=Decimal(8_000_000), suits_small_firms=True)
    alone = _procured([free], ProcurementBase.EACH_PROJECT).rulings[0].reasons[0].because
    assert alone is not None
    assert "not so, and no share is set here" == alone.en
    reasons = _procured([bound, free], ProcurementBase.EACH_PROJECT).rulings[0].reasons
    works = [each.because for each in reasons if each.clause.id == "procurement_works"]
    assert ["project 1", "project 2: not so, and no share is set here"] == [each.en if each else "" for each in works]


def test_a_share_on_which_nobody_can_tell_says_why_and_one_that_is_sure_does_not() -> None:
    def because(suits: bool | None, kept: int) -> str | None:
        project = Project(
            works=True,
            under_tendering_law=True,
            price_cny=Decimal(8_000_000),
            suits_small_firms=suits,
            reserved_cny=Decimal(kept),
        )
        told = _procured([project], ProcurementBase.EACH_PROJECT).rulings[0].reasons[-1].because
        return None if told is None else told.en

    assert "what suits small and medium firms is not stated" == because(None, 1)
    assert because(None, 3_200_000) is None
    assert because(True, 1) is None


def test_the_share_shown_of_a_sum_is_that_of_the_projects_that_are_sure() -> None:
    def project(suits: bool | None, kept: int) -> Project:
        return Project(
            works=True,
            under_tendering_law=True,
            price_cny=Decimal(10_000_000),
            suits_small_firms=suits,
            reserved_cny=Decimal(kept),
        )

    assessment = _procured([project(True, 3_000_000), project(None, 9_000_000)], ProcurementBase.SUM_OF_SUITED)
    assert Decimal("0.3") == assessment.rulings[0].reasons[-1].found
