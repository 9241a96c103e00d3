"""Stored energy over time: what a search gives back, and what searches have in common."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.outcome import Infeasible
from dispatch.program.store import Store, Worth

BITES_RATIO: Final = 1e-12
"""Buying below selling by less than this share is rounding."""
Limits = tuple[Floats, Floats, Floats, Floats]
"""What may go in and out in each step, and the lowest and highest stored energy after it, MWh inside the store."""
Filled = tuple[Floats, Floats, Floats]
"""Arrays that an inner loop fills: stored energy after each step, what goes in, what goes out, MWh inside the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Stored energy over time, and what goes into and out of the store.

    Shape   one figure a step, MWh inside the store, stored energy at the end of the step; `bound_cny` is the value at
            the start: no schedule of the kind that was searched earns more
    """

    stored_mwh: Floats
    gained_mwh: Floats
    drained_mwh: Floats
    bound_cny: float


def limits_of(store: Store) -> Limits:
    """The limits of a store as the inner loops take them."""
    return store.gain_mwh, store.drain_mwh, store.low_mwh, store.high_mwh


def to_fill(store: Store) -> Filled:
    """Room for a path."""
    return np.empty_like(store.gain_mwh), np.empty_like(store.gain_mwh), np.empty_like(store.gain_mwh)


def bites(store: Store, worth: Worth) -> Flags:
    """The steps in which charging and discharging at the same time would pay."""
    margin = BITES_RATIO * (np.abs(worth.buy) + np.abs(worth.sell))
    paying: Flags = (worth.sell - worth.buy > margin) & (store.gain_mwh > 0.0) & (store.drain_mwh > 0.0)
    return paying


def possible(store: Store, worth: Worth) -> Worth:
    """The worth, where what cannot be bought or sold in a step does not stand in the way of the other."""
    return replace(
        worth,
        buy=np.where(store.gain_mwh > 0.0, worth.buy, np.maximum(worth.buy, worth.sell)),
        sell=np.where(store.drain_mwh > 0.0, worth.sell, np.minimum(worth.buy, worth.sell)),
    )


def unreachable() -> Infeasible:
    """The word that no path keeps the bounds."""
    return Infeasible("no path from the start to the end keeps the bounds")
