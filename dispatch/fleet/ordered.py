"""The whole model of a fleet, its goals reached one after another; binaries only where a solution needs them.

Each goal is maximised while those before it keep what they reached. A solution without binaries may charge and discharge a
station at once. Where it does, the smaller leg is closed; if that costs nothing the schedule is proven best, else the next
round has binaries in these steps. Every round is a relaxation of binaries everywhere, so its figures are bounds.
"""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.fleet.outcome import FleetFound, Reached
from dispatch.fleet.task import FleetTask
from dispatch.fleet.tiling import FleetMatrix, Goal, fleet_matrix
from dispatch.lazy.modes import KEPT_APART, Pairs, at_once, dived, pairs_of
from dispatch.lazy.result import is_proven
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits, Rung
from dispatch.solve import Solution, WarmSolver, solver_name
from tariffs.vocabulary.errors import Words

PREFERRED: Final = 500.0
"""The weight of a goal beside that of the next one, the largest cost of both being 1."""
KEPT_RATIOS: Final = (1e-9, 1e-8, 1e-7, 1e-6)
"""A goal that was reached may fall by such a share when the next one is sought: the first with which there is a solution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Climb:
    """The solution of a goal, the matrix in which the goals before it are kept, and what was reached so far."""

    made: Matrix
    solver: WarmSolver
    solution: Solution
    reached: tuple[Reached, ...]


def in_order(task: FleetTask, rung: Rung, limits: Limits) -> FleetFound:
    """The best schedules of a fleet by the whole model.

    Shape   `lp` takes no binaries, `milp` has them everywhere, any other rung where they are needed
    Raises  Infeasible if no schedules meet the constraints; OutOfTime if none were found in time
    """
    started, build_s = perf_counter(), 0.0
    shape = (len(task.stations), task.horizon.count)
    needed: Flags = np.full(shape, rung is Rung.MILP, np.bool_)
    while True:
        begun = perf_counter()
        made = fleet_matrix(task, list(needed))
        build_s += perf_counter() - begun
        climb = _climbed(made, _left(limits, started))
        solution = climb.solution
        both = _both(made, solution.x, task)
        if rung is Rung.LP or not both.any():
            break
        if not made.matrix.is_integer.any():
            closed = dived(climb.made, climb.solver, solution, _pairs(task))
            if closed is not None and is_proven(closed.objective, solution.objective, limits.gap):
                solution = closed
                break
        if not (both & ~needed).any():
            # what is left where binaries stand is the solver's tolerance
            break
        needed = needed | both
    return _found(task, rung, made, replace(climb, solution=solution), (build_s, perf_counter() - started))


def _climbed(made: FleetMatrix, limits: Limits) -> _Climb:
    """Each goal reached in its order, those before it kept."""
    first = replace(made.matrix, cost=_scaled(made.goals[0]))
    solver = WarmSolver(first, limits, closely=True)
    solution = solver.solve()
    climb = _Climb(made=first, solver=solver, solution=solution, reached=(_reached(made.goals[0], solution, first),))
    for number in range(1, len(made.goals)):
        climb = _preferred(made, number, climb) or _with_kept(made, number, climb)
    return climb


def _scaled(goal: Goal) -> Floats:
    """The costs of a goal, the largest 1: the solver's tolerances then mean the same for every goal."""
    scaled: Floats = goal.cost / (float(np.abs(goal.cost).max()) or 1.0)
    return scaled


def _reached(goal: Goal, solution: Solution, matrix: Matrix) -> Reached:
    """What a solution reaches of a goal; its bound is further off by what the solver left open."""
    figure = float(goal.cost @ solution.x) + goal.offset
    open_ratio = abs(solution.bound - solution.objective) / max(1.0, abs(solution.objective - matrix.offset))
    return Reached(label=goal.label, reached=figure, bound=figure + open_ratio * max(1.0, abs(figure)))


def _preferred(made: FleetMatrix, number: int, climb: _Climb) -> _Climb | None:
    """The last goal, while the one before it weighs so much more that it keeps what it reached; nothing if it does not.

    A row over all variables would keep it too, but makes a solver many times slower.
    """
    before, goal = made.goals[number - 1], made.goals[number]
    is_last = number + 1 == len(made.goals)
    if not is_last or climb.made.is_integer.any() or np.count_nonzero(before.cost) == 1:
        return None
    weighed = replace(climb.made, cost=PREFERRED * _scaled(before) + _scaled(goal))
    solution = climb.solver.solve(cost=weighed.cost)
    had = climb.reached[-1].reached
    if _reached(before, solution, weighed).reached < had - KEPT_RATIOS[0] * max(1.0, abs(had)):
        climb.solver.solve(cost=climb.made.cost)
        return None
    return replace(climb, made=weighed, solution=solution, reached=(*climb.reached, _reached(goal, solution, weighed)))


