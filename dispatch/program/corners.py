"""Corners of the value of stored energy, one step back at a time, where no step both charges and discharges.

Before a step, stored energy may rest, charge or discharge all through, or go to a corner of the value after the step. The
value before is the highest of these: pieces of the value after, shifted, and lines at the two prices. It is piecewise
linear and, where buying below selling pays, not concave.
"""

import numpy as np
from numba import njit

ROUNDING = 1e-9
"""A bound may be missed by this share through rounding."""
MOST_CORNERS = 30_000_000
"""Corners of all steps together; more would not fit into memory."""
FOUND, UNREACHABLE, TOO_MANY = 0, 1, 2


@njit(cache=True)
def corners(buy, sell, limits, ends, corner_cny):  # type: ignore[no-untyped-def]
    """The corners of the value of stored energy after each step, all in one pool, and the value of the start."""
    gain, drain, low, high = limits
    kept, start, end_low, end_high = ends
    steps = buy.size
    level, amount = np.empty(64 * steps + 64), np.empty(64 * steps + 64)
    firsts = np.zeros(steps + 1, np.int64)
    queues = np.empty((2, 64), np.int64)
    bottom, top = max(end_low, low[-1]), min(end_high, high[-1])
    level[0], amount[0], level[1], amount[1] = bottom, 0.0, top, 0.0
    begin, used, base = 0, 1 if bottom == top else 2, 0.0
    for step in range(steps - 1, -1, -1):
        lowest = kept * low[step - 1] if step > 0 else start
        highest = kept * high[step - 1] if step > 0 else start
        bottom = max(lowest, level[begin] - gain[step])
        top = min(highest, level[used - 1] + drain[step])
        if lowest > highest or bottom > top + ROUNDING * (1.0 + abs(lowest) + abs(highest)):
            return level, amount, firsts, 0.0, UNREACHABLE
        firsts[steps - 1 - step] = begin
        count = used - begin
        if used + 16 * count + 64 > level.size:
            if level.size > MOST_CORNERS:
                return level, amount, firsts, 0.0, TOO_MANY
            level, amount = _grown(level, used), _grown(amount, used)
        if queues.shape[1] < count:
            queues = np.empty((2, 2 * count), np.int64)
        x, v = level[begin:used], amount[begin:used]
        terms = (buy[step], sell[step], gain[step], drain[step])
        if bottom >= top:
            level[used], amount[used] = bottom, _best_after(x, v, bottom, terms, 0.0)[0]
            added = 1
        else:
            added = _shifted(x, v, terms, bottom, top, (level[used:], amount[used:], corner_cny))
            if added == 0:
                added = _before(x, v, terms, bottom, top, queues, (level[used:], amount[used:], corner_cny))
        begin, used = used, used + added
        shift = amount[begin]
        base += shift
        for n in range(begin, used):
            amount[n] -= shift
            level[n] /= kept
    firsts[steps] = begin
    return level, amount, firsts, base, FOUND


@njit(cache=True)
def _grown(pool, used):  # type: ignore[no-untyped-def]
    """The pool with room for as much again."""
    larger = np.empty(2 * pool.size)
    larger[:used] = pool[:used]
    return larger


@njit(cache=True)
def _worth_at(x, v, level):  # type: ignore[no-untyped-def]
    """The value at a level, or minus infinity outside."""
    slack = 1e-12 * (1.0 + abs(level))
    if level < x[0] - slack or level > x[-1] + slack:
        return -np.inf
    n = np.searchsorted(x, level)
    if n == 0:
        return v[0]
    if n == x.size:
        return v[-1]
    return v[n - 1] + (v[n] - v[n - 1]) * ((level - x[n - 1]) / (x[n] - x[n - 1]))


