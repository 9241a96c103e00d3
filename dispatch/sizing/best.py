"""The best size under a scenario: a linear program with power and energy as decisions, then the cash flow of real sizes.

The linear program is exact for what is linear: it takes tax as a plain share and a mean of the fading energy. From there on
the cash flow decides, with everything planned year by year: along the durations, each with the most power that the limits
leave, and at last among the sizes in whole steps. What both say is told.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from typing import Final

from dispatch.outcome import Limits
from dispatch.sizing.curve import MESH_H, Curve
from dispatch.sizing.evaluated import quick_npv_cny
from dispatch.sizing.health import YearHealth, health_path_by_year
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import CallsOf, Scenario
from dispatch.sizing.limits import most_power_mw, sizes_near
from dispatch.sizing.linear import Found, best_size
from dispatch.sizing.settled import is_settled
from dispatch.sizing.typical import kind_of
from dispatch.sizing.worth import investment_of, linear_worth, linear_years
from dispatch.solve import OutOfTime
from tariffs.vocabulary.errors import InputError, Words

LINEAR_LIMITS: Final = Limits(gap=1e-4, time_limit_s=60.0)
"""How long and how closely the linear program is solved unless told otherwise."""
GOLDEN: Final = (5**0.5 - 1) / 2
FINE_H: Final = 0.05
"""Mesh of the search around the best point of the coarse one; sizes are compared at last without a mesh."""
CLOSE_H: Final = 0.01
"""Durations this close are one for the search."""
DECIMALS: Final = 4
Npv = Callable[[float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best size under a scenario.

    Shape   `linear` is the answer of the linear program, nothing where none was asked for or found in time; where no size earns back what
            it costs, `is_worth_building` is false and `size` is the one that loses least of those that must be built or,
            where none must, the one of the largest present value for each MW at the most power
    """

    scenario: Scenario
    size: Size
    npv_cny: float
    is_worth_building: bool
    linear: Found | None


def best_of_scenario(
    curve: Curve, scenario: Scenario, solver_limits: Limits | None = None, *, with_linear: bool = True
) -> Best:
    """The best size under a scenario.

    Raises  InputError if no size within the limits can be built or operated; Refused if none is settled at the regulated
            prices
    """
    ground = curve.ground
    found = _linear(curve, scenario, solver_limits or LINEAR_LIMITS) if with_linear else None
    fine, exact = (replace(curve, mesh_h=mesh_h, known=curve.known) for mesh_h in (FINE_H, 0.0))
    duration_h = _best_duration(curve, fine, scenario)
    power = _power(exact, scenario, duration_h)
    starts = [(power, power * Decimal(str(duration_h)))]
    if found is not None and found.is_worth_building:
        starts.append((_decimal(found.power_mw), _decimal(found.energy_mwh)))
    sizes = {size for start in starts for size in sizes_near(ground.project, *start)}
    judged = [
        (npv, size)
        for size in sorted(sizes, key=lambda each: (each.power_mw, each.energy_mwh))
        if is_settled(ground, scenario, size) and (npv := quick_npv_cny(exact, scenario, size)) is not None
    ]
    if not judged:
        raise _no_size(scenario)
    npv, size = max(judged, key=lambda each: each[0])
    return Best(scenario=scenario, size=size, npv_cny=npv, is_worth_building=npv > 0, linear=found)


def _linear(curve: Curve, scenario: Scenario, solver_limits: Limits) -> Found | None:
    ground, limits = curve.ground, curve.ground.project.size
    middle = (float(limits.min_duration_h) + float(limits.max_duration_h)) / 2
    reference = Size(power_mw=limits.max_power_mw, energy_mwh=limits.max_power_mw * _decimal(middle))
    found: Found | None = None
    duration_h = middle
    for _ in range(2):
        health = _health(curve, scenario, duration_h)
        try:
            found = best_size(
                linear_years(ground, scenario, reference, health),
                reference,
                limits,
                investment_of(ground),
                linear_worth(ground, scenario, health),
                solver_limits,
                counts_usable=scenario.calls_of is CallsOf.USABLE_ENERGY,
            )
        except OutOfTime:
            return found
        chosen = found if found.is_worth_building else found.least_loss
        if chosen is None or not chosen.power_mw or not ground.project.fade.is_asked:
            break
        # the energy fades as the cycles of this duration make it fade: once more with those
        duration_h = chosen.energy_mwh / chosen.power_mw
    return found


