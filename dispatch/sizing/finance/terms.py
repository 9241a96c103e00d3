"""The figures that a cash flow is reckoned from: exact fractions for what is shown, floats for searches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from dispatch.sizing.inputs.costs import Cost, Finance, VatBasis
from dispatch.sizing.inputs.fading import Augmentation
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.years import YearFigures
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KW_PER_MW, KWH_PER_MWH

N = TypeVar("N", Fraction, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Generic[N]):
    """All that a cash flow hangs on, in one kind of number.

    Shape   one entry a year of operation in each tuple; costs are positive here, before any growth but augmentation,
            whose entry is what is spent at the end of the year before
    """

    charge_fen: tuple[N, ...]
    """With tax as a statement has it, negative when paid; so are the next four."""
    discharge_fen: tuple[N, ...]
    award_fen: tuple[N, ...]
    capacity_support_fen: tuple[N, ...]
    capacity_lease_fen: tuple[N, ...]
    discharge_mwh: tuple[N, ...]
    augmentation_fen: tuple[N, ...]
    investment_fen: N
    fixed_cost_fen: N
    """Of the first year."""
    variable_cost_fen_per_mwh: N
    """Of the first year."""
    cost_growth_ratio: N
    vat_divisor: N
    """1, or 1 + rate where prices enter without tax."""
    capacity_support_taxed: bool
    income_tax_ratio: N
    residual_ratio: N
    discount_ratio: N
    depreciation_years: int
    loss_carry_years: int

    @property
    def life_years(self) -> int:
        """Years of operation."""
        return len(self.charge_fen)


def exact_terms(
    years: Sequence[YearFigures],
    size: Size,
    cost: Cost,
    finance: Finance,
    augmentation: Augmentation,
    *,
    capacity_support_taxed: bool = False,
) -> Terms[Fraction]:
    """The figures of a cash flow as fractions: nothing is lost.

    Raises  ValueError if the years are not 1, 2, 3 and so on
    """
    _refuse_a_gap(years)
    return _terms(years, (size, cost, finance, augmentation), Fraction, taxed=capacity_support_taxed)


def quick_terms(
    years: Sequence[YearFigures],
    size: Size,
    cost: Cost,
    finance: Finance,
    augmentation: Augmentation,
    *,
    capacity_support_taxed: bool = False,
) -> Terms[float]:
    """The figures of a cash flow as floats: for searches that replace one after another and ask `npv_at` each time.

    Raises  ValueError if the years are not 1, 2, 3 and so on
    """
    _refuse_a_gap(years)
    return _terms(years, (size, cost, finance, augmentation), float, taxed=capacity_support_taxed)


def _terms(
    years: Sequence[YearFigures],
    inputs: tuple[Size, Cost, Finance, Augmentation],
    number: Callable[[Decimal | int | float], N],
    *,
    taxed: bool,
) -> Terms[N]:
    size, cost, finance, augmentation = inputs
    power_kw, energy_kwh = number(size.power_mw) * KW_PER_MW, number(size.energy_mwh) * KWH_PER_MWH
    energy_units_per_mwh = ENERGY_UNITS_PER_KWH * KWH_PER_MWH

    def each(amounts: Iterable[int]) -> tuple[N, ...]:
        return tuple(number(amount) for amount in amounts)

    def sized(per_kw: Decimal, per_kwh: Decimal, in_any_case: Decimal) -> N:
        return (number(per_kw) * power_kw + number(per_kwh) * energy_kwh + number(in_any_case)) * FEN_PER_CNY

    growth = 1 + number(augmentation.price_growth_ratio)
    price_fen_per_mwh = number(augmentation.energy_cost_cny_per_kwh) * (KWH_PER_MWH * FEN_PER_CNY)
    without_vat = finance.vat_basis is VatBasis.WITHOUT_VAT
    return Terms(
        charge_fen=each(year.charge_fen for year in years),
        discharge_fen=each(year.discharge_fen for year in years),
        award_fen=each(year.award_fen for year in years),
        capacity_support_fen=each(year.capacity_support_fen for year in years),
        capacity_lease_fen=each(year.capacity_lease_fen for year in years),
        discharge_mwh=tuple(number(year.discharge_kwh_e4) / energy_units_per_mwh for year in years),
        augmentation_fen=tuple(
            number(year.added_mwh) * price_fen_per_mwh * growth**before for before, year in enumerate(years)
        ),
        investment_fen=sized(cost.power_cost_cny_per_kw, cost.energy_cost_cny_per_kwh, cost.fixed_investment_cny),
        fixed_cost_fen=sized(
            cost.fixed_cost_cny_per_kw_year, cost.fixed_cost_cny_per_kwh_year, cost.fixed_cost_cny_per_year
        ),
        variable_cost_fen_per_mwh=number(cost.variable_cost_cny_per_mwh) * FEN_PER_CNY,
        cost_growth_ratio=number(cost.cost_growth_ratio),
        vat_divisor=1 + number(finance.vat_ratio if without_vat else 0),
        capacity_support_taxed=taxed,
        income_tax_ratio=number(finance.income_tax_ratio),
        residual_ratio=number(finance.residual_ratio),
        discount_ratio=number(finance.discount_ratio),
        depreciation_years=finance.depreciation_years,
        loss_carry_years=finance.loss_carry_years,
    )


def _refuse_a_gap(years: Sequence[YearFigures]) -> None:
    numbers = [year.year_no for year in years]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"a cash flow needs the years 1, 2, 3 and so on, not {numbers}")
