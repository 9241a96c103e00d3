"""Binaries only where they are needed: exact, since every round is a relaxation and the last one needs no more.

A step without a binary may charge and discharge at once. Where a round does so, the next one has binaries there. A round
whose schedule never does both is optimal among schedules with binaries everywhere, for its bound is a bound of those,
whatever other blocks are listed. To need few rounds, binaries stand from the start wherever doing both could pay: where
round trip * (discharge price + worth of a call) > charge price.
"""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.matrix import Matrix, matrix
from dispatch.outcome import Limits, Outcome, Rung
from dispatch.schedule import NOTHING_RATIO
from dispatch.solve import Report, Solution, solve, solver_name
from dispatch.task import Task

CALL_MARGIN_RATIO: Final = 1.15
"""Room above the price of a call as found so far: binaries raise it."""
PAIRS: Final = (("charge_mw", "discharge_mw"), ("bought_mw", "sold_mw"))
"""Of these two, one at most is above zero in a step."""
BINARIES: Final = ("charging", "buying")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """A matrix, its solution, and the seconds that each took."""

    matrix: Matrix
    solution: Solution
    build_s: float


def lazy(task: Task, limits: Limits, report: Report | None = None) -> Outcome:
    """The best exclusive schedule, with as few binaries as are needed to prove it.

    Raises  Infeasible if no schedule meets the constraints
    """
    needed: Flags = np.zeros(task.station.horizon.count, np.bool_)
    done = _solved(task, needed, limits)
    if not _has_binaries(task):
        return _outcome(task, Rung.LAZY, [done], limits)
    rounds = [done]
    while (both := _both(done)).any():
        needed = needed | both | _pays(task, done)
        rounds.append(done := _solved(task, needed, limits, report))
    return _outcome(task, Rung.LAZY, rounds, limits)


def everywhere(task: Task, limits: Limits, report: Report | None = None) -> Outcome:
    """The best exclusive schedule, with a binary in every step.

    Raises  Infeasible if no schedule meets the constraints
    """
    needed: Flags = np.ones(task.station.horizon.count, np.bool_)
    return _outcome(task, Rung.MILP, [_solved(task, needed, limits, report)], limits)


def relaxed(task: Task, limits: Limits) -> Outcome:
    """The best schedule without any binary; it may charge and discharge at once, which `verify` refuses.

    Raises  Infeasible if no schedule meets the constraints
    """
    needed: Flags = np.zeros(task.station.horizon.count, np.bool_)
    return _outcome(task, Rung.LP, [_solved(task, needed, limits)], limits)


def _solved(task: Task, needed: Flags, limits: Limits, report: Report | None = None) -> _Round:
    started = perf_counter()
    made = matrix([task], needed)
    build_s = perf_counter() - started
    return _Round(matrix=made, solution=solve(made, limits, report=report), build_s=build_s)


def _has_binaries(task: Task) -> bool:
    return any(name in block.adds for block in task.blocks for name in BINARIES)


def _both(done: _Round) -> Flags:
    """The steps in which both of a pair are above zero."""
    columns, x = done.matrix.columns, done.solution.x
    both: Flags = np.zeros(columns["charge_mw"].size, np.bool_)
    for one, other in PAIRS:
        if one in columns and other in columns:
            smaller = np.minimum(x[columns[one]], x[columns[other]])
            both |= smaller > NOTHING_RATIO * max(1.0, float(np.max(x[columns[one]])), float(np.max(x[columns[other]])))
    return both


def _pays(task: Task, done: _Round) -> Flags:
    """The steps in which charging and discharging at once would pay, at the price of a call found so far."""
    made = done.matrix
    earned = made.cost[made.columns["discharge_mw"]].copy()
    paid = -made.cost[made.columns["charge_mw"]]
    if "season_calls" in made.rows and done.solution.row_dual.size:
        row = int(made.rows["season_calls"][0])
        entries = slice(made.starts[row], made.starts[row + 1])
        worth = np.zeros(made.cost.size)
        worth[made.index[entries]] = -done.solution.row_dual[row] * made.coefficient[entries]
        earned += CALL_MARGIN_RATIO * worth[made.columns["discharge_mw"]]
    pays: Flags = task.station.round_trip_efficiency * earned > paid
    return pays


def _outcome(task: Task, rung: Rung, rounds: list[_Round], limits: Limits) -> Outcome:
    """What the last round found, with the worth of calls and of stored energy once the binaries are fixed."""
    last = rounds[-1]
    made, found = last.matrix, last.solution
    binaries = int(made.is_integer.sum())
    priced = _fixed(last, limits) if binaries else found
    calls = made.rows.get("season_calls")
    return Outcome(
        rung=rung,
        charge_mw=_clean(priced.x[made.columns["charge_mw"]], task.station.charge_limit_mw),
        discharge_mw=_clean(priced.x[made.columns["discharge_mw"]], task.station.discharge_limit_mw),
        objective_cny=priced.objective,
        best_bound_cny=found.bound,
        status=found.status,
        solver=solver_name(),
        build_s=sum(each.build_s for each in rounds),
        solve_s=sum(each.solution.seconds for each in rounds) + (priced.seconds if binaries else 0.0),
        call_price_cny=None if calls is None else abs(float(priced.row_dual[calls[0]])),
        stored_worth_cny_per_mwh=_stored_worth(made, priced),
        binaries=binaries,
    )


def _fixed(done: _Round, limits: Limits) -> Solution:
    """The same schedule as a linear optimum, each binary fixed where it is."""
    made, x = done.matrix, done.solution.x
    lower, upper = made.lower.copy(), made.upper.copy()
    lower[made.is_integer] = upper[made.is_integer] = np.rint(x[made.is_integer])
    fixed = replace(made, lower=lower, upper=upper, is_integer=np.zeros(made.is_integer.size, np.bool_))
    return solve(fixed, replace(limits, time_limit_s=None))


def _clean(power_mw: Floats, limit_mw: Floats) -> Floats:
    clean: Floats = np.clip(power_mw, 0.0, limit_mw)
    return clean


def _stored_worth(made: Matrix, priced: Solution) -> Floats | None:
    rows: Integers | None = made.rows.get("energy_balance")
    if rows is None:
        return None
    first = slice(made.starts[rows[0]], made.starts[rows[0] + 1])
    sign = made.coefficient[first][made.index[first] == made.columns["stored_mwh"][0]]
    worth: Floats = priced.row_dual[rows] * np.sign(sign)
    return worth
