"""The matrix that a solver takes, and several of them laid out one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Flags, Floats, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Maximise offset + cost * x, where row_lower <= A x <= row_upper and lower <= x <= upper.

    Shape   `cost` in 元; A row by row: the entries of row r stand from starts[r] to starts[r+1] in `index` (column) and
            `coefficient`, none of them zero; `columns` gives the columns of a variable in the order of its steps, `rows`
            the rows of a constraint, station after station; a constraint on a single variable is a bound and has no row
    """

    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    is_integer: Flags
    row_lower: Floats
    row_upper: Floats
    starts: Integers
    index: Integers
    coefficient: Floats
    columns: Mapping[str, Integers]
    rows: Mapping[str, Integers]


def stacked(parts: Sequence[Matrix]) -> Matrix:
    """Independent matrices as one, columns and rows of the first first."""
    if len(parts) == 1:
        return parts[0]
    columns_before = _before([part.cost.size for part in parts])
    rows_before = _before([part.row_lower.size for part in parts])
    entries_before = _before([part.index.size for part in parts])
    starts = [part.starts[:-1] + before for part, before in zip(parts, entries_before, strict=True)]
    return Matrix(
        cost=np.concatenate([part.cost for part in parts]),
        offset=sum(part.offset for part in parts),
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
        is_integer=np.concatenate([part.is_integer for part in parts]),
        row_lower=np.concatenate([part.row_lower for part in parts]),
        row_upper=np.concatenate([part.row_upper for part in parts]),
        starts=np.concatenate([*starts, [sum(part.index.size for part in parts)]]),
        index=np.concatenate([part.index + before for part, before in zip(parts, columns_before, strict=True)]),
        coefficient=np.concatenate([part.coefficient for part in parts]),
        columns=_shifted([part.columns for part in parts], columns_before),
        rows=_shifted([part.rows for part in parts], rows_before),
    )


def _before(sizes: Sequence[int]) -> list[int]:
    ends: list[int] = np.cumsum(sizes).tolist()
    return [0, *ends[:-1]]


def _shifted(named: Sequence[Mapping[str, Integers]], before: Sequence[int]) -> dict[str, Integers]:
    return {
        name: np.concatenate([each[name] + shift for each, shift in zip(named, before, strict=True)])
        for name in named[0]
    }
