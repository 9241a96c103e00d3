"""The pattern of one step, tiled over the steps of a horizon and over stations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.formulate import Figures, figures
from dispatch.matrix.layout import Matrix
from dispatch.matrix.pattern import HORIZON, Entry, Family, Pattern, figure_of
from dispatch.task import Task
from tariffs.vocabulary.errors import InputError, Words

SUMS = ("days", HORIZON)
"""A row over one of these sums over its steps."""
NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Where a pattern is laid: the figures of a task, and by set the number of its members and the member of each step."""

    figures: Mapping[str, Figures]
    member: Mapping[str, Integers]
    columns: Mapping[str, Integers]
    initial_stored_mwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Rows of a family: bounds, number of entries of each row, columns and coefficients row by row."""

    lower: Floats
    upper: Floats
    counts: Integers
    index: Integers
    coefficient: Floats


def tiled(pattern: Pattern, task: Task, exclusive: Flags | None) -> Matrix:
    """The matrix of one task; `exclusive` says which steps have binaries, nothing means all.

    Raises  InputError if a family of rows cannot be tiled
    """
    ground = _ground(pattern, task, exclusive)
    lower, upper, is_integer = _column_bounds(pattern, ground)
    laid: dict[str, _Laid] = {}
    for family in pattern.families:
        if not _became_bound(family, ground, lower, upper):
            laid[family.name] = _laid(family, ground)
    cost, offset = _cost(pattern.objective, ground, lower.size)
    counts = np.concatenate([np.zeros(1, np.int64), *(each.counts for each in laid.values())])
    ends = np.cumsum([each.counts.size for each in laid.values()]).tolist()
    firsts = [0, *ends[:-1]]
    return Matrix(
        cost=cost,
        offset=offset,
        lower=lower,
        upper=upper,
        is_integer=is_integer,
        row_lower=_joined([each.lower for each in laid.values()]),
        row_upper=_joined([each.upper for each in laid.values()]),
        starts=np.cumsum(counts),
        index=_joined([each.index for each in laid.values()]).astype(np.int64),
        coefficient=_joined([each.coefficient for each in laid.values()]),
        columns={name: each[_begins(each)] for name, each in ground.columns.items()},
        rows={name: np.arange(first, end) for name, first, end in zip(laid, firsts, ends, strict=True)},
    )


def _ground(pattern: Pattern, task: Task, exclusive: Flags | None) -> _Ground:
    horizon = task.station.horizon
    steps: Integers = np.arange(horizon.count, dtype=np.int64)
    chosen = np.ones(horizon.count, np.bool_) if exclusive is None else exclusive
    member: dict[str, Integers] = {
        "steps": steps,
        "later_steps": steps - 1,
        "last_step": np.where(steps == horizon.count - 1, 0, NOWHERE),
        "days": horizon.day_of_step,
        "exclusive_steps": np.where(chosen, np.cumsum(chosen) - 1, NOWHERE),
        HORIZON: np.zeros_like(steps),
    }
    columns: dict[str, Integers] = {}
    count = 0
    for column in pattern.columns:
        own = member[column.over]
        columns[column.name] = np.where(own == NOWHERE, NOWHERE, own + count)
        count += int(own.max(initial=NOWHERE)) + 1
    initial = task.station.initial_stored_mwh
    return _Ground(figures=figures(task), member=member, columns=columns, initial_stored_mwh=initial)


def _column_bounds(pattern: Pattern, ground: _Ground) -> tuple[Floats, Floats, Flags]:
    """Bounds that the variables were declared with, and which are integers."""
    lower: list[Floats] = []
    upper: list[Floats] = []
    is_integer: list[Flags] = []
    for column in pattern.columns:
        first = _begins(ground.member[column.over])
        lower.append(_spread(column.lower, -np.inf, ground, first.size)[first])
        upper.append(_spread(column.upper, np.inf, ground, first.size)[first])
        is_integer.append(np.full(int(first.sum()), column.is_integer))
    return _joined(lower), _joined(upper), np.concatenate(is_integer)


def _begins(member: Integers) -> Flags:
    """The steps at which a new member begins, in places that never fall but where there is none."""
    begins: Flags = np.diff(np.maximum.accumulate(member), prepend=NOWHERE) > 0
    return begins


def _spread(expression: Any, otherwise: float, ground: _Ground, count: int) -> Floats:
    figure = otherwise if expression is None else figure_of(expression, ground.figures)
    spread: Floats = np.broadcast_to(np.asarray(figure, float), count)
    return spread


def _became_bound(family: Family, ground: _Ground, lower: Floats, upper: Floats) -> bool:
    """Whether the family had a single variable of the step, and now narrows its bounds."""
    if len(family.entries) != 1 or family.over in SUMS or family.entries[0].is_before:
        return False
    entry = family.entries[0]
    rows = ground.member[family.over] > NOWHERE
    column = ground.columns[entry.column][rows]
    coefficient = _spread(entry.coefficient, 0.0, ground, rows.size)[rows]
    if np.any(coefficient == 0.0) or np.any(np.diff(column) == 0):
        return False
    low, high = (bound[rows] / coefficient for bound in _row_bounds(family, ground))
    low, high = np.where(coefficient > 0, low, high), np.where(coefficient > 0, high, low)
    lower[column] = np.maximum(lower[column], low)
    upper[column] = np.minimum(upper[column], high)
    return True


def _row_bounds(family: Family, ground: _Ground) -> tuple[Floats, Floats]:
    count = ground.member["steps"].size
    constant = _spread(family.constant, 0.0, ground, count)
    return _spread(family.lower, -np.inf, ground, count) - constant, _spread(
        family.upper, np.inf, ground, count
    ) - constant


def _laid(family: Family, ground: _Ground) -> _Laid:
    member = ground.member[family.over]
    first = _begins(member)
    if family.over in SUMS:
        _refuse_stepwise(family, ground)
    lower, upper = _row_bounds(family, ground)
    placed = [_placed(entry, family, ground) for entry in family.entries]
    known = _known(family, ground)
    column = np.stack([each[0] for each in placed], axis=1)
    coefficient = np.stack([each[1] for each in placed], axis=1)
    kept = coefficient != 0.0
    counts = np.bincount(member[member > NOWHERE], weights=kept.sum(axis=1)[member > NOWHERE])
    return _Laid(
        lower=(lower - known)[first],
        upper=(upper - known)[first],
        counts=counts.astype(np.int64),
        index=column[kept],
        coefficient=coefficient[kept],
    )


def _placed(entry: Entry, family: Family, ground: _Ground) -> tuple[Integers, Floats]:
    """Column and coefficient of an entry at each step; the coefficient is zero where the family has no row."""
    member = ground.member[family.over]
    column = ground.columns[entry.column]
    coefficient = np.where(member > NOWHERE, _spread(entry.coefficient, 0.0, ground, member.size), 0.0)
    if entry.is_before:
        column = np.concatenate([[NOWHERE], column[:-1]])
        if entry.column == "stored_mwh":
            coefficient[0] = 0.0
    if family.over in SUMS:
        coefficient = np.where(_counted(column, member), coefficient, 0.0)
    if np.any((column == NOWHERE) & (coefficient != 0.0)):
        raise _not_there(family.name, entry.column)
    return column, coefficient


def _counted(column: Integers, member: Integers) -> Flags:
    """The steps at which a sum meets a variable that it has not met yet."""
    counted: Flags = _begins(column) | (np.diff(member, prepend=NOWHERE) > 0) & (column > NOWHERE)
    return counted


def _known(family: Family, ground: _Ground) -> Floats:
    """What the stored energy at the start adds to each row."""
    known = np.zeros(ground.member["steps"].size)
    for entry in family.entries:
        if entry.is_before and entry.column == "stored_mwh" and ground.member[family.over][0] > NOWHERE:
            known[0] += _spread(entry.coefficient, 0.0, ground, known.size)[0] * ground.initial_stored_mwh
    return known


def _cost(objective: Family, ground: _Ground, count: int) -> tuple[Floats, float]:
    _refuse_stepwise(objective, ground)
    cost = np.zeros(count)
    for entry in objective.entries:
        column, coefficient = _placed(entry, objective, ground)
        kept = coefficient != 0.0
        cost[column[kept]] += coefficient[kept]
    return cost, float(np.max(figure_of(objective.constant, ground.figures)))


def _joined(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0)


def _refuse_stepwise(family: Family, ground: _Ground) -> None:
    """A sum over steps has one constant, not one for each step, and no variable of the step before."""
    for each in (family.constant, family.lower, family.upper):
        figure = figure_of(each, ground.figures)
        if each is None or np.ndim(figure) == 0 or not np.any(figure):
            continue
        raise InputError(
            Words(f"{family.name} 的常数随时段变化", f"the right-hand side of a sum, {family.name}, varies by step"),
            found=Words(f"{each}", f"{each}"),
            do=Words("求和约束的常数不用随时段变化的参数", "use a constant without a parameter of each step"),
        )
    if any(entry.is_before for entry in family.entries):
        raise InputError(
            Words(f"{family.name} 求和时用了前一时段", f"{family.name} sums over variables of the step before"),
            found=Words("下标 t - 1", "index t - 1"),
            do=Words("求和只用本时段的变量", "sum over variables of the step itself"),
        )


def _not_there(row: str, column: str) -> InputError:
    return InputError(
        Words(f"{row} 用了并非每个时段都有的 {column}", f"{row} uses {column}, which not every step has"),
        found=Words(f"{column} 只在部分时段有", f"{column} is there at some steps only"),
        do=Words(f"让 {row} 与 {column} 用同一下标集", f"give {row} the index set of {column}"),
    )
