"""A task with a daily cap and prices that are the same all day long: days in place of steps, then each day filled.

Taking whole days as steps leaves out when within the day energy moves, so no schedule earns more than the best sequence of
days. A schedule that moves on every day what that sequence moves is therefore the best one; which hours it takes is free,
and the preference of the task says which. Where a day is too short for what it should move, its steps are shared between
charging and discharging in every way there is, and the best share is looked for.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import NotApplicable
from dispatch.program.chain import levels
from dispatch.program.compiled import inner_loop, quick
from dispatch.program.crowded import best_that_fits
from dispatch.program.fill import filled
from dispatch.program.obligation import between, most_calls, tied
from dispatch.program.path import Filled, Limits, Path, limits_of, to_fill, unreachable
from dispatch.program.store import Case, Store, Worth
from dispatch.program.turns import Found
from dispatch.program.worth import Pair, worth_within
from tariffs.vocabulary.errors import Words

TRACE_RATIO: Final = 1e-10
"""Far below what a proof tells apart, far above the last digit of a price."""


def best_by_days(case: Case, by_day: Case, preference: Floats | None) -> tuple[Found, Floats]:
    """The best schedule under a daily cap, and the worth of one more MWh inside the store in each step, 元/MWh.

    Raises  NotApplicable if a day cannot be filled; Infeasible if there is no schedule
    """

    def bound_cny(days: Case) -> float:
        return tied(days, _best_days).bound_cny

    def found(days: Case) -> tuple[Found, Floats]:
        tie = replace(tied(_held_briefly(days), _best_days), bound_cny=bound_cny(days))
        gained, drained = between(days, tie)
        steps = filled(case, gained, drained, preference)
        day_worth = worth_within(days, days.at_call_price(tie.call_price_cny), gained, drained)
        return Found(gained_mwh=steps[0], drained_mwh=steps[1], tie=tie), day_worth[case.day_of_step]

    return best_that_fits(case, by_day, bound_cny, found)


def _held_briefly(by_day: Case) -> Case:
    """The case with buying a trace cheaper and selling a trace cheaper from day to day: of days that earn the same, the
    last is taken to buy and the first to sell, so that energy does not lie about."""
    days = np.arange(by_day.worth.buy.size) / max(by_day.worth.buy.size, 1)
    trace = 1.0 - TRACE_RATIO * days
    return replace(by_day, worth=Worth(buy=by_day.worth.buy * trace, sell=by_day.worth.sell * trace))


def most_by_days(case: Case, preference: Floats | None) -> tuple[float, Floats, Floats]:
    """The largest number of calls under a daily cap, and what goes into and out of the store for it.

    Raises  NotApplicable if energy is lost at rest or a day cannot be filled; Infeasible if there is no schedule
    """
    nothing = np.zeros_like(case.worth.buy)
    by_day = case_by_day(replace(case, worth=Worth(buy=nothing, sell=nothing)))
    most = most_calls(by_day, _best_days)
    gained, drained = filled(case, most.path.gained_mwh, most.path.drained_mwh, preference)
    return most.path.bound_cny, gained, drained


def case_by_day(case: Case) -> Case:
    """The case with whole days as steps.

    Raises  NotApplicable if prices change within a day or energy is lost at rest
    """
    if case.store.kept_ratio != 1.0:
        raise NotApplicable(Words("每日上限与自放电并存", "a daily cap and losses at rest"))
    days = case.day_of_step
    first = np.flatnonzero(np.diff(days, prepend=-1))
    last = np.append(first[1:], days.size) - 1
    if case.day_drain_mwh is None:
        raise NotApplicable(Words("没有每日上限", "no daily cap"))
    for figures in (case.worth.buy, case.worth.sell, case.calls_per_mwh, case.day_drain_mwh):
        if np.any(figures != figures[last][days]):
            raise NotApplicable(Words("电价在一日之内变化", "prices change within a day"))
    store = case.store
    return replace(
        case,
        store=replace(
            store,
            gain_mwh=np.add.reduceat(store.gain_mwh, first),
            drain_mwh=np.minimum(np.add.reduceat(store.drain_mwh, first), case.day_drain_mwh[last]),
            low_mwh=store.low_mwh[last],
            high_mwh=store.high_mwh[last],
        ),
        worth=Worth(buy=case.worth.buy[last], sell=case.worth.sell[last]),
        calls_per_mwh=case.calls_per_mwh[last],
        day_of_step=np.arange(last.size, dtype=np.int64),
    )


def _best_days(store: Store, worth: Worth) -> Path:
    """The path of the largest worth when a step may both charge and discharge."""
    targets, filled_in = to_fill(store)[:2], to_fill(store)
    prices, limits, days = (worth.buy, worth.sell), limits_of(store), worth.buy.size
    ends = (store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
    bound_cny, reachable = quick(levels, days)(prices, limits, 1.0, ends, *targets)
    if not reachable:
        raise unreachable()
    quick(_follow_both, days)(prices, targets, limits, store.initial_mwh, filled_in)
    return Path(stored_mwh=filled_in[0], gained_mwh=filled_in[1], drained_mwh=filled_in[2], bound_cny=bound_cny)


@inner_loop
def _follow_both(prices: Pair, targets: Pair, limits: Limits, before: float, path: Filled) -> None:
    """Fills the path; where selling is dearer than buying, as much of both as the store can take."""
    buy, sell = prices
    charge_to, discharge_to = targets
    gain, drain = limits[0], limits[1]
    stored, gained, drained = path
    for step in range(stored.size):
        up, down = charge_to[step], discharge_to[step]
        fullest, emptiest = before + gain[step], before - drain[step]
        if sell[step] > buy[step] or up > down:
            all_through = fullest - drain[step]
            if all_through > up:
                after = max(up, emptiest)
                gained[step], drained[step] = after - emptiest, drain[step]
            else:
                after = min(max(all_through, down), fullest)
                gained[step], drained[step] = gain[step], fullest - after
        else:
            after = min(max(before, min(up, fullest)), max(down, emptiest))
            gained[step], drained[step] = max(after - before, 0.0), max(before - after, 0.0)
        stored[step] = before = after