@njit(cache=True)
def _best_after(x, v, before, terms, preference_cny):  # type: ignore[no-untyped-def]
    """The best value and stored energy after a step, from the stored energy before it; at rest if that is as good."""
    buy, sell, gain, drain = terms
    slack = 1e-12 * (1.0 + abs(before))
    best, after = _worth_at(x, v, before) + preference_cny, before
    charged = _worth_at(x, v, before + gain) - buy * gain
    if charged > best:
        best, after = charged, before + gain
    discharged = _worth_at(x, v, before - drain) + sell * drain
    if discharged > best:
        best, after = discharged, before - drain
    for n in range(x.size):
        if before - drain - slack <= x[n] <= before + gain + slack:
            moved = v[n] - (buy if x[n] > before else sell) * (x[n] - before)
            if moved > best:
                best, after = moved, x[n]
    return best, after


@njit(cache=True)
def _shifted(x, v, terms, bottom, top, target):  # type: ignore[no-untyped-def]
    """Writes the corners of the value before a step where one level is worth charging up to and one discharging down
    to, so that pieces only shift; how many, or none where it is not so simple."""
    buy, sell, gain, drain = terms
    corner_cny = target[2]
    up = _single_peak(x, v, buy, corner_cny)
    down = _single_peak(x, v, sell, -corner_cny)
    if up < 0 or down < 0:
        return 0
    written = 0
    for n in range(up + 1):
        written = _add(target, written, x[n] - gain, v[n] - buy * gain)
    if sell > buy and down < up:
        if x[up] - x[down] > min(gain, drain):
            return 0
        meet = (v[up] - buy * x[up] - v[down] + sell * x[down]) / (sell - buy)
        written = _add(target, written, meet, v[up] - buy * (x[up] - meet))
    else:
        for n in range(up, down + 1):
            written = _add(target, written, x[n], v[n])
    for n in range(down, x.size):
        written = _add(target, written, x[n] + drain, v[n] + sell * drain)
    return _cut(target, written, bottom, top)


@njit(cache=True)
def _single_peak(x, v, price, margin):  # type: ignore[no-untyped-def]
    """The corner up to which energy is worth more than a price and after which it is not; -1 if there are several."""
    peak = 0
    while peak + 1 < x.size and v[peak + 1] - v[peak] > price * (x[peak + 1] - x[peak]) + margin:
        peak += 1
    for n in range(peak + 1, x.size):
        if v[n] - v[n - 1] > price * (x[n] - x[n - 1]) + abs(margin):
            return -1
    return peak


@njit(cache=True)
def _cut(target, written, bottom, top):  # type: ignore[no-untyped-def]
    """Cuts the corners to the levels between two; how many are left."""
    x, v = target[0], target[1]
    first, last = 0, written - 1
    while first + 1 < written and x[first + 1] <= bottom:
        first += 1
    if first + 1 < written and x[first] < bottom:
        v[first] += (v[first + 1] - v[first]) * ((bottom - x[first]) / (x[first + 1] - x[first]))
    x[first] = bottom
    while last > first + 1 and x[last - 1] >= top:
        last -= 1
    if last > first and x[last] > top:
        v[last] -= (v[last] - v[last - 1]) * ((x[last] - top) / (x[last] - x[last - 1]))
    if last > first:
        x[last] = top
    for n in range(first, last + 1):
        x[n - first], v[n - first] = x[n], v[n]
    return last - first + 1


