"""A size under a scenario with its cash flow and measures: exactly, from verified plans, or quickly, from the curve."""

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.sizing.curve import Curve, quick_years
from dispatch.sizing.finance.cash_flow import CashFlow, cash_flow
from dispatch.sizing.finance.measures import Measures, measures, npv_at
from dispatch.sizing.finance.terms import quick_terms
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.operated import Operated, operated
from dispatch.sizing.years import YearFigures
from tariffs.settings import CapacitySupport
from tariffs.vocabulary.units import FEN_PER_CNY


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A size under a scenario: its life of verified years, its cash flow, what that is worth."""

    operated: Operated
    cash_flow: CashFlow
    measures: Measures

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.operated.scenario

    @property
    def size(self) -> Size:
        """The size."""
        return self.operated.size


def evaluated(ground: Ground, scenario: Scenario, size: Size) -> Evaluated:
    """A size under a scenario, every year planned and verified.

    Raises  NoSchedule if the calls cannot be made in some year; Refused if the station is not settled at the regulated
            prices
    """
    life = operated(ground, scenario, size)
    flow = cash_flow(
        life.years,
        size,
        ground.project.cost,
        ground.project.finance,
        ground.project.augmentation,
        capacity_support_taxed=is_support_taxed(scenario),
    )
    return Evaluated(operated=life, cash_flow=flow, measures=measures(flow, ground.project.finance))


def quick_npv_cny(curve: Curve, scenario: Scenario, size: Size, project: Project | None = None) -> float | None:
    """The net present value of a size by the curve, 元; nothing where the calls of some year cannot be made.

    Shape   `project` may differ from the curve's own in cost and finance only: what is planned stays
    """
    years = quick_years(curve, scenario, size)
    return None if years is None else npv_of_years_cny(years, scenario, size, project or curve.ground.project)


def npv_of_years_cny(years: Sequence[YearFigures], scenario: Scenario, size: Size, project: Project) -> float:
    """The net present value of years of operation at the cost and finance of a project, 元."""
    terms = quick_terms(
        years,
        size,
        project.cost,
        project.finance,
        project.augmentation,
        capacity_support_taxed=is_support_taxed(scenario),
    )
    return npv_at(terms) / FEN_PER_CNY


def is_support_taxed(scenario: Scenario) -> bool:
    """Whether capacity support bears value-added tax: the national price does, a subsidy does not."""
    return scenario.capacity_support is CapacitySupport.NATIONAL_CAPACITY_PRICE
