"""Many tasks of one shape, such as scenarios of prices: each starts where the one before it ended."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from dispatch.lazy.modes import dived, pairs_of
from dispatch.lazy.result import Proof, is_proven, outcome_of
from dispatch.lazy.rounds import lazy
from dispatch.matrix import Matrix, matrix
from dispatch.outcome import Limits, Outcome, Report, Rung
from dispatch.solve import Solution, WarmSolver
from dispatch.task import Task


def swept(tasks: Sequence[Task], limits: Limits) -> tuple[Outcome, ...]:
    """The outcome of each task: one solver keeps its basis from task to task, while the coefficients stay the same.

    A task whose best schedule needs binaries is solved by itself with those that it needs.

    Raises  Infeasible if no schedule meets the constraints of a task
    """
    outcomes: list[Outcome] = []
    solver: WarmSolver | None = None
    held: Matrix | None = None
    for task in tasks:
        started = perf_counter()
        made = matrix([task], np.zeros(task.station.horizon.count, np.bool_))
        build_s = perf_counter() - started
        if solver is None or held is None or not _has_same_coefficients(held, made):
            solver, held = WarmSolver(made, limits), made
        found = _solved(solver, made)
        best = dived(made, solver, found, pairs_of(task))
        if best is None or not is_proven(best.objective, found.bound, limits.gap):
            outcomes.append(lazy(task, limits))
            continue
        proof = Proof(bound=found.bound, status=found.status, build_s=build_s, seconds=perf_counter() - started)
        outcomes.append(outcome_of(task, Rung.WARM, made, best, proof))
    return tuple(outcomes)


def warm(task: Task, limits: Limits, _report: Report | None = None) -> Outcome:
    """The outcome of one task as a sweep of one.

    Raises  Infeasible if no schedule meets the constraints
    """
    return swept([task], limits)[0]


def _has_same_coefficients(held: Matrix, made: Matrix) -> bool:
    return (
        np.array_equal(held.starts, made.starts)
        and np.array_equal(held.index, made.index)
        and np.array_equal(held.coefficient, made.coefficient)
    )


def _solved(solver: WarmSolver, made: Matrix) -> Solution:
    return solver.solve(
        cost=made.cost, lower=made.lower, upper=made.upper, row_lower=made.row_lower, row_upper=made.row_upper
    )
