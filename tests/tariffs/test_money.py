"""Exact money against Python fractions, and its texts."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.vocabulary.money import (
    amount_exact_cny,
    amount_fen,
    cny_text,
    decimal_text,
    kwh_text,
    net_of_tax_fen,
    price_text,
    round_half_away,
    scaled,
    spread,
)

LARGE = st.integers(min_value=-(10**30), max_value=10**30)


def half_away(exact: Fraction) -> int:
    rounded = floor(abs(exact) + Fraction(1, 2))
    return rounded if exact >= 0 else -rounded


@given(LARGE, st.integers(min_value=1, max_value=10**20))
def test_rounding_agrees_with_fractions(numerator: int, denominator: int) -> None:
    assert half_away(Fraction(numerator, denominator)) == round_half_away(numerator, denominator)


@given(LARGE, st.integers(min_value=1, max_value=10**20))
def test_rounding_is_odd_so_that_a_sale_and_a_purchase_round_alike(numerator: int, denominator: int) -> None:
    assert -round_half_away(numerator, denominator) == round_half_away(-numerator, denominator)


@pytest.mark.parametrize(
    ("expected", "numerator", "denominator"),
    [(1, 1, 2), (-1, -1, 2), (0, 49, 100), (3, 5, 2), (2, 3, 2), (-3, -5, 2), (0, 0, 7), (0, -1, 3)],
)
def test_a_half_goes_away_from_zero(expected: int, numerator: int, denominator: int) -> None:
    assert expected == round_half_away(numerator, denominator)


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_that_is_not_positive_is_refused(denominator: int) -> None:
    with pytest.raises(ValueError, match=f"must be positive, not {denominator}"):
        round_half_away(1, denominator)


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=10**8))
def test_an_amount_is_energy_times_price_rounded_once(energy_kwh_e4: int, price_e6: int) -> None:
    exact_fen = Fraction(energy_kwh_e4, 10**4) * Fraction(price_e6, 10**6) * 100
    assert half_away(exact_fen) == amount_fen(energy_kwh_e4, price_e6)
    assert exact_fen / 100 == Fraction(amount_exact_cny(energy_kwh_e4, price_e6))


def test_the_golden_season_cycle_of_the_plan_comes_out_to_the_fen() -> None:
    # worked by hand: 235.294 MWh x 207.75 = 48 882.3285; 200 MWh x 498.60 = 99 720.00
    assert 48_882_33 == amount_fen(235_294 * 10_000, 207_750)
    assert "48882.3285" == amount_exact_cny(235_294 * 10_000, 207_750)
    assert 99_720_00 == amount_fen(200_000 * 10_000, 498_600)


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=10**6))
def test_tax_and_net_amount_add_up_to_the_gross_amount(gross_fen: int, rate_e6: int) -> None:
    net = net_of_tax_fen(gross_fen, rate_e6)
    assert half_away(Fraction(gross_fen) / (1 + Fraction(rate_e6, 10**6))) == net
    assert abs(net) <= abs(gross_fen)


@given(st.integers(min_value=0, max_value=10**15), st.lists(st.integers(min_value=0, max_value=10**9), min_size=1))
def test_shares_add_up_and_lie_within_one_unit_of_proportion(total: int, weights: list[int]) -> None:
    if sum(weights) == 0:
        weights[0] = 1
    shares = spread(total, weights)
    assert total == sum(shares)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(st.permutations([7, 11, 13, 40]))
def test_a_share_depends_on_its_weight_and_not_on_its_place_where_remainders_differ(weights: list[int]) -> None:
    assert sorted(spread(100, [7, 11, 13, 40])) == sorted(spread(100, weights))


def test_of_equal_remainders_the_earlier_share_takes_the_unit_left() -> None:
    assert (4, 3, 3) == spread(10, [1, 1, 1])


def test_nothing_spread_over_nothing_is_nothing() -> None:
    assert (0, 0) == spread(0, [0, 0])
    assert () == spread(0, [])


@pytest.mark.parametrize("weights", [[0, 0], [], [2, -1]])
def test_a_total_without_positive_weights_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="positive weights"):
        spread(5, weights)


@pytest.mark.parametrize(
    ("expected", "number", "units"),
    [(415_500, Decimal("0.4155"), 10**6), (-1, Decimal("-0.0001"), 10**4), (30_000, 3, 10**4), (10, Decimal("1e1"), 1)],
)
def test_a_decimal_becomes_an_integer_exactly(expected: int, number: Decimal | int, units: int) -> None:
    assert expected == scaled(number, units)


@pytest.mark.parametrize("number", [Decimal("0.00001"), Decimal("nan"), Decimal("inf"), Decimal("-inf")])
def test_what_the_scale_cannot_hold_is_refused(number: Decimal) -> None:
    with pytest.raises(ValueError, match=r"more decimals|not a number"):
        scaled(number, 10**4)


@given(LARGE, st.integers(min_value=0, max_value=12))
def test_decimal_text_reads_back_as_the_same_number(scaled_integer: int, decimals: int) -> None:
    text = decimal_text(scaled_integer, decimals)
    assert Fraction(scaled_integer, 10**decimals) == Fraction(text)
    assert "." not in text or not text.endswith(("0", "."))
    assert "-0" != text


@pytest.mark.parametrize(
    ("expected", "made"),
    [
        ("0.00", cny_text(0)),
        ("-0.05", cny_text(-5)),
        ("1234567.80", cny_text(123_456_780)),
        ("0.0001", kwh_text(1)),
        ("-12.5000", kwh_text(-125_000)),
        ("0.20775", price_text(207_750)),
        ("0.4155", price_text(415_500)),
        ("0.0000", price_text(0)),
        ("7", decimal_text(7, 0)),
        ("0.5", decimal_text(50, 2)),
    ],
)
def test_amounts_energies_and_prices_are_printed_as_the_contract_says(expected: str, made: str) -> None:
    assert expected == made
