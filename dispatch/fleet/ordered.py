"""The whole model of a fleet, its goals reached one after another; binaries only where a solution needs them.

Each goal is maximised while those before it keep what they reached. A solution without binaries may charge and discharge a
station at once. Where it does, the smaller leg is closed; if that costs nothing the schedule is proven best. If it does, two
directions share the time of a step in the next round, and from then on these steps have binaries. Every round is a
relaxation of binaries everywhere, so its figures are bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.fleet.alone import station_by_station
from dispatch.fleet.one_way import both_at_once, one_way
from dispatch.fleet.outcome import FleetFound, Reached
from dispatch.fleet.task import FleetTask
from dispatch.fleet.tiling import FleetMatrix, Goal, fleet_matrix
from dispatch.lazy.modes import KEPT_APART
from dispatch.lazy.result import is_proven
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits, Rung, Status
from dispatch.solve import OutOfTime, Solution, WarmSolver, solver_name
from tariffs.vocabulary.errors import Words

SHARED: Final = 1
"""The round from which two directions share the time of a step where no binary stands; it has none itself."""
WHOLE_DAYS: Final = 3
WHOLE_STATIONS: Final = 5
"""The rounds from which binaries are set by days and by stations: a direction closed in one step turns up in the next."""
PREFERRED: Final = 500.0
"""The weight of a goal beside that of the next one, the largest cost of both being 1."""
MOST_TOGETHER: Final = 2
"""Goals that are weighed against each other in one solve."""
KEPT_RATIOS: Final = (1e-9, 1e-8, 1e-7, 1e-6)
"""A goal that was reached may fall by such a share when the next one is sought: the first with which there is a solution."""
FEW_COLUMNS: Final = 20_000
"""Up to so many variables the legs of all stations are closed together, which is exact; beyond, station by station."""
MIDDLE_RATIO: Final = 1e-5
"""Station by station the energy moved may stay so far above its least; the certificate then says so."""
LAST_RATIO: Final = 1e-3
"""The last of several goals chooses among plans that reach the others alike: so near its bound is near enough."""
SHOWN_RATIO: Final = 1e-7
"""A goal further from its bound is said to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Climb:
    """The solution of a goal, the matrix in which the goals before it are kept, and what was reached so far."""

    made: Matrix
    solver: WarmSolver
    solution: Solution
    reached: tuple[Reached, ...]


def in_order(task: FleetTask, rung: Rung, limits: Limits, known: Mapping[str, float] | None = None) -> FleetFound:
    """The best schedules of a fleet by the whole model.

    Shape   `lp` takes no binaries, `milp` has them everywhere, any other rung where they are needed; `known`: a figure
            that no schedules can exceed, of goals by the label of their leaf
    Raises  Infeasible if no schedules meet the constraints; OutOfTime if none were found in time
    """
    started, build_s, number = perf_counter(), 0.0, 0
    both: Flags = np.full((len(task.stations), task.horizon.count), rung is Rung.MILP, np.bool_)
    needed = both
    while True:
        begun = perf_counter()
        made = _round(task, needed, is_shared=number >= SHARED)
        build_s += perf_counter() - begun
        left = _left(limits, started)
        climb = _at_bounds(made, known or {}, left) or _climbed(made, left)
        both = both_at_once(task, made, climb.solution.x)
        if rung is Rung.LP or not both.any():
            break
        closed = None if made.matrix.is_integer.any() else _closed(task, made, climb, limits)
        if closed is not None:
            climb = closed
            break
        if made.matrix.is_integer.any() and not (both & ~needed).any():
            # what is left where binaries stand is the solver's tolerance
            break
        number += 1
        if number > SHARED:
            needed = needed | _wider(task, both, number)
    return _found(task, rung, made, climb, (build_s, perf_counter() - started))


def _round(task: FleetTask, needed: Flags, *, is_shared: bool) -> FleetMatrix:
    """The matrix with binaries in some steps; shared: in all others numbers between 0 and 1, so that two directions share
    the time of a step.
    """
    if not is_shared:
        return fleet_matrix(task, list(needed))
    made = fleet_matrix(task)
    is_integer = made.matrix.is_integer.copy()
    for columns, own in zip(made.stations, needed, strict=True):
        for binary in set(KEPT_APART) & set(columns):
            is_integer[columns[binary]] = own
    return replace(made, matrix=replace(made.matrix, is_integer=is_integer))


def _wider(task: FleetTask, both: Flags, number: int) -> Flags:
    """The steps to have binaries next: those that do two things at once, in later rounds their days, then their stations."""
    if number < WHOLE_DAYS:
        return both
    if number >= WHOLE_STATIONS:
        return np.broadcast_to(both.any(axis=1, keepdims=True), both.shape)
    days = task.horizon.day_of_step
    edges = np.flatnonzero(np.diff(days, prepend=-1))
    of_day: Flags = np.logical_or.reduceat(both, edges, axis=1)
    return of_day[:, days]


def _climbed(made: FleetMatrix, limits: Limits) -> _Climb:
    """Each goal reached in its order, those before it kept."""
    first = replace(made.matrix, cost=_scaled(made.goals[0]))
    solver = WarmSolver(first, limits, closely=True)
    solution = solver.solve()
    climb = _Climb(made=first, solver=solver, solution=solution, reached=(_reached(made.goals[0], solution, first),))
    for number in range(1, len(made.goals)):
        try:
            climb = _preferred(made, number, climb) or _with_kept(made, number, climb)
        except (Infeasible, OutOfTime):
            climb = _as_it_is(made, number, climb)
    return climb


