"""What one more MWh inside the store is worth after each step, along the path taken."""

from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.program.compiled import inner_loop, quick
from dispatch.program.store import Case, Worth

FULL_RATIO: Final = 1e-9
"""A step is at its limit when it misses it by no more than this share."""
Pair = tuple[Floats, Floats]
"""A figure for charging and one for discharging, each an array of steps."""


def stored_worth(case: Case, worth: Worth, gained_mwh: Floats, drained_mwh: Floats) -> Floats:
    """The worth of one more MWh inside the store at the end of each step, 元/MWh.

    A step that charges or discharges in part would do less or more of it; one at rest passes the worth on, between its two
    prices; one at its limit passes it on as it is.
    """
    store = case.store
    after = np.zeros_like(worth.buy)
    if store.end_low_mwh == store.end_high_mwh:
        # what is left at a fixed end has no worth of its own: as if it could still be sold in the last step
        after[-1] = worth.sell[-1]
    prices, limits = (worth.buy, worth.sell), (store.gain_mwh, store.drain_mwh)
    quick(_backwards, after.size)(prices, (gained_mwh, drained_mwh), limits, store.kept_ratio, after)
    return after


@inner_loop
def _backwards(prices: Pair, moved: Pair, limits: Pair, kept: float, after: Floats) -> None:
    """Fills the worth after each step, from the last one back."""
    for step in range(after.size - 1, 0, -1):
        before = after[step]
        for side in range(2):
            if 0.0 < moved[side][step] < limits[side][step] * (1.0 - FULL_RATIO):
                before = prices[side][step]
        if moved[0][step] == 0.0 and moved[1][step] == 0.0:
            if limits[0][step] > 0.0:
                before = min(before, prices[0][step])
            if limits[1][step] > 0.0:
                before = max(before, prices[1][step])
        after[step - 1] = kept * before
