"""The same instances through dispatch: from arrays to a schedule in arrays."""

from collections.abc import Callable
from importlib import import_module

import numpy as np

from benchmarks.dispatch_case import (
    EFFICIENCY,
    ENERGY_MWH,
    FIRST_DAY,
    FULL_MWH,
    POWER_MW,
    Case,
    Floats,
    in_season,
    price_cny_per_mwh,
)
from dispatch.blocks import final_stored_energy, season_calls
from dispatch.horizon import Horizon
from dispatch.objectives import market_revenue
from dispatch.outcome import Limits, Outcome, Rung
from dispatch.station.steps import StationSteps
from dispatch.task import StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import physical
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH


def plan(case: Case, method: str) -> tuple[Floats, Floats]:
    """Charging and discharging power of each step, MW; only what the method needs is imported."""
    outcome = _outcome(task_of(case), method)
    return outcome.charge_mw, outcome.discharge_mw


def _outcome(task: Task, method: str) -> Outcome:
    if method == "auto":
        return import_module("dispatch.ladder").climbed(task, Rung.AUTO, Limits())
    if method == "program":
        return import_module("dispatch.program").program(task)
    solved: Callable[[Task, Limits], Outcome] = getattr(import_module("dispatch.lazy"), method)
    return solved(task, Limits())


def task_of(case: Case) -> Task:
    """The case as a task of one station."""
    price, season = price_cny_per_mwh(case), in_season(case)
    count = len(price)
    horizon = Horizon(first_ms=physical(FIRST_DAY), minutes=case.minutes, count=count)
    station = StationSteps(
        station_id="ST-0001",
        horizon=horizon,
        charge_limit_mw=np.full(count, POWER_MW),
        discharge_limit_mw=np.full(count, POWER_MW),
        energy_mwh=np.full(count, ENERGY_MWH),
        min_stored_mwh=np.zeros(count),
        max_stored_mwh=np.full(count, FULL_MWH),
        charge_efficiency=EFFICIENCY,
        discharge_efficiency=EFFICIENCY,
        kept_ratio=1.0,
        initial_stored_mwh=0.0,
        auxiliary_mw=0.0,
    )
    blocks = [block("power_limits"), block("energy_balance"), block("stored_energy_bounds")]
    blocks += [block("exclusive_modes")] * case.exclusive
    if case.calls:
        blocks.append(block("season_calls", season_calls.Terms(calls=case.calls, in_season=season.astype(float))))
    blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=0.0)))
    whole = np.rint(price * PRICE_UNITS_PER_CNY_PER_MWH).astype(np.int64)
    terms = market_revenue.Terms(charge_price_cny_per_mwh=price, discharge_price_cny_per_mwh=price)
    return Task(
        station=station,
        prices=StepPrices(charge_e6=whole, discharge_e6=whole),
        in_season=season,
        blocks=tuple(blocks),
        objective=objective("market_revenue", terms),
    )
