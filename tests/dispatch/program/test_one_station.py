"""Small cases worked by hand, and what the dynamic program leaves to others."""

from dataclasses import replace

import numpy as np
import pytest
from station_cases import PLAIN, Wanted, station, task_at

from dispatch.blocks import grid_connection_limit, leased_reserve, ramp_limits
from dispatch.outcome import Infeasible, NotApplicable, Rung, Status
from dispatch.program import program
from dispatch.task import Task, block

LOSSY = {"charge_efficiency": 0.8, "discharge_efficiency": 0.5, "max_stored_mwh": 40.0}
NOTHING_AT_THE_END = Wanted(final_mwh=None)


def with_block(task: Task, name: str, terms: object) -> Task:
    return replace(task, blocks=(*task.blocks, block(name, terms)))


def test_energy_is_bought_in_the_cheapest_hour_and_sold_in_the_dearest() -> None:
    """10 MWh bought at 100 and sold at 300."""
    outcome = program(task_at(station(3), [100, 300, 200]))
    assert 2000.0 == outcome.objective_cny == outcome.best_bound_cny
    assert [10.0, 0.0, 0.0] == outcome.charge_mw.tolist()
    assert [0.0, 10.0, 0.0] == outcome.discharge_mw.tolist()


def test_a_proven_optimum_says_so() -> None:
    outcome = program(task_at(station(3), [100, 300, 200]))
    assert (Rung.PROGRAM, Status.OPTIMAL, 0) == (outcome.rung, outcome.status, outcome.binaries)
    assert outcome.solver.startswith("dynamic program")


def test_losses_are_paid_for() -> None:
    """10 MWh bought at 100 are 8 inside and 4 given back, sold at 300: 1,200 - 1,000."""
    assert 200.0 == pytest.approx(program(task_at(station(2, **LOSSY), [100, 300])).objective_cny)


def test_energy_lost_at_rest_is_not_there_to_be_sold() -> None:
    """10 MWh bought at 100, of which 9 are left to be sold at 300."""
    assert 1700.0 == pytest.approx(program(task_at(station(2, kept_ratio=0.9), [100, 300])).objective_cny)


def test_a_step_at_negative_prices_does_not_charge_and_discharge() -> None:
    """10 MWh taken at -80 earn 800; the 8 inside are given back as 4 at -80 for 320. Both at once would earn more."""
    outcome = program(task_at(station(2, **LOSSY), [-80, -80]))
    assert 480.0 == pytest.approx(outcome.objective_cny)
    assert [10.0, 0.0] == outcome.charge_mw.tolist()
    assert [0.0, 4.0] == pytest.approx(outcome.discharge_mw.tolist())


def test_a_quarter_of_an_hour_moves_a_quarter_of_the_energy() -> None:
    assert 500.0 == pytest.approx(program(task_at(station(2, 15), [100, 300])).objective_cny)


def test_wear_is_taken_off_each_mwh_discharged() -> None:
    """10 MWh at 300 - 100, less 50 a MWh."""
    assert 1500.0 == pytest.approx(
        program(task_at(station(2), [100, 300], Wanted(wear_cny_per_mwh=50.0))).objective_cny
    )


def test_a_free_end_sells_what_is_left() -> None:
    """10 MWh inside at the start, sold at 300; buying back at 100 for nothing would only cost."""
    task = task_at(station(2, initial_stored_mwh=10.0), [300, 100], NOTHING_AT_THE_END)
    assert 3000.0 == program(task).objective_cny


def test_a_wanted_end_is_bought_where_it_is_cheapest() -> None:
    outcome = program(task_at(station(3), [300, 100, 200], Wanted(final_mwh=10.0)))
    assert -1000.0 == outcome.objective_cny
    assert [0.0, 10.0, 0.0] == outcome.charge_mw.tolist()


def test_an_end_that_cannot_be_reached_is_infeasible() -> None:
    with pytest.raises(Infeasible):
        program(task_at(station(1), [100], Wanted(final_mwh=11.0)))


def test_an_end_outside_the_bounds_is_infeasible() -> None:
    with pytest.raises(Infeasible):
        program(task_at(station(9), [100] * 9, Wanted(final_mwh=21.0)))


def test_a_bound_that_rises_above_what_can_be_charged_is_infeasible() -> None:
    with pytest.raises(Infeasible):
        program(task_at(station(2, min_stored_mwh=[0.0, 25.0], max_stored_mwh=30.0), [100, 100], NOTHING_AT_THE_END))


