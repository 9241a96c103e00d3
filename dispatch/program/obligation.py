"""The required calls of the season, met by one price for a call.

At the right price schedules with fewer and with more calls are worth the same, so the schedule with exactly the required
calls is found between the two. Whatever the price, no schedule with the required calls earns more than the best schedule
at that price less the price of the calls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Infeasible, NotApplicable
from dispatch.program.path import Path
from dispatch.program.store import Case, Store, Worth
from tariffs.vocabulary.errors import Words

Search = Callable[[Store, Worth], Path]

MOST_PRICES: Final = 200
CALLS_RATIO: Final = 1e-10
"""Calls may be missed by this share through rounding."""
TIED_RATIO: Final = 1e-12
"""Schedules whose worth differs by a smaller share are worth the same."""
NEAR_RATIO: Final = 0.03
"""Schedules whose calls differ by a smaller share of the required ones have their price where their worths meet."""
CLOSING_RATIO: Final = 0.7
"""A price between two others that does not bring their calls this much closer was not worth its while."""
GUESS_RATIO: Final = 0.1
"""The first price of a call that is tried, as a share of what its energy costs on average."""
DEAREST_RATIO: Final = 8.0
"""The last one, as a share of what its energy costs at most; calls beyond it are counted apart from all money."""
NEAR_STEP: Final = 1.01
"""How far the second price is from one that is nearly right; further ones are further away."""
WIDER: Final = 2.5
"""How far prices are from each other where none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A path, what it earns (元), the calls it makes, and the price of a call at which it is best."""

    path: Path
    revenue_cny: float
    calls: float
    call_price_cny: float

    def worth_at(self, call_price_cny: float) -> float:
        """What it earns when each call is paid for as well."""
        return self.revenue_cny + call_price_cny * self.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The price of a call at which fewer and more calls are worth the same, and the two paths.

    Shape   `bound_cny`: no schedule that makes the required calls earns more
    """

    call_price_cny: float
    fewer: Offer
    more: Offer
    bound_cny: float


def offer(case: Case, search: Search, call_price_cny: float) -> Offer:
    """The best path when each call is paid for as well."""
    return _weighed(case, search(case.store, case.at_call_price(call_price_cny)), call_price_cny)


def most_calls(case: Case, search: Search) -> Offer:
    """The path with the most calls, whatever it earns."""
    alone = Worth(buy=np.zeros_like(case.worth.buy), sell=case.calls_per_mwh)
    return _weighed(case, search(case.store, alone), np.inf)


def tied(case: Case, search: Search, near_cny: float = 0.0) -> Tie:
    """The lowest price of a call at which the required calls are made; quicker when it is known to be near another.

    Raises  Infeasible if even the largest possible number of calls is below the required one
    """
    wanted, enough = case.calls_wanted, _enough(case)
    fewer, more = _around(case, search, near_cny)
    if more.call_price_cny == 0.0:
        return Tie(call_price_cny=0.0, fewer=more, more=more, bound_cny=more.path.bound_cny)
    apart = np.inf
    for _ in range(MOST_PRICES):
        apart, apart_before = more.calls - fewer.calls, apart
        price = (fewer.revenue_cny - more.revenue_cny) / apart
        far = NEAR_RATIO * wanted < apart < CLOSING_RATIO * apart_before and np.isfinite(more.call_price_cny)
        if far:
            price = _price_between(fewer, more, wanted)
        tried = offer(case, search, price)
        if not far and not _beats(tried, fewer, more, price):
            return Tie(call_price_cny=price, fewer=fewer, more=more, bound_cny=tried.path.bound_cny - price * wanted)
        fewer, more = (tried, more) if tried.calls < enough else (fewer, tried)
    raise NotApplicable(Words("没有找到调用的价格", "no price of a call was found"))


def _enough(case: Case) -> float:
    return case.calls_wanted * (1.0 - CALLS_RATIO)


