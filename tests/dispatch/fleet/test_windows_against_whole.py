"""Random fleets by windows against the linear program of all their steps: the same least peak, the same energy moved.

The program is solved in two stages here, apart from the product's own order of goals, and the laws of a store are counted
again from the powers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.arrays import Floats
from dispatch.blocks import daily_cycle_cap, final_stored_energy, grid_connection_limit, leased_reserve
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.task import FleetLeaf, FleetTask, fleet_block, fleet_objective
from dispatch.fleet.tiling import fleet_matrix
from dispatch.fleet.windows import windows
from dispatch.fleet_blocks import zone_limits
from dispatch.horizon import Horizon
from dispatch.objectives import peak_shaving
from dispatch.outcome import Infeasible, Limits, NotApplicable
from dispatch.solve import WarmSolver
from dispatch.station.steps import StationSteps
from dispatch.task import StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical

PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds")
DAY = 24
SHAPE = 0.82 - 0.18 * np.cos((np.arange(DAY) - 4) * 2.0 * np.pi / DAY) + 0.05 * np.cos(np.arange(DAY) * np.pi / 4.0)
PEAK_MW = 1000.0
FIRST_MS = physical(datetime(2026, 7, 1, tzinfo=ZONE))
ORDINARY = ("summer", "spell", "ends", "night")
"""Loads whose high hours are few: what windows are for."""
TIGHT = (
    "equal",
    "flat",
    "negative",
    "scarce",
    "outage",
    "rating",
    "leased",
    "free_end",
    "other_end",
    "zones",
    "capped",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """The optimum of all steps in two stages."""

    peak_mw: float
    moved_mwh: float


def _load(kind: str, days: int, random: np.random.Generator) -> Floats:
    heat = 1.0 - 0.15 * random.random(days)
    if kind == "spell":
        first = int(random.integers(days))
        heat = np.where((np.arange(days) >= first) & (np.arange(days) < first + 3), heat * 0.1 + 0.9, 0.85)
    if kind == "ends":
        heat = np.where(np.isin(np.arange(days), (0, days - 1)), 0.98 + 0.02 * random.random(days), 0.85)
    load_mw: Floats = PEAK_MW * np.repeat(heat, DAY) * np.tile(SHAPE, days) + random.normal(0.0, 5.0, days * DAY)
    if kind == "equal":
        return np.round(PEAK_MW * np.tile(SHAPE, days) / 50.0) * 50.0
    if kind == "flat":
        return PEAK_MW + 20.0 * random.standard_normal(days * DAY)
    moved = {"night": np.roll(load_mw, int(random.integers(DAY))), "negative": load_mw - 1.2 * PEAK_MW}
    return moved.get(kind, load_mw)


def _station(kind: str, load_mw: Floats, power_mw: float, random: np.random.Generator) -> StationSteps:
    count = load_mw.size
    into, out = random.uniform(0.88, 1.0, 2).tolist() if random.random() < 0.8 else (1.0, 1.0)
    energy_mwh = power_mw * float(random.choice([0.5, 1.0, 2.0, 4.0, 6.0]))
    full = energy_mwh / out
    low, high = [(0.0, 1.0), (0.05, 0.95), (0.1, 0.9)][int(random.integers(3))]
    charge, discharge, most = np.full(count, power_mw), np.full(count, power_mw), np.full(count, high * full)
    if kind == "scarce":
        charge *= random.uniform(0.1, 0.5)
    if kind == "outage" and random.random() < 0.6:
        first = int(random.integers(count))
        out_of_service = slice(first, first + int(random.integers(1, 2 * DAY)))
        charge[out_of_service] = discharge[out_of_service] = 0.0
    if kind == "rating":
        most[count // 2 :] *= float(random.choice([0.8, 1.2]))
    begins = low + float(random.choice([0.0, 0.5, 1.0, random.random()])) * (high - low)
    return StationSteps(
        station_id="S",
        horizon=Horizon(first_ms=FIRST_MS, minutes=60, count=count),
        charge_limit_mw=charge,
        discharge_limit_mw=discharge,
        energy_mwh=np.full(count, energy_mwh),
        min_stored_mwh=np.full(count, low * full),
        max_stored_mwh=most,
        charge_efficiency=into,
        discharge_efficiency=out,
        kept_ratio=1.0,
        initial_stored_mwh=min(begins * full, float(most.min())) if kind == "rating" else begins * full,
        auxiliary_mw=0.0,
    )


def _task(kind: str, station: StationSteps, random: np.random.Generator) -> Task:
    blocks = [block(name) for name in PHYSICS]
    if random.random() < 0.8:
        blocks.append(block("exclusive_modes"))
    if kind == "leased":
        power_mw, room_mwh = station.discharge_limit_mw, station.max_stored_mwh - station.initial_stored_mwh
        lease = leased_reserve.Terms(
            leased_power_mw=0.3 * power_mw, leased_energy_mwh=0.9 * station.discharge_efficiency * room_mwh
        )
        blocks.append(block("leased_reserve", lease))
    if kind == "capped":
        cycles = float(random.choice([0.3, 0.8, 1.5]))
        blocks.append(block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=cycles)))
        limit = 0.7 * float(station.discharge_limit_mw.max())
        wind_mw = 0.3 * limit * random.random(station.horizon.count)
        blocks.append(block("grid_connection_limit", grid_connection_limit.Terms(limit_mw=limit, wind_mw=wind_mw)))
    low, high = float(station.min_stored_mwh.max()), float(station.max_stored_mwh.min())
    final_mwh = low + random.random() * (high - low) if kind == "other_end" else station.initial_stored_mwh
    if kind != "free_end" or random.random() < 0.3:
        blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=final_mwh)))
    nothing = np.zeros(station.horizon.count, np.int64)
    return Task(
        station=station,
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=nothing == 0,
        blocks=tuple(blocks),
        objective=objective("least_throughput", None),
    )


def _fleet(kind: str, seed: int) -> FleetTask:
    """Up to four stations over up to seven days, their power two hundredths to six tenths of the load."""
    random = np.random.default_rng(seed)
    load_mw, count = _load(kind, int(random.integers(2, 8)), random), int(random.integers(1, 5))
    share = float(random.choice([0.02, 0.05, 0.1, 0.25, 0.6]))
    powers = PEAK_MW * share / count * random.uniform(0.3, 1.7, count)
    stations = [_station(kind, load_mw, power_mw, random) for power_mw in powers.tolist()]
    terms = zone_limits.Terms(
        discharge_limit_mw=random.uniform(0.3, 1.0) * powers.sum(),
        charge_limit_mw=random.uniform(0.2, 1.0) * powers.sum(),
    )
    zone = fleet_block("zone_limits", terms, np.arange(int(random.integers(1, count + 1))))
    return FleetTask(
        stations=tuple(_task(kind, station, random) for station in stations),
        objective=fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=load_mw), count),
        limits=(zone,) if kind == "zones" else (),
    )


def _whole(task: FleetTask) -> _Whole | None:
    """The optimum of all steps; nothing if there is no schedule."""
    made = fleet_matrix(task, [np.zeros(task.horizon.count, np.bool_)] * len(task.stations))
    solver, upper = WarmSolver(made.matrix), made.matrix.upper.copy()
    try:
        peak_mw = -solver.solve().objective
    except Infeasible:
        return None
    upper[made.leaf_columns["peak_shaving"]["peak_mw"]] = peak_mw + 1e-9 * max(1.0, abs(peak_mw))
    return _Whole(peak_mw=peak_mw, moved_mwh=-solver.solve(cost=made.goals[1].cost, upper=upper).objective)


def _by_windows(task: FleetTask) -> FleetFound | None:
    try:
        return windows(task, Limits())
    except NotApplicable:
        return None


def _broken_laws(task: FleetTask, found: FleetFound) -> Sequence[str]:
    """The laws that the powers of the stations break."""
    broken = [leaf.label for leaf in task.limits if not _holds_zone(leaf, found)]
    for each, charge, discharge in zip(task.stations, found.charge_mw, found.discharge_mw, strict=True):
        station, lease, final = each.station, each.terms("leased_reserve"), each.terms("final_stored_energy")
        cap, grid = each.terms("daily_cycle_cap"), each.terms("grid_connection_limit")
        leased_mw = 0.0 if lease is None else lease.leased_power_mw
        leased_mwh = 0.0 if lease is None else lease.leased_energy_mwh / station.discharge_efficiency
        gained = charge * station.charge_efficiency - discharge / station.discharge_efficiency
        stored = station.initial_stored_mwh + np.cumsum(station.hours * gained)
        slack = 1e-6 * max(1.0, float(station.max_stored_mwh.max()))
        laws = {
            "both at once": not np.any((charge > 0.0) & (discharge > 0.0)),
            "charging": np.all((charge >= 0.0) & (charge <= station.charge_limit_mw - leased_mw + 1e-9)),
            "discharging": np.all((discharge >= 0.0) & (discharge <= station.discharge_limit_mw - leased_mw + 1e-9)),
            "least stored": np.all(stored >= station.min_stored_mwh - slack),
            "most stored": np.all(stored <= station.max_stored_mwh - leased_mwh + slack),
            "day": cap is None or np.all(_cycles_by_day(station, discharge) <= cap.cycles_per_day + 1e-6),
            "connection": grid is None or np.all(np.abs(discharge - charge + grid.wind_mw) <= grid.limit_mw + 1e-5),
            "final stored": final is None or abs(stored[-1] - final.final_stored_mwh) <= slack,
        }
        broken += [law for law, holds in laws.items() if not holds]
    return broken


def _cycles_by_day(station: StationSteps, discharge_mw: Floats) -> Floats:
    cycles = discharge_mw * station.hours / station.energy_mwh
    return np.bincount(station.horizon.day_of_step, weights=cycles).astype(float)


def _holds_zone(leaf: FleetLeaf, found: FleetFound) -> bool:
    terms: Any = leaf.terms
    given_mw = (found.discharge_mw - found.charge_mw)[leaf.members].sum(axis=0)
    return bool(np.all((given_mw <= terms.discharge_limit_mw + 1e-5) & (-given_mw <= terms.charge_limit_mw + 1e-5)))


def _peak_and_moved(task: FleetTask, found: FleetFound) -> tuple[float, float]:
    terms: Any = task.objective.terms
    left_mw = terms.load_mw + found.charge_mw.sum(axis=0) - found.discharge_mw.sum(axis=0)
    return float(left_mw.max()), float((found.charge_mw + found.discharge_mw).sum() * task.horizon.hours)


@given(kind=st.sampled_from(ORDINARY + TIGHT), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_windows_find_the_optimum_of_all_steps_or_say_that_they_cannot(kind: str, seed: int) -> None:
    task = _fleet(kind, seed)
    found = _by_windows(task)
    if found is None:
        return
    whole = _whole(task)
    assert whole is not None
    assert [] == _broken_laws(task, found)
    peak_mw, moved_mwh = _peak_and_moved(task, found)
    assert pytest.approx(whole.peak_mw, rel=1e-7, abs=1e-5) == peak_mw
    assert pytest.approx(whole.moved_mwh, rel=1e-6, abs=1e-5) == moved_mwh
    assert pytest.approx((-peak_mw, -moved_mwh)) == tuple(goal.reached for goal in found.goals)


@pytest.mark.parametrize("kind", ORDINARY)
def test_most_ordinary_fleets_are_solved_by_windows(kind: str) -> None:
    solved = [_by_windows(_fleet(kind, seed)) is not None for seed in range(12)]
    assert 9 <= sum(solved)


@pytest.mark.parametrize(
    ("kind", "wanted", "is_met"),
    [
        ("summer", "joined gaps", lambda found: found is not None and ", 0 gaps joined" not in found.certificate.en),
        ("flat", "a refusal", lambda found: found is None),
        ("scarce", "a refusal", lambda found: found is None),
        ("spell", "several windows", lambda found: found is not None and not found.certificate.en.startswith("1 ")),
    ],
)
def test_the_random_fleets_reach_every_way_out(
    kind: str, wanted: str, is_met: Callable[[FleetFound | None], bool]
) -> None:
    assert any(is_met(_by_windows(_fleet(kind, seed))) for seed in range(20)), wanted
