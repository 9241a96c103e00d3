"""Stations that charge and discharge at once, put right one by one while all others stay as they are.

Closing legs in the model of all stations moves everything a little and takes a solver long. One station against what the
others leave of the limits is small, and most of the time it finds a schedule that is as good.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from dispatch.arrays import Integers
from dispatch.fleet.one_way import both_at_once
from dispatch.fleet.task import FleetTask
from dispatch.fleet.tiling import FleetMatrix
from dispatch.lazy.modes import Pairs, pairs_of
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits
from dispatch.solve import OutOfTime, Solution, solve

PATIENCE: Final = Limits(gap=1e-6, time_limit_s=20.0)
"""What one station may take; without a solution by then all are put right together."""


def station_by_station(task: FleetTask, made: FleetMatrix, kept: Matrix, found: Solution) -> Solution | None:
    """A solution in which no station does both at once; nothing if a station has none beside the others.

    Shape   `kept` is the matrix whose cost is to stay as good as it can: that of `made`, perhaps with more rows
    """
    x = found.x.copy()
    for number in np.flatnonzero(both_at_once(task, made, x).any(axis=1)).tolist():
        columns = made.stations[number]
        own = np.sort(np.concatenate(list(columns.values())))
        small = _beside(kept, found=replace(found, x=x), own=own)
        place = np.full(kept.cost.size, -1, np.int64)
        place[own] = np.arange(own.size)
        small = replace(small, columns={name: place[each] for name, each in columns.items()})
        solved = _one_way(small, pairs_of(task.stations[number]))
        if solved is None:
            return None
        x[own] = solved.x[: own.size]
    return replace(found, x=x, objective=float(kept.cost @ x) + kept.offset)


def _one_way(small: Matrix, pairs: Pairs) -> Solution | None:
    """The best solution with one way open in each step: binaries are few where there is one station."""
    try:
        return solve(_with_ways(small, pairs), PATIENCE)
    except (Infeasible, OutOfTime):
        return None


def _with_ways(small: Matrix, pairs: Pairs) -> Matrix:
    """The matrix with a binary for each pair and step: one of the two is zero where it is 1, the other where it is 0."""
    for one, other in pairs:
        taken, given = small.columns[one], small.columns[other]
        way = small.cost.size + np.arange(taken.size)
        most_taken, most_given = small.upper[taken], small.upper[given]
        small = replace(
            small,
            cost=np.concatenate([small.cost, np.zeros(way.size)]),
            lower=np.concatenate([small.lower, np.zeros(way.size)]),
            upper=np.concatenate([small.upper, np.ones(way.size)]),
            is_integer=np.concatenate([small.is_integer, np.ones(way.size, np.bool_)]),
            row_lower=np.concatenate([small.row_lower, np.full(2 * way.size, -np.inf)]),
            row_upper=np.concatenate([small.row_upper, np.zeros(way.size), most_given]),
            starts=np.concatenate([small.starts, small.starts[-1] + 2 * np.arange(1, 2 * way.size + 1)]),
            index=np.concatenate([small.index, np.stack([taken, way], 1).ravel(), np.stack([given, way], 1).ravel()]),
            coefficient=np.concatenate(
                [
                    small.coefficient,
                    np.stack([np.ones(way.size), -most_taken], 1).ravel(),
                    np.stack([np.ones(way.size), most_given], 1).ravel(),
                ]
            ),
        )
    return small


def _beside(kept: Matrix, *, found: Solution, own: Integers) -> Matrix:
    """The matrix of some columns, the others held at what was found."""
    is_own = np.zeros(kept.cost.size, np.bool_)
    is_own[own] = True
    place = np.cumsum(is_own) - 1
    row = np.repeat(np.arange(kept.row_lower.size), np.diff(kept.starts))
    mine = is_own[kept.index]
    fixed = np.bincount(
        row[~mine], weights=kept.coefficient[~mine] * found.x[kept.index[~mine]], minlength=kept.row_lower.size
    )
    rows = np.flatnonzero(np.bincount(row[mine], minlength=kept.row_lower.size))
    counts = np.bincount(row[mine], minlength=kept.row_lower.size)[rows]
    # what is held was found within the solver's tolerance, so the rows are opened to it
    activity = fixed + np.bincount(
        row[mine], weights=kept.coefficient[mine] * found.x[kept.index[mine]], minlength=fixed.size
    )
    lower, upper = np.minimum(kept.row_lower, activity), np.maximum(kept.row_upper, activity)
    return Matrix(
        cost=kept.cost[own],
        offset=0.0,
        lower=kept.lower[own],
        upper=kept.upper[own],
        is_integer=kept.is_integer[own],
        row_lower=(lower - fixed)[rows],
        row_upper=(upper - fixed)[rows],
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        index=place[kept.index[mine]],
        coefficient=kept.coefficient[mine],
        columns={},
        rows={},
    )
