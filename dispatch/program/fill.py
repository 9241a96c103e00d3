"""The hours of a day: given what moves on the day, when it moves."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Infeasible, NotApplicable
from dispatch.program.exclusive import best_one_way_path
from dispatch.program.store import Case, Store, Worth
from dispatch.program.turns import best_one_way
from tariffs.vocabulary.errors import Words

FILLED_RATIO: Final = 1e-9
"""A day moves what it should when it misses it by no more than this share."""
LATER_RATIO: Final = 1e-6
"""How much better the last step of a day is to discharge in than the first, as a share of the range of preference."""


def filled(case: Case, gained: Floats, drained: Floats, preference: Floats | None) -> tuple[Floats, Floats]:
    """What goes into and out of the store in each step, when each day's totals are given.

    Discharges where the preference is high and charges where it is low. Among equal steps it charges in the first and
    discharges in the last ones, so that energy moves in few blocks at full power.

    Raises  NotApplicable with the number of the day that cannot move its totals
    """
    count, start_mwh = case.day_of_step.size, case.store.initial_mwh
    liked = np.zeros(count) if preference is None else np.asarray(preference, dtype=np.float64)
    steps = np.zeros((2, count))
    known: dict[tuple[bytes, ...], Floats] = {}
    edges = np.concatenate(([0], np.flatnonzero(np.diff(case.day_of_step)) + 1, [count]))
    for day, (first, until) in enumerate(pairwise(edges)):
        end_mwh = start_mwh + float(gained[day] - drained[day])
        store = _day(case.store, first, until, start_mwh, end_mwh)
        key = tuple(
            np.asarray(part).tobytes()
            for part in (
                np.round([start_mwh, end_mwh, drained[day]], 9),
                store.gain_mwh,
                store.drain_mwh,
                store.low_mwh,
                store.high_mwh,
                liked[first:until],
            )
        )
        if key not in known:
            known[key] = _filled_day(case, store, day, float(drained[day]), liked[first:until])
        steps[:, first:until] = known[key]
        start_mwh = end_mwh
    return steps[0], steps[1]


def _day(store: Store, first: int, until: int, start_mwh: float, end_mwh: float) -> Store:
    """The store on the steps of one day, from one midnight to the next."""
    end_mwh = min(max(end_mwh, float(store.low_mwh[until - 1])), float(store.high_mwh[until - 1]))
    return Store(
        gain_mwh=store.gain_mwh[first:until],
        drain_mwh=store.drain_mwh[first:until],
        low_mwh=store.low_mwh[first:until],
        high_mwh=store.high_mwh[first:until],
        kept_ratio=store.kept_ratio,
        initial_mwh=start_mwh,
        end_low_mwh=end_mwh,
        end_high_mwh=end_mwh,
    )


def _filled_day(case: Case, store: Store, number: int, drained_mwh: float, liked: Floats) -> Floats:
    """One day's steps: the energy taken out is the obligation of a small case whose prices are the preference."""
    spread = float(np.ptp(liked)) or 1.0
    liked = (liked - liked.min()) / spread
    later = np.arange(liked.size) * (LATER_RATIO / liked.size)
    day = replace(
        case,
        store=store,
        # moving energy for its own sake must not pay, whatever the preference
        worth=Worth(buy=liked + later + 1.0, sell=liked + later - 1.0),
        calls_per_mwh=np.ones_like(liked),
        calls_wanted=drained_mwh,
    )
    try:
        found = best_one_way(day, best_one_way_path)
    except Infeasible:
        raise NotApplicable(Words("有一日排不下应充放的电量", "a day cannot move what it should"), number) from None
    if abs(float(found.drained_mwh.sum()) - drained_mwh) > FILLED_RATIO * (1.0 + drained_mwh):
        raise NotApplicable(Words("有一日必须多放电", "a day must discharge more than it should"), number)
    return np.stack((found.gained_mwh, found.drained_mwh))
