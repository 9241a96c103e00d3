"""What the linear program is given: typical years with their weights, and what a size is worth beside them.

Tax enters as a plain share of every profit and loss; that losses wait for profits, or are lost, is left to the cash flow.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dispatch.sizing.evaluated import is_support_taxed
from dispatch.sizing.finance.lines import CASH_LINES
from dispatch.sizing.finance.reckoning import reckoned_lines
from dispatch.sizing.finance.terms import Terms, quick_terms
from dispatch.sizing.ground import Ground
from dispatch.sizing.health import YearHealth
from dispatch.sizing.inputs.costs import VatBasis
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.linear import Investment, Worth, Year
from dispatch.sizing.operated import Moved, year_figures
from dispatch.sizing.supports import support_fen
from dispatch.sizing.typical import YearKind, kind_of, typical_year
from tariffs.settings import CapacitySupport
from tariffs.vocabulary.units import FEN_PER_CNY, KW_PER_MW, KWH_PER_MWH

NOTHING = Moved(charge_fen=0, discharge_fen=0, charge_kwh_e4=0, discharge_kwh_e4=0, season_calls=0.0)
UNIT = Decimal(100)
"""MW or MWh at which linear figures are read off, so that rounding to the fen does not show."""


def linear_years(ground: Ground, scenario: Scenario, reference: Size, health: Sequence[YearHealth]) -> tuple[Year, ...]:
    """The typical years of a scenario, one for each kind of year, weighted by what money of its years is worth today.

    Shape   `health` has the years of life; a kind's usable energy is the weighted mean of its years'
    """
    weights: dict[YearKind, list[tuple[float, float]]] = {}
    for each in health:
        if not each.in_use:
            continue
        kind = kind_of(ground, scenario, each.year_no)
        weight = float(kind.price_factor) * _worth_today(ground, each.year_no)
        weights.setdefault(replace(kind, price_factor=Fraction(1)), []).append((weight, each.energy_ratio))
    return tuple(
        Year(
            task=typical_year(ground, kind, reference).steered,
            weight=sum(weight for weight, _ in of_kind) * float(typical_year(ground, kind, reference).share),
            energy_ratio=sum(weight * ratio for weight, ratio in of_kind) / sum(weight for weight, _ in of_kind),
        )
        for kind, of_kind in weights.items()
    )


def linear_worth(ground: Ground, scenario: Scenario, health: Sequence[YearHealth]) -> Worth:
    """What each MW, each MWh and building at all is worth apart from energy revenue, 元 of present value."""
    plain = replace(scenario, capacity_support=CapacitySupport.NONE)
    fixed = _npv_cny(ground, plain, health, Size(power_mw=Decimal(0), energy_mwh=Decimal(0)))
    power = _npv_cny(ground, plain, health, Size(power_mw=UNIT, energy_mwh=Decimal(0))) - fixed
    energy = _npv_cny(ground, plain, health, Size(power_mw=Decimal(0), energy_mwh=UNIT)) - fixed
    return Worth(
        power_cny_per_mw=power / float(UNIT),
        energy_cny_per_mwh=energy / float(UNIT),
        supported_cny_per_mw=_supported(ground, scenario, health),
        peak_h=None if scenario.net_load_peak_h is None else float(scenario.net_load_peak_h),
        fixed_cny=fixed,
    )


def investment_of(ground: Ground) -> Investment:
    """What must be spent to build a size, 元 for each MW, for each MWh and in any case."""
    cost = ground.project.cost
    return Investment(
        power_cny_per_mw=float(cost.power_cost_cny_per_kw * KW_PER_MW),
        energy_cny_per_mwh=float(cost.energy_cost_cny_per_kwh * KWH_PER_MWH),
        fixed_cny=float(cost.fixed_investment_cny),
    )


def _worth_today(ground: Ground, year_no: int) -> float:
    """What 1 元 of energy revenue of a year is worth today, after tax."""
    finance = ground.project.finance
    vat = 1 + finance.vat_ratio if finance.vat_basis is VatBasis.WITHOUT_VAT else Decimal(1)
    return float((1 - finance.income_tax_ratio) / vat / (1 + finance.discount_ratio) ** year_no)


def _supported(ground: Ground, scenario: Scenario, health: Sequence[YearHealth]) -> float:
    """The present value of capacity support for each MW of a station that lasts long enough."""
    if scenario.capacity_support is CapacitySupport.NONE:
        return 0.0
    long = Size(power_mw=UNIT, energy_mwh=UNIT * (scenario.net_load_peak_h or Decimal(1)))
    finance = ground.project.finance
    vat = 1 + finance.vat_ratio if finance.vat_basis is VatBasis.WITHOUT_VAT else Decimal(1)
    divisor = 1.0 if is_support_taxed(scenario) else float(1 / vat)
    paid = sum(
        support_fen(ground, scenario, long, each.year_no) / divisor * _worth_today(ground, each.year_no)
        for each in health
        if each.in_use
    )
    return paid / FEN_PER_CNY / float(UNIT)


def _npv_cny(ground: Ground, scenario: Scenario, health: Sequence[YearHealth], size: Size) -> float:
    """The net present value of a size that never moves energy, tax a plain share of profit and loss, 元."""
    project = ground.project
    years = [year_figures(ground, scenario, size, each, NOTHING) for each in health]
    terms = quick_terms(years, size, project.cost, project.finance, project.augmentation)
    return _taxed_plainly(terms) / FEN_PER_CNY


def _taxed_plainly(terms: Terms[float]) -> float:
    rows = reckoned_lines(terms, lambda amount: amount)
    columns = [line.column for line in CASH_LINES if line.name != "tax"]
    worth = 0.0
    for row in range(terms.life_years, -1, -1):
        net = sum(rows[name][row] for name in columns) - terms.income_tax_ratio * rows["profit_fen"][row]
        worth = worth / (1 + terms.discount_ratio) + net
    return worth
