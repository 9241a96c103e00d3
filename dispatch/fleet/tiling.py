"""The matrix of a fleet: the stations beside each other, below them the rows of what holds for several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyomo.core import Constraint, Var

from dispatch.arrays import Flags, Floats, Integers
from dispatch.fleet.formulate import OF_STATIONS, STATION_OBJECTIVES, TOTALS, goal_order, leaf_figures, one_step_leaf
from dispatch.fleet.task import FleetTask
from dispatch.formulate import Figures, is_own, one_step_model, whole_model
from dispatch.matrix import Matrix
from dispatch.matrix.pattern import (
    HORIZON,
    Column,
    Entry,
    Family,
    Pattern,
    column_of,
    family_of,
    figure_of,
    over_of,
    pattern_of,
)
from dispatch.matrix.tiling import tiled
from dispatch.matrix.whole import written_out
from dispatch.task import Task

PLACEHOLDERS = (*TOTALS, *OF_STATIONS, STATION_OBJECTIVES)


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


@dataclass(slots=True, kw_only=True)
class _Rows:
    """Rows as they are collected: entries by row, column and coefficient, and the bounds."""

    row: list[Integers]
    column: list[Integers]
    coefficient: list[Floats]
    lower: list[Floats]
    upper: list[Floats]
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Where a leaf is laid: its figures, its own columns, those of the stations, and the stations' own objectives."""

    figures: Mapping[str, Figures]
    own: dict[str, Integers]
    over: dict[str, str]
    stations: Sequence[Mapping[str, Integers]]
    members: Integers
    steps: int
    station_cost: Floats
    station_offset: float


