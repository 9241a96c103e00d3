"""What the cars take when nobody plans: each charges at full power from its arrival until it has what it can get."""

from collections.abc import Sequence

import numpy as np

from dispatch.arrays import Integers
from dispatch.v2g.parked import Parked


def uncontrolled_kwh_e4(clusters: Sequence[Parked], count: int) -> Integers:
    """Energy of all cars in each of so many steps without a plan, 1e-4 kWh."""
    total = np.zeros(count, np.int64)
    for parked in clusters:
        np.add.at(total, parked.first_step + parked.step, _by_entry(parked))
    return total


def _by_entry(parked: Parked) -> Integers:
    """What each car takes in each step of its stay."""
    taken, firsts = np.cumsum(parked.charge_kwh_e4), parked.begin[:-1]
    before = taken[firsts] - parked.charge_kwh_e4[firsts]
    reached = np.minimum(taken - before[parked.owner], parked.target_kwh_e4[parked.owner])
    gained: Integers = np.diff(reached, prepend=np.int64(0))
    gained[firsts] = reached[firsts]
    return gained
