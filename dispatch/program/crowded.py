"""Days too short for what they should move: their steps are shared between charging and discharging, and the best share found.

In one step the station goes one way. Of n equal steps k may charge and n - k discharge, so for some k the day takes in at
most k times what one step does, and gives at most n - k times. The best of all k bounds every schedule, and is the best
schedule where every day can move what it then should.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import Final, TypeVar

import numpy as np

from dispatch.outcome import Infeasible, NotApplicable
from dispatch.program.store import Case

MOST_TRIES: Final = 60
"""Sequences of days that are filled with hours before the search is given up."""
Found = TypeVar("Found")


def best_that_fits(
    case: Case, by_day: Case, bound_cny: Callable[[Case], float], found: Callable[[Case], Found]
) -> Found:
    """What `found` makes of the best sequence of days that can be filled.

    Raises  NotApplicable if none is found; Infeasible if even whole days allow no schedule
    """
    order = count()
    waiting: list[tuple[float, int, Case, frozenset[int]]] = [(0.0, next(order), by_day, frozenset())]
    for tries in range(MOST_TRIES):
        _, _, days, shared = heappop(waiting)
        try:
            return found(days)
        except NotApplicable as short:
            day = short.crowded_day
            if day is None or day in shared or tries == MOST_TRIES - 1:
                raise
            for each in _shares(case, days, day):
                try:
                    heappush(waiting, (-bound_cny(each), next(order), each, shared | {day}))
                except Infeasible:
                    continue
            if not waiting:
                # steps that differ are not shared, and what no share can do another way of solving says for sure
                raise
    raise AssertionError("the last try returns or raises")


def _shares(case: Case, days: Case, day: int) -> Iterator[Case]:
    """The case with the steps of one day shared in every way that is no part of another."""
    steps = np.flatnonzero(case.day_of_step == day)
    gains, drains = case.store.gain_mwh[steps], case.store.drain_mwh[steps]
    if np.ptp(gains) or np.ptp(drains):
        return
    gain, drain, most = float(gains[0]), float(drains[0]), float(days.store.drain_mwh[day])
    for charging in range(steps.size + 1):
        given = min((steps.size - charging) * drain, most)
        if charging < steps.size and given == min((steps.size - charging - 1) * drain, most):
            continue
        gain_mwh, drain_mwh = days.store.gain_mwh.copy(), days.store.drain_mwh.copy()
        gain_mwh[day], drain_mwh[day] = charging * gain, given
        yield replace(days, store=replace(days.store, gain_mwh=gain_mwh, drain_mwh=drain_mwh))
