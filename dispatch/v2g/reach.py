"""What the cars of a cluster can do at most: in any set of steps, in one step, and by the end of one.

For one car, with -d <= e <= c in each step, -spare <= total so far <= room, and the total at the end fixed, the energies
form a base polyhedron; the largest energy of a set A of steps is its rank. Over the totals z that can be reached by
the end of a step, the most that lies in A so far is min(a, z + b), and the two figures follow from step to step:

step in A       a' = a + c                   b' = min(b, a - lowest z before)
other step      a' = min(a, highest z before + b)     b' = b + d

The sum over cars is the rank of their sum, for sums of generalized polymatroids add up their ranks.

Source  on such sums A. Frank, Connections in Combinatorial Optimization (2011), chapter 14
"""

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.v2g.parked import Parked


def most_kwh_e4(parked: Parked, chosen: Flags) -> int:
    """The most that all accounts together can gain in the steps chosen, 1e-4 kWh."""
    return int(ranks_kwh_e4(parked, chosen[None, :])[0])


def ranks_kwh_e4(parked: Parked, sets: Flags) -> Integers:
    """The most that all accounts together can gain in each of several sets of steps, 1e-4 kWh.

    Shape   one row of `sets` a set, with a flag for each step of the cluster
    """
    free, bound = (np.zeros((len(sets), len(parked.sessions)), np.int64) for _ in range(2))
    low, high = np.zeros_like(parked.target_kwh_e4), np.zeros_like(parked.target_kwh_e4)
    for turn, now in enumerate(parked.turns):
        at = parked.begin[now] + turn
        charge, discharge = parked.charge_kwh_e4[at], parked.discharge_kwh_e4[at]
        inside = sets[:, parked.step[at]]
        free_now, bound_now, low_now, high_now = free[:, now], bound[:, now], low[now], high[now]
        free[:, now] = np.where(inside, free_now + charge, np.minimum(free_now, high_now + bound_now))
        bound[:, now] = np.where(inside, np.minimum(bound_now, free_now - low_now), bound_now + discharge)
        low[now] = np.maximum(low_now - discharge, -parked.spare_kwh_e4[now])
        high[now] = np.minimum(high_now + charge, parked.room_kwh_e4[now])
    most: Integers = np.minimum(free, parked.target_kwh_e4 + bound).sum(axis=1)
    return most


def least_kwh_e4(parked: Parked, chosen: Flags) -> int:
    """The least that all accounts together can gain in the steps chosen: all that is asked, less the most elsewhere."""
    return int(parked.target_kwh_e4.sum()) - most_kwh_e4(parked, ~chosen)


def corridors(parked: Parked) -> tuple[Integers, Integers]:
    """The lowest and highest account at the end of each step of each stay from which the target is still reached."""
    (low, high), (low_after, high_after) = _forward(parked), _backward(parked)
    return np.maximum(low, low_after), np.minimum(high, high_after)


def step_bounds(parked: Parked) -> tuple[Integers, Integers]:
    """The least and the most that each account can gain in each step of its stay."""
    (low, high), (low_after, high_after) = _forward(parked), _backward(parked)
    low_before, high_before = _before(parked, low), _before(parked, high)
    least = np.maximum(-parked.discharge_kwh_e4, low_after - high_before)
    most = np.minimum(parked.charge_kwh_e4, high_after - low_before)
    return least, most


def bounds_of(parked: Parked) -> tuple[Floats, Floats]:
    """The least and the most that all cars can gain in each step, 1e-4 kWh."""
    least, most = step_bounds(parked)
    return (
        np.bincount(parked.step, weights=least, minlength=parked.count).astype(float),
        np.bincount(parked.step, weights=most, minlength=parked.count).astype(float),
    )


def _before(parked: Parked, at_end: Integers) -> Integers:
    """Figures of the ends of steps at their beginnings: nothing yet where a stay begins."""
    shifted = np.concatenate([np.zeros(1, np.int64), at_end[:-1]])
    shifted[parked.begin[:-1]] = 0
    return shifted


def _forward(parked: Parked) -> tuple[Integers, Integers]:
    """Accounts that can be reached from the arrival on."""
    low, high = np.zeros_like(parked.step), np.zeros_like(parked.step)
    low_now, high_now = np.zeros_like(parked.target_kwh_e4), np.zeros_like(parked.target_kwh_e4)
    for turn, now in enumerate(parked.turns):
        at = parked.begin[now] + turn
        low_now[now] = np.maximum(low_now[now] - parked.discharge_kwh_e4[at], -parked.spare_kwh_e4[now])
        high_now[now] = np.minimum(high_now[now] + parked.charge_kwh_e4[at], parked.room_kwh_e4[now])
        low[at], high[at] = low_now[now], high_now[now]
    return low, high


def _backward(parked: Parked) -> tuple[Integers, Integers]:
    """Accounts from which the target can still be reached by the departure."""
    low, high = np.zeros_like(parked.step), np.zeros_like(parked.step)
    low_now, high_now = parked.target_kwh_e4.copy(), parked.target_kwh_e4.copy()
    ends = parked.begin[1:] - 1
    for turn, now in enumerate(parked.turns):
        at = ends[now] - turn
        low[at], high[at] = low_now[now], high_now[now]
        low_now[now] = np.maximum(low_now[now] - parked.charge_kwh_e4[at], -parked.spare_kwh_e4[now])
        high_now[now] = np.minimum(high_now[now] + parked.discharge_kwh_e4[at], parked.room_kwh_e4[now])
    return low, high
