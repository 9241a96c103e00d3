"""Schedules with exactly the required calls on which no step both charges and discharges.

The mixture of two tied paths may charge in one and discharge in the other. Then the step is tried both ways, charging
forbidden and discharging forbidden, and the case with the higher bound is looked at first: once the schedule of the highest
bound is exclusive it is the best.
"""

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Infeasible, NotApplicable
from dispatch.program.obligation import Search, Tie, between, tied
from dispatch.program.store import Case, Store
from tariffs.vocabulary.errors import Words

MOST_CASES: Final = range(8, 5_000)
"""How many cases are looked at: the fewest for long horizons, the most for short ones."""
MOST_STEPS: Final = 400_000
"""Steps of all cases together; more take longer than a solver with binaries."""
NOTHING_RATIO: Final = 1e-9
"""A step that uses a smaller share of what it may is at rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best exclusive schedule: what goes into and out of the store, and the tie it comes from."""

    gained_mwh: Floats
    drained_mwh: Floats
    tie: Tie


def best_one_way(case: Case, search: Search) -> Found:
    """The best schedule with at least the required calls on which no step both charges and discharges.

    Raises  Infeasible if there is none; NotApplicable if it is not found soon
    """
    waiting: list[tuple[float, int, Store, Tie]] = []
    tie = tied(case, search)
    heappush(waiting, (-tie.bound_cny, 0, case.store, tie))
    most_cases = min(max(MOST_STEPS // case.calls_per_mwh.size, MOST_CASES.start), MOST_CASES.stop)
    for number in range(1, most_cases):
        if not waiting:
            raise Infeasible("no exclusive schedule makes the required calls")
        _, _, store, tie = heappop(waiting)
        gained, drained = between(case, tie)
        charging, discharging = _share(gained, case.store.gain_mwh), _share(drained, case.store.drain_mwh)
        step = int(np.argmax(np.minimum(charging, discharging)))
        if min(charging[step], discharging[step]) <= NOTHING_RATIO:
            return Found(
                gained_mwh=np.where(charging > discharging, gained, 0.0),
                drained_mwh=np.where(charging < discharging, drained, 0.0),
                tie=tie,
            )
        for side, narrower in enumerate((_never_charging(store, step), _never_discharging(store, step))):
            try:
                child = tied(replace(case, store=narrower), search, tie.call_price_cny)
            except Infeasible:
                continue
            heappush(waiting, (-child.bound_cny, 2 * number + side, narrower, child))
    raise NotApplicable(Words("充放互斥的情形过多", "too many cases of charging or discharging"))


def _share(moved_mwh: Floats, limit_mwh: Floats) -> Floats:
    share: Floats = moved_mwh / np.where(limit_mwh > 0.0, limit_mwh, np.inf)
    return share


def _never_charging(store: Store, step: int) -> Store:
    gain_mwh = store.gain_mwh.copy()
    gain_mwh[step] = 0.0
    return replace(store, gain_mwh=gain_mwh)


def _never_discharging(store: Store, step: int) -> Store:
    drain_mwh = store.drain_mwh.copy()
    drain_mwh[step] = 0.0
    return replace(store, drain_mwh=drain_mwh)
