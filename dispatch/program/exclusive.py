"""The path of the largest worth on which no step both charges and discharges."""

import numpy as np

from dispatch.outcome import NotApplicable
from dispatch.program.chain import Path, best_path, bites, unreachable
from dispatch.program.corners import TOO_MANY, UNREACHABLE, corners, walk
from dispatch.program.store import Store, Worth
from tariffs.vocabulary.errors import Words

CORNER_RATIO = 1e-14
"""A corner less high than this share of the largest worth is rounding."""


def best_one_way_path(store: Store, worth: Worth) -> Path:
    """The path of the largest worth on which every step charges, discharges or rests.

    Raises  Infeasible if no path keeps the bounds and reaches the end; NotApplicable if its memory does not suffice
    """
    if not bites(store, worth).any():
        return best_path(store, worth)
    limits = (store.gain_mwh, store.drain_mwh, store.low_mwh, store.high_mwh)
    ends = (store.kept_ratio, store.kept_ratio * store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
    highest_price = float(max(np.abs(worth.buy).max(), np.abs(worth.sell).max()))
    corner_cny = CORNER_RATIO * highest_price * float(np.abs(store.high_mwh).max())
    level, amount, firsts, bound_cny, state = corners(worth.buy, worth.sell, limits, ends, corner_cny)
    if state == UNREACHABLE:
        raise unreachable()
    if state == TOO_MANY:
        raise NotApplicable(Words("储能价值函数过于曲折", "the value of stored energy has too many corners"))
    stored, gained, drained = np.empty_like(worth.buy), np.empty_like(worth.buy), np.empty_like(worth.buy)
    walk(worth.buy, worth.sell, limits, ends, (level, amount, firsts, corner_cny), (stored, gained, drained))
    return Path(
        stored_mwh=stored,
        gained_mwh=gained,
        drained_mwh=drained,
        shared=np.zeros(stored.size, dtype=np.bool_),
        bound_cny=bound_cny,
    )
