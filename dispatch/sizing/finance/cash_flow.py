"""The cash flow of a project: one row for the investment and one for each year of operation, every line in fen."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING

from dispatch.sizing.finance.reckoning import reckoned_lines
from dispatch.sizing.finance.terms import Terms, exact_terms
from dispatch.sizing.inputs.costs import Cost, Finance
from dispatch.sizing.inputs.fading import Augmentation
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.years import YearFigures
from tariffs.vocabulary.money import rounded

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class CashYear:
    """One row of a cash flow, fen, money to the project positive, every line rounded once half away from zero.

    Shape   `net_fen` is the sum of the lines that move money: not of depreciation, profit and losses used
    """

    year_no: int
    """0 is the day of the investment, n the end of year n of operation."""
    discharge_kwh_e4: int
    charge_fen: int
    discharge_fen: int
    award_fen: int
    capacity_support_fen: int
    capacity_lease_fen: int
    fixed_cost_fen: int
    variable_cost_fen: int
    investment_fen: int
    augmentation_fen: int
    """Of the energy that is added before the next year begins."""
    residual_fen: int
    depreciation_fen: int
    profit_fen: int
    loss_used_fen: int
    """Losses of earlier years that the profit is set against, positive."""
    tax_fen: int
    net_fen: int
    discounted_fen: int
    cumulative_fen: int
    discounted_cumulative_fen: int
    """Rounded from the exact sum, so that the last one is the net present value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """The rows of a cash flow, row 0 first."""

    rows: tuple[CashYear, ...]

    @property
    def net_fen(self) -> tuple[int, ...]:
        """Net cash flow of each row."""
        return self.column("net_fen")

    def column(self, name: str) -> tuple[int, ...]:
        """One column, a number a row."""
        return tuple(getattr(row, name) for row in self.rows)

    def frame(self) -> "pl.DataFrame":
        """The rows as a frame.

        Shape   a row a year; `year_no`, `discharge_kwh_e4` and the amounts of every line, Int64, fen
        """
        import polars as pl

        names = [each.name for each in fields(CashYear)]
        return pl.DataFrame({name: self.column(name) for name in names}, schema=dict.fromkeys(names, pl.Int64))


def cash_flow(
    years: Sequence[YearFigures],
    size: Size,
    cost: Cost,
    finance: Finance,
    augmentation: Augmentation,
    *,
    capacity_support_taxed: bool = False,
) -> CashFlow:
    """The cash flow of one size under one scenario.

    Shape   money of year n stands in row n and counts as paid at its end; energy that is added before year n is paid
            in row n - 1, at its price of today x (1 + growth)^(n - 1); running cost grows from year 2 on; without
            VAT, energy, lease and (where `capacity_support_taxed`) capacity support are divided by 1 + rate, the award
            never, and costs are understood to be without it
    Raises  ValueError if the years are not 1, 2, 3 and so on
    """
    terms = exact_terms(years, size, cost, finance, augmentation, capacity_support_taxed=capacity_support_taxed)
    rows = {name: [int(amount) for amount in line] for name, line in reckoned_lines(terms, _whole_fen).items()}
    rows |= _added_up(rows["net_fen"], terms)
    energies = [0, *(year.discharge_kwh_e4 for year in years)]
    return CashFlow(
        rows=tuple(
            CashYear(year_no=n, discharge_kwh_e4=energy, **{name: line[n] for name, line in rows.items()})
            for n, energy in enumerate(energies)
        )
    )


def discounted_sum(amounts: Sequence[int], discount_ratio: Fraction) -> Fraction:
    """The value today of an amount a row, row n discounted for n years."""
    total = Fraction(0)
    for amount in reversed(amounts):
        total = total / (1 + discount_ratio) + amount
    return total


def _whole_fen(amount: Fraction) -> Fraction:
    return Fraction(rounded(amount))


def _added_up(net_fen: Sequence[int], terms: Terms[Fraction]) -> dict[str, list[int]]:
    discounted = [amount / (1 + terms.discount_ratio) ** n for n, amount in enumerate(net_fen)]
    sums, discounted_sums = [0], [Fraction(0)]
    for amount, present in zip(net_fen, discounted, strict=True):
        sums.append(sums[-1] + amount)
        discounted_sums.append(discounted_sums[-1] + present)
    return {
        "discounted_fen": [rounded(amount) for amount in discounted],
        "cumulative_fen": sums[1:],
        "discounted_cumulative_fen": [rounded(amount) for amount in discounted_sums[1:]],
    }
