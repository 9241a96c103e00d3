"""The measures against figures worked by hand, and against those of others on the same flow."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import pyxirr

from dispatch.sizing.finance.formulas import formulas
from dispatch.sizing.finance.lines import CASH_LINES
from dispatch.sizing.finance.measures import Payback, measures, payback
from dispatch.sizing.finance.roots import sign_changes, zero_rates
from dispatch.sizing.inputs.costs import Finance

AT_TEN_PERCENT = Finance(discount_ratio=Decimal("0.1"), income_tax_ratio=Decimal(0))
FlowOf = Callable[..., Any]


def test_the_net_present_value_is_the_sum_of_the_discounted_flow(three_years: Any) -> None:
    # -1,000,000 + 381,818.1818 + 346,177.6860 + 431,170.1729
    assert 15_916_604 == measures(three_years.flow(), three_years.finance).npv_fen


def test_the_net_present_value_is_that_of_pyxirr(three_years: Any) -> None:
    flow = three_years.flow()
    found = measures(flow, three_years.finance)
    assert pyxirr.npv(0.1, [float(fen) for fen in flow.net_fen]) == pytest.approx(found.npv_fen, abs=0.51)


def test_lcos_is_cost_over_energy_both_discounted(three_years: Any) -> None:
    # cost 1,000,000 + 248,685.1991 bought + 3 x 13,636.3636 running - 75,131.4801 residual = 1,214,462.8099 元
    # energy 1,000 x (1/1.1 + 1/1.21 + 1/1.331) = 2,486.8520 MWh
    found = measures(three_years.flow(), three_years.finance)
    assert Decimal("488.35") == found.lcos_cny_per_mwh
    assert Decimal("388.35") == found.storage_cost_cny_per_mwh


def test_without_discharge_there_is_no_cost_of_a_mwh(flow_of: FlowOf) -> None:
    found = measures(flow_of([-100, 121]), AT_TEN_PERCENT)
    assert (None, None) == (found.lcos_cny_per_mwh, found.storage_cost_cny_per_mwh)


def test_payback_is_straight_inside_the_year(three_years: Any) -> None:
    found = measures(three_years.flow(), three_years.finance)
    assert found.payback.years == pytest.approx(2 + 161_125 / 573_887.5)
    assert found.discounted_payback.years == pytest.approx(2 + 272_004.13 / 431_170.17)
    assert found.payback.negative_again_in_year is None


def test_a_payback_that_is_lost_again_is_flagged() -> None:
    assert Payback(years=pytest.approx(2 / 3), negative_again_in_year=2) == payback([-100, 50, -20, 30])


def test_money_that_never_comes_back_has_no_payback() -> None:
    assert Payback(years=None) == payback([-100, -60, -1])


def test_money_that_was_never_spent_is_back_at_once() -> None:
    assert Payback(years=0.0) == payback([0, 10])


def test_present_values_by_line_add_up_to_the_net_present_value(three_years: Any) -> None:
    found = measures(three_years.flow(), three_years.finance)
    assert [line.name for line in CASH_LINES] == list(found.present_fen)
    assert abs(sum(found.present_fen.values()) - found.npv_fen) <= len(CASH_LINES) / 2
    # 65,000 / 1.1 + 64,625 / 1.21 + 7,962.5 / 1.331 = 59,090.9091 + 53,409.0909 + 5,982.3441
    assert -11_848_234 == found.present_fen["tax"]


def test_one_rate_is_the_internal_rate_of_return(flow_of: FlowOf) -> None:
    # 100 x 1.1^2 = 121
    found = measures(flow_of([-100, 0, 121]), AT_TEN_PERCENT)
    assert found.irr_ratio == pytest.approx(0.1, abs=1e-12)
    assert found.irr_words is None
    assert 1 == found.sign_changes


def test_two_rates_are_both_told_and_none_is_taken(flow_of: FlowOf) -> None:
    # -100 + 230 / 1.1 - 132 / 1.21 = 0 = -100 + 230 / 1.2 - 132 / 1.44
    found = measures(flow_of([-100, 230, -132]), AT_TEN_PERCENT)
    assert found.irr_ratio is None
    assert found.zero_rates == pytest.approx((0.1, 0.2), abs=1e-12)
    assert found.irr_words is not None
    assert "10.00%、20.00%" in found.irr_words.zh
    assert "ambiguous" in found.irr_words.en
    assert "10.00%, 20.00%" in found.irr_words.en
    assert 2 == found.sign_changes


def test_several_sign_changes_with_one_rate_are_mentioned(flow_of: FlowOf) -> None:
    found = measures(flow_of([-100, 60, -1, 60]), AT_TEN_PERCENT)
    assert found.irr_ratio is not None
    assert 3 == found.sign_changes
    assert found.irr_words is not None
    assert "3" in found.irr_words.en


@pytest.mark.parametrize(
    ("net", "told"),
    [
        ([0, 10, 20], "never negative"),
        ([-100, 0, -5], "never positive"),
        ([-100, 100, -100], "no discount rate makes"),
    ],
)
def test_without_a_rate_the_words_say_why(flow_of: FlowOf, net: list[int], told: str) -> None:
    found = measures(flow_of(net), AT_TEN_PERCENT)
    assert found.irr_ratio is None
    assert found.irr_words is not None
    assert told in found.irr_words.en


def test_a_loss_making_project_has_a_negative_rate(flow_of: FlowOf) -> None:
    assert measures(flow_of([-100, 50]), AT_TEN_PERCENT).irr_ratio == pytest.approx(-0.5, abs=1e-12)


def test_the_rate_of_a_level_flow_is_that_of_pyxirr(flow_of: FlowOf) -> None:
    net = [-1_000, *[120] * 20]
    found = measures(flow_of(net), AT_TEN_PERCENT).irr_ratio
    assert found == pytest.approx(pyxirr.irr(net), abs=1e-10)


@pytest.mark.parametrize(
    ("net", "rates"),
    [
        ([-1, 3, -3, 1], (0.0,)),
        ([0, 0, -100, 110, 0], (0.1,)),
        ([100, -110], (0.1,)),
        ([-100, 0], ()),
        ([0, 0], ()),
        ([-1, 11], (10.0,)),
        ([-1, 12], ()),
        ([-10_000, 5], ()),
    ],
    ids=["threefold", "zeros at both ends", "money first", "nothing back", "nothing", "at the limit", "above", "below"],
)
def test_all_rates_within_the_limits_are_found(net: list[int], rates: tuple[float, ...]) -> None:
    assert zero_rates(net) == pytest.approx(rates, abs=1e-12)


def test_zeros_do_not_change_a_sign() -> None:
    assert 2 == sign_changes([-1, 0, 2, 0, 0, -3])


def test_every_formula_stands_in_both_languages_under_a_name_of_its_own() -> None:
    shown = formulas()
    assert len({each.name for each in shown}) == len(shown)
    assert all(each.formula.zh and each.formula.en and each.formula.zh != each.formula.en for each in shown)
