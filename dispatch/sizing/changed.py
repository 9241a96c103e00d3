"""The same project with one of its assumptions changed: what sensitivities and break-even figures ask about."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.signals import Signals
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Plant, Project
from dispatch.sizing.inputs.scenario import Scenario


def with_scenario(project: Project, scenario: Scenario) -> Project:
    """The project with a scenario in place of the one of that name."""
    return replace(
        project, scenario=tuple(scenario if each.name == scenario.name else each for each in project.scenario)
    )


def with_costs(project: Project, factor: Decimal, *names: str) -> Project:
    """The project with named figures of `[cost]` times a factor."""
    return replace(
        project, cost=replace(project.cost, **{name: getattr(project.cost, name) * factor for name in names})
    )


def with_efficiency(project: Project, round_trip: Decimal) -> Project:
    """The project with a round-trip efficiency, split between charging and discharging as it was."""
    plant = project.project
    if plant.charge_efficiency is None or plant.discharge_efficiency is None:
        return replace(project, project=replace(plant, round_trip_efficiency=round_trip))
    share = (round_trip / (plant.charge_efficiency * plant.discharge_efficiency)).sqrt()
    # what one of them cannot take on, because it is perfect by then, the other does
    charge = min(max(plant.charge_efficiency * share, round_trip), Decimal(1))
    changed = replace(plant, charge_efficiency=charge, discharge_efficiency=min(round_trip / charge, Decimal(1)))
    return replace(project, project=changed)


def with_fade(project: Project, factor: Decimal) -> Project:
    """The project whose store loses so many times as much by age and by each cycle."""
    fade = project.fade
    life = tuple((depth, cycles / factor) for depth, cycles in fade.cycle_life)
    changed = replace(fade, calendar_fade_per_year=fade.calendar_fade_per_year * factor, cycle_life=life)
    return replace(project, fade=changed)


def efficiency_of(plant: Plant) -> Decimal:
    """The round-trip efficiency of the plant."""
    if plant.round_trip_efficiency is not None:
        return plant.round_trip_efficiency
    assert plant.charge_efficiency is not None and plant.discharge_efficiency is not None
    return plant.charge_efficiency * plant.discharge_efficiency


def with_spread(ground: Ground, scenario: str, factor: float) -> Ground:
    """The ground with market prices of a scenario further from their mean, or nearer to it, by a factor."""

    def spread(price: Floats) -> Floats:
        mean = float(np.mean(price))
        spread_out: Floats = mean + factor * (price - mean)
        return spread_out

    return _with_prices(ground, scenario, spread)


def with_level(ground: Ground, scenario: str, factor: float) -> Ground:
    """The ground with market prices of a scenario times a factor."""
    return _with_prices(ground, scenario, lambda price: price * factor)


def _with_prices(ground: Ground, scenario: str, changed: Callable[[Floats], Floats]) -> Ground:
    known = ground.markets[scenario]
    markets = {**ground.markets, scenario: _priced(known, changed)}
    return replace(ground, markets=markets)


def _priced(known: Signals, changed: Callable[[Floats], Floats]) -> Signals:
    assert known.charge_price_e6 is not None and known.discharge_price_e6 is not None

    def whole(price_e6: Integers) -> Integers:
        figures: Floats = np.rint(changed(price_e6.astype(np.float64)))
        return figures.astype(np.int64)

    return replace(
        known, charge_price_e6=whole(known.charge_price_e6), discharge_price_e6=whole(known.discharge_price_e6)
    )
