"""The largest number of calls a station can make in the season, whatever it earns."""

from dataclasses import dataclass

from dispatch.arrays import Floats
from dispatch.program.days import most_by_days
from dispatch.program.exclusive import best_one_way_path
from dispatch.program.obligation import most_calls
from dispatch.program.store import case_of
from dispatch.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class LargestCalls:
    """The largest number of calls a station can make in the season.

    Shape   `upper`: no schedule makes more; `reached`: what the given schedule makes; powers in MW, one figure a step
    """

    upper: float
    reached: float
    charge_mw: Floats
    discharge_mw: Floats


def largest_calls(task: Task) -> LargestCalls:
    """The largest number of calls, and a schedule that makes them.

    Raises  NotApplicable if a block is unknown; Infeasible if no schedule keeps the bounds
    """
    case = case_of(task)
    if case.day_drain_mwh is None:
        most = most_calls(case, best_one_way_path)
        bound, gained, drained = most.path.bound_cny, most.path.gained_mwh, most.path.drained_mwh
    else:
        bound, gained, drained = most_by_days(case, task.preference)
    reached = float((case.calls_per_mwh * drained).sum())
    return LargestCalls(
        upper=max(bound, reached),
        reached=reached,
        charge_mw=gained * case.charge_mw_per_gain,
        discharge_mw=drained * case.discharge_mw_per_drain,
    )
