"""The net present value by power and duration: a map for the eye, by the curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import quick_npv_cny
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.settled import is_settled

POWERS: Final = 12
STEP_H: Final = Decimal("0.5")
FEWEST_DURATIONS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NpvMap:
    """Net present values by size.

    Shape   `npv_cny[duration][power]`, nothing where the calls cannot be made or the station is too small for the
            regulated prices
    """

    scenario: str
    power_mw: tuple[Decimal, ...]
    duration_h: tuple[Decimal, ...]
    npv_cny: tuple[tuple[float | None, ...], ...]


def npv_map(
    curve: Curve,
    scenario: Scenario,
    power_mw: Sequence[Decimal] | None = None,
    duration_h: Sequence[Decimal] | None = None,
) -> NpvMap:
    """The map of a scenario, by default over the limits of the size; limits of energy and investment left aside."""
    powers, durations = tuple(power_mw or _powers(curve.ground)), tuple(duration_h or _durations(curve.ground))
    return NpvMap(
        scenario=scenario.name,
        power_mw=powers,
        duration_h=durations,
        npv_cny=tuple(
            tuple(_npv(curve, scenario, Size(power_mw=power, energy_mwh=power * duration)) for power in powers)
            for duration in durations
        ),
    )


def _npv(curve: Curve, scenario: Scenario, size: Size) -> float | None:
    if not is_settled(curve.ground, scenario, size):
        return None
    return quick_npv_cny(curve, scenario, size)


def _powers(ground: Ground) -> list[Decimal]:
    limits = ground.project.size
    low = limits.min_power_mw or limits.max_power_mw / POWERS
    if low == limits.max_power_mw:
        return [low]
    step = (limits.max_power_mw - low) / (POWERS - 1)
    return [round(low + n * step, 3) for n in range(POWERS)]


def _durations(ground: Ground) -> list[Decimal]:
    limits = ground.project.size
    low, high = limits.min_duration_h, limits.max_duration_h
    if low == high:
        return [low]
    steps = max(int((high - low) / STEP_H), FEWEST_DURATIONS - 1)
    return [round(low + n * (high - low) / steps, 4) for n in range(steps + 1)]
