"""Shares, gaps and growth of the rural collective economy obey what holds for every case."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.rural_collective_economy.inputs import Board, Inputs, Level, Organisation, Totals
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("rural_collective_economy")
ON = date(2025, 5, 6)
SHARE = Fraction(3, 5)
DISTRIBUTED_CNY = 4_500_000_000


def _assessed(case: Mapping[str, Any]) -> Assessment:
    return JUDGE.assess(regulations.read_case("rural_collective_economy", {"on": ON, **case}, where="case"))


def _board(**totals: Any) -> Assessment:
    return _assessed({"board": {"figures_of": 2024, "totals": totals}})


def _figures(assessment: Assessment) -> dict[str, Decimal]:
    return {each.id: Decimal(each.quantity) for each in assessment.figures}


def _reasons(assessment: Assessment) -> dict[str, Verdict]:
    return {each.clause.id: each.verdict for each in assessment.rulings[0].reasons}


@given(villages=st.integers(1, 3000), part=st.integers(0, 3000))
@settings(max_examples=50, deadline=None)
def test_the_villages_still_to_lift_are_just_enough(villages: int, part: int) -> None:
    at_income = min(part, villages)
    to_lift = int(_figures(_board(villages=villages, villages_at_income=at_income))["villages_to_lift"])
    assert Fraction(at_income + to_lift, villages) > SHARE
    assert to_lift == 0 or Fraction(at_income + to_lift - 1, villages) <= SHARE


@given(villages=st.integers(1, 3000), part=st.integers(0, 3000))
@settings(max_examples=50, deadline=None)
def test_the_share_is_met_exactly_where_nothing_is_left_to_lift(villages: int, part: int) -> None:
    assessment = _board(villages=villages, villages_at_income=min(part, villages))
    met = _reasons(assessment)["share_of_villages"] is Verdict.YES
    assert met is (_figures(assessment)["villages_to_lift"] == 0)


@given(base=st.integers(1_000_000_000, DISTRIBUTED_CNY - 1), figures_of=st.integers(2020, 2024))
@settings(max_examples=50, deadline=None)
def test_the_growth_needed_leads_from_the_base_to_the_target(base: int, figures_of: int) -> None:
    assessment = _assessed({"board": {"figures_of": figures_of, "totals": {"distributed_cny": base}}})
    growth = float(_figures(assessment)["distributed_growth"])
    reached = base * (1 + growth) ** (2029 - figures_of)
    assert reached == pytest.approx(DISTRIBUTED_CNY, rel=1e-4)


@given(
    incomes=st.lists(st.integers(0, 4_000_000), min_size=1, max_size=12),
    assets=st.integers(0, 10**12),
    distributed=st.integers(0, 10**10),
)
@settings(max_examples=50, deadline=None)
def test_organisations_one_by_one_and_their_sums_say_the_same(
    incomes: list[int], assets: int, distributed: int
) -> None:
    villages = tuple(
        Organisation(
            name=str(n),
            level=Level.VILLAGE,
            operating_income_cny=Decimal(income),
            assets_cny=Decimal(assets if n == 0 else 0),
            distributed_cny=Decimal(distributed if n == 0 else 0),
        )
        for n, income in enumerate(incomes)
    )
    totals = Totals(
        assets_cny=Decimal(assets),
        distributed_cny=Decimal(distributed),
        villages=len(incomes),
        villages_at_income=sum(income >= 2_000_000 for income in incomes),
    )
    listed = JUDGE.assess(Inputs(on=ON, board=Board(figures_of=2024, organisations=villages)))
    summed = JUDGE.assess(Inputs(on=ON, board=Board(figures_of=2024, totals=totals)))
    assert _figures(summed) == _figures(listed)
    assert _reasons(summed) == _reasons(listed)


@given(known=st.lists(st.integers(0, 4_000_000), max_size=8), silent=st.integers(1, 4), said=st.integers(0, 4_000_000))
@settings(max_examples=50, deadline=None)
def test_an_income_that_becomes_known_never_turns_what_was_told(known: list[int], silent: int, said: int) -> None:
    def told(incomes: list[int | None]) -> Verdict:
        organisations = tuple(
            Organisation(
                name=str(n), level=Level.VILLAGE, operating_income_cny=None if income is None else Decimal(income)
            )
            for n, income in enumerate(incomes)
        )
        board = Board(figures_of=2024, organisations=organisations)
        return _reasons(JUDGE.assess(Inputs(on=ON, board=board)))["share_of_villages"]

    before = told([*known, *[None] * silent])
    after = told([*known, said, *[None] * (silent - 1)])
    assert before is Verdict.CANNOT_TELL or before is after


@given(assets=st.integers(0, 2 * 10**12), villages=st.integers(1, 100), days=st.integers(0, 4000))
@settings(max_examples=50, deadline=None)
def test_a_target_striven_for_never_makes_a_no_and_time_changes_nothing(assets: int, villages: int, days: int) -> None:
    board = {"figures_of": 2024, "totals": {"assets_cny": assets, "villages": villages, "villages_at_income": 0}}
    later = regulations.read_case(
        "rural_collective_economy", {"on": ON + timedelta(days=days), "board": board}, where="case"
    )
    assert Verdict.YES is JUDGE.assess(later).verdict
    assert None is JUDGE.assess(later).changes_on


def test_a_share_of_which_a_part_is_not_known_is_told_as_the_least_that_it_can_be() -> None:
    organisations = [
        {"name": "A", "level": "village", "operating_income_cny": 2_000_000},
        {"name": "B", "level": "village"},
    ]
    assessment = _assessed({"board": {"figures_of": 2024, "organisations": organisations}})
    how = {each.id: each.how for each in assessment.figures}
    assert how["share_of_villages"].zh == "1 ÷ 2；1 个未给出，至少如此"
    assert how["villages_to_lift"].en == "2 are needed: 2 × 60% rounded down, plus 1; 1 not given, so at most this"
    full = {each.id: each.how for each in _board(villages=2, villages_at_income=1).figures}
    assert full["share_of_villages"].en == "1 / 2"


@pytest.mark.parametrize(("years", "told"), [(0, "distributed last year"), (1, "1 year(s) without")])
def test_years_without_a_distribution_are_told(years: int, told: str) -> None:
    case = {"distribution": {"level": "town", "years_without": years}}
    assert told == _assessed(case).rulings[0].reasons[0].found_words.en


@pytest.mark.parametrize(
    ("able", "told"),
    [
        ({}, "whether it could distribute is not given"),
        ({"able_to_distribute": True}, "how many years are long is not stated"),
    ],
)
def test_why_a_town_without_distribution_cannot_be_told_is_said(able: dict[str, bool], told: str) -> None:
    case = {"distribution": {"level": "town", "years_without": 3, **able}}
    because = _assessed(case).rulings[0].reasons[0].because
    assert because is not None
    assert told == because.en


def test_records_made_in_python_are_checked_too() -> None:
    with pytest.raises(RecordProblems, match="assets_cny"):
        Organisation(name="A", level=Level.TOWN, assets_cny=Decimal("0.001"))
    with pytest.raises(RecordProblems, match="figures_of"):
        Inputs(on=ON, board=Board(figures_of=2025, totals=Totals()))
    with pytest.raises(RecordProblems, match="board"):
        Inputs(on=ON)


def test_a_count_of_things_named_is_the_length_of_its_list() -> None:
    version = regulations.LIBRARY.versions("rural_collective_economy")[0]
    terms = JUDGE.terms_of(version)
    clauses = [getattr(terms, name) for name in type(terms).__dataclass_fields__]
    counted = {
        each.id: (each.count, len(each.listed))
        for each in clauses
        if isinstance(each, Clause) and each.quantity is not None and each.listed
    }
    assert {"land_acts": 3, "trading_kinds": 3, "measures": 10} == {
        clause: lengths[0] for clause, lengths in counted.items()
    }
    assert {} == {clause: lengths for clause, lengths in counted.items() if lengths[0] != lengths[1]}
