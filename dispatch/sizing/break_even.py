"""At which efficiency, cost, number of calls or capacity price a size just earns back what it costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import inf, isfinite
from typing import Final

from dispatch.sizing.changed import efficiency_of, with_efficiency, with_scenario
from dispatch.sizing.curve import Curve, quick_years
from dispatch.sizing.evaluated import npv_of_years_cny, quick_npv_cny
from dispatch.sizing.ground import Ground, with_project
from dispatch.sizing.inputs.costs import DEAREST
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.supports import support_price_cny
from dispatch.sizing.years import YearFigures
from tariffs.settings import CapacitySupport
from tariffs.station_parts import LARGEST_YEARLY_PRICE
from tariffs.vocabulary.errors import PolicyNotCovered, Words
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH

LEAST_EFFICIENCY: Final = 0.4
RELUCTANCES: Final = (0.0, *(5.0 * 1.25**n for n in range(30)))
"""What discharging is said to cost besides, 元/MWh, up to some 3,200: far above any price."""
CLOSE_RATIO: Final = 1e-6
MOST_STEPS: Final = 80
NEAR_RATIO: Final = 0.01
"""No guess lies nearer to an end than this share of what is left."""
DECIMALS: Final = 6
Npv = Callable[[float], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """One assumption: what it is, and what it would have to be for a net present value of zero.

    Shape   `figure` is nothing where no figure from `least` to `most` does; `earns_above` says whether more of it is
            better
    """

    name: str
    words: Words
    unit: str
    now: float | None
    figure: float | None
    least: float
    most: float
    earns_above: bool
    earns_throughout: bool = False
    """Where there is no figure: whether money is earned from `least` to `most`, rather than lost."""


def break_evens(curve: Curve, scenario: Scenario, size: Size) -> tuple[BreakEven, ...]:
    """The break-even figures of a size under a scenario, each with all else as it is.

    What is planned again for it is planned at the points of the curve's mesh, so that its figure is good to some 1e-4.
    """
    found = [
        _of_efficiency(curve.ground, scenario, size),
        _of_energy_cost(curve, scenario, size),
        _of_discharges(curve, scenario, size),
    ]
    return (*found, _of_capacity_price(curve, scenario, size)) if _may_have_support(curve, scenario) else tuple(found)


def _may_have_support(curve: Curve, scenario: Scenario) -> bool:
    """Whether documents say how support is paid: those of the scenario's own kind, else the plan with its subsidy."""
    around, first_on = curve.ground.around, curve.ground.project.project.first_on
    if around.settings is None:
        return False
    if scenario.capacity_support is not CapacitySupport.NONE:
        return True
    try:
        around.library.in_force(f"{around.settings.city}/storage_pricing", first_on)
    except PolicyNotCovered:
        return False
    return True


def _of_efficiency(ground: Ground, scenario: Scenario, size: Size) -> BreakEven:
    def npv(figure: float) -> float | None:
        return _npv(ground, with_efficiency(ground.project, _decimal(figure)), scenario, size)

    return BreakEven(
        name="round_trip_efficiency",
        words=Words("往返效率", "round-trip efficiency"),
        unit="",
        now=float(efficiency_of(ground.project.project)),
        figure=zero_of(npv, LEAST_EFFICIENCY, 1.0),
        least=LEAST_EFFICIENCY,
        most=1.0,
        earns_above=True,
        earns_throughout=_known(npv(LEAST_EFFICIENCY)) > 0,
    )


def _of_energy_cost(curve: Curve, scenario: Scenario, size: Size) -> BreakEven:
    project, years = curve.ground.project, quick_years(curve, scenario, size)

    def npv(figure: float) -> float | None:
        changed = replace(project, cost=replace(project.cost, energy_cost_cny_per_kwh=_decimal(figure)))
        return None if years is None else npv_of_years_cny(years, scenario, size, changed)

    most = min(float(DEAREST), max(10 * float(project.cost.energy_cost_cny_per_kwh), 10_000.0))
    return BreakEven(
        name="energy_cost",
        words=Words("能量造价", "cost per kWh"),
        unit="元/kWh",
        now=float(project.cost.energy_cost_cny_per_kwh),
        figure=zero_of(npv, 0.0, most),
        least=0.0,
        most=most,
        earns_above=False,
        earns_throughout=_known(npv(most)) > 0,
    )


