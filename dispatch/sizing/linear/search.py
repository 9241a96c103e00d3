"""The sizing model solved: binaries only where charging and discharging at once would pay, as in dispatch.lazy.

Every round is a relaxation, so its bound holds for all sizes and schedules. What a size is worth comes from schedules that do
nothing at once: those of the linear program with the smaller leg closed, or those of the scheduler of one station at that size.
A size whose worth reaches the bound is the best one.
"""

from dataclasses import dataclass, replace
from math import inf
from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.lazy.modes import CALL_MARGIN_RATIO, KEPT_APART, Pairs, at_once, dived
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits
from dispatch.sizing.linear.case import SizeCase
from dispatch.sizing.linear.found import size_of
from dispatch.sizing.linear.planned import planned_worth_cny
from dispatch.sizing.linear.tiling import SizingMatrix, sizing_matrix
from dispatch.solve import OutOfTime, Solution, WarmSolver, solve

COUNTED: Final = {"season_calls": 1.0 + CALL_MARGIN_RATIO, "daily_cycle_cap": 1.0}
"""Rows that make energy given away worth more or less than its price, and how much of their prices is counted."""
EXACT_RATIO: Final = 1e-6
"""A binary is an integer to the solver when it misses one by this; times the largest power, that lets a trace of the other
mode through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The best size that can be had, what it is worth and what bounds it, both without what hangs on no size, 元.

    Shape   `solution` of `made` has the size; `worth_cny` is what schedules earn that do nothing at once, and minus infinity
            where none was found; `relaxed` is the solution without binaries; `binaries` is how many the last round had
    """

    made: Matrix
    solution: Solution
    worth_cny: float
    best_bound_cny: float
    relaxed: Solution
    binaries: int

    def is_proven(self, gap: float) -> bool:
        """Whether the worth is as near its bound as was asked, or as figures are exact beside the money that moves."""
        moved_cny = float(np.sum(np.abs(self.made.cost * self.solution.x)))
        return self.best_bound_cny - self.worth_cny <= max(gap * abs(self.worth_cny), EXACT_RATIO * max(moved_cny, 1.0))


def searched(case: SizeCase, limits: Limits) -> Searched:
    """The best size, with as few binaries as are needed to prove it.

    Raises  Infeasible if no size meets the limits; OutOfTime if none was found in time
    """
    started = perf_counter()
    needed = tuple(np.zeros(year.task.station.horizon.count, np.bool_) for year in case.years)
    first = sizing_matrix(case, needed)
    solver = WarmSolver(first.matrix, limits)
    relaxed = solver.solve()
    best = _first(case, first, solver, relaxed, limits)
    sizing, found, pays = first, relaxed, _pays_at_once(case, first, relaxed)
    while not best.is_proven(limits.gap) and not _is_over(limits, started):
        both = _at_once_by_year(case, sizing, found.x)
        wanted = tuple(was | pay | now for was, pay, now in zip(needed, pays, both, strict=True))
        if all(np.array_equal(new, was) for new, was in zip(wanted, needed, strict=True)):
            break
        needed, sizing = wanted, sizing_matrix(case, wanted)
        try:
            found = solve(sizing.matrix, _left(limits, started))
        except OutOfTime:
            break
        best = _better(case, best, sizing.matrix, found, limits)
    if best.worth_cny == -inf:
        raise OutOfTime.before_any()
    return best


def _first(case: SizeCase, sizing: SizingMatrix, solver: WarmSolver, relaxed: Solution, limits: Limits) -> Searched:
    """What the linear program gives: schedules with the smaller leg closed, or the scheduler's at the same size."""
    made = sizing.matrix
    bound = Searched(
        made=made, solution=relaxed, worth_cny=-inf, best_bound_cny=relaxed.bound, relaxed=relaxed, binaries=0
    )
    closed = _closed(made, solver, relaxed, _pairs(case))
    best = bound if closed is None else replace(bound, solution=closed, worth_cny=closed.objective)
    if best.is_proven(limits.gap):
        return best
    planned_cny = planned_worth_cny(case, *size_of(made, relaxed.x), limits)
    return replace(bound, worth_cny=planned_cny) if planned_cny > best.worth_cny else best


