"""One leaf of several stations, laid over all steps: its columns, its rows and its goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyomo.core import Constraint, Var

from dispatch.arrays import Floats, Integers
from dispatch.fleet.formulate import OF_STATIONS, STATION_OBJECTIVES, TOTALS, leaf_figures, one_step_leaf
from dispatch.fleet.task import FleetLeaf, FleetTask
from dispatch.formulate import Figures
from dispatch.matrix.pattern import HORIZON, Column, Entry, Family, column_of, family_of, figure_of, over_of

PLACEHOLDERS = (*TOTALS, *OF_STATIONS, STATION_OBJECTIVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What a leaf stands below: the columns of each station by variable, and the objectives of all as one."""

    stations: Sequence[Mapping[str, Integers]]
    cost: Floats
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidRows:
    """Rows of one kind: entries by the number of their row in the kind, column and coefficient; bounds of each row."""

    name: str
    row: Integers
    column: Integers
    coefficient: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidGoal:
    """Columns and their coefficients, a column perhaps more than once, and the constant."""

    column: Integers
    coefficient: Floats
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidLeaf:
    """A leaf over all steps.

    Shape   `lower` and `upper` bound its own columns, which `columns` gives by variable
    """

    label: str
    columns: Mapping[str, Integers]
    lower: Floats
    upper: Floats
    rows: tuple[LaidRows, ...]
    goals: tuple[LaidGoal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Where a leaf is laid: its figures, its own columns and the sets that they go over, and what is below."""

    figures: Mapping[str, Figures]
    own: Mapping[str, Integers]
    over: Mapping[str, str]
    below: Below
    members: Integers
    steps: int

    def size(self, over: str) -> int:
        """The number of members of a set."""
        return {"steps": self.steps, "stations": self.members.size, HORIZON: 1}[over]

    def spread(self, expression: Any, otherwise: float, over: str) -> Floats:
        """An expression as a figure for each member of a set."""
        figure = otherwise if expression is None else figure_of(expression, self.figures)
        spread: Floats = np.broadcast_to(np.asarray(figure, float), self.size(over))
        return spread


def laid(task: FleetTask, leaf: FleetLeaf, below: Below, first: int) -> LaidLeaf:
    """A leaf whose own columns begin at `first`.

    Raises  InputError if a constraint or a goal is not linear
    """
    model, goals = one_step_leaf(task, leaf)
    listed = [column_of(model, each) for each in model.component_objects(Var) if each.local_name not in PLACEHOLDERS]
    sizes = {"steps": task.horizon.count, "stations": leaf.members.size, HORIZON: 1}
    ends = np.cumsum([first, *(sizes[column.over] for column in listed)]).tolist()
    ground = _Ground(
        figures=leaf_figures(task, leaf),
        own={each.name: np.arange(low, high) for each, low, high in zip(listed, ends[:-1], ends[1:], strict=True)},
        over={each.name: each.over for each in listed},
        below=below,
        members=leaf.members,
        steps=task.horizon.count,
    )
    return LaidLeaf(
        label=leaf.label,
        columns=ground.own,
        lower=_column_bounds(listed, ground, -np.inf),
        upper=_column_bounds(listed, ground, np.inf),
        rows=tuple(_rows(model, ground)),
        goals=tuple(_goal(goal, ground) for goal in goals),
    )


def _column_bounds(listed: Sequence[Column], ground: _Ground, otherwise: float) -> Floats:
    parts = [ground.spread(each.lower if otherwise < 0 else each.upper, otherwise, each.over) for each in listed]
    return np.concatenate([np.zeros(0), *parts])


def _rows(model: Any, ground: _Ground) -> list[LaidRows]:
    families = []
    for constraint in model.component_objects(Constraint, active=True):
        over = over_of(model, constraint)
        for row in constraint.values():
            families.append(family_of(constraint.local_name, over, row.to_bounded_expression()))
    return [_lay(family, ground) for family in families]


def _lay(family: Family, ground: _Ground) -> LaidRows:
    """The rows of a family, one for each member of its set."""
    entries = [
        each
        for entry in family.entries
        for each in _entries(entry, family.over, ground, ground.spread(entry.coefficient, 0.0, family.over))
    ]
    known = ground.spread(family.constant, 0.0, family.over)
    return LaidRows(
        name=family.name,
        row=np.tile(np.arange(ground.size(family.over)), len(entries)),
        column=np.concatenate([column for column, _ in entries]),
        coefficient=np.concatenate([coefficient for _, coefficient in entries]),
        lower=ground.spread(family.lower, -np.inf, family.over) - known,
        upper=ground.spread(family.upper, np.inf, family.over) - known,
    )


def _entries(entry: Entry, over: str, ground: _Ground, coefficient: Floats) -> list[tuple[Integers, Floats]]:
    """Columns and coefficients that an entry means at each member of a set: a sum over stations is one for each of them."""
    stations = [ground.below.stations[number] for number in ground.members.tolist()]
    if entry.column in TOTALS:
        one, other = TOTALS[entry.column]
        return [(named[one] if one in named else named[other], coefficient) for named in stations]
    if entry.column in OF_STATIONS:
        return [(np.array([int(named[entry.column][0]) for named in stations], np.int64), coefficient)]
    own = ground.own[entry.column]
    return [(own if ground.over[entry.column] == over else np.broadcast_to(own, coefficient.size), coefficient)]


def _goal(expression: Any, ground: _Ground) -> LaidGoal:
    """Columns, coefficients and constant of a goal; a variable of each step counts at every step."""
    family = family_of("goal", HORIZON, (None, expression, None))
    columns, coefficients = [np.zeros(0, np.int64)], [np.zeros(0)]
    offset = float(np.max(figure_of(family.constant, ground.figures)))
    for entry in family.entries:
        figure = np.asarray(figure_of(entry.coefficient, ground.figures), float)
        if entry.column == STATION_OBJECTIVES:
            columns.append(np.arange(ground.below.cost.size))
            coefficients.append(float(figure) * ground.below.cost)
            offset += float(figure) * ground.below.offset
            continue
        over = "steps" if entry.column in TOTALS else ground.over[entry.column]
        for own, each in _entries(entry, over, ground, np.broadcast_to(figure, ground.size(over))):
            columns.append(own)
            coefficients.append(each)
    return LaidGoal(column=np.concatenate(columns), coefficient=np.concatenate(coefficients), offset=offset)
