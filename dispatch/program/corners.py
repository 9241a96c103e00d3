"""Corners of the value of stored energy, one step back at a time, where no step both charges and discharges.

Before a step, stored energy may rest, charge or discharge all through, or go to a corner of the value after the step. The
value before is the highest of these: pieces of the value after, shifted, and lines at the two prices. It is piecewise
linear and, where buying below selling pays, not concave.
"""

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.program.compiled import inner_loop
from dispatch.program.path import Filled, Limits

ROUNDING = 1e-9
"""A bound may be missed by this share through rounding."""
MOST_CORNERS = 10_000_000
"""Corners of all steps together; more would not fit into memory."""
MOST_CORNERS_OF_A_STEP = 2_000
"""Corners of one step; more come of power limits that differ from step to step at equal prices."""
FOUND, UNREACHABLE, TOO_MANY = 0, 1, 2
Ends = tuple[float, float, float, float]
"""Share kept over a step, stored energy at the start of the first step, lowest and highest at the end."""
Terms = tuple[float, float, float, float]
"""Of one step: price of buying and of selling, and what may go in and out."""
Target = tuple[Floats, Floats, float]
"""Where corners are written: levels and worths, and the height below which a corner is rounding."""
Found = tuple[Floats, Floats, Integers, float, int]
"""Levels and worths of all corners, the first corner of each step from the last step on, value of the start, state."""


@inner_loop
def corners(buy: Floats, sell: Floats, limits: Limits, ends: Ends, corner_cny: float) -> Found:
    """The corners of the value of stored energy after each step, all in one pool, and the value of the start."""
    gain, drain, low, high = limits
    kept, start, end_low, end_high = ends
    steps = buy.size
    pool_levels, pool_worths = np.empty(64 * steps + 64), np.empty(64 * steps + 64)
    firsts = np.zeros(steps + 1, np.int64)
    queues = np.empty((2, 64), np.int64)
    bottom, top = max(end_low, low[-1]), min(end_high, high[-1])
    pool_levels[0], pool_worths[0], pool_levels[1], pool_worths[1] = bottom, 0.0, top, 0.0
    begin, used, base = 0, 1 if bottom == top else 2, 0.0
    for step in range(steps - 1, -1, -1):
        lowest = kept * low[step - 1] if step > 0 else start
        highest = kept * high[step - 1] if step > 0 else start
        bottom = max(lowest, pool_levels[begin] - gain[step])
        top = min(highest, pool_levels[used - 1] + drain[step])
        if lowest > highest or bottom > top + ROUNDING * (1.0 + abs(lowest) + abs(highest)):
            return pool_levels, pool_worths, firsts, 0.0, UNREACHABLE
        firsts[steps - 1 - step] = begin
        count = used - begin
        if count > MOST_CORNERS_OF_A_STEP or used > MOST_CORNERS:
            return pool_levels, pool_worths, firsts, 0.0, TOO_MANY
        if used + 16 * count + 64 > pool_levels.size:
            pool_levels, pool_worths = _grown(pool_levels, used), _grown(pool_worths, used)
        if queues.shape[1] < count:
            queues = np.empty((2, 2 * count), np.int64)
        levels, worths = pool_levels[begin:used], pool_worths[begin:used]
        terms = (buy[step], sell[step], gain[step], drain[step])
        if bottom >= top:
            pool_levels[used], pool_worths[used] = bottom, _best_after(levels, worths, bottom, terms, 0.0)[0]
            added = 1
        else:
            added = _shifted(levels, worths, terms, bottom, top, (pool_levels[used:], pool_worths[used:], corner_cny))
            if added == 0:
                added = _before(
                    levels, worths, terms, bottom, top, queues, (pool_levels[used:], pool_worths[used:], corner_cny)
                )
        begin, used = used, used + added
        shift = pool_worths[begin]
        base += shift
        for n in range(begin, used):
            pool_worths[n] -= shift
            pool_levels[n] /= kept
    firsts[steps] = begin
    return pool_levels, pool_worths, firsts, base, FOUND


@inner_loop
def _grown(pool: Floats, used: int) -> Floats:
    """The pool with room for as much again."""
    larger = np.empty(2 * pool.size)
    for n in range(used):
        larger[n] = pool[n]
    return larger


