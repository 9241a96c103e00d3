"""The plan of a cluster whose highest step, load included, is as low as can be.

A level holds if and only if the energy between it and the load suffices in every set A of steps,

level * |A| - load(A) >= least(A),

so the set that a level breaks by most gives the next one, (load(A) + least(A)) / |A|, until none is broken: as many rounds
as levels. Cars discharge only where the highest step of all clusters cannot be held without.

Source  W. Dinkelbach, On Nonlinear Fractional Programming (1967), for the steps from set to set
"""

from dataclasses import replace
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.outcome import Limits
from dispatch.solve import Solution, solve
from dispatch.v2g.network import Network, Slack, network
from dispatch.v2g.oracle import NOISE_KWH_E4, drawn_kwh_e4
from dispatch.v2g.parked import Parked
from dispatch.v2g.reach import bounds_of, least_kwh_e4

_MOST_ROUNDS: Final = 500
_HALVINGS: Final = 30


def charging_only(parked: Parked) -> Parked:
    """The cars of a cluster as if none could discharge."""
    return replace(parked, discharge_kwh_e4=np.zeros_like(parked.discharge_kwh_e4))


def least_level(parked: Parked, load_kwh_e4: Floats) -> tuple[float, int]:
    """The lowest highest step of load and cars, 1e-4 kWh a step, and the rounds it took; losses are left out."""
    least, _ = bounds_of(parked)
    mean = (load_kwh_e4.sum() + parked.target_kwh_e4.sum()) / parked.count
    level = max(float(mean), float((load_kwh_e4 + least).max()))
    for rounds in range(1, _MOST_ROUNDS):
        made, found = _under(parked, level - load_kwh_e4, 1.0)
        if found.x[made.above].sum() <= NOISE_KWH_E4:
            return level, rounds
        broken = _broken(parked, level - load_kwh_e4, found.row_dual[: parked.count])
        higher = float((load_kwh_e4[broken].sum() + least_kwh_e4(parked, broken)) / broken.sum())
        if higher <= level + NOISE_KWH_E4:
            return level, rounds
        level = higher
    return level, _MOST_ROUNDS


def level_with_losses(
    parked: Parked, load_kwh_e4: Floats, between: tuple[float, float], round_trip_ratio: float
) -> tuple[float, float]:
    """Two levels a unit apart of which the cars can hold the higher and not the lower; given two that are further apart."""
    low, high = between
    for _ in range(_HALVINGS):
        if high - low <= 1:
            break
        level = (low + high) / 2
        made, found = _under(parked, level - load_kwh_e4, round_trip_ratio)
        holds = found.x[made.above].sum() <= NOISE_KWH_E4
        low, high = (low, level) if holds else (level, high)
    return low, high


def flat_under(parked: Parked, load_kwh_e4: Floats, level: float) -> Floats:
    """A plan without discharging whose load stays under a level that holds, and as near to one height as steps allow."""
    least, most = bounds_of(parked)
    cap = np.maximum(np.ceil(level - load_kwh_e4 - NOISE_KWH_E4), least)
    wanted = np.rint(_poured(load_kwh_e4, least, np.minimum(most, cap), float(parked.target_kwh_e4.sum())))
    above = Slack(most_kwh_e4=np.maximum(cap - wanted, 0), cost=np.ones(parked.count))
    made = network(parked, wanted, above, Slack.free(parked.count, 1.0), 1.0)
    found = solve(made.matrix, Limits())
    return drawn_kwh_e4(parked, made.gained_kwh_e4(found.x), 1.0)


def discharged_under(parked: Parked, load_kwh_e4: Floats, level: float, round_trip_ratio: float) -> Floats:
    """A plan with the least discharging whose load stays under a level that holds, 1e-4 kWh drawn in each step."""
    cap = np.ceil(level - load_kwh_e4 - NOISE_KWH_E4)
    nothing = Slack(most_kwh_e4=np.zeros(parked.count), cost=np.zeros(parked.count))
    made = network(parked, cap, nothing, Slack.free(parked.count, 0.0), round_trip_ratio)
    made.matrix.cost[made.discharge] = -1.0
    found = solve(made.matrix, Limits())
    return drawn_kwh_e4(parked, made.gained_kwh_e4(found.x), round_trip_ratio)


def _under(parked: Parked, cap_kwh_e4: Floats, round_trip_ratio: float) -> tuple[Network, Solution]:
    """The cars under a cap of each step, going above it as little as they must."""
    below = Slack.free(parked.count, 0.0)
    made = network(parked, cap_kwh_e4, Slack.free(parked.count, 1.0), below, round_trip_ratio)
    return made, solve(made.matrix, Limits())


def _broken(parked: Parked, cap_kwh_e4: Floats, prices: Floats) -> Flags:
    """The set of steps whose caps are furthest below the least that the cars must draw there."""
    whole = np.rint(prices)
    sets = [whole >= level for level in np.unique(whole)]
    sets += [~chosen for chosen in sets if not chosen.all()]
    return max(sets, key=lambda chosen: least_kwh_e4(parked, chosen) - cap_kwh_e4[chosen].sum())


def _poured(load: Floats, least: Floats, most: Floats, total: float) -> Floats:
    """The total poured onto the load, in each step between two bounds, up to one height."""
    low, high = float(load.min() + least.min()), float((load + most).max())
    for _ in range(60):
        height = (low + high) / 2
        low, high = (height, high) if np.clip(height - load, least, most).sum() < total else (low, height)
    return np.clip(high - load, least, most)
