"""What a station costs to build and to run, and how its money is counted."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from dispatch.sizing.inputs.checks import not_above_zero, out_of_range
from tariffs.vocabulary.errors import RecordProblems

DEAREST: Final = Decimal(10_000_000)
"""元 for each unit of power or energy; a thousand times any station."""
MOST_MONEY: Final = Decimal(10) ** 12
LONGEST_YEARS: Final = 60


class VatBasis(Enum):
    """Whether prices with tax enter the cash flow as they are."""

    WITH_VAT = "with_vat"
    WITHOUT_VAT = "without_vat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`[cost]`: investment and running cost, on the basis that `vat_basis` says.

    Raises  RecordProblems with every figure that is out of its range
    """

    power_cost_cny_per_kw: Decimal
    """Investment for each kW of rated power: converters, transformers, connection."""
    energy_cost_cny_per_kwh: Decimal
    """Investment for each kWh of rated energy: cells, containers."""
    fixed_investment_cny: Decimal = Decimal(0)
    """Investment that hangs on no size: land, studies, the line to the grid."""
    fixed_cost_cny_per_kw_year: Decimal = Decimal(0)
    fixed_cost_cny_per_kwh_year: Decimal = Decimal(0)
    fixed_cost_cny_per_year: Decimal = Decimal(0)
    variable_cost_cny_per_mwh: Decimal = Decimal(0)
    """For each MWh discharged at the grid meter."""
    cost_growth_ratio: Decimal = Decimal(0)
    """By which running cost grows from year to year."""

    def __post_init__(self) -> None:
        unit_prices = (
            "power_cost_cny_per_kw",
            "energy_cost_cny_per_kwh",
            "fixed_cost_cny_per_kw_year",
            "fixed_cost_cny_per_kwh_year",
            "variable_cost_cny_per_mwh",
        )
        problems = [
            *out_of_range(self, unit_prices, 0, DEAREST),
            *out_of_range(self, ("fixed_investment_cny", "fixed_cost_cny_per_year"), 0, MOST_MONEY),
            *out_of_range(self, ("cost_growth_ratio",), Decimal("-0.5"), 1),
        ]
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finance:
    """`[finance]`: discounting and tax. The project is judged before any loan.

    Raises  RecordProblems with every figure that is out of its range
    """

    discount_ratio: Decimal
    """Yearly; money of year n is worth 1 / (1 + discount_ratio)^n today."""
    income_tax_ratio: Decimal = Decimal("0.25")
    """Tax on the profit of a year, after losses of the years before."""
    loss_carry_years: int = 5
    """For how many years a loss may be set against later profits."""
    depreciation_years: int = 15
    """Straight, on each investment less its residual."""
    residual_ratio: Decimal = Decimal("0.05")
    """Share of an investment that is left at the end of its depreciation, and is sold at the end of the life."""
    vat_basis: VatBasis = VatBasis.WITH_VAT
    vat_ratio: Decimal = Decimal("0.13")

    def __post_init__(self) -> None:
        problems = [
            *out_of_range(self, ("discount_ratio",), Decimal("-0.5"), 1),
            *out_of_range(self, ("income_tax_ratio", "residual_ratio", "vat_ratio"), 0, 1),
            *not_above_zero(self, ("depreciation_years",)),
            *out_of_range(self, ("depreciation_years", "loss_carry_years"), 0, LONGEST_YEARS),
        ]
        if problems:
            raise RecordProblems(problems)
