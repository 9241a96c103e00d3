"""Small random fleets of stations of mixed shapes: own use, leases, ramps, caps, blocks of the user's own, every goal."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from random_tasks import ALWAYS, CHAIN, OTHERS
from random_tasks import _block as block_of
from random_tasks import _prices as prices_of
from random_tasks import _station as station_of

from dispatch.fleet.task import FleetLeaf, FleetTask, fleet_block, fleet_objective
from dispatch.fleet_blocks import zone_limits
from dispatch.objectives import peak_and_revenue, peak_shaving, wind_following
from dispatch.prepare.member import with_shared_calls
from dispatch.task import FLEET_OBJECTIVES, StepPrices, Task, objective, own_block


def says_nothing(_model: Any, _station: Any, _terms: Any) -> None:
    """A block that adds no constraint; a station that lists it is read row by row."""


@st.composite
def fleets(draw: st.DrawFn, most_stations: int = 3, most_steps: int = 5) -> FleetTask:
    """A fleet of a few hours from ten in the evening on; infeasible ones occur."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, size = draw(st.integers(1, most_steps)), draw(st.integers(1, most_stations))
    goal = draw(st.sampled_from(FLEET_OBJECTIVES))
    stations = tuple(_member(random, count, f"S{n}", earns=goal == "peak_and_revenue") for n in range(size))
    asked = np.array([number for number, each in enumerate(stations) if each.terms("calls_share")], np.int64)
    fair = (fleet_block("fair_calls", None, asked),) if asked.size else ()
    is_first = bool(random.integers(2))
    return FleetTask(
        stations=stations,
        objective=_goal(random, goal, count, size),
        limits=tuple(_zone(random, size, f"zone_{n}") for n in range(int(random.integers(3)))),
        first=fair if is_first else (),
        after_first=() if is_first else fair,
    )


def _member(random: np.random.Generator, count: int, name: str, *, earns: bool) -> Task:
    station = replace(station_of(random, count), station_id=name)
    before = [each for each in ("auxiliary_use", "wear_cost") if random.random() < 0.4]
    after = [each for each in OTHERS if random.random() < 0.4]
    blocks = [block_of(random, each, station) for each in (*CHAIN, *before, *ALWAYS, *after)]
    if random.random() < 0.3:
        blocks.append(own_block(says_nothing))
    terms, priced = prices_of(random, count, is_regulated=bool(random.integers(2)))
    nothing = np.zeros(count, np.int64)
    task = Task(
        station=station,
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=np.ones(count, np.bool_),
        blocks=tuple(blocks),
        objective=objective(priced, terms) if earns else objective("least_throughput", None),
    )
    return with_shared_calls(task) if random.random() < 0.7 else task


def _goal(random: np.random.Generator, name: str, count: int, size: int) -> FleetLeaf:
    load = np.round(random.normal(20.0, 15.0, count), 3) * random.choice([1.0, 0.0, -1.0], p=[0.8, 0.1, 0.1])
    wind = np.round(np.maximum(random.normal(5.0, 8.0, count), 0.0), 3)
    terms = {
        "peak_shaving": peak_shaving.Terms(load_mw=load),
        "peak_and_revenue": peak_and_revenue.Terms(
            load_mw=load, peak_worth_cny_per_mw=float(random.choice([0.0, 5000.0]))
        ),
        "wind_following": wind_following.Terms(
            wind_mw=wind, promised_mw=np.maximum(load, 0.0), losses_weight=float(random.choice([0.0, 1.0]))
        ),
    }
    return fleet_objective(name, terms[name], size)


def _zone(random: np.random.Generator, size: int, label: str) -> FleetLeaf:
    members = np.flatnonzero(random.random(size) < 0.7)
    limits = random.choice([0.0, 4.0, 12.0], 2).tolist()
    return fleet_block(
        "zone_limits",
        zone_limits.Terms(discharge_limit_mw=limits[0], charge_limit_mw=limits[1]),
        members if members.size else np.array([0]),
        label,
    )
