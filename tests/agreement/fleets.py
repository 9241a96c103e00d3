"""Small made-up fleets for the oracle, and the same as tasks of the product."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from fleet_oracle import Fleet, Store, Zone
from hypothesis import strategies as st

from dispatch.blocks import calls_share, final_stored_energy
from dispatch.fleet.task import FleetTask, fleet_block, fleet_objective
from dispatch.fleet_blocks import zone_limits
from dispatch.horizon import Horizon
from dispatch.objectives import peak_shaving
from dispatch.station.steps import StationSteps
from dispatch.task import StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical

FIRST_AT = datetime(2026, 7, 1, tzinfo=ZONE)
PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds")
HOURS = {15: 0.25, 60: 1.0}


def fleets(most_stores: int = 4, most_steps: int = 30) -> st.SearchStrategy[Fleet]:
    """Fleets whose stores differ in everything; some of their limits cannot be met together."""
    return st.integers(0, 2**32 - 1).map(lambda seed: drawn_fleet(seed, most_stores, most_steps))


def drawn_fleet(seed: int, most_stores: int, most_steps: int) -> Fleet:
    """The fleet of a seed: 6 steps or more, zones now and then."""
    random = np.random.default_rng(seed)
    count = int(random.integers(6, most_steps + 1))
    stores = [_store(random, count) for _ in range(random.integers(1, most_stores + 1))]
    members = [number for number in range(len(stores)) if random.random() < 0.7]
    limits = random.choice([3.0, 6.5, 12.0], 2).tolist()
    zones = [Zone(members=members, gives_mw=limits[0], takes_mw=limits[1])] if members and random.random() < 0.6 else []
    load = 100.0 + 20.0 * np.sin(np.arange(count) / 24.0 * 2.0 * np.pi) + random.normal(0.0, 6.0, count)
    hours = float(random.choice(list(HOURS.values())))
    return Fleet(load_mw=np.round(load, 2).tolist(), hours=hours, stores=stores, zones=zones)


def drawn_days(seed: int) -> Fleet:
    """The fleet of a seed over two to six days with one peak each, without zones: what can be planned day by day."""
    random = np.random.default_rng(seed)
    days = int(random.integers(2, 7))
    stores = [_store(random, 24 * days) for _ in range(random.integers(1, 5))]
    height = np.repeat(1.0 + 0.2 * random.normal(size=days), 24)
    load = 100.0 + 20.0 * height * np.sin((np.arange(24 * days) - 9.0) / 24.0 * 2.0 * np.pi)
    load += random.normal(0.0, random.choice([0.0, 3.0, 8.0]), load.size)
    kept = [replace(store, kept=1.0) for store in stores]
    return Fleet(load_mw=np.round(load, 2).tolist(), hours=1.0, stores=kept)


def _store(random: np.random.Generator, count: int) -> Store:
    energy_mwh, least = float(random.choice([2.0, 10.0, 24.0])), float(random.choice([0.0, 0.1]))
    out = float(random.choice([1.0, 0.95, 0.8]))
    full = energy_mwh / out
    initial = full * float(random.choice([0.1, 0.35, 0.9]))
    return Store(
        charge_mw=random.choice([5.0, 4.0, 0.0], count, p=[0.8, 0.1, 0.1]).tolist(),
        discharge_mw=random.choice([5.0, 3.0, 0.0], count, p=[0.8, 0.1, 0.1]).tolist(),
        least_mwh=[least * full] * count,
        most_mwh=(full * random.choice([1.0, 0.9], count)).tolist(),
        rated_mwh=energy_mwh,
        into=float(random.choice([1.0, 0.93, 0.8])),
        out=out,
        kept=float(random.choice([1.0, 0.999])),
        initial_mwh=initial,
        final_mwh=[None, 0.1 * full, initial][int(random.integers(3))],
        calls=float(random.choice([0.4, 1.0, 3.0])),
        season=random.choice([True, False], count, p=[0.8, 0.2]).tolist(),
    )


def as_task(fleet: Fleet, goals: Sequence[str]) -> FleetTask:
    """The fleet as the product takes it, its goals in this order, the energy moved the last of them."""
    horizon = Horizon(
        first_ms=physical(FIRST_AT),
        minutes=next(minutes for minutes, hours in HOURS.items() if hours == fleet.hours),
        count=len(fleet.load_mw),
    )
    everyone = np.arange(len(fleet.stores))
    fair = (fleet_block("fair_calls", None, everyone),) if "share" in goals else ()
    return FleetTask(
        stations=tuple(
            _station_task(store, horizon, f"S-{number}", bool(fair)) for number, store in enumerate(fleet.stores)
        ),
        objective=fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=np.array(fleet.load_mw)), everyone.size),
        limits=tuple(
            fleet_block(
                "zone_limits",
                zone_limits.Terms(discharge_limit_mw=zone.gives_mw, charge_limit_mw=zone.takes_mw),
                np.array(zone.members),
                f"zone-{number}",
            )
            for number, zone in enumerate(fleet.zones)
        ),
        first=fair if goals[0] == "share" else (),
        after_first=fair if goals[0] != "share" else (),
    )


def _station_task(store: Store, horizon: Horizon, name: str, is_shared: bool) -> Task:
    season = np.array(store.season, np.bool_) if store.season else np.ones(horizon.count, np.bool_)
    blocks = [block(each) for each in (*PHYSICS, "exclusive_modes")]
    if store.final_mwh is not None:
        terms = final_stored_energy.Terms(final_stored_mwh=store.final_mwh)
        blocks.append(block("final_stored_energy", terms))
    if is_shared:
        blocks.append(block("calls_share", calls_share.Terms(calls=store.calls, in_season=season.astype(float))))
    nothing = np.zeros(horizon.count, np.int64)
    return Task(
        station=StationSteps(
            station_id=name,
            horizon=horizon,
            charge_limit_mw=np.array(store.charge_mw),
            discharge_limit_mw=np.array(store.discharge_mw),
            energy_mwh=np.full(horizon.count, store.rated_mwh),
            min_stored_mwh=np.array(store.least_mwh),
            max_stored_mwh=np.array(store.most_mwh),
            charge_efficiency=store.into,
            discharge_efficiency=store.out,
            kept_ratio=store.kept,
            initial_stored_mwh=store.initial_mwh,
            auxiliary_mw=0.0,
        ),
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=season,
        blocks=tuple(blocks),
        objective=objective("least_throughput", None),
        is_priced=False,
    )
