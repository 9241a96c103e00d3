"""The matrix of a run: that of the whole fleet, cut to some steps, what is stored before them left free."""

from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.fleet.windows.ground import OBJECTIVE, Ground
from dispatch.fleet.windows.runs import Run
from dispatch.matrix import Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The matrix of a run and where its variables stand.

    Shape   `charge`, `discharge` and `stored` are columns, a row a station and a figure a step; `matrix` has no cost
    """

    run: Run
    matrix: Matrix
    charge: Integers
    discharge: Integers
    stored: Integers
    peak: int


def cut_to(ground: Ground, run: Run) -> Cut:
    """The matrix of the steps of a run.

    A variable of another step may be anything within its bounds, so all that is proven here holds for the whole: a run
    in the midst starts at any level, one at the start of the horizon at what is stored there.
    """
    made = ground.made
    names = ("charge_mw", "discharge_mw", "stored_mwh")
    chosen = np.stack([[each[name][run.steps] for each in made.stations] for name in names])
    peak = made.leaf_columns[OBJECTIVE]["peak_mw"]
    balance = made.matrix.rows["energy_balance"].reshape(len(made.stations), -1)
    # the balance of the step after the run only says what is stored there
    rows = np.setdiff1d(_rows_of(made.matrix, chosen.ravel()), balance[:, run.until : run.until + 1])
    placed = np.arange(chosen.size).reshape(chosen.shape)
    return Cut(
        run=run,
        matrix=_cut(made.matrix, rows, np.concatenate([chosen.ravel(), peak])),
        charge=placed[0],
        discharge=placed[1],
        stored=placed[2],
        peak=chosen.size,
    )


def _rows_of(matrix: Matrix, columns: Integers) -> Integers:
    """The rows that have an entry in one of the columns."""
    chosen = np.zeros(matrix.cost.size, np.bool_)
    chosen[columns] = True
    entries = np.flatnonzero(chosen[matrix.index])
    rows: Integers = np.unique(np.searchsorted(matrix.starts, entries, side="right") - 1)
    return rows


def _cut(matrix: Matrix, rows: Integers, columns: Integers) -> Matrix:
    """Some rows and columns of a matrix; what other columns may add is added to the bounds of the rows."""
    counts = matrix.starts[rows + 1] - matrix.starts[rows]
    ends = np.cumsum(counts)
    entries = np.arange(int(ends[-1])) + np.repeat(matrix.starts[rows] - (ends - counts), counts)
    row = np.repeat(np.arange(rows.size), counts)
    place = np.full(matrix.cost.size, -1, np.int64)
    place[columns] = np.arange(columns.size)
    index, coefficient = place[matrix.index[entries]], matrix.coefficient[entries]
    kept = index >= 0
    least, most = _added(matrix, matrix.index[entries][~kept], coefficient[~kept])
    lower, upper = matrix.row_lower[rows].copy(), matrix.row_upper[rows].copy()
    np.subtract.at(lower, row[~kept], most)
    np.subtract.at(upper, row[~kept], least)
    return Matrix(
        cost=np.zeros(columns.size),
        offset=0.0,
        lower=matrix.lower[columns],
        upper=matrix.upper[columns],
        is_integer=matrix.is_integer[columns],
        row_lower=lower,
        row_upper=upper,
        starts=np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=rows.size))]),
        index=index[kept],
        coefficient=coefficient[kept],
        columns={},
        rows={},
    )


def _added(matrix: Matrix, columns: Integers, coefficient: Floats) -> tuple[Floats, Floats]:
    """The least and the most that variables add to a row, each between its bounds."""
    at_bounds = coefficient * matrix.lower[columns], coefficient * matrix.upper[columns]
    return np.minimum(*at_bounds), np.maximum(*at_bounds)
