"""What the limits of a size leave: the most power at a duration, and sizes that are multiples of the steps."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from dispatch.sizing.inputs.project import Project, Size
from tariffs.vocabulary.units import KW_PER_MW, KWH_PER_MWH


def most_power_mw(project: Project, duration_h: Decimal) -> Decimal:
    """The most power that may be built at a duration, MW; zero where even that of the least is too much."""
    limits, cost = project.size, project.cost
    most = limits.max_power_mw
    if limits.max_energy_mwh is not None:
        most = min(most, limits.max_energy_mwh / duration_h)
    if limits.max_investment_cny is not None:
        each = cost.power_cost_cny_per_kw * KW_PER_MW + cost.energy_cost_cny_per_kwh * KWH_PER_MWH * duration_h
        left = limits.max_investment_cny - cost.fixed_investment_cny
        most = min(most, left / each) if each else most
    return most if most >= limits.min_power_mw and most > 0 else Decimal(0)


def sizes_near(project: Project, power_mw: Decimal, energy_mwh: Decimal) -> Iterator[Size]:
    """The sizes in whole steps around a size that keep every limit."""
    limits = project.size
    for power in _steps(power_mw, limits.power_step_mw):
        if not max(limits.min_power_mw, limits.power_step_mw) <= power <= limits.max_power_mw:
            continue
        for energy in _steps(energy_mwh, limits.energy_step_mwh):
            duration_h = energy / power
            if limits.min_duration_h <= duration_h <= limits.max_duration_h and _affordable(project, power, duration_h):
                yield Size(power_mw=power, energy_mwh=energy)


def _affordable(project: Project, power_mw: Decimal, duration_h: Decimal) -> bool:
    return power_mw <= most_power_mw(project, duration_h)


def _steps(figure: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    below = (figure / step).to_integral_value(ROUND_FLOOR) * step
    above = (figure / step).to_integral_value(ROUND_CEILING) * step
    return (below,) if below == above else (below, above)
