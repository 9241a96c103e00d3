"""The value of stored energy, step by step from the end, and the path that follows from it.

The value of stored energy is concave and piecewise linear: segments in order of falling worth. Going one step back adds
two segments, one for what may be bought in the step and one for what may be sold, and cuts both ends to the bounds.
Where buying and selling in the same step would pay, the two are replaced by one segment, the straight line between
"charge all through" and "discharge all through": the tightest concave function above the exclusive choices.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from dispatch.arrays import Flags, Floats
from dispatch.outcome import Infeasible
from dispatch.program.store import Store, Worth

BITES_RATIO = 1e-12
"""Buying below selling by less than this share is rounding."""
ROUNDING = 1e-9
"""A bound may be missed by this share through rounding."""
SHARED_RATIO = 1e-9
"""A step that charges or discharges for a smaller share of its time than this does only the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Stored energy over time, and what goes into and out of the store.

    Shape   one figure a step, MWh inside the store, stored energy at the end of the step; `shared` marks the steps in
            which both happen, in turns; `bound_cny` is the value at the start: no exclusive schedule earns more
    """

    stored_mwh: Floats
    gained_mwh: Floats
    drained_mwh: Floats
    shared: Flags
    bound_cny: float


def bites(store: Store, worth: Worth) -> Flags:
    """The steps in which charging and discharging at the same time would pay."""
    margin = BITES_RATIO * (np.abs(worth.buy) + np.abs(worth.sell))
    cheating: Flags = (worth.sell - worth.buy > margin) & (store.gain_mwh > 0.0) & (store.drain_mwh > 0.0)
    return cheating


def best_path(store: Store, worth: Worth) -> Path:
    """The path of the largest worth, where a step may be shared between charging and discharging.

    Raises  Infeasible if no path keeps the bounds and reaches the end
    """
    biting = bites(store, worth)
    both = store.gain_mwh + store.drain_mwh
    line = (worth.buy * store.gain_mwh + worth.sell * store.drain_mwh) / np.where(both > 0.0, both, 1.0)
    # what cannot be bought or sold must not stand in the way of the other
    buy = np.where(store.gain_mwh > 0.0, worth.buy, np.maximum(worth.buy, worth.sell))
    sell = np.where(store.drain_mwh > 0.0, worth.sell, np.minimum(worth.buy, worth.sell))
    buy, sell = np.where(biting, line, buy), np.where(biting, line, sell)
    charge_to, discharge_to = np.empty_like(buy), np.empty_like(buy)
    end = (store.end_low_mwh, store.end_high_mwh)
    limits = (store.gain_mwh, store.drain_mwh, store.low_mwh, store.high_mwh)
    start = store.kept_ratio * store.initial_mwh
    worth_of_start, reachable = levels(buy, sell, limits, store.kept_ratio, (start, *end), charge_to, discharge_to)
    if not reachable:
        raise unreachable()
    # the line of a biting step does not pass through nothing: what it lies above rest
    stored, gained, drained = np.empty_like(buy), np.empty_like(buy), np.empty_like(buy)
    _follow(
        (charge_to, discharge_to),
        biting,
        (store.gain_mwh, store.drain_mwh),
        store.kept_ratio,
        store.initial_mwh,
        (stored, gained, drained),
    )
    gap_at_rest = np.where(biting, (worth.sell - line) * store.drain_mwh, 0.0)
    return Path(
        stored_mwh=stored,
        gained_mwh=gained,
        drained_mwh=drained,
        shared=biting & (gained > SHARED_RATIO * store.gain_mwh) & (drained > SHARED_RATIO * store.drain_mwh),
        bound_cny=worth_of_start + float(gap_at_rest.sum()),
    )


def unreachable() -> Infeasible:
    """The word that no path keeps the bounds."""
    return Infeasible("no path from the start to the end keeps the bounds")


@njit(cache=True)
def levels(buy, sell, limits, kept, start_and_end, charge_to, discharge_to):  # type: ignore[no-untyped-def]
    """Fills, for each step, the stored energy worth charging up to and worth discharging down to."""
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


@njit(cache=True)
def _worth_more(slope, length, first, until, price, or_equal):  # type: ignore[no-untyped-def]
    """Stored energy, from the bottom, whose worth is above a price (or equal to it); no end where all of it is."""
    energy = 0.0
    for n in range(first, until):
        if slope[n] < price or (slope[n] == price and not or_equal):
            return energy
        energy += length[n]
    return np.inf


@njit(cache=True)
def _insert(slope, length, first, until, price, energy):  # type: ignore[no-untyped-def]
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


@njit(cache=True)
def _follow(levels, biting, limits, kept, initial, path):  # type: ignore[no-untyped-def]
    """Fills the path: up to the one level, down to the other, else at rest; biting steps always do something."""
    charge_to, discharge_to = levels
    gain, drain = limits
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
