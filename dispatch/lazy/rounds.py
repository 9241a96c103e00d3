"""Binaries only where they are needed: exact, since every round is a relaxation and the last one needs no more.

A step without a binary may charge and discharge at once. Where a round does so, the next one has binaries there. A round
whose schedule never does both is optimal among schedules with binaries everywhere, for its bound is a bound of those,
whatever other blocks are listed. So is any schedule that reaches the bound of a round: where doing both gains nothing, as
under flat prices, closing the smaller leg of such steps finds one without any binary. To need few rounds, binaries stand
from the start wherever doing both could pay, that is, where
round trip * (discharge price + worth of a call) > charge price.
"""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from dispatch.arrays import Flags
from dispatch.lazy.modes import Pairs, both_at_once, dived, pairs_of, pays_at_once
from dispatch.lazy.result import Proof, is_proven, outcome_of
from dispatch.matrix import Matrix, matrix
from dispatch.outcome import Infeasible, Limits, Outcome, Report, Rung, Status
from dispatch.solve import OutOfTime, Solution, WarmSolver, solve
from dispatch.task import Task


def lazy(task: Task, limits: Limits, report: Report | None = None) -> Outcome:
    """The best exclusive schedule, with as few binaries as are needed to prove it.

    Raises  Infeasible if no schedule meets the constraints; OutOfTime if none was found in time
    """
    started = perf_counter()
    pairs = pairs_of(task)
    needed: Flags = np.zeros(task.station.horizon.count, np.bool_)
    made = matrix([task], needed)
    build_s = perf_counter() - started
    solver = WarmSolver(made, limits)
    found = solver.solve()
    pays = pays_at_once(task, made, found)
    best = _Best(made=made, solution=dived(made, solver, found, pairs), bound=found.bound)
    while not _is_done(best, limits):
        wanted = needed | pays | both_at_once(made, found.x, pairs)
        if np.array_equal(wanted, needed):
            break
        needed, begun = wanted, perf_counter()
        made = matrix([task], needed)
        build_s += perf_counter() - begun
        try:
            found = solve(made, _left(limits, started), report=report)
        except OutOfTime:
            break
        best = _better(best, made, found, pairs)
        if found.status is Status.TIME_LIMIT:
            break
    return _concluded(task, best, limits, build_s, started)


def everywhere(task: Task, limits: Limits, report: Report | None = None) -> Outcome:
    """The best exclusive schedule, with a binary in every step.

    Raises  Infeasible if no schedule meets the constraints; OutOfTime if none was found in time
    """
    started = perf_counter()
    made = matrix([task])
    build_s = perf_counter() - started
    found = solve(made, limits, report=report)
    proof = Proof(bound=found.bound, status=found.status, build_s=build_s, seconds=perf_counter() - started)
    return outcome_of(task, Rung.MILP, made, _fixed(made, found, pairs_of(task)) or found, proof)


def relaxed(task: Task, limits: Limits, report: Report | None = None) -> Outcome:
    """The best schedule without any binary; it may charge and discharge at once, which `verify` refuses.

    Raises  Infeasible if no schedule meets the constraints; OutOfTime if none was found in time
    """
    started = perf_counter()
    made = matrix([task], np.zeros(task.station.horizon.count, np.bool_))
    build_s = perf_counter() - started
    found = solve(made, limits, report=report)
    proof = Proof(bound=found.bound, status=found.status, build_s=build_s, seconds=perf_counter() - started)
    return outcome_of(task, Rung.LP, made, found, proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """The best exclusive solution so far, with its matrix, and the least bound."""

    made: Matrix
    solution: Solution | None
    bound: float


def _is_done(best: _Best, limits: Limits) -> bool:
    return best.solution is not None and is_proven(best.solution.objective, best.bound, limits.gap)


def _better(best: _Best, made: Matrix, found: Solution, pairs: Pairs) -> _Best:
    """The best of what was there and of what a round found, made exclusive."""
    bound = min(best.bound, found.bound)
    candidate = _fixed(made, found, pairs)
    if candidate is None or (best.solution is not None and candidate.objective < best.solution.objective):
        return replace(best, bound=bound)
    return _Best(made=made, solution=candidate, bound=bound)


def _fixed(made: Matrix, found: Solution, pairs: Pairs) -> Solution | None:
    """The same modes as a linear optimum: each binary fixed where it is, and nothing done at once elsewhere."""
    lower, upper = made.lower.copy(), made.upper.copy()
    lower[made.is_integer] = upper[made.is_integer] = np.rint(found.x[made.is_integer])
    fixed = replace(made, lower=lower, upper=upper, is_integer=np.zeros(made.is_integer.size, np.bool_))
    solver = WarmSolver(fixed)
    try:
        return dived(fixed, solver, solver.solve(), pairs)
    except Infeasible:
        return None


def _left(limits: Limits, started: float) -> Limits:
    if limits.time_limit_s is None:
        return limits
    return replace(limits, time_limit_s=max(limits.time_limit_s - (perf_counter() - started), 0.1))


def _concluded(task: Task, best: _Best, limits: Limits, build_s: float, started: float) -> Outcome:
    if best.solution is None:
        raise OutOfTime.before_any()
    reached = best.solution.objective
    status = Status.TIME_LIMIT
    if is_proven(reached, best.bound, 0.0):
        status = Status.OPTIMAL
    elif is_proven(reached, best.bound, limits.gap):
        status = Status.WITHIN_GAP
    proof = Proof(bound=best.bound, status=status, build_s=build_s, seconds=perf_counter() - started)
    return outcome_of(task, Rung.LAZY, best.made, best.solution, proof)
