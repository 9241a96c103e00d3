"""Tasks for the dynamic program: random ones, and stations given by few figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.blocks import daily_cycle_cap, final_stored_energy, season_calls, wear_cost
from dispatch.horizon import Horizon
from dispatch.objectives import market_revenue, regulated_revenue
from dispatch.station.steps import StationSteps
from dispatch.task import Block, StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical

PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds")
MIDNIGHT = physical(datetime(2026, 7, 1, tzinfo=ZONE))


def station(count: int, minutes: int = 60, **changes: Any) -> StationSteps:
    """10 MW and 20 MWh without losses, empty at first; arrays may be given as single figures."""
    figures: dict[str, Any] = {
        "charge_limit_mw": 10.0,
        "discharge_limit_mw": 10.0,
        "energy_mwh": 20.0,
        "min_stored_mwh": 0.0,
        "max_stored_mwh": 20.0,
        "charge_efficiency": 1.0,
        "discharge_efficiency": 1.0,
        "kept_ratio": 1.0,
        "initial_stored_mwh": 0.0,
        "auxiliary_mw": 0.0,
        **changes,
    }
    for name in ("charge_limit_mw", "discharge_limit_mw", "energy_mwh", "min_stored_mwh", "max_stored_mwh"):
        figures[name] = np.broadcast_to(np.asarray(figures[name], dtype=float), (count,)).copy()
    horizon = Horizon(first_ms=MIDNIGHT, minutes=minutes, count=count)
    return StationSteps(station_id="A", horizon=horizon, **figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a station besides its physics; nothing leaves a block out."""

    final_mwh: float | None = 0.0
    calls: float | None = None
    season: Flags | None = None
    cycles_per_day: float | None = None
    wear_cny_per_mwh: float | None = None
    exclusive: bool = True


PLAIN = Wanted()


def task_at(
    plant: StationSteps, price: Sequence[float] | Floats, wanted: Wanted = PLAIN, sold: Floats | None = None
) -> Task:
    """A task at market prices, the same for both legs unless told otherwise."""
    paid = np.asarray(price, dtype=float)
    terms = market_revenue.Terms(
        charge_price_cny_per_mwh=paid, discharge_price_cny_per_mwh=paid if sold is None else sold
    )
    return _task(plant, wanted, "market_revenue", terms)


def regulated(
    plant: StationSteps, benchmark: float | Floats, wanted: Wanted, ratios: tuple[float, float] = (0.5, 1.2)
) -> Task:
    """A task at two shares of the benchmark price."""
    each = np.ones(plant.horizon.count)
    terms = regulated_revenue.Terms(
        benchmark_cny_per_mwh=benchmark * each,
        charge_price_ratio=ratios[0] * each,
        discharge_price_ratio=ratios[1] * each,
    )
    return _task(plant, wanted, "regulated_revenue", terms)


def _task(plant: StationSteps, wanted: Wanted, name: str, terms: object) -> Task:
    count = plant.horizon.count
    season = np.ones(count, dtype=np.bool_) if wanted.season is None else wanted.season
    nothing = np.zeros(count, dtype=np.int64)
    return Task(
        station=plant,
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=season,
        blocks=_blocks(wanted, season),
        objective=objective(name, terms),
    )


def _blocks(wanted: Wanted, season: Flags) -> tuple[Block, ...]:
    blocks = [block(name) for name in PHYSICS]
    if wanted.wear_cny_per_mwh is not None:
        blocks.append(block("wear_cost", wear_cost.Terms(wear_cost_cny_per_mwh=wanted.wear_cny_per_mwh)))
    if wanted.exclusive:
        blocks.append(block("exclusive_modes"))
    if wanted.calls is not None:
        blocks.append(block("season_calls", season_calls.Terms(calls=wanted.calls, in_season=season.astype(float))))
    if wanted.cycles_per_day is not None:
        blocks.append(block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=wanted.cycles_per_day)))
    if wanted.final_mwh is not None:
        blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=wanted.final_mwh)))
    return tuple(blocks)


def with_calls(task: Task, calls: float) -> Task:
    """The same task with so many calls required."""
    terms = season_calls.Terms(calls=calls, in_season=task.in_season.astype(float))
    others = tuple(each for each in task.blocks if each.name != "season_calls")
    return replace(task, blocks=(*others, block("season_calls", terms)))


def random_task(seed: int, most_steps: int, *, positive: bool = False) -> Task:
    """A task with losses, outages, bounds that differ, a season and calls now and then; infeasible ones occur."""
    random = np.random.default_rng(seed)
    count = int(random.integers(2, most_steps + 1))
    plant = _random_station(random, count)
    drawn = random.normal(200.0, 250.0, count), random.choice([-80.0, -80.0, 0.0, 100.0, 300.0, 400.0], count)
    price = drawn[int(random.random() < 0.5)]
    low, high = plant.min_stored_mwh, plant.max_stored_mwh
    calls = float(np.round(random.uniform(0.0, 0.12 * count), 2))
    wanted = Wanted(
        final_mwh=[None, float(low[-1]), float(high[-1])][int(random.integers(0, 3))],
        calls=None if positive or random.random() < 0.4 else calls,
        season=random.random(count) < 0.7,
        wear_cny_per_mwh=float(random.choice([0.0, 30.0])),
    )
    plant = replace(plant, initial_stored_mwh=float(random.choice([low[0], high[0], (low[0] + high[0]) / 2.0])))
    price = np.abs(price) if positive else price
    return task_at(plant, price, wanted, sold=None if random.random() < 0.7 else price * random.uniform(0.5, 1.0))


def _random_station(random: np.random.Generator, count: int) -> StationSteps:
    room = float(random.integers(30, 300))
    high = room * (random.uniform(0.7, 1.0, count) if random.random() < 0.3 else np.ones(count))
    efficiency = float(random.choice([0.7, 0.87, 0.95, 1.0])) ** 0.5
    return station(
        count,
        int(random.choice([15, 30, 60])),
        charge_limit_mw=np.where((random.random(count) < 0.1) & (random.random() < 0.4), 0.0, 100.0),
        discharge_limit_mw=float(random.choice([50.0, 100.0, 130.0]))
        * random.uniform(random.choice([0.2, 1.0]), 1, count),
        energy_mwh=float(random.integers(30, 300)),
        min_stored_mwh=high.min() * random.uniform(0.0, random.choice([0.0, 0.3]), count),
        max_stored_mwh=high,
        charge_efficiency=efficiency,
        discharge_efficiency=efficiency,
        kept_ratio=float(random.choice([1.0, 0.97])),
    )
