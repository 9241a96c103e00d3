"""The instances of the fleet benchmark through dispatch: from arrays to powers in arrays."""

from datetime import datetime
from importlib import import_module

import numpy as np

from benchmarks.fleet_case import FleetCase, Floats, load_mw, stations_of
from dispatch.blocks import final_stored_energy
from dispatch.fleet.task import FleetTask, fleet_objective
from dispatch.horizon import Horizon
from dispatch.objectives import peak_shaving
from dispatch.outcome import Limits, Rung
from dispatch.station.steps import StationSteps
from dispatch.task import StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical
from tariffs.vocabulary.units import MINUTES_PER_HOUR

FIRST_AT = datetime(2019, 7, 1, tzinfo=ZONE)
"""Local midnight: the clock of New York read as if it were Shanghai's."""
PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")


def plan(case: FleetCase, method: str) -> tuple[Floats, Floats]:
    """Charging and discharging power by station and step, MW: least peak, then least energy moved."""
    found = import_module("dispatch.fleet.ladder").climbed_together(task_of(case), Rung(method), Limits())
    return found.charge_mw, found.discharge_mw


def task_of(case: FleetCase) -> FleetTask:
    """The case as a task of several stations."""
    horizon = Horizon(first_ms=physical(FIRST_AT), minutes=MINUTES_PER_HOUR, count=case.steps)
    return FleetTask(
        stations=tuple(_station(case, number, horizon) for number in range(case.stations)),
        objective=fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=load_mw(case)), case.stations),
    )


def _station(case: FleetCase, number: int, horizon: Horizon) -> Task:
    fleet, each = stations_of(case), np.ones(case.steps)
    full_mwh = float(fleet.full_mwh[number])
    initial_mwh = full_mwh * float(fleet.initial_stored_ratio[number])
    nothing = np.zeros(case.steps, np.int64)
    final = final_stored_energy.Terms(final_stored_mwh=initial_mwh)
    return Task(
        station=StationSteps(
            station_id=f"ST-{number + 1:04d}",
            horizon=horizon,
            charge_limit_mw=fleet.power_mw[number] * each,
            discharge_limit_mw=fleet.power_mw[number] * each,
            energy_mwh=fleet.energy_mwh[number] * each,
            min_stored_mwh=full_mwh * fleet.min_stored_ratio[number] * each,
            max_stored_mwh=full_mwh * fleet.max_stored_ratio[number] * each,
            charge_efficiency=float(fleet.charge_efficiency[number]),
            discharge_efficiency=float(fleet.discharge_efficiency[number]),
            kept_ratio=1.0,
            initial_stored_mwh=initial_mwh,
            auxiliary_mw=0.0,
        ),
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=np.ones(case.steps, np.bool_),
        blocks=(*(block(name) for name in PHYSICS), block("final_stored_energy", final)),
        objective=objective("least_throughput", None),
        is_priced=False,
    )