def test_a_call_costs_what_one_more_cycle_loses() -> None:
    """Half a call: 10 MWh bought at 300 and sold at 200; a whole one is 20 MWh at a loss of 100 each."""
    outcome = program(task_at(station(2), [300, 200], Wanted(calls=0.5)))
    assert -1000.0 == pytest.approx(outcome.objective_cny)
    assert 2000.0 == pytest.approx(outcome.call_price_cny)


def test_calls_that_pay_for_themselves_cost_nothing() -> None:
    assert 0.0 == program(task_at(station(2), [100, 300], Wanted(calls=0.3))).call_price_cny


def test_without_required_calls_there_is_no_price_of_a_call() -> None:
    assert program(task_at(station(2), [100, 300])).call_price_cny is None


def test_only_season_days_count_towards_the_calls() -> None:
    """The dear third hour is out of season: half a call is sold at 200 in the second, and then again at 300."""
    season = np.array([True, True, False])
    outcome = program(task_at(station(3), [100, 200, 300], Wanted(calls=0.5, season=season)))
    assert [0.0, 10.0, 0.0] == pytest.approx(outcome.discharge_mw.tolist())
    assert 1000.0 == pytest.approx(outcome.objective_cny)


def test_more_calls_than_can_be_made_are_infeasible() -> None:
    with pytest.raises(Infeasible):
        program(task_at(station(4), [100] * 4, Wanted(calls=1.01)))


def test_stored_energy_is_worth_what_the_next_sale_not_yet_full_brings() -> None:
    """The second hour sells all it can, so one more MWh is sold at 200 in the third."""
    worth = program(task_at(station(3), [100, 300, 200])).stored_worth_cny_per_mwh
    assert worth is not None
    assert [200.0, 200.0, 200.0] == worth.tolist()


def test_stored_energy_is_worth_what_it_saves_buying() -> None:
    """Room for 5 MWh, bought in part of the second hour: one more inside saves buying one at 120."""
    worth = program(task_at(station(3, max_stored_mwh=5.0), [130, 120, 300])).stored_worth_cny_per_mwh
    assert worth is not None
    assert 120.0 == worth[0]


def test_a_leased_share_of_power_and_energy_is_left_free() -> None:
    """6 MW and 12 MWh are left: 12 MWh bought at 100 and sold at 300."""
    leased = leased_reserve.Terms(leased_power_mw=np.full(4, 4.0), leased_energy_mwh=np.full(4, 8.0))
    task = with_block(task_at(station(4), [100, 100, 300, 300]), "leased_reserve", leased)
    assert 2400.0 == pytest.approx(program(task).objective_cny)


def test_the_grid_connection_limits_both_legs() -> None:
    """5 MW: 5 MWh bought at 100 and sold at 300."""
    limit = grid_connection_limit.Terms(limit_mw=5.0, wind_mw=np.zeros(2))
    task = with_block(task_at(station(2), [100, 300]), "grid_connection_limit", limit)
    assert 1000.0 == pytest.approx(program(task).objective_cny)


def test_wind_behind_the_connection_is_left_to_others() -> None:
    limit = grid_connection_limit.Terms(limit_mw=5.0, wind_mw=np.ones(2))
    with pytest.raises(NotApplicable, match="wind"):
        program(with_block(task_at(station(2), [100, 300]), "grid_connection_limit", limit))


def test_a_block_that_it_does_not_know_is_left_to_others_by_name() -> None:
    task = with_block(task_at(station(2), [100, 300]), "ramp_limits", ramp_limits.Terms(ramp_mw_per_min=1.0))
    with pytest.raises(NotApplicable, match="ramp_limits"):
        program(task)


def test_a_task_without_its_physics_is_left_to_others_by_name() -> None:
    task = task_at(station(2), [100, 300])
    without = tuple(each for each in task.blocks if each.name != "power_limits")
    with pytest.raises(NotApplicable, match="power_limits"):
        program(replace(task, blocks=without))


def test_without_exclusive_modes_a_case_in_which_both_at_once_would_pay_is_left_to_others() -> None:
    with pytest.raises(NotApplicable, match="exclusive_modes"):
        program(task_at(station(2, **LOSSY), [-80, -80], replace(PLAIN, exclusive=False)))


def test_without_exclusive_modes_a_case_in_which_both_at_once_never_pays_is_solved() -> None:
    assert 2000.0 == program(task_at(station(2), [100, 300], replace(PLAIN, exclusive=False))).objective_cny
