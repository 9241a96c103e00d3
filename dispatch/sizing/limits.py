"""What the limits of a size leave: the most power at a duration, and sizes that are multiples of the steps."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from dispatch.sizing.inputs.project import Project, Size
from tariffs.vocabulary.units import KW_PER_MW, KWH_PER_MWH

MOST_TRIES: Final = 500
"""So many steps of power are tried downwards until an energy in whole steps fits."""


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
    """The sizes in whole steps around a size that keep every limit.

    Shape   powers are the steps below and above, and where no energy fits the one below, the next that one fits; energies
            are the steps around the same duration, and the most energy where a limit lets no more be built
    """
    limits = project.size
    duration_h = energy_mwh / power_mw
    below, *above = _steps(power_mw, limits.power_step_mw)
    for power in above:
        yield from _at_power(project, power, duration_h)
    for _ in range(MOST_TRIES):
        found = tuple(_at_power(project, below, duration_h))
        if found or below < limits.min_power_mw:
            break
        below -= limits.power_step_mw
    yield from found


def _at_power(project: Project, power_mw: Decimal, duration_h: Decimal) -> Iterator[Size]:
    limits = project.size
    if not max(limits.min_power_mw, limits.power_step_mw) <= power_mw <= limits.max_power_mw:
        return
    energies = set(_steps(power_mw * duration_h, limits.energy_step_mwh))
    most = _most_energy_mwh(project, power_mw)
    if most is not None:
        most = min(most, limits.max_duration_h * power_mw)
        energies.add(_steps(most, limits.energy_step_mwh)[0])
    for energy in sorted(energies):
        lasts = limits.min_duration_h * power_mw <= energy <= limits.max_duration_h * power_mw
        if energy > 0 and lasts and (most is None or energy <= most):
            yield Size(power_mw=power_mw, energy_mwh=energy)


def _most_energy_mwh(project: Project, power_mw: Decimal) -> Decimal | None:
    """The most energy that the limits of energy and investment leave beside a power, MWh; nothing where neither is set."""
    limits, cost = project.size, project.cost
    bounds = [] if limits.max_energy_mwh is None else [limits.max_energy_mwh]
    if limits.max_investment_cny is not None:
        left = limits.max_investment_cny - cost.fixed_investment_cny
        left -= cost.power_cost_cny_per_kw * KW_PER_MW * power_mw
        if left < 0:
            bounds.append(Decimal(0))
        elif cost.energy_cost_cny_per_kwh:
            bounds.append(left / (cost.energy_cost_cny_per_kwh * KWH_PER_MWH))
    return min(bounds, default=None)


def _steps(figure: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    below = (figure / step).to_integral_value(ROUND_FLOOR) * step
    above = (figure / step).to_integral_value(ROUND_CEILING) * step
    return (below,) if below == above else (below, above)
