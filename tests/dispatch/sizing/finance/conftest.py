"""Years and cases of a project in plain figures: amounts in 元, costs nothing unless asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dispatch.sizing.finance.cash_flow import CashFlow, cash_flow
from dispatch.sizing.finance.terms import Terms, quick_terms
from dispatch.sizing.inputs.costs import Cost, Finance
from dispatch.sizing.inputs.fading import Augmentation
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Regime
from dispatch.sizing.years import YearFigures
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KWH_PER_MWH

MONEY = ("charge", "discharge", "award", "capacity_support", "capacity_lease")
ONE_EACH = Size(power_mw=Decimal(1), energy_mwh=Decimal(1))
NO_COST = Cost(power_cost_cny_per_kw=Decimal(0), energy_cost_cny_per_kwh=Decimal(0))
NO_TAX = Finance(
    discount_ratio=Decimal("0.1"), income_tax_ratio=Decimal(0), depreciation_years=5, residual_ratio=Decimal(0)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A project of 1 MW and 1 MWh that costs nothing, until something is said."""

    years: tuple[YearFigures, ...]
    size: Size = ONE_EACH
    cost: Cost = NO_COST
    finance: Finance = NO_TAX
    augmentation: Augmentation = field(default_factory=Augmentation)
    taxed: bool = False

    def flow(self) -> CashFlow:
        inputs = (self.years, self.size, self.cost, self.finance, self.augmentation)
        return cash_flow(*inputs, capacity_support_taxed=self.taxed)

    def quick(self) -> Terms[float]:
        inputs = (self.years, self.size, self.cost, self.finance, self.augmentation)
        return quick_terms(*inputs, capacity_support_taxed=self.taxed)

    def but(self, **changed: Any) -> "Case":
        """The same with fields of cost and finance replaced."""
        of_cost = {name: changed.pop(name) for name in list(changed) if hasattr(self.cost, name)}
        return replace(self, cost=replace(self.cost, **of_cost), finance=replace(self.finance, **changed))


def _years(count: int, amounts: dict[str, Sequence[int]]) -> tuple[YearFigures, ...]:
    def of(name: str, year: int) -> int:
        return amounts[name][year] if name in amounts else 0

    return tuple(
        YearFigures(
            year_no=year + 1,
            first_on=date(2027 + year, 1, 1),
            regime=Regime.MARKET,
            energy_ratio=1.0,
            added_mwh=amounts["added_mwh"][year] if "added_mwh" in amounts else 0.0,
            charge_kwh_e4=0,
            discharge_kwh_e4=of("discharge_mwh", year) * KWH_PER_MWH * ENERGY_UNITS_PER_KWH,
            season_calls=float("nan"),
            **{f"{name}_fen": of(name, year) * FEN_PER_CNY for name in MONEY},
        )
        for year in range(count)
    )


@pytest.fixture(scope="session")
def case_of() -> Callable[..., Case]:
    """A case of so many years; amounts in 元, a list a kind: charge (negative), discharge, award, added_mwh ..."""

    def made(count: int, **amounts: Sequence[int]) -> Case:
        return Case(years=_years(count, dict(amounts)))

    return made


@pytest.fixture(scope="session")
def flow_of(case_of: Callable[..., Case]) -> Callable[[Sequence[int]], CashFlow]:
    """The cash flow whose net amounts are those given, 元: the first is the investment, negative or zero."""

    def made(net_cny: Sequence[int]) -> CashFlow:
        case = case_of(len(net_cny) - 1, discharge=net_cny[1:])
        return case.but(fixed_investment_cny=Decimal(-net_cny[0])).flow()

    return made


@pytest.fixture
def three_years(case_of: Callable[..., Case]) -> Case:
    """1 MW / 2 MWh at 100 元/kW and 450 元/kWh: 100,000 + 900,000 = 1,000,000 元.

    Sold for 600,000 and bought for 100,000 each year, 1,000 MWh discharged; 10 元/kW and year and 5 元/MWh, both
    growing by 10 %; 4 years of depreciation, residual 10 %, tax 25 %, discount 10 %. Net: -1,000,000,
    420,000, 418,875, 573,887.50 元.
    """
    case = case_of(3, charge=[-100_000] * 3, discharge=[600_000] * 3, discharge_mwh=[1_000] * 3)
    case = replace(case, size=Size(power_mw=Decimal(1), energy_mwh=Decimal(2)))
    return case.but(
        power_cost_cny_per_kw=Decimal(100),
        energy_cost_cny_per_kwh=Decimal(450),
        fixed_cost_cny_per_kw_year=Decimal(10),
        variable_cost_cny_per_mwh=Decimal(5),
        cost_growth_ratio=Decimal("0.1"),
        income_tax_ratio=Decimal("0.25"),
        depreciation_years=4,
        residual_ratio=Decimal("0.1"),
    )
