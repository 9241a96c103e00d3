"""The path of the largest worth on which no step both charges and discharges."""

from typing import Final

import numpy as np

from dispatch.outcome import NotApplicable
from dispatch.program.chain import best_path
from dispatch.program.compiled import quick
from dispatch.program.corners import TOO_MANY, UNREACHABLE, corners, walk
from dispatch.program.path import Path, bites, limits_of, possible, to_fill, unreachable
from dispatch.program.store import Store, Worth
from tariffs.vocabulary.errors import Words

CORNER_RATIO: Final = 1e-14
"""A corner less high than this share of the largest worth is rounding."""
STEPS_OF_A_CORNER: Final = 5
"""A step with corners takes as long as so many without."""


def best_one_way_path(store: Store, worth: Worth) -> Path:
    """The path of the largest worth on which every step charges, discharges or rests.

    Raises  Infeasible if no path keeps the bounds and reaches the end; NotApplicable if its memory does not suffice
    """
    if not bites(store, worth).any():
        return best_path(store, worth)
    worth, limits, filled = possible(store, worth), limits_of(store), to_fill(store)
    ends = (store.kept_ratio, store.kept_ratio * store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
    largest = float(max(np.abs(worth.buy).max(), np.abs(worth.sell).max())) * float(np.abs(store.high_mwh).max())
    found = quick(corners, STEPS_OF_A_CORNER * worth.buy.size)(
        worth.buy, worth.sell, limits, ends, CORNER_RATIO * largest
    )
    if found[4] == UNREACHABLE:
        raise unreachable()
    if found[4] == TOO_MANY:
        raise NotApplicable(Words("储能价值函数过于曲折", "the value of stored energy has too many corners"))
    quick(walk, worth.buy.size)((worth.buy, worth.sell), limits, ends, found, CORNER_RATIO * largest, filled)
    return Path(stored_mwh=filled[0], gained_mwh=filled[1], drained_mwh=filled[2], bound_cny=found[3])
