"""What a cash flow is worth: net present value, rates of return, cost of a MWh, payback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import pyxirr

from dispatch.sizing.finance.cash_flow import CashFlow, discounted_sum
from dispatch.sizing.finance.lines import CASH_LINES
from dispatch.sizing.finance.reckoning import reckoned_lines
from dispatch.sizing.finance.roots import LEAST_RATE, MOST_RATE, sign_changes, zero_rates
from dispatch.sizing.finance.terms import Terms
from dispatch.sizing.inputs.costs import Finance
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import decimal_text, rounded
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH

STORAGE_COLUMNS: Final = ("fixed_cost_fen", "variable_cost_fen", "investment_fen", "augmentation_fen", "residual_fen")
"""What storing costs; with energy bought it is what a discharged MWh costs."""
SAME_RATE: Final = 1e-9
SHOWN_RATES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Payback:
    """When the money spent has come back."""

    years: float | None
    """From the day of the investment, straight inside a year; None if never."""
    negative_again_in_year: int | None = None
    """The first later year at whose end the sum is below zero again, as an augmentation may do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The measures of one cash flow.

    Shape   rates are ratios, not percent; amounts in fen, costs negative in `present_fen`, whose figures are rounded
            one by one
    """

    npv_fen: int
    irr_ratio: float | None
    """The one rate at which the net present value is zero; None where there is none or more than one."""
    irr_words: Words | None
    """Why there is no such rate, or that the flow changes its sign more than once."""
    zero_rates: tuple[float, ...]
    sign_changes: int
    lcos_cny_per_mwh: Decimal | None
    """Cost of a discharged MWh before tax, energy bought included, rounded to the fen; None without discharge."""
    storage_cost_cny_per_mwh: Decimal | None
    """The same without energy bought."""
    payback: Payback
    discounted_payback: Payback
    present_fen: Mapping[str, int]
    """Present value of each line that moves money, by the line's name; they add up to the net present value."""


def measures(flow: CashFlow, finance: Finance) -> Measures:
    """The measures of a cash flow, discounted as its own discounted columns are.

    Shape   `finance` is the one that the cash flow was made with
    """
    ratio = Fraction(finance.discount_ratio)
    rates = zero_rates(flow.net_fen)
    changes = sign_changes(flow.net_fen)
    bought = discounted_sum(flow.column("charge_fen"), ratio)
    stored = sum((discounted_sum(flow.column(name), ratio) for name in STORAGE_COLUMNS), Fraction(0))
    units = discounted_sum(flow.column("discharge_kwh_e4"), ratio)
    return Measures(
        npv_fen=rounded(discounted_sum(flow.net_fen, ratio)),
        irr_ratio=_internal_rate(flow.net_fen, rates[0]) if len(rates) == 1 else None,
        irr_words=_words_on_rates(flow.net_fen, rates, changes),
        zero_rates=rates,
        sign_changes=changes,
        lcos_cny_per_mwh=_cny_per_mwh(-stored - bought, units),
        storage_cost_cny_per_mwh=_cny_per_mwh(-stored, units),
        payback=payback(flow.column("cumulative_fen")),
        discounted_payback=payback(flow.column("discounted_cumulative_fen")),
        present_fen={line.name: rounded(discounted_sum(flow.column(line.column), ratio)) for line in CASH_LINES},
    )


def npv_at(terms: Terms[float]) -> float:
    """The net present value, fen, with nothing rounded on the way: within a fen or two a year of the exact one."""
    worth = 0.0
    for amount in reversed(reckoned_lines(terms, _unrounded)["net_fen"]):
        worth = worth / (1 + terms.discount_ratio) + amount
    return worth


def payback(sums_fen: Sequence[int]) -> Payback:
    """When a row of cumulative sums, row 0 first, is no longer negative."""
    if sums_fen[0] >= 0:
        return Payback(years=0.0, negative_again_in_year=_negative_after(sums_fen, 0))
    for year, (before, now) in enumerate(pairwise(sums_fen), start=1):
        if before < 0 <= now:
            return Payback(
                years=year - 1 + float(Fraction(-before, now - before)),
                negative_again_in_year=_negative_after(sums_fen, year),
            )
    return Payback(years=None)


def _negative_after(sums_fen: Sequence[int], year: int) -> int | None:
    return next((later for later, total in enumerate(sums_fen) if later > year and total < 0), None)


def _unrounded(amount: float) -> float:
    return amount


def _internal_rate(net_fen: Sequence[int], root: float) -> float:
    """The rate of return by pyxirr from the root that is known; the root where the search strays from it."""
    found = pyxirr.irr([float(amount) for amount in net_fen], guess=root, silent=True)
    return found if found is not None and abs(found - root) <= SAME_RATE * (1 + abs(root)) else root


def _words_on_rates(net_fen: Sequence[int], rates: Sequence[float], changes: int) -> Words | None:
    if min(net_fen) >= 0:
        return Words("净现金流从不为负，没有内部收益率", "the net cash flow is never negative: there is no IRR")
    if max(net_fen) <= 0:
        return Words("净现金流从不为正，没有内部收益率", "the net cash flow is never positive: there is no IRR")
    if not rates:
        least, most = f"{float(LEAST_RATE):.1%}", f"{float(MOST_RATE):.0%}"
        return Words(
            f"在 {least} 与 {most} 之间，没有使净现值为零的折现率",
            f"between {least} and {most} no discount rate makes the net present value zero",
        )
    if len(rates) > 1:
        shown = [f"{rate:.2%}" for rate in rates[:SHOWN_RATES]]
        return Words(
            f"内部收益率不唯一：折现率为 {'、'.join(shown)} 时净现值均为零（现金流变号 {changes} 次），请看净现值",
            f"the IRR is ambiguous: the net present value is zero at {', '.join(shown)}"
            f" (the flow changes its sign {changes} times); go by the net present value",
        )
    if changes > 1:
        return Words(
            f"现金流变号 {changes} 次，但只有一个折现率使净现值为零",
            f"the flow changes its sign {changes} times, yet only one rate makes the net present value zero",
        )
    return None


def _cny_per_mwh(cost_fen: Fraction, energy_kwh_e4: Fraction) -> Decimal | None:
    if energy_kwh_e4 <= 0:
        return None
    fen_per_mwh = rounded(cost_fen * (ENERGY_UNITS_PER_KWH * KWH_PER_MWH) / energy_kwh_e4)
    return Decimal(decimal_text(fen_per_mwh, 2, 2))