@inner_loop
def _worth_at(levels: Floats, worths: Floats, level: float) -> float:
    """The value at a level, or minus infinity outside."""
    slack = 1e-12 * (1.0 + abs(level))
    if level < levels[0] - slack or level > levels[-1] + slack:
        return -np.inf
    if levels.size == 1:
        return float(worths[0])
    below, above = 0, levels.size - 1
    while above - below > 1:
        middle = (below + above) // 2
        if levels[middle] <= level:
            below = middle
        else:
            above = middle
    inside = min(max(level, levels[below]), levels[above])
    slope = (worths[above] - worths[below]) / (levels[above] - levels[below])
    return float(worths[below] + slope * (inside - levels[below]))


@inner_loop
def _best_after(
    levels: Floats, worths: Floats, before: float, terms: Terms, preference_cny: float
) -> tuple[float, float]:
    """The best value and stored energy after a step, from the stored energy before it; at rest if that is as good."""
    buy, sell, gain, drain = terms
    slack = 1e-12 * (1.0 + abs(before))
    best, after = _worth_at(levels, worths, before) + preference_cny, before
    charged = _worth_at(levels, worths, before + gain) - buy * gain
    if charged > best:
        best, after = charged, before + gain
    discharged = _worth_at(levels, worths, before - drain) + sell * drain
    if discharged > best:
        best, after = discharged, before - drain
    for n in range(levels.size):
        if before - drain - slack <= levels[n] <= before + gain + slack:
            moved = worths[n] - (buy if levels[n] > before else sell) * (levels[n] - before)
            if moved > best:
                best, after = moved, levels[n]
    return best, after


@inner_loop
def _shifted(levels: Floats, worths: Floats, terms: Terms, bottom: float, top: float, target: Target) -> int:
    """Writes the corners of the value before a step where one level is worth charging up to and one discharging down
    to, so that pieces only shift; how many, or none where it is not so simple."""
    buy, sell, gain, drain = terms
    corner_cny = target[2]
    up = _single_peak(levels, worths, buy, corner_cny)
    down = _single_peak(levels, worths, sell, -corner_cny)
    if up < 0 or down < 0:
        return 0
    written = 0
    for n in range(up + 1):
        written = _add(target, written, levels[n] - gain, worths[n] - buy * gain)
    if sell > buy and down < up:
        if levels[up] - levels[down] > min(gain, drain):
            return 0
        meet = (worths[up] - buy * levels[up] - worths[down] + sell * levels[down]) / (sell - buy)
        written = _add(target, written, meet, worths[up] - buy * (levels[up] - meet))
    else:
        for n in range(up, down + 1):
            written = _add(target, written, levels[n], worths[n])
    for n in range(down, levels.size):
        written = _add(target, written, levels[n] + drain, worths[n] + sell * drain)
    return _cut(target, written, bottom, top)


@inner_loop
def _single_peak(levels: Floats, worths: Floats, price: float, margin: float) -> int:
    """The corner up to which energy is worth more than a price and after which it is not; -1 if there are several."""
    peak = 0
    while (
        peak + 1 < levels.size and worths[peak + 1] - worths[peak] > price * (levels[peak + 1] - levels[peak]) + margin
    ):
        peak += 1
    for n in range(peak + 1, levels.size):
        if worths[n] - worths[n - 1] > price * (levels[n] - levels[n - 1]) + abs(margin):
            return -1
    return peak


@inner_loop
def _cut(target: Target, written: int, bottom: float, top: float) -> int:
    """Cuts the corners to the levels between two; how many are left."""
    levels, worths = target[0], target[1]
    first, last = 0, written - 1
    while first + 1 < written and levels[first + 1] <= bottom:
        first += 1
    if first + 1 < written and levels[first] < bottom:
        worths[first] += (worths[first + 1] - worths[first]) * (
            (bottom - levels[first]) / (levels[first + 1] - levels[first])
        )
    levels[first] = bottom
    while last > first + 1 and levels[last - 1] >= top:
        last -= 1
    if last > first and levels[last] > top:
        worths[last] -= (worths[last] - worths[last - 1]) * ((levels[last] - top) / (levels[last] - levels[last - 1]))
    if last > first:
        levels[last] = top
    for n in range(first, last + 1):
        levels[n - first], worths[n - first] = levels[n], worths[n]
    return last - first + 1


