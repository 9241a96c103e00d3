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
    """The worth of one more MWh inside the store at the end of each step, 元/MWh."""
    within = worth_within(case, worth, gained_mwh, drained_mwh)
    return np.append(case.store.kept_ratio * within[1:], _worth_of_end(case, worth))


def worth_within(case: Case, worth: Worth, gained_mwh: Floats, drained_mwh: Floats) -> Floats:
    """The worth of one more MWh inside the store when a step begins, 元/MWh.

    A step that charges or discharges in part would do less or more of it; one at rest passes on what energy is worth after
    it, between its two prices; one at its limit passes it on as it is.
    """
    store, within = case.store, np.empty_like(worth.buy)
    prices, limits = (worth.buy, worth.sell), (store.gain_mwh, store.drain_mwh)
    end = _worth_of_end(case, worth)
    quick(_backwards, within.size)(prices, (gained_mwh, drained_mwh), limits, store.kept_ratio, end, within)
    return within


def _worth_of_end(case: Case, worth: Worth) -> float:
    """Nothing at a free end; at a fixed one what energy would have brought in the last step."""
    is_free = case.store.end_low_mwh < case.store.end_high_mwh
    return 0.0 if is_free else float(worth.sell[-1])


@inner_loop
def _backwards(prices: Pair, moved: Pair, limits: Pair, kept: float, after: float, within: Floats) -> None:
    """Fills the worth at the beginning of each step, from the last one back."""
    for step in range(within.size - 1, -1, -1):
        at_rest = True
        for side in range(2):
            if moved[side][step] > FULL_RATIO * limits[side][step]:
                at_rest = False
                if moved[side][step] < limits[side][step] * (1.0 - FULL_RATIO):
                    after = prices[side][step]
        if at_rest and limits[0][step] > 0.0:
            after = min(after, prices[0][step])
        if at_rest and limits[1][step] > 0.0:
            after = max(after, prices[1][step])
        within[step] = after
        after *= kept
