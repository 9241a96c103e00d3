"""Yearly prices of power: by twelfths, and a part of a month by its days."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import decimal_text, price_text, scaled
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, MONTHS_PER_YEAR, PRICE_UNITS_PER_CNY

POWER_UNITS_PER_KW: Final = ENERGY_UNITS_PER_KWH


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShare:
    """What power at a yearly price comes to in a month, in 元 and not rounded, with the formula."""

    exact_cny: Fraction
    formula: Words


def power_kw_e4(power_mw: Decimal) -> int:
    """A power in 1e-4 kW."""
    return scaled(power_mw, KW_PER_MW * POWER_UNITS_PER_KW)


def year_share(
    quantity_kw_e4: int, price_cny_per_kw_year_e6: int, days: int, days_in_month: int, share: Fraction = Fraction(1)
) -> YearShare:
    """Power x yearly price x share / 12, and of that the days of the month that count.

    Source  policy.md of the house: yearly 元/kW are paid by twelfths, parts of a month by days
    """
    exact = Fraction(quantity_kw_e4 * price_cny_per_kw_year_e6, POWER_UNITS_PER_KW * PRICE_UNITS_PER_CNY)
    exact = exact * share * days / (MONTHS_PER_YEAR * days_in_month)
    part = "" if share == 1 else f" × {share.numerator}/{share.denominator}"
    part += f" ÷ {MONTHS_PER_YEAR}" if days == days_in_month else f" ÷ {MONTHS_PER_YEAR} × {days}/{days_in_month}"
    told = f"{decimal_text(quantity_kw_e4, 4)} kW × {price_text(price_cny_per_kw_year_e6)}{part}"
    return YearShare(exact_cny=exact, formula=Words(told, told))
