"""The best schedule of a year whose award is paid up to a number of MWh only.

An award that is counted for every MWh makes too many be discharged, and one that is not counted too few. In between some
part of it makes just so many, and where one day more or less decides, the one schedule is followed up to a midnight at which
both have the same stored energy, and then the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Outcome
from dispatch.prepare.market import market_objective
from dispatch.task import StepPrices, Task
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH

HALVINGS: Final = 10
SAME_MWH: Final = 1e-6
Solve = Callable[[Task], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class CappedAward:
    """What is paid beside the price for each MWh discharged, 元, and for how many MWh of the year."""

    award_cny_per_mwh: float
    max_mwh: float


def with_award(task: Task, award_cny_per_mwh: float) -> Task:
    """The task with an award on top of the price of discharged energy."""
    award_e6 = round(award_cny_per_mwh * PRICE_UNITS_PER_CNY_PER_MWH)
    prices = StepPrices(charge_e6=task.prices.charge_e6, discharge_e6=task.prices.discharge_e6 + award_e6)
    return replace(task, objective=market_objective(prices))


def capped_best(task: Task, award: CappedAward, solve: Solve) -> Outcome:
    """The schedule of a task that earns most with its award; the best found where more is discharged than is awarded.

    Raises  Infeasible if the calls cannot be made
    """
    more = solve(with_award(task, award.award_cny_per_mwh))
    if _discharged_mwh(task, more) <= award.max_mwh:
        return more
    fewer = solve(task)
    if _discharged_mwh(task, fewer) >= award.max_mwh:
        return fewer
    low, high = 0.0, award.award_cny_per_mwh
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        tried = solve(with_award(task, middle))
        if _discharged_mwh(task, tried) > award.max_mwh:
            high, more = middle, tried
        else:
            low, fewer = middle, tried
    return _joined(task, award, fewer, more)


def _joined(task: Task, award: CappedAward, fewer: Outcome, more: Outcome) -> Outcome:
    """The one schedule up to some midnight and then the other, whichever midnight pays most; or one of them."""
    midnights = np.array([0, task.station.horizon.count])
    if not task.calls_wanted:
        # calls that both make need not be made by their parts
        midnights = np.unique(np.concatenate([midnights, _shared_midnights(task, fewer, more)]))
    cash = [_running(_cash_cny(task, each))[midnights] for each in (fewer, more)]
    energy = [_running(each.discharge_mw * task.station.hours)[midnights] for each in (fewer, more)]
    given = energy[1] + energy[0][-1] - energy[0]
    pay = cash[1] + cash[0][-1] - cash[0] + award.award_cny_per_mwh * np.minimum(given, award.max_mwh)
    at = int(midnights[int(np.argmax(pay))])
    return replace(
        fewer,
        charge_mw=np.concatenate([more.charge_mw[:at], fewer.charge_mw[at:]]),
        discharge_mw=np.concatenate([more.discharge_mw[:at], fewer.discharge_mw[at:]]),
    )


def _shared_midnights(task: Task, one: Outcome, other: Outcome) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The first steps of days at which both schedules have the same stored energy."""
    station = task.station
    gained = station.hours * (
        station.charge_efficiency * (one.charge_mw - other.charge_mw)
        - (one.discharge_mw - other.discharge_mw) / station.discharge_efficiency
    )
    apart, each = np.zeros(len(gained) + 1), 0.0
    for step, more in enumerate(gained.tolist()):
        each = station.kept_ratio * each + more
        apart[step + 1] = each
    starts = np.flatnonzero(np.diff(station.horizon.day_of_step)) + 1
    shared: np.ndarray[tuple[int], np.dtype[np.int64]] = starts[np.abs(apart[starts]) < SAME_MWH]
    return shared


def _cash_cny(task: Task, outcome: Outcome) -> Floats:
    wear = task.terms("wear_cost")
    each = 0.0 if wear is None else wear.wear_cost_cny_per_mwh
    sold = task.prices.discharge_e6 / PRICE_UNITS_PER_CNY_PER_MWH - each
    bought = task.prices.charge_e6 / PRICE_UNITS_PER_CNY_PER_MWH
    cash: Floats = task.station.hours * (sold * outcome.discharge_mw - bought * outcome.charge_mw)
    return cash


def _running(amounts: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(amounts)))


def _discharged_mwh(task: Task, outcome: Outcome) -> float:
    return float(outcome.discharge_mw.sum()) * task.station.hours
