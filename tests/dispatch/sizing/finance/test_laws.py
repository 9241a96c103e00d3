"""Laws that hold for every project: sums, signs, discounting, and the quick reckoning beside the exact one."""

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.sizing.finance.lines import CASH_LINES
from dispatch.sizing.finance.measures import measures, npv_at
from dispatch.sizing.finance.roots import zero_rates
from dispatch.sizing.inputs.costs import Finance, VatBasis
from dispatch.sizing.inputs.fading import Augmentation

EXAMPLES = 40
LIFE = 12


def ratios(most: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, Decimal(most), places=3)


def amounts(least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=LIFE, max_size=LIFE)


CASES = st.fixed_dictionaries(
    {
        "count": st.integers(1, LIFE),
        "charge": amounts(-300_000, 0),
        "discharge": amounts(0, 900_000),
        "award": amounts(0, 50_000),
        "capacity_support": amounts(0, 90_000),
        "discharge_mwh": amounts(0, 900),
        "added_mwh": st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.3]), min_size=LIFE, max_size=LIFE),
    }
)
TERMS = st.fixed_dictionaries(
    {
        "energy_cost_cny_per_kwh": st.decimals(0, 3_000, places=2),
        "fixed_cost_cny_per_kw_year": st.decimals(0, 90, places=2),
        "variable_cost_cny_per_mwh": st.decimals(0, 30, places=2),
        "cost_growth_ratio": ratios("0.1"),
        "discount_ratio": ratios("0.2"),
        "income_tax_ratio": ratios("0.5"),
        "loss_carry_years": st.integers(0, 6),
        "depreciation_years": st.integers(1, 15),
        "residual_ratio": ratios("0.3"),
        "vat_basis": st.sampled_from(list(VatBasis)),
    }
)
PRICE = Augmentation(energy_cost_cny_per_kwh=Decimal(700), price_growth_ratio=Decimal("-0.03"))
CaseOf = Callable[..., Any]


def made(case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any], *, taxed: bool = False) -> Any:
    return replace(case_of(**figures), augmentation=PRICE, taxed=taxed).but(**terms)


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_lines_that_move_money_add_up_to_net(case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]) -> None:
    flow = made(case_of, figures, terms).flow()
    columns = [flow.column(line.column) for line in CASH_LINES]
    assert flow.net_fen == tuple(map(sum, zip(*columns, strict=True)))


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_depreciation_and_residual_make_what_was_spent(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]
) -> None:
    flow = made(case_of, figures, terms).flow()
    spent = sum(flow.column("investment_fen")) + sum(flow.column("augmentation_fen"))
    assert spent == sum(flow.column("depreciation_fen")) - sum(flow.column("residual_fen"))


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_loss_is_used_twice_and_no_profit_below_zero(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]
) -> None:
    flow = made(case_of, figures, terms).flow()
    profit, used = flow.column("profit_fen"), flow.column("loss_used_fen")
    assert sum(used) <= sum(max(0, -earned) for earned in profit)
    assert all(0 <= taken <= max(0, earned) for taken, earned in zip(used, profit, strict=True))


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_without_a_rate_of_tax_there_is_no_tax(case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]) -> None:
    flow = made(case_of, figures, terms | {"income_tax_ratio": Decimal(0)}).flow()
    assert {0} == set(flow.column("tax_fen"))


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_undiscounted_the_net_present_value_is_the_plain_sum(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]
) -> None:
    case = made(case_of, figures, terms | {"discount_ratio": Decimal(0)})
    flow = case.flow()
    assert sum(flow.net_fen) == measures(flow, case.finance).npv_fen


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_last_discounted_sum_is_the_net_present_value(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]
) -> None:
    case = made(case_of, figures, terms)
    flow = case.flow()
    assert flow.rows[-1].discounted_cumulative_fen == measures(flow, case.finance).npv_fen


@given(figures=CASES, terms=TERMS, taxed=st.booleans())
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_quick_net_present_value_is_within_a_few_fen_a_year(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any], taxed: bool
) -> None:
    case = made(case_of, figures, terms, taxed=taxed)
    exact = measures(case.flow(), case.finance).npv_fen
    # at most ten lines are rounded in a row, each by half a fen
    assert npv_at(case.quick()) == pytest.approx(exact, abs=5 * (figures["count"] + 1))


@given(figures=CASES, terms=TERMS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_rate_told_makes_the_net_present_value_zero(
    case_of: CaseOf, figures: dict[str, Any], terms: dict[str, Any]
) -> None:
    net = made(case_of, figures, terms).flow().net_fen
    for rate in zero_rates(net):
        flows = [fen / (1 + rate) ** year for year, fen in enumerate(net)]
        assert abs(math.fsum(flows)) <= 1e-9 * sum(map(abs, flows))


@given(spent=st.integers(1, 10**9), earned=st.lists(st.integers(0, 10**8), min_size=1, max_size=LIFE))
@settings(max_examples=EXAMPLES, deadline=None)
def test_after_one_outlay_a_higher_discount_rate_makes_less(
    flow_of: Callable[..., Any], spent: int, earned: list[int]
) -> None:
    flow = flow_of([-spent, *earned])
    rates = [Finance(discount_ratio=Decimal(rate)) for rate in ("-0.05", "0", "0.05", "0.1", "0.3")]
    by_rate = [measures(flow, finance).npv_fen for finance in rates]
    assert sorted(by_rate, reverse=True) == by_rate


@given(percents=st.lists(st.integers(-60, 300), min_size=1, max_size=5, unique=True))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_flow_made_from_its_rates_gives_them_back(percents: list[int]) -> None:
    """The flow is the product of (100 + percent) x - 100, one factor a rate, with x = 1 / (1 + rate)."""
    flow = [1]
    for percent in percents:
        longer = [0, *(amount * (100 + percent) for amount in flow)]
        flow = [so_far - 100 * amount for so_far, amount in zip(longer, [*flow, 0], strict=True)]
    assert zero_rates(flow) == pytest.approx(sorted(percent / 100 for percent in percents), abs=1e-9)