@njit(cache=True)
def _before(x, v, terms, bottom, top, queues, target):  # type: ignore[no-untyped-def]
    """Writes the corners of the value before a step between two levels; how many there are.

    Between neighbouring events (a corner comes into or goes out of reach) the value is the highest of five lines.
    """
    buy, sell, gain, drain = terms
    count, here, written = x.size, bottom, 0
    level, slope = np.empty(5), np.empty(5)
    rest = up = down = head_up = tail_up = head_down = tail_down = 0
    while here < top:
        while up < count and x[up] - gain <= here:
            tail_up = _push(queues[0], head_up, tail_up, up, x, v, buy)
            up += 1
        while rest < count and x[rest] <= here:
            tail_down = _push(queues[1], head_down, tail_down, rest, x, v, sell)
            rest += 1
        while down < count and x[down] + drain <= here:
            down += 1
        while head_up < tail_up and queues[0, head_up] < rest:
            head_up += 1
        while head_down < tail_down and queues[1, head_down] < down:
            head_down += 1
        until = min(top, x[rest] if rest < count else top, x[up] - gain if up < count else top)
        until = min(until, x[down] + drain if down < count else top)
        lines = 0
        for corner, move, price in ((rest, 0.0, 0.0), (up, gain, buy), (down, -drain, sell)):
            if 0 < corner < count:
                slope[lines] = (v[corner] - v[corner - 1]) / (x[corner] - x[corner - 1])
                level[lines] = v[corner - 1] + slope[lines] * (here + move - x[corner - 1]) - price * move
                lines += 1
        if head_up < tail_up:
            n = queues[0, head_up]
            slope[lines], level[lines] = buy, v[n] - buy * (x[n] - here)
            lines += 1
        if head_down < tail_down:
            n = queues[1, head_down]
            slope[lines], level[lines] = sell, v[n] + sell * (here - x[n])
            lines += 1
        written = _highest(level[:lines], slope[:lines], here, until, target, written)
        here = until
    return written


@njit(cache=True)
def _push(queue, head, tail, n, x, v, price):  # type: ignore[no-untyped-def]
    """Puts a corner behind those that beat it at a price; the new end of the queue."""
    worth = v[n] - price * x[n]
    while tail > head and v[queue[tail - 1]] - price * x[queue[tail - 1]] <= worth:
        tail -= 1
    queue[tail] = n
    return tail + 1


@njit(cache=True)
def _highest(level, slope, here, until, target, written):  # type: ignore[no-untyped-def]
    """Adds the corners of the highest of some lines between two levels; how many corners there are now."""
    best = 0
    for n in range(1, level.size):
        if level[n] > level[best] or (level[n] == level[best] and slope[n] > slope[best]):
            best = n
    if written == 0:
        written = _add(target, written, here, level[best])
    at = 0.0
    while at < until - here:
        crossing, steeper = until - here, -1
        for n in range(level.size):
            if slope[n] > slope[best]:
                meet = max((level[best] - level[n]) / (slope[n] - slope[best]), at)
                if meet < crossing or (meet == crossing and steeper >= 0 and slope[n] > slope[steeper]):
                    crossing, steeper = meet, n
        written = _add(target, written, here + crossing, level[best] + slope[best] * crossing)
        at = crossing
        if steeper < 0:
            break
        best = steeper
    return written


@njit(cache=True)
def _add(target, written, level, amount):  # type: ignore[no-untyped-def]
    """Adds a corner; the one before it goes if it lies on the line; how many corners there are now."""
    x, v, corner_cny = target
    if written >= 1 and level - x[written - 1] <= 1e-11 * (1.0 + abs(level)):
        return written
    if written >= 2:
        span = level - x[written - 2]
        off = (v[written - 1] - v[written - 2]) * span - (amount - v[written - 2]) * (x[written - 1] - x[written - 2])
        if abs(off) <= corner_cny * span:
            written -= 1
    x[written], v[written] = level, amount
    return written + 1


@njit(cache=True)
def walk(buy, sell, limits, ends, found, path):  # type: ignore[no-untyped-def]
    """Fills the path from the start, taking the best of each step."""
    gain, drain = limits[0], limits[1]
    kept, before = ends[0], ends[1]
    level, amount, firsts, corner_cny = found
    stored, gained, drained = path
    steps = buy.size
    for step in range(steps):
        begin, until = firsts[steps - 1 - step], firsts[steps - step]
        x, v = level[begin:until], amount[begin:until]
        before = min(max(before, x[0] - gain[step]), x[-1] + drain[step])
        terms = (buy[step], sell[step], gain[step], drain[step])
        after = _best_after(x, v, before, terms, corner_cny)[1]
        after = min(max(after, x[0]), x[-1])
        gained[step] = min(max(after - before, 0.0), gain[step])
        drained[step] = min(max(before - after, 0.0), drain[step])
        stored[step], before = after, kept * after