def _better(case: SizeCase, best: Searched, made: Matrix, found: Solution, limits: Limits) -> Searched:
    """The best of what was there and of the size that a round found; its bound alone may prove what was there."""
    binaries = int(made.is_integer.sum())
    best = replace(best, best_bound_cny=min(best.best_bound_cny, found.bound), binaries=binaries)
    if best.is_proven(limits.gap):
        return best
    planned_cny = planned_worth_cny(case, *size_of(made, found.x), limits)
    if planned_cny == -inf:
        # a size at the very edge of what can make its calls: the scheduler rounds the other way
        fixed = _fixed(made, found, _pairs(case), limits)
        found, planned_cny = (found, -inf) if fixed is None else (fixed, fixed.objective)
    return replace(best, made=made, solution=found, worth_cny=planned_cny) if planned_cny > best.worth_cny else best


def _closed(made: Matrix, solver: WarmSolver, found: Solution, pairs: Pairs) -> Solution | None:
    try:
        return dived(made, solver, found, pairs)
    except OutOfTime:
        return None


def _fixed(made: Matrix, found: Solution, pairs: Pairs, limits: Limits) -> Solution | None:
    """The same modes as a linear optimum: each binary fixed where it is, and nothing done at once elsewhere."""
    lower, upper = made.lower.copy(), made.upper.copy()
    lower[made.is_integer] = upper[made.is_integer] = np.rint(found.x[made.is_integer])
    fixed = replace(made, lower=lower, upper=upper, is_integer=np.zeros(made.is_integer.size, np.bool_))
    solver = WarmSolver(fixed, limits)
    try:
        return dived(fixed, solver, solver.solve(), pairs)
    except (Infeasible, OutOfTime):
        return None


def _pairs(case: SizeCase) -> Pairs:
    """The pairs that the blocks of every year keep apart."""
    adds = [{name for block in year.task.blocks for name in block.adds} for year in case.years]
    return tuple(pair for name, pair in KEPT_APART.items() if all(name in each for each in adds))


def _pays_at_once(case: SizeCase, sizing: SizingMatrix, found: Solution) -> tuple[Flags, ...]:
    """By year, the steps in which doing both at once would pay, were a call somewhat dearer than it seems."""
    made = sizing.matrix
    price = np.zeros(found.row_dual.size)
    for name, counted in COUNTED.items():
        rows = made.rows.get(name, np.zeros(0, np.int64))
        price[rows] = counted * found.row_dual[rows]
    worth = made.cost.copy()
    np.subtract.at(worth, made.index, np.repeat(price, np.diff(made.starts)) * made.coefficient)
    pays = []
    for year, columns in zip(case.years, sizing.years, strict=True):
        own: Flags = np.zeros(year.task.station.horizon.count, np.bool_)
        for taken, given in _pairs(case):
            kept = year.task.station.round_trip_efficiency if taken == "charge_mw" else 1.0
            own |= kept * worth[columns[given]] > -worth[columns[taken]]
        pays.append(own)
    return tuple(pays)


def _at_once_by_year(case: SizeCase, sizing: SizingMatrix, x: Floats) -> tuple[Flags, ...]:
    found = []
    for columns in sizing.years:
        own = replace(sizing.matrix, columns=columns)
        both: Flags = np.zeros(columns["charge_mw"].size, np.bool_)
        for one, other in _pairs(case):
            both |= at_once(own, x, one, other) > 0
        found.append(both)
    return tuple(found)


def _left(limits: Limits, started: float) -> Limits:
    if limits.time_limit_s is None:
        return limits
    return replace(limits, time_limit_s=max(limits.time_limit_s - (perf_counter() - started), 0.1))


def _is_over(limits: Limits, started: float) -> bool:
    return limits.time_limit_s is not None and perf_counter() - started >= limits.time_limit_s