def _beats(tried: Offer, fewer: Offer, more: Offer, price: float) -> bool:
    """Whether a path between two others is worth more than both, beyond rounding."""
    moved_cny = max(abs(fewer.revenue_cny), abs(price * more.calls), abs(tried.path.bound_cny))
    return tried.worth_at(price) > fewer.worth_at(price) + TIED_RATIO * moved_cny


def _weighed(case: Case, path: Path, call_price_cny: float) -> Offer:
    # not `@`: on long arrays it wakes a library's threads, which takes longer than the sum
    earned = float(np.sum(case.worth.sell * path.drained_mwh - case.worth.buy * path.gained_mwh))
    calls = float(np.sum(case.calls_per_mwh * path.drained_mwh))
    return Offer(path=path, revenue_cny=earned, calls=calls, call_price_cny=call_price_cny)


def _around(case: Case, search: Search, near_cny: float) -> tuple[Offer, Offer]:
    """The nearest paths found with fewer and with at least the required calls; the same one twice if it is for free."""
    enough = _enough(case)
    first = offer(case, search, near_cny)
    if first.calls < enough:
        return _dearer(case, search, first)
    more, step = first, NEAR_STEP
    while more.call_price_cny > 0.0:
        price = more.call_price_cny / step if step < WIDER else 0.0
        tried = offer(case, search, price)
        if tried.calls < enough:
            return tried, more
        more, step = tried, step * step
    return more, more


def _dearer(case: Case, search: Search, fewer: Offer) -> tuple[Offer, Offer]:
    """The nearest paths with fewer and with at least the required calls, from a price that is too low."""
    enough, counted = _enough(case), case.calls_per_mwh[case.calls_per_mwh > 0.0]
    prices = np.abs(np.concatenate((case.worth.buy, case.worth.sell)))
    dearest = DEAREST_RATIO * (float(prices.max()) + 1.0) / float(counted.min(initial=np.inf))
    if not counted.size:
        raise Infeasible("no step counts towards the calls")
    near = fewer.call_price_cny > 0.0
    step = NEAR_STEP if near else WIDER
    price = fewer.call_price_cny * step if near else GUESS_RATIO * float(prices.mean()) / float(counted.mean())
    while 0.0 < price < dearest:
        tried = offer(case, search, price)
        if tried.calls >= enough:
            return fewer, tried
        step = min(step * step, WIDER)
        fewer, price = tried, price * step
    most = most_calls(case, search)
    if most.calls < enough:
        raise Infeasible(f"at most {most.calls} calls")
    return fewer, most


def _price_between(fewer: Offer, more: Offer, wanted: float) -> float:
    share = min(max((wanted - fewer.calls) / (more.calls - fewer.calls), 0.1), 0.9)
    return fewer.call_price_cny + share * (more.call_price_cny - fewer.call_price_cny)


def between(case: Case, tie: Tie) -> tuple[Floats, Floats]:
    """What goes into and out of the store on the path between the two that makes exactly the required calls.

    Where the stored energy of the two is the same they may be exchanged, so windows are taken whole from either, and only
    one is mixed.
    """
    fewer, more = tie.fewer.path, tie.more.path
    if tie.more.calls <= tie.fewer.calls:
        return more.gained_mwh, more.drained_mwh
    apart = np.abs(fewer.stored_mwh - more.stored_mwh) > CALLS_RATIO * (1.0 + float(case.store.high_mwh.max()))
    window = np.concatenate(([0], np.cumsum(~apart)[:-1]))
    added = np.bincount(window, weights=case.calls_per_mwh * (more.drained_mwh - fewer.drained_mwh))
    missing = case.calls_wanted - tie.fewer.calls
    reached = np.cumsum(added)
    mixed = int(np.argmax(reached >= min(missing, float(reached.max()))))
    before = float(reached[mixed - 1]) if mixed else 0.0
    share = min(max((missing - before) / float(added[mixed]), 0.0), 1.0)
    weight = np.where(window < mixed, 1.0, np.where(window == mixed, share, 0.0))
    gained = fewer.gained_mwh + weight * (more.gained_mwh - fewer.gained_mwh)
    drained = fewer.drained_mwh + weight * (more.drained_mwh - fewer.drained_mwh)
    return gained, drained
