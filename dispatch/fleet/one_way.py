"""From a solution that charges and discharges a station at once to one that does not, without a binary."""

from dataclasses import replace
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.fleet.task import FleetTask
from dispatch.fleet.tiling import FleetMatrix
from dispatch.lazy.modes import at_once, pairs_of
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible
from dispatch.solve import Solution, WarmSolver

STEP_BY_STEP: Final = 8
"""Rounds that close steps one by one; what is closed in one night turns up in the next, so later rounds close stations."""
MOST_ROUNDS: Final = 40


def both_at_once(task: FleetTask, made: FleetMatrix, x: Floats) -> Flags:
    """The steps of each station, a row each, in which both of a pair are above zero."""
    both: Flags = np.zeros((len(task.stations), task.horizon.count), np.bool_)
    for number, (each, columns) in enumerate(zip(task.stations, made.stations, strict=True)):
        own = replace(made.matrix, columns=columns)
        for pair in pairs_of(each):
            both[number] |= at_once(own, x, *pair) > 0
    return both


def one_way(task: FleetTask, made: FleetMatrix, kept: Matrix, solver: WarmSolver, found: Solution) -> Solution | None:
    """The best solution that is left when the smaller leg of each such step is closed, again and again; nothing if
    none is left.

    Shape   `kept` is the matrix inside the solver: that of `made`, perhaps with more rows and closer bounds
    """
    upper = kept.upper.copy()
    for number in range(MOST_ROUNDS):
        both = both_at_once(task, made, found.x)
        if not both.any():
            return found
        if number >= STEP_BY_STEP:
            both |= both.any(axis=1, keepdims=True)
        _close(task, made, found.x, both, upper)
        try:
            found = solver.solve(upper=upper)
        except Infeasible:
            return None
    return None


def _close(task: FleetTask, made: FleetMatrix, x: Floats, where: Flags, upper: Floats) -> None:
    """The smaller leg of each pair is closed in the steps named; of two equal ones the second."""
    for number, (each, columns) in enumerate(zip(task.stations, made.stations, strict=True)):
        steps = where[number]
        for one, other in pairs_of(each):
            is_first = x[columns[one]] < x[columns[other]]
            upper[columns[one][steps & is_first]] = 0.0
            upper[columns[other][steps & ~is_first]] = 0.0
