"""Binaries where they are needed give what binaries everywhere give."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from random_tasks import tasks

from dispatch.blocks import daily_cycle_cap, final_stored_energy, season_calls
from dispatch.lazy import everywhere, lazy, relaxed, swept, warm
from dispatch.outcome import Infeasible, Limits, Outcome, Rung, Status
from dispatch.task import Block, Task, block
from tariffs.vocabulary.errors import HuchuError

CHAIN = tuple(block(name) for name in ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes"))
EMPTY = block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=0.0))


def assert_exclusive(outcome: Outcome) -> None:
    assert 0.0 == np.minimum(outcome.charge_mw, outcome.discharge_mw).max()


def all_season(count: int, calls: float) -> Block:
    return block("season_calls", season_calls.Terms(calls=calls, in_season=np.ones(count)))


@settings(max_examples=30, deadline=None)
@given(task=tasks())
def test_few_binaries_and_binaries_everywhere_earn_the_same(task: Task) -> None:
    try:
        expected = everywhere(task, Limits())
    except Infeasible:
        event("infeasible")
        with pytest.raises(Infeasible):
            lazy(task, Limits())
        return
    actual = lazy(task, Limits())
    event("binaries" if actual.binaries else "no binaries")
    assert pytest.approx(expected.objective_cny, rel=1e-7, abs=1e-4) == actual.objective_cny
    assert Status.OPTIMAL is actual.status
    assert actual.binaries <= expected.binaries
    assert_exclusive(actual)


@settings(max_examples=20, deadline=None)
@given(task=tasks())
def test_no_schedule_earns_more_than_the_one_that_may_cheat(task: Task) -> None:
    try:
        cheating = relaxed(task, Limits())
        honest = lazy(task, Limits())
    except Infeasible:
        assume(False)
    assert honest.objective_cny <= cheating.objective_cny + 1e-4
    assert honest.best_bound_cny <= cheating.objective_cny + 1e-4


def test_calls_made_of_losses_are_found_out(station_of: Any, task_of: Any) -> None:
    """Two hours at 10 and 11, efficiencies 0.9: one cycle discharges 8.1 MWh at most, 0.405 of a call; both at once in
    each hour would make twice that. 0.5 of a call cannot be had.
    """
    lossy = replace(station_of(2), charge_efficiency=0.9, discharge_efficiency=0.9)
    task = task_of(lossy, [*CHAIN, EMPTY, all_season(2, 0.5)], [10.0, 11.0])
    assert relaxed(task, Limits()).objective_cny < 0
    with pytest.raises(Infeasible):
        lazy(task, Limits())


def test_flat_prices_that_pay_for_nothing_at_once_need_no_binary(station_of: Any, task_of: Any) -> None:
    """One cycle a day, 0.5 paid and 1.2 earned at any hour: 20 MWh a day."""
    day = station_of(24)
    cap = block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=1.0))
    outcome = lazy(task_of(day, [*CHAIN, EMPTY, cap], [0.5] * 24, [1.2] * 24), Limits())
    assert pytest.approx(20 * 0.7) == outcome.objective_cny
    assert 0 == outcome.binaries
    assert_exclusive(outcome)


def test_a_gap_that_is_allowed_is_told(station_of: Any, task_of: Any) -> None:
    lossy = replace(station_of(6), charge_efficiency=0.8, discharge_efficiency=0.9)
    task = task_of(lossy, [*CHAIN, EMPTY], [-10.0, -11.0, -9.0, 5.0, -3.0, -8.0])
    outcome = lazy(task, Limits(gap=0.9))
    assert outcome.status in (Status.WITHIN_GAP, Status.OPTIMAL)
    assert outcome.objective_cny <= everywhere(task, Limits()).objective_cny <= outcome.best_bound_cny + 1e-6


def test_every_outcome_names_its_way_and_its_solver(station_of: Any, task_of: Any) -> None:
    task = task_of(station_of(2), [*CHAIN, EMPTY], [10.0, 50.0])
    ways = {Rung.LAZY: lazy, Rung.MILP: everywhere, Rung.LP: relaxed, Rung.WARM: warm}
    for rung, way in ways.items():
        outcome = way(task, Limits())
        assert rung is outcome.rung
        assert outcome.solver.startswith("HiGHS")
        assert pytest.approx(400.0) == outcome.objective_cny
    assert [0, 2, 0, 0] == [way(task, Limits()).binaries for way in ways.values()]


def test_a_sweep_of_prices_earns_what_each_earns_alone(station_of: Any, task_of: Any) -> None:
    """The third has a negative price, and needs binaries of its own."""
    lossy = replace(station_of(4), charge_efficiency=0.9, discharge_efficiency=0.9)
    prices = ([10.0, 50.0, 20.0, 90.0], [70.0, 20.0, 30.0, 60.0], [-30.0, -30.0, -10.0, 40.0])
    scenarios = [task_of(lossy, [*CHAIN, EMPTY], price) for price in prices]
    alone = [everywhere(task, Limits()).objective_cny for task in scenarios]
    together = swept(scenarios, Limits())
    assert pytest.approx(alone) == [outcome.objective_cny for outcome in together]
    assert [Rung.WARM, Rung.WARM] == [outcome.rung for outcome in together[:2]]


def test_a_sweep_goes_on_where_the_coefficients_change(station_of: Any, task_of: Any) -> None:
    first = task_of(station_of(2), [*CHAIN, EMPTY], [10.0, 50.0])
    lossy = replace(station_of(2), charge_efficiency=0.5)
    second = task_of(lossy, [*CHAIN, EMPTY], [10.0, 50.0])
    assert pytest.approx([400.0, 5 * 50 - 10 * 10]) == [o.objective_cny for o in swept([first, second], Limits())]


def test_infeasible_calls_are_said_so_by_every_way(station_of: Any, task_of: Any) -> None:
    task = task_of(station_of(2), [*CHAIN, EMPTY, all_season(2, 3.0)], [10.0, 50.0])
    for way in (lazy, everywhere, relaxed, warm):
        with pytest.raises(Infeasible):
            way(task, Limits())


def test_power_without_limits_is_refused_in_words(station_of: Any, task_of: Any) -> None:
    task = task_of(station_of(1), [block("energy_balance")], [-10.0])
    with pytest.raises(HuchuError, match="no limit"):
        relaxed(task, Limits())
