"""The matrix of the sizing model: the size first, then the years, each tiled from one Pyomo step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.formulate import figures, one_step_model
from dispatch.matrix import Matrix
from dispatch.matrix.pattern import Pattern, figure_of, pattern_of
from dispatch.matrix.tiling import tiled
from dispatch.matrix.whole import written_out
from dispatch.size_blocks import rated_size
from dispatch.sizing.linear.case import SizeCase, Year
from dispatch.sizing.linear.formulate import size_model
from dispatch.sizing.linear.unit import unit_task
from dispatch.task import Task

START: Final = "stored_mwh"
"""The variable that has a figure before the first step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizingMatrix:
    """The matrix of a sizing model, and by year the columns of each variable in the order of its steps."""

    matrix: Matrix
    years: tuple[Mapping[str, Integers], ...]


def sizing_matrix(case: SizeCase, exclusive: Sequence[Flags]) -> SizingMatrix:
    """The matrix of a sizing model; `exclusive` says by year which steps have binaries.

    Raises  InputError if a constraint is not linear
    """
    size = written_out(size_model(case))
    parts = [size, *_year_parts(case, exclusive)]
    places = _places(parts)
    joined = _joined(parts, places)
    years = tuple(
        {name: place[each] for name, each in part.columns.items()}
        for part, place in zip(parts[1:], places[1:], strict=True)
    )
    return SizingMatrix(matrix=joined, years=years)


def _year_parts(case: SizeCase, exclusive: Sequence[Flags]) -> list[Matrix]:
    """The matrix of each year, its cost weighted; years of one shape share a pattern."""
    patterns: dict[tuple[object, ...], Pattern] = {}
    parts = []
    for year, flags in zip(case.years, exclusive, strict=True):
        task = unit_task(case, year)
        shape = (task.block_names, task.objective.name)
        if shape not in patterns:
            patterns[shape] = pattern_of(one_step_model(task))
        parts.append(_year_part(patterns[shape], task, year, flags))
    return parts


def _year_part(pattern: Pattern, task: Task, year: Year, exclusive: Flags) -> Matrix:
    """A year whose stored energy at the start is a share of the energy that is looked for."""
    empty = replace(task, station=replace(task.station, initial_stored_mwh=0.0))
    made = tiled(pattern, empty, exclusive)
    made = replace(made, cost=made.cost * year.weight, offset=made.offset * year.weight)
    share = task.station.initial_stored_mwh
    if not share:
        return made
    for family in pattern.families:
        for entry in family.entries:
            if entry.is_before and entry.column == START:
                first = np.broadcast_to(figure_of(entry.coefficient, figures(task)), task.station.horizon.count)[0]
                made = _with_entry(
                    made, int(made.rows[family.name][0]), int(made.columns["energy_mwh"][0]), float(first) * share
                )
    return made


def _with_entry(made: Matrix, row: int, column: int, coefficient: float) -> Matrix:
    """The matrix with one more entry at the end of a row."""
    end = int(made.starts[row + 1])
    starts = made.starts.copy()
    starts[row + 1 :] += 1
    return replace(
        made,
        starts=starts,
        index=np.insert(made.index, end, column),
        coefficient=np.insert(made.coefficient, end, coefficient),
    )


def _places(parts: Sequence[Matrix]) -> list[Integers]:
    """By part, the column of the whole for each of its columns: the size is shared, the rest follows."""
    size = parts[0]
    places: list[Integers] = [np.arange(size.cost.size)]
    first = size.cost.size
    for part in parts[1:]:
        own = np.ones(part.cost.size, np.bool_)
        for name in rated_size.ADDS:
            own[part.columns[name]] = False
        place = np.where(own, np.cumsum(own) - 1 + first, 0)
        for name in rated_size.ADDS:
            place[part.columns[name]] = size.columns[name]
        places.append(place)
        first += int(own.sum())
    return places


def _joined(parts: Sequence[Matrix], places: Sequence[Integers]) -> Matrix:
    kept = [np.flatnonzero(place >= first) for place, first in zip(places, _firsts(places), strict=True)]
    cost: Floats = np.zeros(int(max(place.max() for place in places)) + 1)
    for part, place in zip(parts, places, strict=True):
        np.add.at(cost, place, part.cost)
    row_firsts = np.cumsum([0, *(part.row_lower.size for part in parts)]).tolist()
    counts = [np.diff(part.starts) for part in parts]
    return Matrix(
        cost=cost,
        offset=sum(part.offset for part in parts),
        lower=np.concatenate([part.lower[own] for part, own in zip(parts, kept, strict=True)]),
        upper=np.concatenate([part.upper[own] for part, own in zip(parts, kept, strict=True)]),
        is_integer=np.concatenate([part.is_integer[own] for part, own in zip(parts, kept, strict=True)]),
        row_lower=np.concatenate([part.row_lower for part in parts]),
        row_upper=np.concatenate([part.row_upper for part in parts]),
        starts=np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts])),
        index=np.concatenate([place[part.index] for part, place in zip(parts, places, strict=True)]),
        coefficient=np.concatenate([part.coefficient for part in parts]),
        columns=_gathered([part.columns for part in parts], places),
        rows=_gathered([part.rows for part in parts], [np.arange(n, m) for n, m in pairwise(row_firsts)]),
    )


def _firsts(places: Sequence[Integers]) -> list[int]:
    """By part, the first column of the whole that is its own."""
    ends = np.maximum.accumulate([int(place.max()) + 1 for place in places]).tolist()
    return [0, *ends[:-1]]


def _gathered(named: Sequence[Mapping[str, Integers]], places: Sequence[Integers]) -> dict[str, Integers]:
    """The places of each name over all parts that have it, each once, part after part."""
    found: dict[str, list[Integers]] = {}
    for each, place in zip(named, places, strict=True):
        for name, own in each.items():
            if name not in rated_size.ADDS or name not in found:
                found.setdefault(name, []).append(place[own])
    return {name: np.concatenate(each) for name, each in found.items()}
