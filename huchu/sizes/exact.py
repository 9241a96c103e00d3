"""Figures of a sized project as exact decimal text."""

from decimal import Decimal
from math import isnan

from tariffs.vocabulary.money import cny_text, decimal_text
from tariffs.vocabulary.units import FEN_PER_CNY

RATIO_DECIMALS = 8
HOUR_DECIMALS = 4
"""Of hours, years, MW and MWh."""


def plain_text(figure: Decimal) -> str:
    """A decimal without an exponent and without trailing zeros."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def float_text(figure: float | None, decimals: int) -> str:
    """A float rounded to so many decimals, trailing zeros cut; empty for nothing and for no number."""
    if figure is None or isnan(figure):
        return ""
    return decimal_text(round(figure * 10**decimals), decimals)


def ratio_text(ratio: float | None) -> str:
    """A ratio with eight decimals at most; empty for nothing."""
    return float_text(ratio, RATIO_DECIMALS)


def near_cny_text(amount_cny: float | None) -> str:
    """An amount in 元 that was reckoned in floats, to the fen; empty for nothing."""
    return "" if amount_cny is None else cny_text(round(amount_cny * FEN_PER_CNY))
