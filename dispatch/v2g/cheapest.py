"""The cheapest plan of one cluster.

Where no car can discharge, energy in a set A of steps is bounded by most(A) alone, and the plan that fills the steps from
the cheapest to the dearest, each with most(steps so far) - most(steps before), costs least: the envelope is all that it
needs. Where cars can discharge, prices of the two directions make the cost bend, and the cars themselves go to the solver.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Limits
from dispatch.solve import Solution, solve
from dispatch.v2g.network import Network, Slack, network
from dispatch.v2g.oracle import drawn_kwh_e4
from dispatch.v2g.parked import Parked
from dispatch.v2g.reach import bounds_of, ranks_kwh_e4

_DEAREST: Final = 1e4
_TIE: Final = 1e-3
"""Where the dearest price is ten thousand, a unit discharged costs this much more: a choice among equals only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Prices of the steps of a cluster, 元/kWh."""

    charge: Floats
    discharge: Floats

    def cost(self, grid_kwh: Floats) -> float:
        """What a plan costs, 元: negative where it earns."""
        return float((np.maximum(grid_kwh, 0) * self.charge - np.maximum(-grid_kwh, 0) * self.discharge).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan of one cluster, 1e-4 kWh drawn from the grid in each step, and a figure that none can be below."""

    grid_kwh_e4: Floats
    bound: float
    rounds: int


def cheapest(parked: Parked, prices: Prices, round_trip_ratio: float) -> Planned:
    """The cheapest plan of a cluster; `bound` in 1e-4 元."""
    if not parked.can_discharge:
        grid = _filled(parked, prices.charge)
        return Planned(grid_kwh_e4=grid, bound=prices.cost(grid), rounds=1)
    held = parked if round_trip_ratio == 1 else _kept_from_burning(parked, prices)
    made, found, bound = _solved(held, prices, round_trip_ratio)
    grid = drawn_kwh_e4(held, made.gained_kwh_e4(found.x), round_trip_ratio)
    return Planned(grid_kwh_e4=grid, bound=bound, rounds=1)


def _kept_from_burning(parked: Parked, prices: Prices) -> Parked:
    """The cars without discharging at negative prices: it would earn by what is lost on the way, and by nothing else."""
    earns = (prices.charge < 0)[parked.step]
    return replace(parked, discharge_kwh_e4=np.where(earns, 0, parked.discharge_kwh_e4))


def _filled(parked: Parked, price: Floats) -> Floats:
    """Steps filled from the cheapest to the dearest, the earlier first where prices are equal."""
    order = np.argsort(price, kind="stable")
    sets = np.zeros((parked.count, parked.count), np.bool_)
    sets[:, order] = np.tri(parked.count, dtype=np.bool_)
    filled = np.zeros(parked.count)
    filled[order] = np.diff(ranks_kwh_e4(parked, sets), prepend=np.int64(0))
    return filled


def _solved(parked: Parked, prices: Prices, round_trip_ratio: float) -> tuple[Network, Solution, float]:
    """The cars of a cluster at prices: network, solution and the least that the cost can be, 1e-4 元."""
    scale = _DEAREST / max(float(np.abs(prices.charge).max()), float(np.abs(prices.discharge).max()), 1e-9)
    above = Slack(most_kwh_e4=np.full(parked.count, np.inf), cost=prices.charge * scale)
    below = Slack(most_kwh_e4=_givable(parked, round_trip_ratio), cost=-prices.discharge * scale)
    made = network(parked, np.zeros(parked.count), above, below, round_trip_ratio)
    made.matrix.cost[made.discharge] = -_TIE
    found = solve(made.matrix, Limits())
    ties = _TIE * float(parked.discharge_kwh_e4.sum())
    return made, found, -(found.objective + ties) / scale


def _givable(parked: Parked, round_trip_ratio: float) -> Floats:
    """The most that all cars together can give to the grid in each step."""
    least, _ = bounds_of(parked)
    return round_trip_ratio * np.maximum(-least, 0.0)