def _of_capacity_price(curve: Curve, scenario: Scenario, size: Size) -> BreakEven:
    """The capacity price of the whole life: of the scenario's own kind, else a subsidy of the rated power."""
    ground = curve.ground
    kind, own = scenario.capacity_support, scenario.capacity_support_cny_per_kw_year
    now = 0.0
    if kind is not CapacitySupport.NONE:
        years = range(1, ground.project.project.life_years + 1)
        now = float(own or max(support_price_cny(ground, scenario, size, year) for year in years))

    def npv(figure: float) -> float | None:
        return quick_npv_cny(curve, _supported(scenario, _decimal(figure)), size)

    most = float(LARGEST_YEARLY_PRICE) / 10
    return BreakEven(
        name="capacity_price",
        words=Words("容量电价（全寿命）", "capacity price, whole life"),
        unit="元/kW·a",
        now=now,
        figure=zero_of(npv, 0.0, most),
        least=0.0,
        most=most,
        earns_above=True,
        earns_throughout=_known(npv(0.0)) > 0,
    )


def _supported(scenario: Scenario, price: Decimal) -> Scenario:
    """The scenario at a capacity price; a subsidy where it has no support of its own, and nothing at a price of zero."""
    if not price:
        return replace(scenario, capacity_support=CapacitySupport.NONE, capacity_support_cny_per_kw_year=None)
    kind = scenario.capacity_support
    if kind is CapacitySupport.NONE:
        kind = CapacitySupport.LOCAL_SUBSIDY
    return replace(scenario, capacity_support=kind, capacity_support_cny_per_kw_year=price)


def _of_discharges(curve: Curve, scenario: Scenario, size: Size) -> BreakEven:
    """Full discharges of the first year, none asked for: fewer are made when discharging is said to cost more.

    Between two numbers that are best at some such cost every number in between is made by mixing their days.
    """
    ground, free = curve.ground, replace(scenario, calls=Decimal(0))
    changed = with_project(ground, with_scenario(ground.project, free))
    found = {}
    for reluctance in RELUCTANCES:
        reluctant = Curve(ground=changed, reluctance_cny_per_mwh=reluctance)
        years = quick_years(reluctant, free, size)
        npv = quick_npv_cny(reluctant, free, size)
        if years is not None and npv is not None:
            found[round(discharges(years[0], size), 6)] = npv
    ranked = sorted(found.items())
    as_it_is = quick_years(curve, scenario, size)
    return BreakEven(
        name="full_discharges",
        words=Words("首年等效满放次数", "full discharges in the first year"),
        unit="次/a",
        now=None if as_it_is is None else discharges(as_it_is[0], size),
        figure=_crossing(ranked),
        least=ranked[0][0] if ranked else 0.0,
        most=ranked[-1][0] if ranked else 0.0,
        earns_above=True,
        earns_throughout=bool(ranked) and ranked[0][1] > 0,
    )


def discharges(year: YearFigures, size: Size) -> float:
    """Energy given in a year over the rated energy."""
    return year.discharge_kwh_e4 / (float(size.energy_mwh) * ENERGY_UNITS_PER_KWH * KWH_PER_MWH)


def zero_of(npv: Npv, low: float, high: float) -> float | None:
    """The figure between two at which the present value is zero, if it is above zero at one of them only.

    Shape   a figure at which nothing can be operated counts as losing money
    """
    below, above = (_known(npv(each)) for each in (low, high))
    if (below > 0) == (above > 0):
        return None
    for step in range(MOST_STEPS):
        middle = _between(low, high, below, above, halving=step % 3 == 2)
        here = _known(npv(middle))
        if (here > 0) == (above > 0):
            high, above = middle, here
        else:
            low, below = middle, here
        if high - low <= CLOSE_RATIO * max(abs(low), abs(high), CLOSE_RATIO) or here == 0:
            break
    return low if abs(below) < abs(above) else high


def _between(low: float, high: float, below: float, above: float, *, halving: bool) -> float:
    """Where a straight line between two ends crosses zero, kept away from both; every third time the middle."""
    if halving or not (isfinite(below) and isfinite(above)):
        return (low + high) / 2
    crossing = low + (high - low) * below / (below - above)
    edge = NEAR_RATIO * (high - low)
    return min(max(crossing, low + edge), high - edge)


def _crossing(ranked: Sequence[tuple[float, float]]) -> float | None:
    """The least number at which the straight lines between the known points rise above zero."""
    for (fewer, below), (more, above) in pairwise(ranked):
        if below <= 0 < above:
            return fewer + (more - fewer) * -below / (above - below)
    return None


def _known(npv: float | None) -> float:
    return -inf if npv is None else npv


def _npv(ground: Ground, project: Project, scenario: Scenario, size: Size) -> float | None:
    return quick_npv_cny(Curve(ground=with_project(ground, project)), scenario, size)


def _decimal(figure: float) -> Decimal:
    return Decimal(str(round(figure, DECIMALS)))
