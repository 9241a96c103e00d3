"""The largest number of calls that a task leaves room for, prices apart; with an outage left out as well."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.ladder import climbed
from dispatch.outcome import Infeasible, Limits, Outcome, Rung
from dispatch.station.steps import StationSteps, station_steps, without_outage
from dispatch.task import StepPrices, Task, objective
from tariffs.stations import Outage, Station

CNY_PER_CALL: Final = 10_000.0
"""What a call earns where nothing else does; the figure only has to be far from the tolerances of a solver."""
PATIENCE: Final = Limits(gap=1e-4, time_limit_s=20.0)
"""Nobody waits long for an explanation: a schedule that is nearly the best gives a figure that is a little too low."""
APART: Final = ("season_calls", "wear_cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsTerms:
    """Prices of a market in which only calls earn."""

    charge_price_cny_per_mwh: Floats
    discharge_price_cny_per_mwh: Floats


def largest_calls(task: Task) -> float:
    """The calls of a schedule that makes as many as there can be; it exists, so that this number can be asked for.

    Raises  Infeasible if there is no schedule even without calls
    """
    return calls_of(best_for_calls(task), task)


def best_for_calls(task: Task) -> Outcome:
    """A schedule with as many calls as there can be, whatever it earns.

    Raises  Infeasible if there is no schedule even without calls
    """
    due = CNY_PER_CALL * counted_steps(task) / task.station.energy_mwh
    nothing: Floats = np.zeros_like(due)
    asked = replace(
        task,
        blocks=tuple(block for block in task.blocks if block.name not in APART),
        objective=objective(
            "market_revenue", CallsTerms(charge_price_cny_per_mwh=nothing, discharge_price_cny_per_mwh=due)
        ),
        prices=StepPrices(charge_e6=np.zeros(due.size, np.int64), discharge_e6=np.zeros(due.size, np.int64)),
    )
    return climbed(asked, Rung.AUTO, PATIENCE)


def calls_of(outcome: Outcome, task: Task) -> float:
    """The calls that powers make, counted on what reaches the grid."""
    station = task.station
    given = outcome.discharge_mw
    if "auxiliary_use" in task.block_names:
        given = np.maximum(given - outcome.charge_mw - station.auxiliary_mw, 0.0)
    return float((given * counted_steps(task) * station.hours / station.energy_mwh).sum())


def counted_steps(task: Task) -> Floats:
    """1 for each step whose discharge counts as calls, else 0."""
    terms: Any = task.terms("season_calls")
    counted: Floats = np.asarray(task.in_season if terms is None else terms.in_season, dtype=np.float64)
    return counted


def calls_taken(task: Task, station: Station, outage: Outage, with_it: float) -> float | None:
    """How many calls an outage takes: the largest number without it less the one with it; nothing if unknown."""
    restored = replace(task, station=_restored(task.station, station, outage))
    try:
        return largest_calls(restored) - with_it
    except Infeasible:
        return None


def _restored(steps: StationSteps, station: Station, outage: Outage) -> StationSteps:
    """The steps without one outage, where nothing but outages limits their power."""
    horizon = steps.horizon
    healthy = without_outage(station, horizon, steps, outage)
    by_outages = station_steps(station, horizon)
    return replace(
        steps,
        outages=healthy.outages,
        charge_limit_mw=np.where(
            np.isclose(steps.charge_limit_mw, by_outages.charge_limit_mw),
            healthy.charge_limit_mw,
            steps.charge_limit_mw,
        ),
        discharge_limit_mw=np.where(
            np.isclose(steps.discharge_limit_mw, by_outages.discharge_limit_mw),
            healthy.discharge_limit_mw,
            steps.discharge_limit_mw,
        ),
    )