def _with_kept(made: FleetMatrix, number: int, climb: _Climb) -> _Climb:
    """The next goal, while the one before it is held to what it reached, a little less closely if rounding leaves nothing.

    Raises  Infeasible if nothing is left
    """
    goal = made.goals[number]
    for ratio in KEPT_RATIOS:
        kept = replace(_kept(climb.made, made.goals[number - 1], climb.reached[-1].reached, ratio), cost=_scaled(goal))
        is_same = kept.row_lower.size == climb.made.row_lower.size
        solver = climb.solver if is_same else WarmSolver(kept, climb.solver.limits, closely=True)
        try:
            solution = solver.solve(cost=kept.cost, lower=kept.lower, upper=kept.upper)
        except Infeasible:
            continue
        reached = (*climb.reached, _reached(goal, solution, kept))
        return _Climb(made=kept, solver=solver, solution=solution, reached=reached)
    raise Infeasible


def _kept(matrix: Matrix, goal: Goal, figure: float, ratio: float) -> Matrix:
    """The matrix in which a goal keeps what it reached: by a bound where it is one variable, else by a row."""
    least = figure - goal.offset - ratio * max(1.0, abs(figure))
    columns = np.flatnonzero(goal.cost)
    if columns.size == 1:
        column, coefficient = int(columns[0]), float(goal.cost[columns[0]])
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        if coefficient > 0:
            lower[column] = max(lower[column], least / coefficient)
        else:
            upper[column] = min(upper[column], least / coefficient)
        return replace(matrix, lower=lower, upper=upper)
    return replace(
        matrix,
        row_lower=np.append(matrix.row_lower, least),
        row_upper=np.append(matrix.row_upper, np.inf),
        starts=np.append(matrix.starts, matrix.starts[-1] + columns.size),
        index=np.concatenate([matrix.index, columns]),
        coefficient=np.concatenate([matrix.coefficient, goal.cost[columns]]),
    )


def _pairs(task: FleetTask) -> Pairs:
    """The pairs of variables of which one at most may be above zero, for all stations together."""
    listed = {pair for each in task.stations for pair in pairs_of(each)}
    return tuple(pair for pair in KEPT_APART.values() if pair in listed)


def _both(made: FleetMatrix, x: Floats, task: FleetTask) -> Flags:
    """The steps of each station, a row each, in which both of a pair are above zero."""
    both: Flags = np.zeros((len(task.stations), task.horizon.count), np.bool_)
    for number, (each, columns) in enumerate(zip(task.stations, made.stations, strict=True)):
        own = replace(made.matrix, columns=columns)
        for pair in pairs_of(each):
            both[number] |= at_once(own, x, *pair) > 0
    return both


def _found(task: FleetTask, rung: Rung, made: FleetMatrix, climb: _Climb, seconds: tuple[float, float]) -> FleetFound:
    x, build_s = climb.solution.x, seconds[0]
    binaries = int(made.matrix.is_integer.sum())
    whole = {Rung.LP: Rung.LP, Rung.MILP: Rung.MILP}.get(rung, Rung.LAZY if binaries else Rung.LP)
    limits = [(each.station.charge_limit_mw, each.station.discharge_limit_mw) for each in task.stations]
    return FleetFound(
        rung=whole,
        charge_mw=np.stack(
            [np.clip(x[at["charge_mw"]], 0.0, most) for at, (most, _) in zip(made.stations, limits, strict=True)]
        ),
        discharge_mw=np.stack(
            [np.clip(x[at["discharge_mw"]], 0.0, most) for at, (_, most) in zip(made.stations, limits, strict=True)]
        ),
        goals=climb.reached,
        status=climb.solution.status,
        certificate=_certificate(binaries),
        solver=solver_name(),
        build_s=build_s,
        solve_s=seconds[1] - build_s,
        binaries=binaries,
    )


def _certificate(binaries: int) -> Words:
    if binaries:
        return Words(
            f"整体模型求解，{binaries} 个时段用二进制变量，目标依次证明最优",
            f"the whole model, with binaries in {binaries} steps: each goal proven in its order",
        )
    return Words("整体线性规划，目标依次证明最优", "the whole linear program: each goal proven in its order")


def _left(limits: Limits, started: float) -> Limits:
    if limits.time_limit_s is None:
        return limits
    return replace(limits, time_limit_s=max(limits.time_limit_s - (perf_counter() - started), 0.1))
