"""The value of stored energy, step by step from the end, and the path that follows from it.

The value of stored energy is concave and piecewise linear: segments in order of falling worth. Going one step back adds
two segments, one for what may be bought in the step and one for what may be sold, and cuts both ends to the bounds.
Where buying and selling in the same step would pay, the two are replaced by one segment, the straight line between
"charge all through" and "discharge all through": the tightest concave function above the exclusive choices.
"""

from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.program.compiled import inner_loop, quick
from dispatch.program.path import Filled, Limits, Path, bites, limits_of, possible, to_fill, unreachable
from dispatch.program.store import Store, Worth

ROUNDING: Final = 1e-9
"""A bound may be missed by this share through rounding."""


def best_path(store: Store, worth: Worth) -> Path:
    """The path of the largest worth, where a step may be shared between charging and discharging.

    Raises  Infeasible if no path keeps the bounds and reaches the end
    """
    biting, worth = bites(store, worth), possible(store, worth)
    both = store.gain_mwh + store.drain_mwh
    line = (worth.buy * store.gain_mwh + worth.sell * store.drain_mwh) / np.where(both > 0.0, both, 1.0)
    prices = np.where(biting, line, worth.buy), np.where(biting, line, worth.sell)
    targets, filled = to_fill(store)[:2], to_fill(store)
    ends = (store.kept_ratio * store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
    steps = both.size
    bound_cny, reachable = quick(levels, steps)(prices, limits_of(store), store.kept_ratio, ends, *targets)
    if not reachable:
        raise unreachable()
    quick(_follow, steps)(targets, biting, limits_of(store), store.kept_ratio, store.initial_mwh, filled)
    # the line of a biting step does not pass through nothing: this much it lies above rest
    above_rest = np.where(biting, (worth.sell - line) * store.drain_mwh, 0.0)
    return Path(
        stored_mwh=filled[0],
        gained_mwh=filled[1],
        drained_mwh=filled[2],
        bound_cny=bound_cny + float(above_rest.sum()),
    )


@inner_loop
def levels(
    prices: tuple[Floats, Floats],
    limits: Limits,
    kept: float,
    start_and_end: tuple[float, float, float],
    charge_to: Floats,
    discharge_to: Floats,
) -> tuple[float, bool]:
    """Fills, for each step, the stored energy worth charging up to and worth discharging down to."""
    buy, sell = prices
    gain, drain, low, high = limits
    start, end_low, end_high = start_and_end
    steps = buy.size
    slope, length = np.empty(4 * steps + 8), np.empty(4 * steps + 8)
    first = until = 2 * steps + 4
    bottom, top = max(end_low, low[-1]), min(end_high, high[-1])
    worth_of_bottom = 0.0
    if bottom > top:
        return worth_of_bottom, False
    if top > bottom:
        slope[until], length[until] = 0.0, top - bottom
        until += 1
    for step in range(steps - 1, -1, -1):
        charge_to[step] = min(bottom + _worth_more(slope, length, first, until, buy[step], False), top)
        discharge_to[step] = min(bottom + _worth_more(slope, length, first, until, sell[step], True), top)
        first, until = _insert(slope, length, first, until, buy[step], gain[step])
        first, until = _insert(slope, length, first, until, sell[step], drain[step])
        worth_of_bottom -= buy[step] * gain[step]
        bottom, top = bottom - gain[step], top + drain[step]
        lowest = kept * low[step - 1] if step > 0 else start
        highest = kept * high[step - 1] if step > 0 else start
        slack = ROUNDING * (1.0 + abs(lowest) + abs(highest))
        if lowest > highest or bottom > highest + slack or top < lowest - slack:
            return worth_of_bottom, False
        while first < until and bottom < lowest:
            cut = min(length[first], lowest - bottom)
            worth_of_bottom += cut * slope[first]
            bottom += cut
            length[first] -= cut
            first += length[first] <= 0.0
        while first < until and top > highest:
            cut = min(length[until - 1], top - highest)
            top -= cut
            length[until - 1] -= cut
            until -= length[until - 1] <= 0.0
        bottom = min(max(bottom, lowest), highest)
        top = max(min(top, highest), bottom)
        if kept != 1.0:
            bottom, top = bottom / kept, top / kept
            for n in range(first, until):
                slope[n] *= kept
                length[n] /= kept
    return worth_of_bottom, True


@inner_loop
def _worth_more(slope: Floats, length: Floats, first: int, until: int, price: float, or_equal: bool) -> float:
    """Stored energy, from the bottom, whose worth is above a price (or equal to it); no end where all of it is."""
    energy = 0.0
    for n in range(first, until):
        if slope[n] < price or (slope[n] == price and not or_equal):
            return energy
        energy += length[n]
    return np.inf


@inner_loop
def _insert(slope: Floats, length: Floats, first: int, until: int, price: float, energy: float) -> tuple[int, int]:
    """Puts a segment in its place by falling worth, moving the shorter side; the new ends of the list."""
    if energy <= 0.0:
        return first, until
    above, below = first, until
    while above < below:
        middle = (above + below) // 2
        if slope[middle] > price:
            above = middle + 1
        else:
            below = middle
    if above < until and slope[above] == price:
        length[above] += energy
        return first, until
    if above - first < until - above:
        for n in range(first, above):
            slope[n - 1], length[n - 1] = slope[n], length[n]
        slope[above - 1], length[above - 1] = price, energy
        return first - 1, until
    for n in range(until, above, -1):
        slope[n], length[n] = slope[n - 1], length[n - 1]
    slope[above], length[above] = price, energy
    return first, until + 1


@inner_loop
def _follow(
    targets: tuple[Floats, Floats], biting: Flags, limits: Limits, kept: float, initial: float, path: Filled
) -> None:
    """Fills the path: up to the one level, down to the other, else at rest; biting steps always do something."""
    charge_to, discharge_to = targets
    gain, drain = limits[0], limits[1]
    stored, gained, drained = path
    before = initial
    for step in range(stored.size):
        before *= kept
        up, down = charge_to[step], discharge_to[step]
        after = before
        gained[step] = drained[step] = 0.0
        if biting[step]:
            fullest, emptiest = before + gain[step], before - drain[step]
            if fullest <= down:
                after = fullest
            elif emptiest >= up:
                after = emptiest
            else:
                after = min(max(before, up), down)
            charging = (after - emptiest) / (fullest - emptiest)
            gained[step], drained[step] = charging * gain[step], (1.0 - charging) * drain[step]
        elif before < up:
            after = min(up, before + gain[step])
            gained[step] = after - before
        elif before > down:
            after = max(down, before - drain[step])
            drained[step] = before - after
        stored[step] = before = after
