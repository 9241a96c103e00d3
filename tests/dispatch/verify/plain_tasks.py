"""Small tasks without a model behind them: what verify and counting look at is in their records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.horizon import Horizon, horizon_between
from dispatch.outcome import Outcome, Rung, Status
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.station.steps import StationSteps
from dispatch.task import Block, Objective, StepPrices, Task
from dispatch.verify.physics import stored_after
from tariffs.vocabulary.timegrid import ZONE

PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")
MIDSUMMER = datetime(2026, 7, 1, tzinfo=ZONE)


def no_model(*_: Any) -> None:
    """The tasks here are never solved."""


def horizon(count: int, minutes: int = 60, first_at: datetime = MIDSUMMER) -> Horizon:
    first = horizon_between(first_at, datetime(2100, 1, 1, tzinfo=ZONE), 60)
    return Horizon(first_ms=first.first_ms, minutes=minutes, count=count)


def station(steps: Horizon, **changes: Any) -> StationSteps:
    """100 MW / 200 MWh, 0.8 in and 0.5 out so that figures stay round, empty at first; arrays from single figures."""
    figures: dict[str, Any] = {
        "charge_limit_mw": 100.0,
        "discharge_limit_mw": 100.0,
        "energy_mwh": 200.0,
        "min_stored_mwh": 0.0,
        "max_stored_mwh": 400.0,
        "charge_efficiency": 0.8,
        "discharge_efficiency": 0.5,
        "kept_ratio": 1.0,
        "initial_stored_mwh": 0.0,
        "auxiliary_mw": 0.0,
        **changes,
    }
    arrays = ("charge_limit_mw", "discharge_limit_mw", "energy_mwh", "min_stored_mwh", "max_stored_mwh")
    for name in arrays:
        figures[name] = np.broadcast_to(np.asarray(figures[name], dtype=float), (steps.count,)).copy()
    return StationSteps(station_id="A-1", horizon=steps, **figures)


def task(
    plant: StationSteps,
    price_e6: int | Sequence[int] = 400_000,
    *,
    discharge_e6: int | Sequence[int] | None = None,
    in_season: Flags | bool = True,
    blocks: Mapping[str, Mapping[str, Any] | None] | None = None,
    objective: str = "market_revenue",
) -> Task:
    count = plant.horizon.count
    listed = {**dict.fromkeys(PHYSICS), **(blocks or {})}
    sold = price_e6 if discharge_e6 is None else discharge_e6
    return Task(
        station=plant,
        prices=StepPrices(
            charge_e6=np.broadcast_to(np.asarray(price_e6, dtype=np.int64), (count,)).copy(),
            discharge_e6=np.broadcast_to(np.asarray(sold, dtype=np.int64), (count,)).copy(),
        ),
        in_season=np.broadcast_to(np.asarray(in_season, dtype=np.bool_), (count,)).copy(),
        blocks=tuple(
            Block(name=name, add=no_model, needs=(), adds=(), terms=None if terms is None else SimpleNamespace(**terms))
            for name, terms in listed.items()
        ),
        objective=Objective(name=objective, revenue=no_model, needs=(), terms=None),
    )


def schedule(plant: StationSteps, net_mwh: Sequence[float], *, stored_mwh: Sequence[float] | None = None) -> Schedule:
    """A schedule from the energy of each step: discharge above zero, charge below."""
    net = np.rint(np.asarray(net_mwh, dtype=float) * ENERGY_UNITS_PER_MWH).astype(np.int64)
    charge, discharge = np.maximum(-net, 0), np.maximum(net, 0)
    stored = stored_after(charge, discharge, plant) if stored_mwh is None else np.asarray(stored_mwh, dtype=float)
    return Schedule(
        station_id=plant.station_id,
        horizon=plant.horizon,
        charge_kwh_e4=charge,
        discharge_kwh_e4=discharge,
        stored_mwh=stored,
    )


def outcome(
    charge_mw: Sequence[float] | Floats, discharge_mw: Sequence[float] | Floats, objective_cny: float
) -> Outcome:
    return Outcome(
        rung=Rung.LP,
        charge_mw=np.asarray(charge_mw, dtype=float),
        discharge_mw=np.asarray(discharge_mw, dtype=float),
        objective_cny=objective_cny,
        best_bound_cny=objective_cny,
        status=Status.OPTIMAL,
        solver="by hand",
        build_s=0.0,
        solve_s=0.0,
    )