def _as_it_is(made: FleetMatrix, number: int, climb: _Climb) -> _Climb:
    """A goal for which there was no time, or nothing that the solver would take: at what the goals before it left.

    Raises  OutOfTime if not even the bounds of the variables bound it
    """
    goal = made.goals[number]
    used = np.flatnonzero(goal.cost)
    cost, best = goal.cost[used], np.where(goal.cost > 0, made.matrix.upper, made.matrix.lower)[used]
    bound = float(cost @ best) + goal.offset
    if not np.isfinite(bound):
        raise OutOfTime.before_any()
    figure = float(goal.cost @ climb.solution.x) + goal.offset
    reached = (*climb.reached, Reached(label=goal.label, reached=figure, bound=max(bound, figure)))
    return replace(climb, solution=replace(climb.solution, status=Status.TIME_LIMIT), reached=reached)


def _closed(task: FleetTask, made: FleetMatrix, climb: _Climb, limits: Limits) -> _Climb | None:
    """A climb whose schedule does nothing at once and reaches as much; nothing if none was found."""
    if made.matrix.cost.size <= FEW_COLUMNS:
        together = one_way(task, made, climb.made, climb.solver, climb.solution)
        return None if together is None else _as_good(made, climb, together, limits.gap)
    alone = station_by_station(task, made, climb.made, climb.solution)
    return None if alone is None else _as_good(made, climb, alone, max(limits.gap, MIDDLE_RATIO))


def _as_good(made: FleetMatrix, climb: _Climb, solution: Solution, middle: float) -> _Climb | None:
    """The climb with another solution, if that reaches every goal; nothing if it does not.

    Shape   `middle`: how far a goal of many variables may stay below its bound; the last one may stay further
    """
    reached, last = [], len(made.goals) - 1
    for number, (goal, had) in enumerate(zip(made.goals, climb.reached, strict=True)):
        figure = min(float(goal.cost @ solution.x) + goal.offset, had.bound)
        allowed = middle if np.count_nonzero(goal.cost) > 1 else 0.0
        if not is_proven(figure, had.bound, max(middle, LAST_RATIO) if 0 < number == last else allowed):
            return None
        reached.append(replace(had, reached=figure))
    return replace(climb, solution=solution, reached=tuple(reached))


def _at_bounds(made: FleetMatrix, known: Mapping[str, float], limits: Limits) -> _Climb | None:
    """All goals at once, the first ones at what none can exceed; nothing if they cannot reach it.

    One solve takes the place of one for each goal, and most of the time it is enough: calls rarely raise a peak.
    """
    matrix, number = made.matrix, 0
    for goal in made.goals[:-1]:
        if goal.label not in known or np.count_nonzero(goal.cost) != 1:
            break
        matrix = _kept(matrix, goal, known[goal.label], KEPT_RATIOS[0])
        number += 1
    rest = made.goals[number:]
    if not number or len(rest) > MOST_TOGETHER or matrix.is_integer.any():
        return None
    weights = PREFERRED ** np.arange(len(rest) - 1, -1, -1)
    together = replace(
        matrix, cost=sum((weights[n] * _scaled(goal) for n, goal in enumerate(rest)), start=0.0 * matrix.cost)
    )
    solver = WarmSolver(together, limits, closely=True)
    try:
        solution = solver.solve()
    except Infeasible:
        return None
    reached = [_reached(goal, solution, together) for goal in made.goals]
    if len(rest) > 1:
        best = _reached(rest[0], solver.solve(cost=_scaled(rest[0])), together).reached
        if reached[number].reached < best - KEPT_RATIOS[0] * max(1.0, abs(best)):
            return None
        solver.solve(cost=together.cost)
    bounds = [replace(each, bound=max(each.reached, known[each.label])) for each in reached[:number]]
    return _Climb(made=together, solver=solver, solution=solution, reached=(*bounds, *reached[number:]))


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
    goal, limits = made.goals[number], climb.solver.limits
    if climb.made.is_integer.any() and number + 1 == len(made.goals):
        limits = replace(limits, gap=max(limits.gap, LAST_RATIO))
    for ratio in KEPT_RATIOS:
        kept = replace(_kept(climb.made, made.goals[number - 1], climb.reached[-1].reached, ratio), cost=_scaled(goal))
        is_same = kept.row_lower.size == climb.made.row_lower.size and limits == climb.solver.limits
        solver = climb.solver if is_same else WarmSolver(kept, limits, closely=True)
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
        certificate=_certificate(binaries, climb.reached),
        solver=solver_name(),
        build_s=build_s,
        solve_s=seconds[1] - build_s,
        binaries=binaries,
    )


def _certificate(binaries: int, reached: Sequence[Reached]) -> Words:
    open_ratio = max((each.bound - each.reached) / max(1.0, abs(each.bound)) for each in reached)
    left = f"{open_ratio:.1e}"
    but = (f"（距界至多 {left}）", f" within {left}") if open_ratio > SHOWN_RATIO else ("", "")
    if binaries:
        return Words(
            f"整体模型求解，{binaries} 个时段用二进制变量，目标依次证明最优{but[0]}",
            f"the whole model, with binaries in {binaries} steps: each goal proven in its order{but[1]}",
        )
    return Words(
        f"整体线性规划，目标依次证明最优{but[0]}",
        f"the whole linear program: each goal proven in its order{but[1]}",
    )


def _left(limits: Limits, started: float) -> Limits:
    if limits.time_limit_s is None:
        return limits
    return replace(limits, time_limit_s=max(limits.time_limit_s - (perf_counter() - started), 0.1))
