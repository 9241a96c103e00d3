"""Whether powers hold every row of the whole model, those that no run sees as a whole included."""

from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.fleet.windows.ground import OBJECTIVE, Ground
from dispatch.fleet.windows.refill import Refilled, levels_mwh

ROW_RATIO: Final = 1e-7
"""A row may be missed by this share of its bound: what a solver allows itself."""
ROW_SLACK: Final = 1e-6


def holds_rows(ground: Ground, found: Refilled, peak_mw: float) -> bool:
    """Whether the powers, the levels that follow from them and a peak hold every row."""
    matrix, made = ground.made.matrix, ground.made
    x = np.zeros(matrix.cost.size)
    powers = {"charge_mw": found.charge_mw, "discharge_mw": found.discharge_mw, "stored_mwh": levels_mwh(ground, found)}
    for number, columns in enumerate(made.stations):
        for name, each in powers.items():
            x[columns[name]] = each[number]
    x[made.leaf_columns[OBJECTIVE]["peak_mw"]] = peak_mw
    row = np.repeat(np.arange(matrix.row_lower.size), np.diff(matrix.starts))
    sums = np.bincount(row, weights=matrix.coefficient * x[matrix.index], minlength=matrix.row_lower.size)
    short = np.maximum(matrix.row_lower - sums, sums - matrix.row_upper)
    return bool(np.all(short <= _allowed(matrix.row_lower, matrix.row_upper)))


def _allowed(lower: Floats, upper: Floats) -> Floats:
    sizes = [np.where(np.isfinite(each), np.abs(each), 0.0) for each in (lower, upper)]
    allowed: Floats = ROW_SLACK + ROW_RATIO * np.maximum(*sizes)
    return allowed
