"""Exact money: integer scales, the one rounding function, exact text.

Energy is an integer of 1e-4 kWh, a price an integer of 1e-6 元, an amount an integer of fen.
Nothing here takes or gives a float.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tariffs.vocabulary.units import (
    ENERGY_UNITS_PER_KWH,
    FEN_PER_CNY,
    PRICE_UNITS_PER_CNY,
    RATIO_UNITS,
)


def round_half_away(numerator: int, denominator: int) -> int:
    """The quotient as an integer, rounded half away from zero (四舍五入).

    Raises  ValueError if the denominator is not positive
    """
    if denominator <= 0:
        raise ValueError(f"the denominator must be positive, not {denominator}")
    quotient, remainder = divmod(abs(numerator), denominator)
    if 2 * remainder >= denominator:
        quotient += 1
    return quotient if numerator >= 0 else -quotient


def rounded(amount: Fraction) -> int:
    """An exact amount as an integer, rounded half away from zero."""
    return round_half_away(amount.numerator, amount.denominator)


def amount_fen(energy_kwh_e4: int, price_cny_per_kwh_e6: int) -> int:
    """Energy times price in fen, rounded once."""
    return round_half_away(
        energy_kwh_e4 * price_cny_per_kwh_e6 * FEN_PER_CNY,
        ENERGY_UNITS_PER_KWH * PRICE_UNITS_PER_CNY,
    )


def amount_exact_cny(energy_kwh_e4: int, price_cny_per_kwh_e6: int) -> str:
    """Energy times price in 元, not rounded, as decimal text: what the rounding of a line started from."""
    return decimal_text(energy_kwh_e4 * price_cny_per_kwh_e6, 10)


def net_of_tax_fen(gross_fen: int, tax_rate_e6: int) -> int:
    """The amount without a tax that is included in it: gross / (1 + rate), rounded once."""
    return round_half_away(gross_fen * RATIO_UNITS, RATIO_UNITS + tax_rate_e6)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """A total shared out in proportion to weights, in whole units that add up to the total exactly.

    Shape   one share a weight; the units left over by rounding down go to the largest remainders, earlier ones first
    Raises  ValueError if a weight is negative, or if all are zero and the total is not
    """
    whole = sum(weights)
    if min(weights, default=0) < 0 or (whole == 0 and total != 0):
        raise ValueError("a total can be spread over positive weights only")
    if whole == 0:
        return tuple(0 for _ in weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_remainder[: total - sum(shares)]:
        shares[n] += 1
    return tuple(shares)


def scaled(number: Decimal | int, units: int) -> int:
    """A decimal as an integer number of 1/units, exactly.

    Raises  ValueError if the number is not finite or has more decimals than the scale holds
    """
    if isinstance(number, Decimal) and not number.is_finite():
        raise ValueError(f"{number} is not a number")
    exact = Fraction(number) * units
    if exact.denominator != 1:
        raise ValueError(f"{number} has more decimals than 1/{units} can hold")
    return int(exact)


def decimals_of(number: Decimal) -> int:
    """The decimals that a number is written with, trailing zeros included; 0 for a whole number."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def decimal_text(scaled_integer: int, decimals: int, at_least: int = 0) -> str:
    """An integer of 10^-decimals as plain decimal text, trailing zeros cut down to `at_least` decimals."""
    sign = "-" if scaled_integer < 0 else ""
    digits = str(abs(scaled_integer)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    fraction = fraction.rstrip("0").ljust(at_least, "0")
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def kwh_text(energy_kwh_e4: int) -> str:
    """Energy in kWh with exactly four decimals."""
    return decimal_text(energy_kwh_e4, 4, 4)


def kwh_text_if_known(energy_kwh_e4: int | None) -> str:
    """Energy in kWh with exactly four decimals; an empty text where it is not known."""
    return "" if energy_kwh_e4 is None else kwh_text(energy_kwh_e4)


def price_text(price_cny_per_kwh_e6: int) -> str:
    """A price in 元 with as many decimals as it needs, four at least."""
    return decimal_text(price_cny_per_kwh_e6, 6, 4)


def cny_text(amount: int) -> str:
    """An amount of fen in 元 with exactly two decimals."""
    return decimal_text(amount, 2, 2)