def fleet_matrix(task: FleetTask, exclusive: Sequence[Flags] | None = None) -> FleetMatrix:
    """The matrix of a fleet; `exclusive` says by station which steps have binaries, nothing means all.

    Raises  InputError if a constraint is not linear
    """
    parts = _station_parts(task.stations, exclusive)
    column_ends = np.cumsum([0, *(part.cost.size for part in parts)])
    stations = tuple(
        {name: each + first for name, each in part.columns.items()}
        for part, first in zip(parts, column_ends[:-1].tolist(), strict=True)
    )
    station_cost = np.concatenate([part.cost for part in parts])
    station_offset = sum(part.offset for part in parts)
    first_column, rows = int(column_ends[-1]), _Rows(row=[], column=[], coefficient=[], lower=[], upper=[])
    bounds: list[tuple[Floats, Floats]] = []
    columns: dict[str, dict[str, Integers]] = {}
    leaf_rows: dict[str, dict[str, Integers]] = {}
    goals: dict[str, list[tuple[Integers, Floats, float]]] = {}
    for leaf in task.leaves:
        model, wanted = one_step_leaf(task, leaf)
        ground = _Ground(
            figures=leaf_figures(task, leaf),
            own={},
            over={},
            stations=stations,
            members=leaf.members,
            steps=task.horizon.count,
            station_cost=station_cost,
            station_offset=station_offset,
        )
        first_column = _own_columns(model, ground, bounds, first_column)
        leaf_rows[leaf.label] = _leaf_rows(model, ground, rows)
        columns[leaf.label] = ground.own
        goals[leaf.label] = [_goal(goal, ground) for goal in wanted]
    order = goal_order(task, {label: len(each) for label, each in goals.items()})
    ordered = tuple(_as_cost(label, goals[label][number], first_column) for label, number in order)
    return FleetMatrix(
        matrix=_joined(parts, column_ends, bounds, rows, ordered[0]),
        goals=ordered,
        stations=stations,
        leaf_columns=columns,
        leaf_rows={
            label: {name: each + sum(part.row_lower.size for part in parts) for name, each in named.items()}
            for label, named in leaf_rows.items()
        },
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


def _own_columns(model: Any, ground: _Ground, bounds: list[tuple[Floats, Floats]], first: int) -> int:
    """Give each variable of a leaf its columns; the number of the next free column."""
    for variable in model.component_objects(Var):
        if variable.local_name in PLACEHOLDERS:
            continue
        column: Column = column_of(model, variable)
        size = _size(column.over, ground)
        ground.own[column.name] = np.arange(first, first + size)
        ground.over[column.name] = column.over
        low, high = (
            np.broadcast_to(np.asarray(otherwise if each is None else figure_of(each, ground.figures), float), size)
            for each, otherwise in ((column.lower, -np.inf), (column.upper, np.inf))
        )
        bounds.append((low, high))
        first += size
    return first


def _leaf_rows(model: Any, ground: _Ground, rows: _Rows) -> dict[str, Integers]:
    laid: dict[str, Integers] = {}
    for constraint in model.component_objects(Constraint, active=True):
        over = over_of(model, constraint)
        for row in constraint.values():
            family = family_of(constraint.local_name, over, row.to_bounded_expression())
            laid[family.name] = _lay(family, ground, rows)
    return laid


def _lay(family: Family, ground: _Ground, rows: _Rows) -> Integers:
    """The rows of a family, one for each member of its set; their numbers among the rows of leaves."""
    size = _size(family.over, ground)
    numbers = np.arange(rows.count, rows.count + size)
    for entry in family.entries:
        coefficient = np.broadcast_to(np.asarray(figure_of(entry.coefficient, ground.figures), float), size)
        for column, each in _entries(entry, family.over, ground, coefficient):
            rows.row.append(numbers)
            rows.column.append(column)
            rows.coefficient.append(each)
    known = figure_of(family.constant, ground.figures)
    for bounds, each, otherwise in ((rows.lower, family.lower, -np.inf), (rows.upper, family.upper, np.inf)):
        figure = otherwise if each is None else figure_of(each, ground.figures) - known
        bounds.append(np.broadcast_to(np.asarray(figure, float), size))
    rows.count += size
    return numbers


def _entries(entry: Entry, over: str, ground: _Ground, coefficient: Floats) -> list[tuple[Integers, Floats]]:
    """Columns and coefficients that an entry means at each member of a set: a sum over stations is one for each of them."""
    if entry.column in TOTALS:
        choices = TOTALS[entry.column]
        return [(_grid_columns(ground.stations[int(i)], choices), coefficient) for i in ground.members]
    if entry.column in OF_STATIONS:
        column = np.array([int(ground.stations[int(i)][entry.column][0]) for i in ground.members])
        return [(column, coefficient)]
    own = ground.own[entry.column]
    return [(own if ground.over[entry.column] == over else np.broadcast_to(own, coefficient.size), coefficient)]


def _grid_columns(named: Mapping[str, Integers], choices: tuple[str, str]) -> Integers:
    return named[choices[0]] if choices[0] in named else named[choices[1]]


def _goal(expression: Any, ground: _Ground) -> tuple[Integers, Floats, float]:
    """Columns, coefficients and constant of a goal; a variable of each step counts at every step."""
    family = family_of("goal", HORIZON, (None, expression, None))
    columns: list[Integers] = []
    coefficients: list[Floats] = []
    offset = float(np.max(figure_of(family.constant, ground.figures)))
    for entry in family.entries:
        figure = np.asarray(figure_of(entry.coefficient, ground.figures), float)
        if entry.column == STATION_OBJECTIVES:
            columns.append(np.arange(ground.station_cost.size))
            coefficients.append(float(figure) * ground.station_cost)
            offset += float(figure) * ground.station_offset
            continue
        over = "steps" if entry.column in TOTALS else ground.over[entry.column]
        for own, each in _entries(entry, over, ground, np.broadcast_to(figure, _size(over, ground))):
            columns.append(own)
            coefficients.append(each)
    return np.concatenate(columns), np.concatenate(coefficients), offset


def _as_cost(label: str, goal: tuple[Integers, Floats, float], columns: int) -> Goal:
    cost = np.zeros(columns)
    np.add.at(cost, goal[0], goal[1])
    return Goal(label=label, cost=cost, offset=goal[2])


def _joined(
    parts: Sequence[Matrix], ends: Integers, bounds: list[tuple[Floats, Floats]], rows: _Rows, goal: Goal
) -> Matrix:
    row = np.concatenate(rows.row)
    order = np.argsort(row, kind="stable")
    own_counts = np.bincount(row, minlength=rows.count)
    counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.starts) for part in parts), own_counts])
    more = sum(low.size for low, _ in bounds)
    row_firsts = np.cumsum([0, *(part.row_lower.size for part in parts)]).tolist()
    return Matrix(
        cost=goal.cost,
        offset=goal.offset,
        lower=np.concatenate([*(part.lower for part in parts), *(low for low, _ in bounds)]),
        upper=np.concatenate([*(part.upper for part in parts), *(high for _, high in bounds)]),
        is_integer=np.concatenate([*(part.is_integer for part in parts), np.zeros(more, np.bool_)]),
        row_lower=np.concatenate([*(part.row_lower for part in parts), *rows.lower]),
        row_upper=np.concatenate([*(part.row_upper for part in parts), *rows.upper]),
        starts=np.cumsum(counts),
        index=np.concatenate(
            [
                *(part.index + first for part, first in zip(parts, ends[:-1].tolist(), strict=True)),
                np.concatenate(rows.column)[order],
            ]
        ),
        coefficient=np.concatenate([*(part.coefficient for part in parts), np.concatenate(rows.coefficient)[order]]),
        columns=_gathered([part.columns for part in parts], ends[:-1].tolist()),
        rows=_gathered([part.rows for part in parts], row_firsts[:-1]),
    )


def _gathered(named: Sequence[Mapping[str, Integers]], firsts: Sequence[int]) -> dict[str, Integers]:
    """The places of each name over all stations that have it, station after station."""
    places: dict[str, list[Integers]] = {}
    for each, first in zip(named, firsts, strict=True):
        for name, own in each.items():
            places.setdefault(name, []).append(own + first)
    return {name: np.concatenate(each) for name, each in places.items()}


def _size(over: str, ground: _Ground) -> int:
    return {"steps": ground.steps, "stations": ground.members.size, HORIZON: 1}[over]