def _health(curve: Curve, scenario: Scenario, duration_h: float) -> tuple[YearHealth, ...]:
    """The years of a life at a duration; a year whose calls cannot be made fades by its age alone."""
    project = curve.ground.project

    def fade_of(year_no: int, ratio: float) -> float:
        point = curve.at(kind_of(curve.ground, scenario, year_no), duration_h * ratio)
        return 0.0 if point is None else point.cycle_fade

    return health_path_by_year(project.fade, project.augmentation, project.project.life_years, fade_of)


def _best_duration(curve: Curve, fine: Curve, scenario: Scenario) -> float:
    """The duration of the largest present value: the best point of the mesh, then closer and closer around it."""
    limits = curve.ground.project.size
    low, high = float(limits.min_duration_h), float(limits.max_duration_h)
    mesh = sorted({low, high, *(n * MESH_H for n in range(int(low / MESH_H) + 1, int(high / MESH_H) + 1))})
    judged = [(_merit(curve, scenario, each), each) for each in mesh if low <= each <= high]
    top, best = max(judged)
    if top == -float("inf"):
        raise _no_size(scenario)
    return _closer(lambda each: _merit(fine, scenario, each), max(low, best - MESH_H), min(high, best + MESH_H), best)


def _closer(npv: Npv, low: float, high: float, best: float) -> float:
    """The best duration between two, by golden section; the one in the middle counts as well."""
    seen = {best: npv(best)}
    while high - low > CLOSE_H:
        left, right = (round(each, DECIMALS) for each in (high - GOLDEN * (high - low), low + GOLDEN * (high - low)))
        for each in (left, right):
            seen.setdefault(each, npv(each))
        if seen[left] >= seen[right]:
            high = right
        else:
            low = left
    return max(seen, key=lambda each: seen[each])


def _merit(curve: Curve, scenario: Scenario, duration_h: float) -> float:
    """What durations are ranked by: their present value where that is above zero, else their loss for each MW."""
    npv = _npv(curve, scenario, duration_h)
    if npv > 0 or not isfinite(npv):
        return npv
    return npv / float(most_power_mw(curve.ground.project, _decimal(duration_h)))


def _npv(curve: Curve, scenario: Scenario, duration_h: float) -> float:
    """The present value at a duration with the most power, 元; minus infinity where nothing can be built or operated."""
    duration = _decimal(duration_h)
    power = most_power_mw(curve.ground.project, duration)
    if not power:
        return -float("inf")
    size = Size(power_mw=power, energy_mwh=power * duration)
    if not is_settled(curve.ground, scenario, size):
        return -float("inf")
    npv = quick_npv_cny(curve, scenario, size)
    return -float("inf") if npv is None else npv


def _power(curve: Curve, scenario: Scenario, duration_h: float) -> Decimal:
    """The best power at a duration: the most that may be built if that earns money, else the least that must be."""
    project, duration = curve.ground.project, _decimal(duration_h)
    most, least = most_power_mw(project, duration), project.size.min_power_mw
    return most if _npv(curve, scenario, duration_h) > 0 else least or most


def _decimal(figure: float) -> Decimal:
    return Decimal(str(round(figure, DECIMALS)))


def _no_size(scenario: Scenario) -> InputError:
    return InputError(
        Words(f"情景 {scenario.name}：没有可行的规模", f"scenario {scenario.name}: no size can be built and operated"),
        found=Words("[size] 的限额与调用要求不能同时满足", "the limits of [size] and the calls cannot be met together"),
        do=Words("放宽 [size]，或减少 calls", "widen [size], or ask for fewer calls"),
    )