@inner_loop
def _before(
    levels: Floats, worths: Floats, terms: Terms, bottom: float, top: float, queues: Integers, target: Target
) -> int:
    """Writes the corners of the value before a step between two levels; how many there are.

    Between neighbouring events (a corner comes into or goes out of reach) the value is the highest of five lines.
    """
    buy, sell, gain, drain = terms
    count, here, written = levels.size, bottom, 0
    height, slope = np.empty(5), np.empty(5)
    rest = up = down = head_up = tail_up = head_down = tail_down = 0
    while here < top:
        while up < count and levels[up] - gain <= here:
            tail_up = _push(queues[0], head_up, tail_up, up, levels, worths, buy)
            up += 1
        while rest < count and levels[rest] <= here:
            tail_down = _push(queues[1], head_down, tail_down, rest, levels, worths, sell)
            rest += 1
        while down < count and levels[down] + drain <= here:
            down += 1
        while head_up < tail_up and queues[0, head_up] < rest:
            head_up += 1
        while head_down < tail_down and queues[1, head_down] < down:
            head_down += 1
        until = min(top, levels[rest] if rest < count else top, levels[up] - gain if up < count else top)
        until = min(until, levels[down] + drain if down < count else top)
        lines = 0
        for corner, move, price in ((rest, 0.0, 0.0), (up, gain, buy), (down, -drain, sell)):
            if 0 < corner < count:
                slope[lines] = (worths[corner] - worths[corner - 1]) / (levels[corner] - levels[corner - 1])
                height[lines] = worths[corner - 1] + slope[lines] * (here + move - levels[corner - 1]) - price * move
                lines += 1
        if head_up < tail_up:
            n = queues[0, head_up]
            slope[lines], height[lines] = buy, worths[n] - buy * (levels[n] - here)
            lines += 1
        if head_down < tail_down:
            n = queues[1, head_down]
            slope[lines], height[lines] = sell, worths[n] + sell * (here - levels[n])
            lines += 1
        written = _highest(height[:lines], slope[:lines], here, until, target, written)
        here = until
    return written


@inner_loop
def _push(queue: Integers, head: int, tail: int, n: int, levels: Floats, worths: Floats, price: float) -> int:
    """Puts a corner behind those that beat it at a price; the new end of the queue."""
    worth = worths[n] - price * levels[n]
    while tail > head and worths[queue[tail - 1]] - price * levels[queue[tail - 1]] <= worth:
        tail -= 1
    queue[tail] = n
    return tail + 1


@inner_loop
def _highest(height: Floats, slope: Floats, here: float, until: float, target: Target, written: int) -> int:
    """Adds the corners of the highest of some lines between two levels; how many corners there are now."""
    best = 0
    for n in range(1, height.size):
        if height[n] > height[best] or (height[n] == height[best] and slope[n] > slope[best]):
            best = n
    if written == 0:
        written = _add(target, written, here, height[best])
    at = 0.0
    while at < until - here:
        crossing, steeper = until - here, -1
        for n in range(height.size):
            if slope[n] > slope[best]:
                meet = max((height[best] - height[n]) / (slope[n] - slope[best]), at)
                if meet < crossing or (meet == crossing and steeper >= 0 and slope[n] > slope[steeper]):
                    crossing, steeper = meet, n
        written = _add(target, written, here + crossing, height[best] + slope[best] * crossing)
        at = crossing
        if steeper < 0:
            break
        best = steeper
    return written


@inner_loop
def _add(target: Target, written: int, level: float, worth: float) -> int:
    """Adds a corner; the one before it goes if it lies on the line; how many corners there are now."""
    levels, worths, corner_cny = target
    if written >= 1 and level - levels[written - 1] <= 1e-11 * (1.0 + abs(level)):
        return written
    if written >= 2:
        span, first = level - levels[written - 2], worths[written - 2]
        off = (worths[written - 1] - first) * span - (worth - first) * (levels[written - 1] - levels[written - 2])
        if abs(off) <= corner_cny * span:
            written -= 1
    levels[written], worths[written] = level, worth
    return written + 1


@inner_loop
def walk(
    prices: tuple[Floats, Floats], limits: Limits, ends: Ends, found: Found, corner_cny: float, path: Filled
) -> None:
    """Fills the path from the start, taking the best of each step."""
    buy, sell = prices
    gain, drain = limits[0], limits[1]
    kept, before = ends[0], ends[1]
    pool_levels, pool_worths, firsts, _, _ = found
    stored, gained, drained = path
    steps = buy.size
    for step in range(steps):
        begin, until = firsts[steps - 1 - step], firsts[steps - step]
        levels, worths = pool_levels[begin:until], pool_worths[begin:until]
        before = min(max(before, levels[0] - gain[step]), levels[-1] + drain[step])
        terms = (buy[step], sell[step], gain[step], drain[step])
        after = _best_after(levels, worths, before, terms, corner_cny)[1]
        after = min(max(after, levels[0]), levels[-1])
        gained[step] = min(max(after - before, 0.0), gain[step])
        drained[step] = min(max(before - after, 0.0), drain[step])
        stored[step], before = after, kept * after
