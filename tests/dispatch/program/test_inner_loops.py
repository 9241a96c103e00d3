"""The two searches against each other, and each inner loop against its compiled form."""

from functools import cache

import numpy as np
import pytest
from station_cases import random_task

from dispatch.arrays import Flags
from dispatch.outcome import Infeasible, NotApplicable
from dispatch.program import chain, corners, exclusive
from dispatch.program.chain import best_path
from dispatch.program.compiled import compiled
from dispatch.program.exclusive import best_one_way_path
from dispatch.program.path import Path, bites, limits_of, to_fill
from dispatch.program.store import Case, Store, Worth, case_of


def cases(seeds: range, *, positive: bool) -> list[Case]:
    made = []
    for seed in seeds:
        try:
            made.append(case_of(random_task(seed, 30, positive=positive)))
        except Infeasible:
            continue
    return made


def path_of(search: object, store: Store, worth: Worth) -> Path | None:
    try:
        return search(store, worth)  # type: ignore[operator]
    except Infeasible:
        return None


def everywhere(store: Store, worth: Worth) -> Flags:
    """As if doing both at once paid in every step."""
    return np.ones(np.broadcast(store.gain_mwh, worth.buy).shape, dtype=np.bool_)


def test_where_nothing_bites_both_searches_find_the_same_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exclusive, "bites", everywhere)
    compared = 0
    for case in cases(range(200), positive=True):
        assert not bites(case.store, case.worth).any()
        concave, cornered = (path_of(search, case.store, case.worth) for search in (best_path, best_one_way_path))
        assert (concave is None) == (cornered is None)
        if concave is not None and cornered is not None:
            assert concave.bound_cny == pytest.approx(cornered.bound_cny, rel=1e-9, abs=1e-6)
            compared += 1
    assert 80 < compared


def test_a_path_earns_its_bound() -> None:
    for case in cases(range(200), positive=False):
        for search in (best_path, best_one_way_path):
            path = path_of(search, case.store, case.worth)
            if path is not None:
                earned = float(case.worth.sell @ path.drained_mwh - case.worth.buy @ path.gained_mwh)
                assert path.bound_cny == pytest.approx(earned, rel=1e-9, abs=1e-6)


def test_sharing_a_step_between_charging_and_discharging_never_earns_less() -> None:
    for case in cases(range(200), positive=False):
        shared, one_way = (path_of(search, case.store, case.worth) for search in (best_path, best_one_way_path))
        assert (shared is None) == (one_way is None)
        if shared is not None and one_way is not None:
            assert shared.bound_cny >= one_way.bound_cny - 1e-6


@cache
def biting_cases() -> tuple[Case, ...]:
    return tuple(case for case in cases(range(60), positive=False) if bites(case.store, case.worth).any())


def test_the_compiled_corners_are_those_of_the_plain_loop() -> None:
    quick = compiled(corners.__name__)["corners"]
    assert 10 < len(biting_cases())
    for case in biting_cases():
        store = case.store
        ends = (store.kept_ratio, store.kept_ratio * store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
        arguments = (case.worth.buy, case.worth.sell, limits_of(store), ends, 1e-9)
        plain, fast = corners.corners(*arguments), quick(*arguments)
        assert plain[2].tolist() == fast[2].tolist()
        assert plain[3:] == pytest.approx(fast[3:], rel=1e-12)
        assert plain[0][: plain[2][-1]] == pytest.approx(fast[0][: fast[2][-1]], rel=1e-12)


def test_the_compiled_levels_are_those_of_the_plain_loop() -> None:
    quick = compiled(chain.__name__)["levels"]
    for case in cases(range(60), positive=True):
        store, worth = case.store, case.worth
        ends = (store.kept_ratio * store.initial_mwh, store.end_low_mwh, store.end_high_mwh)
        plain, fast = to_fill(store)[:2], to_fill(store)[:2]
        prices, limits = (worth.buy, worth.sell), limits_of(store)
        assert chain.levels(prices, limits, store.kept_ratio, ends, *plain) == pytest.approx(
            quick(prices, limits, store.kept_ratio, ends, *fast), rel=1e-12
        )


def test_many_segments_keep_their_order() -> None:
    """A store for a whole year of hours: buy the cheapest half, sell the dearest, whatever the order; by sorting."""
    count, random = 800, np.random.default_rng(3)
    price = np.concatenate(
        [random.permutation(np.arange(1.0, count + 1)), random.permutation(np.arange(1.0, count + 1)) + count]
    )
    nothing, each = np.zeros(2 * count), np.ones(2 * count)
    store = Store(
        gain_mwh=each,
        drain_mwh=each,
        low_mwh=nothing,
        high_mwh=2.0 * count * each,
        kept_ratio=1.0,
        initial_mwh=0.0,
        end_low_mwh=0.0,
        end_high_mwh=0.0,
    )
    path = best_path(store, Worth(buy=price, sell=price))
    assert float(price[count:].sum() - price[:count].sum()) == pytest.approx(path.bound_cny)
    assert float(count) == path.stored_mwh.max()


def test_too_many_corners_are_left_to_others() -> None:
    """Flat prices at which every step may do either, with power limits of their own each: corners multiply."""
    random, each = np.random.default_rng(5), np.ones(150)
    store = Store(
        gain_mwh=random.uniform(1.0, 2.0, 150),
        drain_mwh=random.uniform(1.0, 2.0, 150),
        low_mwh=0.0 * each,
        high_mwh=50.0 * each,
        kept_ratio=1.0,
        initial_mwh=0.0,
        end_low_mwh=0.0,
        end_high_mwh=0.0,
    )
    with pytest.raises(NotApplicable, match="corners"):
        best_one_way_path(store, Worth(buy=-2.0 * each, sell=-1.0 * each))
