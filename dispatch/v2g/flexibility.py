"""How much of what the cars can do an inner envelope gives away."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Limits
from dispatch.solve import solve
from dispatch.v2g.envelope import Envelope
from dispatch.v2g.levelling import charging_only, flat_under, least_level
from dispatch.v2g.network import Slack, network
from dispatch.v2g.oracle import drawn_kwh_e4, holds_one_way
from dispatch.v2g.parked import Parked
from dispatch.v2g.plain_store import PlainStore
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

_PARTS: Final = 8
_TIE: Final = 1e-3
_ROUNDING_KWH: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAway:
    """Shares of flexibility that an inner envelope gives away, from 0 (nothing) to 1 (everything).

    Shape   one less the mean, over steps in which there is any, of its width as part of the whole width: of the power
            of the step, and of the energy by its end
    """

    power_ratio: float
    energy_ratio: float


def given_away(envelope: Envelope, store: PlainStore) -> GivenAway:
    """What a plain store gives away of an envelope; each step, and each run of first steps, is one direction."""
    return GivenAway(
        power_ratio=_lost(store.power_max_kw - store.power_min_kw, envelope.power_max_kw - envelope.power_min_kw),
        energy_ratio=_lost(
            store.energy_max_kwh - store.energy_min_kwh, envelope.energy_max_kwh - envelope.energy_min_kwh
        ),
    )


def given_away_by_losses(envelope: Envelope, steps: int = 6) -> float:
    """The share of flexibility that the envelope gives away of what cars with losses can do; zero where it is exact.

    Shape   measured in the cluster with the most cars: from its flattest plan without discharging towards the plans that
            draw the least, and the most, in each of so many steps spread over it, one less the mean part of the way, in
            eighths, that the envelope goes along
    """
    if envelope.is_exact:
        return 0.0
    parked = max(envelope.clusters, key=lambda each: len(each.sessions))
    rigid = charging_only(parked)
    still = np.zeros(parked.count)
    start = flat_under(rigid, still, least_level(rigid, still)[0])
    ways = [
        _way(parked, start, _extreme(parked, int(step), sign, envelope.round_trip_ratio), envelope.round_trip_ratio)
        for step in np.linspace(0, parked.count - 1, steps + 2)[1:-1]
        for sign in (1.0, -1.0)
    ]
    return 1.0 - float(np.mean(ways))


def _extreme(parked: Parked, step: int, sign: float, round_trip_ratio: float) -> Floats:
    """The plan that draws the most (1) or the least (-1) in one step, with little discharging otherwise."""
    cost = np.zeros(parked.count)
    cost[step] = -sign
    above = Slack(most_kwh_e4=np.full(parked.count, np.inf), cost=cost)
    below = Slack(most_kwh_e4=np.full(parked.count, np.inf), cost=-cost)
    made = network(parked, np.zeros(parked.count), above, below, round_trip_ratio)
    made.matrix.cost[made.discharge] = -_TIE
    found = solve(made.matrix, Limits())
    return drawn_kwh_e4(parked, made.gained_kwh_e4(found.x), round_trip_ratio)


def _way(parked: Parked, start: Floats, end: Floats, round_trip_ratio: float) -> float:
    """The part of the way from one plan to another that the envelope goes along, in eighths."""
    for part in range(_PARTS, 0, -1):
        plan = np.rint(start + (end - start) * part / _PARTS).astype(np.int64)
        if holds_one_way(parked, plan, round_trip_ratio, _ROUNDING_KWH * ENERGY_UNITS_PER_KWH):
            return part / _PARTS
    return 0.0


def _lost(inner: Floats, whole: Floats) -> float:
    there = whole > 1e-6
    return 1.0 - float((inner[there] / whole[there]).mean()) if there.any() else 0.0
