"""The matrix of a fleet: the stations beside each other, below them the rows of what holds for several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.fleet.formulate import goal_order
from dispatch.fleet.laying import Below, LaidGoal, LaidLeaf, laid
from dispatch.fleet.task import FleetTask
from dispatch.formulate import is_own, one_step_model, whole_model
from dispatch.matrix import Matrix
from dispatch.matrix.pattern import Pattern, pattern_of
from dispatch.matrix.tiling import tiled
from dispatch.matrix.whole import written_out
from dispatch.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is maximised: cost * x + offset; `label` names the leaf."""

    label: str
    cost: Floats
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetMatrix:
    """The matrix of a fleet, its goals in order, and where the variables stand.

    Shape   `stations`: by station, the columns of each variable in the order of its steps; `leaf_columns` and
            `leaf_rows`: by the label of a leaf, the columns of its variables and its rows; the matrix' cost is the
            first goal's
    """

    matrix: Matrix
    goals: tuple[Goal, ...]
    stations: tuple[Mapping[str, Integers], ...]
    leaf_columns: Mapping[str, Mapping[str, Integers]]
    leaf_rows: Mapping[str, Mapping[str, Integers]]


def fleet_matrix(task: FleetTask, exclusive: Sequence[Flags] | None = None) -> FleetMatrix:
    """The matrix of a fleet; `exclusive` says by station which steps have binaries, nothing means all.

    Raises  InputError if a constraint is not linear
    """
    parts = _station_parts(task.stations, exclusive)
    ends = np.cumsum([0, *(part.cost.size for part in parts)]).tolist()
    below = Below(
        stations=tuple(
            {name: each + first for name, each in part.columns.items()}
            for part, first in zip(parts, ends[:-1], strict=True)
        ),
        cost=np.concatenate([part.cost for part in parts]),
        offset=sum(part.offset for part in parts),
    )
    leaves: list[LaidLeaf] = []
    first = ends[-1]
    for leaf in task.leaves:
        leaves.append(laid(task, leaf, below, first))
        first += leaves[-1].lower.size
    goals = {each.label: each.goals for each in leaves}
    order = goal_order(task, {label: len(each) for label, each in goals.items()})
    ordered = tuple(_as_cost(label, goals[label][number], first) for label, number in order)
    return FleetMatrix(
        matrix=_joined(parts, ends, leaves, ordered[0]),
        goals=ordered,
        stations=tuple(below.stations),
        leaf_columns={each.label: each.columns for each in leaves},
        leaf_rows=_leaf_rows(leaves, sum(part.row_lower.size for part in parts)),
    )


def _station_parts(tasks: Sequence[Task], exclusive: Sequence[Flags] | None) -> list[Matrix]:
    """The matrix of each station; stations of one shape share a pattern."""
    patterns: dict[tuple[object, ...], Pattern] = {}
    parts = []
    for number, task in enumerate(tasks):
        flags = None if exclusive is None else exclusive[number]
        if any(is_own(block) for block in task.blocks):
            parts.append(written_out(whole_model(task, flags)))
            continue
        shape = (task.block_names, task.objective.name)
        if shape not in patterns:
            patterns[shape] = pattern_of(one_step_model(task))
        parts.append(tiled(patterns[shape], task, flags))
    return parts


def _as_cost(label: str, goal: LaidGoal, columns: int) -> Goal:
    cost = np.zeros(columns)
    np.add.at(cost, goal.column, goal.coefficient)
    return Goal(label=label, cost=cost, offset=goal.offset)


def _leaf_rows(leaves: Sequence[LaidLeaf], first: int) -> dict[str, dict[str, Integers]]:
    """The numbers of the rows of each leaf, by constraint; the first of them stands below those of the stations."""
    found: dict[str, dict[str, Integers]] = {}
    for leaf in leaves:
        own = found.setdefault(leaf.label, {})
        for rows in leaf.rows:
            own[rows.name] = np.arange(first, first + rows.lower.size)
            first += rows.lower.size
    return found


def _joined(parts: Sequence[Matrix], ends: Sequence[int], leaves: Sequence[LaidLeaf], goal: Goal) -> Matrix:
    rows = [each for leaf in leaves for each in leaf.rows]
    firsts = np.cumsum([0, *(each.lower.size for each in rows)]).tolist()
    row = np.concatenate([np.zeros(0, np.int64), *(each.row + n for each, n in zip(rows, firsts[:-1], strict=True))])
    order = np.argsort(row, kind="stable")
    column = np.concatenate([np.zeros(0, np.int64), *(each.column for each in rows)])[order]
    coefficient = np.concatenate([np.zeros(0), *(each.coefficient for each in rows)])[order]
    counts = [*(np.diff(part.starts) for part in parts), np.bincount(row, minlength=firsts[-1])]
    more = sum(leaf.lower.size for leaf in leaves)
    row_firsts = np.cumsum([0, *(part.row_lower.size for part in parts)]).tolist()
    return Matrix(
        cost=goal.cost,
        offset=goal.offset,
        lower=np.concatenate([*(part.lower for part in parts), *(leaf.lower for leaf in leaves)]),
        upper=np.concatenate([*(part.upper for part in parts), *(leaf.upper for leaf in leaves)]),
        is_integer=np.concatenate([*(part.is_integer for part in parts), np.zeros(more, np.bool_)]),
        row_lower=np.concatenate([*(part.row_lower for part in parts), *(each.lower for each in rows)]),
        row_upper=np.concatenate([*(part.row_upper for part in parts), *(each.upper for each in rows)]),
        starts=np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts])),
        index=np.concatenate([*(part.index + n for part, n in zip(parts, ends[:-1], strict=True)), column]),
        coefficient=np.concatenate([*(part.coefficient for part in parts), coefficient]),
        columns=_gathered([part.columns for part in parts], ends[:-1]),
        rows=_gathered([part.rows for part in parts], row_firsts[:-1]),
    )


def _gathered(named: Sequence[Mapping[str, Integers]], firsts: Sequence[int]) -> dict[str, Integers]:
    """The places of each name over all stations that have it, station after station."""
    places: dict[str, list[Integers]] = {}
    for each, first in zip(named, firsts, strict=True):
        for name, own in each.items():
            places.setdefault(name, []).append(own + first)
    return {name: np.concatenate(each) for name, each in places.items()}
