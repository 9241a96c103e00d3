"""Whether the cars of a cluster can follow a plan: what each of them does, and the set of steps that forbids it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.solve import Solution, WarmSolver
from dispatch.v2g.network import Network, Slack, network
from dispatch.v2g.parked import Parked
from dispatch.v2g.reach import least_kwh_e4, most_kwh_e4

STRAY_COST: Final = 1e4
"""What a unit astray costs where a unit discharged costs one: more than any number of cars that it passes through."""
NOISE_KWH_E4: Final = 1e-3
_MOST_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The nearest that the cars of a cluster can come to a plan, each of them leaving with its target.

    Shape   `gained_kwh_e4` of the account in each step of each stay; `grid_kwh_e4` drawn by all cars in each step;
            `strayed_kwh_e4` the sum over steps of how far that is from the plan; `prices` what one more unit of each
            step would add to it
    """

    gained_kwh_e4: Integers
    grid_kwh_e4: Floats
    strayed_kwh_e4: float
    prices: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """A set of steps of a cluster in which a plan asks for more, or less, than all cars together can take there."""

    chosen: Flags
    asked_kwh_e4: float
    allowed_kwh_e4: float
    is_above: bool

    @property
    def by_kwh_e4(self) -> float:
        """How far the plan is beyond what is possible."""
        beyond = self.asked_kwh_e4 - self.allowed_kwh_e4
        return beyond if self.is_above else -beyond


def followed(parked: Parked, plan_kwh_e4: Floats, round_trip_ratio: float) -> Followed:
    """What the cars do to follow a plan as nearly as they can, with as little discharging as that takes."""
    free = Slack.free(parked.count, STRAY_COST if parked.can_discharge else 1.0)
    made = network(parked, plan_kwh_e4, free, free, round_trip_ratio)
    slack = np.concatenate([made.above, made.below])
    cost = made.matrix.cost.copy()
    cost[made.discharge] = -1.0
    solver = WarmSolver(made.matrix)
    found = solver.solve(cost=cost)
    if made.gives.size and found.x[slack].sum() > NOISE_KWH_E4:
        cost = np.zeros_like(cost)
        cost[slack] = -1.0
        found = solver.solve(cost=cost)
    prices = found.row_dual[: parked.count]
    if round_trip_ratio < 1:
        found = _apart(made, solver, found)
    gained = made.gained_kwh_e4(found.x)
    grid = drawn_kwh_e4(parked, gained, round_trip_ratio)
    strayed = float(np.abs(grid - plan_kwh_e4).sum())
    return Followed(gained_kwh_e4=gained, grid_kwh_e4=grid, strayed_kwh_e4=strayed, prices=prices)


def _apart(made: Network, solver: WarmSolver, found: Solution) -> Solution:
    """A solution in which no car charges and discharges in one step, for that would only lose energy on paper.

    The lesser direction of a car that does is closed, and the solver asked again, until none does or nothing changes.
    """
    upper = made.matrix.upper.copy()
    for _ in range(_MOST_ROUNDS):
        inward, outward = found.x[made.charge[made.gives]], found.x[made.discharge]
        both = (inward > NOISE_KWH_E4) & (outward > NOISE_KWH_E4)
        if not both.any():
            return found
        upper[made.charge[made.gives[both & (inward < outward)]]] = 0.0
        upper[made.discharge[both & (inward >= outward)]] = 0.0
        found = solver.solve(upper=upper)
    return found


def drawn_kwh_e4(parked: Parked, gained_kwh_e4: Integers, round_trip_ratio: float) -> Floats:
    """What all cars together draw from the grid in each step, for what their accounts gain."""
    drawn = np.where(gained_kwh_e4 >= 0, gained_kwh_e4, round_trip_ratio * gained_kwh_e4)
    return np.bincount(parked.step, weights=drawn, minlength=parked.count).astype(float)


def one_way(parked: Parked, plan_kwh_e4: Floats) -> Parked:
    """The cars of a cluster that may only charge where a plan charges or rests, and only discharge where it discharges.

    Shape   a car that could not reach its target so has as target the most that it can reach
    """
    gives = (plan_kwh_e4 < 0)[parked.step]
    charge = np.where(gives, 0, parked.charge_kwh_e4)
    most = np.add.reduceat(charge, parked.begin[:-1])
    return replace(
        parked,
        charge_kwh_e4=charge,
        discharge_kwh_e4=np.where(gives, parked.discharge_kwh_e4, 0),
        target_kwh_e4=np.minimum(parked.target_kwh_e4, most),
    )


def holds_one_way(parked: Parked, plan_kwh_e4: Integers, round_trip_ratio: float, most_kwh_e4: float) -> bool:
    """Whether the cars can follow a plan to within a sum of so many units, all of them in its direction in each step."""
    plan = plan_kwh_e4.astype(float)
    held = one_way(parked, plan)
    if (held.target_kwh_e4 < parked.target_kwh_e4).any():
        return False
    astray = followed(held, plan, round_trip_ratio).strayed_kwh_e4
    return astray <= most_kwh_e4 + parked.count


def strayed(plan_kwh_e4: Floats, grid_kwh_e4: Floats, cars: int) -> Excess:
    """The steps in which cars stray from a plan beyond rounding, in the direction in which they stray by more."""
    beyond = plan_kwh_e4 - grid_kwh_e4
    found = [
        Excess(
            chosen=chosen,
            asked_kwh_e4=float(plan_kwh_e4[chosen].sum()),
            allowed_kwh_e4=float(grid_kwh_e4[chosen].sum()),
            is_above=is_above,
        )
        for chosen, is_above in ((beyond > cars, True), (beyond < -cars, False))
    ]
    return max(found, key=lambda each: each.by_kwh_e4)


def worst(parked: Parked, gains_kwh_e4: Floats, prices: Floats) -> Excess:
    """The set of steps that a plan breaks by most, among those that the prices of following it point to.

    Shape   the prices of a network without losses are whole, and then this is the worst set of all; of sets broken
            alike the one with the fewest steps
    """
    whole = np.rint(prices)
    sets = [np.ones(parked.count, np.bool_), *(whole >= level for level in np.unique(whole)[1:])]
    sets += [~chosen for chosen in sets[1:]]
    found = [excess for chosen in sets for excess in _excesses(parked, gains_kwh_e4, chosen)]
    return max(found, key=lambda each: (each.by_kwh_e4, -int(each.chosen.sum()), each.is_above))


def _excesses(parked: Parked, gains_kwh_e4: Floats, chosen: Flags) -> tuple[Excess, Excess]:
    """How far a plan is above the most of a set of steps, and below the least."""
    asked = float(gains_kwh_e4[chosen].sum())
    most, least = most_kwh_e4(parked, chosen), least_kwh_e4(parked, chosen)
    return (
        Excess(chosen=chosen, asked_kwh_e4=asked, allowed_kwh_e4=most, is_above=True),
        Excess(chosen=chosen, asked_kwh_e4=asked, allowed_kwh_e4=least, is_above=False),
    )
