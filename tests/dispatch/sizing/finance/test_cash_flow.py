"""The cash flow against tables worked by hand."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from dispatch.sizing.finance.lines import LINES
from dispatch.sizing.inputs.costs import VatBasis
from dispatch.sizing.inputs.fading import Augmentation

CaseOf = Callable[..., Any]


@pytest.fixture
def losses_first(case_of: CaseOf) -> Any:
    """500 元/kWh for 1 MWh: 500,000 元 over 5 years, 100,000 a year; a loss may be used for 2 years; tax 25 %.

    0.2 MWh are added before year 4 at 400 元/kWh of today, 10 % cheaper a year: 200 x 400 x 0.9^3 = 58,320 元.
    """
    case = case_of(5, discharge=[40_000, 60_000, 150_000, 300_000, 300_000], added_mwh=[0.0, 0.0, 0.0, 0.2, 0.0])
    augmentation = Augmentation(in_years=(4,), energy_cost_cny_per_kwh=Decimal(400), price_growth_ratio=Decimal("-0.1"))
    return replace(case, augmentation=augmentation).but(
        energy_cost_cny_per_kwh=Decimal(500), income_tax_ratio=Decimal("0.25"), loss_carry_years=2
    )


def cny(flow: Any, name: str) -> list[float]:
    return [fen / 100 for fen in flow.column(f"{name}_fen")]


def test_running_cost_grows_from_the_second_year_on(three_years: Any) -> None:
    flow = three_years.flow()
    assert [0, -10_000, -11_000, -12_100] == cny(flow, "fixed_cost")
    assert [0, -5_000, -5_500, -6_050] == cny(flow, "variable_cost")


def test_depreciation_is_straight_and_the_rest_is_written_off_in_the_last_year(three_years: Any) -> None:
    # 900,000 / 4 = 225,000 a year; after two years 450,000 are left for the third and last
    assert [0, -225_000, -225_000, -450_000] == cny(three_years.flow(), "depreciation")


def test_the_residual_is_sold_in_the_last_year_and_bears_no_tax(three_years: Any) -> None:
    flow = three_years.flow()
    assert [0, 0, 0, 100_000] == cny(flow, "residual")
    # 500,000 - 18,150 - 450,000
    assert 31_850 == cny(flow, "profit")[3]


def test_tax_is_a_quarter_of_the_profit(three_years: Any) -> None:
    flow = three_years.flow()
    assert [0, 260_000, 258_500, 31_850] == cny(flow, "profit")
    assert [0, -65_000, -64_625, -7_962.5] == cny(flow, "tax")


def test_net_discounted_and_cumulative_follow_from_the_lines(three_years: Any) -> None:
    flow = three_years.flow()
    assert [-1_000_000, 420_000, 418_875, 573_887.5] == cny(flow, "net")
    assert [-1_000_000, -580_000, -161_125, 412_762.5] == cny(flow, "cumulative")
    # 420,000 / 1.1; 418,875 / 1.21; 573,887.5 / 1.331
    assert [-1_000_000, 381_818.18, 346_177.69, 431_170.17] == cny(flow, "discounted")
    assert [-1_000_000, -618_181.82, -272_004.13, 159_166.04] == cny(flow, "discounted_cumulative")


def test_added_energy_is_paid_at_the_end_of_the_year_before_at_its_price_of_then(losses_first: Any) -> None:
    assert [0, 0, 0, -58_320, 0, 0] == cny(losses_first.flow(), "augmentation")


def test_added_energy_is_depreciated_from_the_year_after_it_is_paid(losses_first: Any) -> None:
    # 58,320 / 5 = 11,664 in year 4; the other 46,656 in the last year
    expected = [0, -100_000, -100_000, -100_000, -111_664, -146_656]
    assert expected == cny(losses_first.flow(), "depreciation")


def test_the_oldest_loss_is_used_first_and_lapses_after_its_years(losses_first: Any) -> None:
    flow = losses_first.flow()
    assert [0, -60_000, -40_000, 50_000, 188_336, 153_344] == cny(flow, "profit")
    # year 3 uses 50,000 of the 60,000 of year 1, whose rest lapses; year 4 uses the 40,000 of year 2
    assert [0, 0, 0, 50_000, 40_000, 0] == cny(flow, "loss_used")
    # (188,336 - 40,000) / 4 and 153,344 / 4
    assert [0, 0, 0, 0, -37_084, -38_336] == cny(flow, "tax")
    assert [-500_000, 40_000, 60_000, 91_680, 262_916, 261_664] == cny(flow, "net")


def test_without_carrying_no_loss_is_used(losses_first: Any) -> None:
    assert [0] * 6 == cny(losses_first.but(loss_carry_years=0).flow(), "loss_used")


def test_depreciation_ends_when_its_years_are_over(losses_first: Any) -> None:
    # 2 years for 500,000 and for the 58,320 that are paid at the end of year 3
    expected = [0, -250_000, -250_000, 0, -29_160, -29_160]
    assert expected == cny(losses_first.but(depreciation_years=2).flow(), "depreciation")


def test_without_vat_energy_and_lease_are_divided_and_the_award_is_not(case_of: CaseOf) -> None:
    case = case_of(1, charge=[-226], discharge=[1_130], award=[113], capacity_support=[565], capacity_lease=[339])
    flow = case.but(vat_basis=VatBasis.WITHOUT_VAT).flow()
    assert [-200, 1_000, 113, 565, 300] == [
        cny(flow, name)[1] for name in ("charge", "discharge", "award", "capacity_support", "capacity_lease")
    ]


def test_a_capacity_price_that_bears_vat_is_divided_too(case_of: CaseOf) -> None:
    case = replace(case_of(1, capacity_support=[565]), taxed=True)
    assert 500 == cny(case.but(vat_basis=VatBasis.WITHOUT_VAT).flow(), "capacity_support")[1]
    assert 565 == cny(case.flow(), "capacity_support")[1]


def test_half_a_fen_is_rounded_away_from_zero(case_of: CaseOf) -> None:
    flow = case_of(1).but(fixed_cost_cny_per_year=Decimal("0.125")).flow()
    assert -13 == flow.rows[1].fixed_cost_fen


def test_the_frame_has_a_row_a_year_and_a_column_a_line_in_whole_fen(three_years: Any) -> None:
    frame = three_years.flow().frame()
    assert ["year_no", "discharge_kwh_e4", *(line.column for line in LINES)] == frame.columns
    assert {pl.Int64} == set(frame.schema.dtypes())
    assert [-100_000_000, 42_000_000, 41_887_500, 57_388_750] == frame["net_fen"].to_list()


def test_years_with_a_gap_are_refused(case_of: CaseOf) -> None:
    case = case_of(3)
    with pytest.raises(ValueError, match=r"1, 2, 3 and so on, not \[1, 3\]"):
        replace(case, years=(case.years[0], case.years[2])).flow()
