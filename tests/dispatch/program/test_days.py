"""Flat regulated prices under a daily cap: closed forms by hand, and the linear bound of a solver."""

from dataclasses import replace

import numpy as np
import pytest
from by_solver import solved
from station_cases import Wanted, regulated, station, task_at

from dispatch.outcome import Infeasible, NotApplicable, Outcome
from dispatch.program import largest_calls, program

ONE_CYCLE = Wanted(cycles_per_day=1.0)
LOSSY = {"charge_efficiency": 0.8, "discharge_efficiency": 0.5, "max_stored_mwh": 40.0}
PERIODS = np.repeat([1.0, 2.0, 3.0, 2.0, 3.0, 2.0, 1.0], [6, 2, 3, 7, 3, 1, 2])
"""Valley from 22 to 6, peak from 8 to 11 and from 18 to 21."""


def two_days(preference: np.ndarray | None = None, minutes: int = 60, **changes: float) -> Outcome:
    plant = station(48 * 60 // minutes, minutes, **changes)
    return program(replace(regulated(plant, 400.0, ONE_CYCLE), preference=preference))


def test_one_cycle_a_day_earns_the_difference_of_the_two_prices() -> None:
    """20 MWh a day bought at 0.5 * 400 and sold at 1.2 * 400, two days: 2 * 20 * (480 - 200)."""
    outcome = two_days()
    assert 11_200.0 == pytest.approx(outcome.objective_cny) == outcome.best_bound_cny


def test_no_day_makes_more_cycles_than_the_cap() -> None:
    discharged = two_days().discharge_mw.reshape(2, 24).sum(axis=1)
    assert [20.0, 20.0] == pytest.approx(discharged.tolist())


def test_no_step_charges_and_discharges() -> None:
    outcome = two_days(np.tile(PERIODS, 2))
    assert not np.any((outcome.charge_mw > 0.0) & (outcome.discharge_mw > 0.0))


def test_charging_goes_to_the_valley_and_discharging_to_the_peak() -> None:
    outcome, preference = two_days(np.tile(PERIODS, 2)), np.tile(PERIODS, 2)
    assert {1.0} == set(preference[outcome.charge_mw > 0.0])
    assert {3.0} == set(preference[outcome.discharge_mw > 0.0])


def test_equal_hours_are_used_in_one_block_at_full_power() -> None:
    outcome = two_days(np.repeat(np.tile(PERIODS, 2), 4), minutes=15)
    charging = np.flatnonzero(outcome.charge_mw[:96])
    assert list(range(charging[0], charging[0] + 8)) == charging.tolist()
    assert [10.0] * 8 == outcome.charge_mw[charging].tolist()


def test_a_load_puts_discharging_into_its_highest_hours() -> None:
    load = np.tile(PERIODS, 2) + np.linspace(0.0, 0.5, 48) % 0.25
    outcome = two_days(load)
    first = np.flatnonzero(outcome.discharge_mw[:24])
    assert sorted(np.argsort(load[:24])[-2:]) == first.tolist()


def test_a_station_whose_losses_eat_the_difference_of_prices_does_nothing() -> None:
    """0.4 of the energy comes back: 50 MWh at 200 for 20 MWh at 480 lose 400 a day."""
    assert 0.0 == two_days(**LOSSY).objective_cny


def test_a_call_costs_what_a_losing_cycle_loses() -> None:
    plant = station(48, **LOSSY)
    outcome = program(regulated(plant, 400.0, replace(ONE_CYCLE, calls=1.5)))
    assert -600.0 == pytest.approx(outcome.objective_cny)
    assert 400.0 == pytest.approx(outcome.call_price_cny)


def test_more_calls_than_days_are_infeasible_at_one_cycle_a_day() -> None:
    with pytest.raises(Infeasible):
        program(regulated(station(48), 400.0, replace(ONE_CYCLE, calls=2.01)))


def test_as_many_calls_as_days_are_the_largest_number_at_one_cycle_a_day() -> None:
    task = regulated(station(48), 400.0, replace(ONE_CYCLE, calls=1.0))
    largest = largest_calls(task)
    assert 2.0 == pytest.approx(largest.upper) == largest.reached


def test_stored_energy_is_worth_what_it_saves_buying() -> None:
    worth = two_days().stored_worth_cny_per_mwh
    assert worth is not None
    assert {200.0} == set(np.round(worth, 9))


def test_a_day_may_need_to_charge_twice() -> None:
    """Room for 15 MWh and a cap of 20: the day charges, discharges and charges again."""
    outcome = two_days(max_stored_mwh=15.0)
    assert 11_200.0 == pytest.approx(outcome.objective_cny)


def test_days_reach_the_linear_bound() -> None:
    """Without binaries the solver may cheat, so it earns at least as much; equal means proven best."""
    for seed in range(25):
        random = np.random.default_rng(seed)
        plant = station(72, max_stored_mwh=25.0, charge_efficiency=0.9, discharge_efficiency=0.9)
        plant = replace(plant, initial_stored_mwh=float(random.choice([0.0, 10.0, 25.0])))
        benchmark = np.repeat(random.choice([300.0, 400.0, 420.0], 3), 24)
        wanted = Wanted(
            final_mwh=float(random.choice([0.0, 12.5, 25.0])), cycles_per_day=float(random.choice([0.5, 1.0]))
        )
        task = replace(regulated(plant, benchmark, wanted), preference=random.normal(size=72))
        assert solved(task, binaries=False) == pytest.approx(program(task).objective_cny, rel=1e-9)


def test_a_cap_that_does_not_bind_leaves_market_prices_to_the_steps() -> None:
    price = np.tile([100.0, 300.0, 200.0, 200.0], 6)
    free, capped = task_at(station(24), price), task_at(station(24), price, Wanted(cycles_per_day=9.0))
    assert program(free).objective_cny == program(capped).objective_cny


def test_a_cap_that_binds_at_market_prices_is_left_to_others() -> None:
    price = np.tile([100.0, 300.0, 200.0, 200.0], 6)
    with pytest.raises(NotApplicable, match="within a day"):
        program(task_at(station(24), price, Wanted(cycles_per_day=1.0)))


def test_a_cap_with_losses_at_rest_is_left_to_others() -> None:
    with pytest.raises(NotApplicable, match="rest"):
        two_days(kept_ratio=0.99)


def test_a_day_too_short_for_its_cycle_moves_what_its_hours_allow() -> None:
    """Three hours are too few for two of charging and two of discharging: one of each, 10 MWh at 480 less 200."""
    outcome = program(regulated(station(3), 400.0, ONE_CYCLE))
    assert 2_800.0 == pytest.approx(outcome.objective_cny) == outcome.best_bound_cny


def test_a_store_of_eight_hours_charges_twice_on_the_last_cheap_day_as_far_as_hours_allow() -> None:
    """Two days, the second dearer: 8 hours of discharging and, losses counted, 17.2 of charging do not fit into the first."""
    plant = station(48, energy_mwh=80.0, max_stored_mwh=80.0, charge_efficiency=0.93)
    task = regulated(plant, np.repeat([400.0, 900.0], 24), ONE_CYCLE)
    assert solved(task, binaries=True) == pytest.approx(program(task).objective_cny, rel=1e-9)


def test_long_stores_over_days_of_differing_prices_reach_the_optimum_with_binaries() -> None:
    proven = 0
    for seed in range(8):
        random = np.random.default_rng(seed)
        hours = float(random.choice([6.0, 7.5, 9.0, 11.0]))
        plant = station(48, energy_mwh=10.0 * hours, max_stored_mwh=10.0 * hours, charge_efficiency=0.92)
        benchmark = np.repeat(random.choice([300.0, 400.0, 700.0], 2), 24)
        task = regulated(plant, benchmark, replace(ONE_CYCLE, final_mwh=float(random.choice([0.0, 10.0 * hours]))))
        try:
            found = program(task).objective_cny
        except NotApplicable:
            continue
        proven += 1
        assert solved(task, binaries=True) == pytest.approx(found, rel=1e-9)
    assert proven > 4


def test_a_crowded_day_whose_steps_differ_still_has_a_schedule() -> None:
    """Two of three hours at a tenth of the power: 2 MWh in the first hour, one in each other out, at 480 less 200."""
    power = np.array([10.0, 1.0, 1.0])
    plant = replace(station(3), charge_limit_mw=power, discharge_limit_mw=power)
    assert 560.0 == pytest.approx(program(regulated(plant, 400.0, ONE_CYCLE)).objective_cny)


def test_a_cap_above_what_the_hours_allow_leaves_the_steps_to_themselves() -> None:
    """Ten cycles a day of a store of two hours, four hours each: six a day at most, 20 MWh each at 480 less 200."""
    outcome = program(regulated(station(48), 400.0, replace(ONE_CYCLE, cycles_per_day=10.0)))
    assert 2 * 6 * 5_600.0 == pytest.approx(outcome.objective_cny)
