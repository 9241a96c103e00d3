"""The least peak by windows of steps; every figure is worked by hand from the few steps in which the load is high."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.arrays import Floats
from dispatch.blocks import daily_cycle_cap, final_stored_energy, grid_connection_limit, leased_reserve, ramp_limits
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.task import FleetTask, fleet_block, fleet_objective
from dispatch.fleet.windows import windows
from dispatch.fleet.windows.refill import valley_mw
from dispatch.fleet_blocks import zone_limits
from dispatch.objectives import peak_shaving
from dispatch.outcome import Limits, NotApplicable, Rung, Status
from dispatch.solve import OutOfTime
from dispatch.station.steps import StationSteps
from dispatch.task import Block, Task, block, objective
from tariffs.vocabulary.errors import Words

PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")
HOURS = 48
EVENING = slice(30, 34)
"""Four hours of the second day."""

TasksOf = Callable[..., FleetTask]


@pytest.fixture
def fleet_of(task_of: Callable[..., Task]) -> TasksOf:
    """A fleet of these stations behind a load; each ends as full as it began unless told otherwise."""

    def made(load_mw: Floats, *stations: StationSteps, final_mwh: float | None = None, end: bool = True) -> FleetTask:
        tasks = []
        for station in stations:
            last = station.initial_stored_mwh if final_mwh is None else final_mwh
            ending = [block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=last))] if end else []
            task = task_of(station, [*map(block, PHYSICS), *ending], np.zeros(load_mw.size))
            tasks.append(replace(task, objective=objective("least_throughput", None)))
        terms = peak_shaving.Terms(load_mw=load_mw)
        return FleetTask(stations=tuple(tasks), objective=fleet_objective("peak_shaving", terms, len(stations)))

    return made


def _load(base_mw: float = 50.0, evening_mw: float = 110.0) -> Floats:
    load_mw = np.full(HOURS, base_mw)
    load_mw[EVENING] = evening_mw
    return load_mw


def _peak_and_moved(found: FleetFound) -> tuple[float, float]:
    peak, moved = found.goals
    assert peak.bound == pytest.approx(peak.reached, rel=1e-7)
    assert moved.bound == pytest.approx(moved.reached, rel=1e-6)
    return -peak.reached, -moved.reached


def _near(*figures: float) -> Any:
    return pytest.approx(figures, rel=1e-7, abs=1e-5)


def test_the_energy_of_the_store_is_spread_over_the_hours_of_the_peak(station_of: Any, fleet_of: TasksOf) -> None:
    """20 MWh over four hours are 5 MW: 110 becomes 105, and what is given is charged."""
    found = windows(fleet_of(_load(), station_of(HOURS)), Limits())
    assert _near(105.0, 40.0) == _peak_and_moved(found)
    assert np.allclose(5.0, found.discharge_mw[0, EVENING])
    assert Rung.WINDOWS is found.rung
    assert Status.OPTIMAL is found.status


def test_losses_are_charged_as_well(station_of: Any, fleet_of: TasksOf) -> None:
    """20 MWh inside give 16 at 0.8: four hours of 4 MW; 20 inside take 25 at 0.8."""
    station = replace(station_of(HOURS), charge_efficiency=0.8, discharge_efficiency=0.8)
    assert _near(106.0, 16.0 + 25.0) == _peak_and_moved(windows(fleet_of(_load(), station), Limits()))


def test_an_empty_store_cannot_cut_the_first_hours(station_of: Any, fleet_of: TasksOf) -> None:
    load_mw = np.concatenate([_load()[30:], _load()[:30]])
    assert _near(110.0, 0.0) == _peak_and_moved(windows(fleet_of(load_mw, station_of(HOURS)), Limits()))


def test_a_full_store_cuts_the_first_hours_and_is_full_again(station_of: Any, fleet_of: TasksOf) -> None:
    load_mw = np.concatenate([_load()[30:], _load()[:30]])
    station = replace(station_of(HOURS), initial_stored_mwh=20.0)
    assert _near(105.0, 40.0) == _peak_and_moved(windows(fleet_of(load_mw, station), Limits()))


def test_the_last_hours_are_cut_and_the_end_is_met_where_it_is_empty(station_of: Any, fleet_of: TasksOf) -> None:
    load_mw = np.concatenate([_load()[34:], _load()[:34]])
    assert _near(105.0, 40.0) == _peak_and_moved(windows(fleet_of(load_mw, station_of(HOURS)), Limits()))


def test_the_last_hours_are_not_cut_by_what_must_be_left(station_of: Any, fleet_of: TasksOf) -> None:
    """Of 20 MWh 12 must be left: 8 over four hours are 2 MW; 20 are charged and 8 given."""
    load_mw = np.concatenate([_load()[34:], _load()[:34]])
    found = windows(fleet_of(load_mw, station_of(HOURS), final_mwh=12.0), Limits())
    assert _near(108.0, 28.0) == _peak_and_moved(found)


def test_a_fuller_end_is_charged_on_top(station_of: Any, fleet_of: TasksOf) -> None:
    found = windows(fleet_of(_load(), station_of(HOURS), final_mwh=20.0), Limits())
    assert _near(105.0, 20.0 + 40.0) == _peak_and_moved(found)


def test_with_a_free_end_what_was_stored_before_is_not_charged_again(station_of: Any, fleet_of: TasksOf) -> None:
    station = replace(station_of(HOURS), initial_stored_mwh=20.0)
    assert _near(105.0, 20.0) == _peak_and_moved(windows(fleet_of(_load(), station, end=False), Limits()))


def test_with_a_free_end_an_empty_store_is_charged_for_the_peak_only(station_of: Any, fleet_of: TasksOf) -> None:
    found = windows(fleet_of(_load(), station_of(HOURS), end=False), Limits())
    assert _near(105.0, 40.0) == _peak_and_moved(found)


def test_a_load_below_zero_is_cut_by_as_much(station_of: Any, fleet_of: TasksOf) -> None:
    found = windows(fleet_of(_load() - 200.0, station_of(HOURS)), Limits())
    assert _near(-95.0, 40.0) == _peak_and_moved(found)


def test_a_station_out_of_service_cuts_nothing(station_of: Any, fleet_of: TasksOf) -> None:
    station = replace(station_of(HOURS), charge_limit_mw=np.zeros(HOURS), discharge_limit_mw=np.zeros(HOURS))
    assert _near(110.0, 0.0) == _peak_and_moved(windows(fleet_of(_load(), station), Limits()))


def test_least_and_most_stored_energy_bound_what_is_given(station_of: Any, fleet_of: TasksOf) -> None:
    """From 18 down to 2 are 16 MWh: 4 MW over four hours."""
    made = station_of(HOURS)
    low, high = np.full(HOURS, 2.0), np.full(HOURS, 18.0)
    station = replace(made, min_stored_mwh=low, max_stored_mwh=high, initial_stored_mwh=2.0)
    assert _near(106.0, 32.0) == _peak_and_moved(windows(fleet_of(_load(), station), Limits()))


def test_leased_power_and_energy_are_left_alone(station_of: Any, fleet_of: TasksOf) -> None:
    """12 MWh are leased: 8 over four hours are 2 MW."""
    task = fleet_of(_load(), station_of(HOURS))
    lease = leased_reserve.Terms(leased_power_mw=np.full(HOURS, 6.0), leased_energy_mwh=np.full(HOURS, 12.0))
    found = windows(_with_block(task, block("leased_reserve", lease)), Limits())
    assert _near(108.0, 16.0) == _peak_and_moved(found)


def test_a_zone_is_kept_while_cutting_and_while_refilling(station_of: Any, fleet_of: TasksOf) -> None:
    """The zone gives 3 MW and takes 1: four hours of 3 MW, refilled in twelve hours or more."""
    zone = zone_limits.Terms(discharge_limit_mw=3.0, charge_limit_mw=1.0)
    load_mw = _load()
    load_mw[3:5] = 30.0
    task = replace(fleet_of(load_mw, station_of(HOURS)), limits=(fleet_block("zone_limits", zone, np.arange(1)),))
    found = windows(task, Limits())
    assert _near(107.0, 24.0) == _peak_and_moved(found)
    assert 1.0 + 1e-6 >= found.charge_mw.max()


def test_a_grid_connection_is_kept_while_cutting_and_while_refilling(station_of: Any, fleet_of: TasksOf) -> None:
    """4 MW through the connection: four hours of 4 MW, and two hours of low load are not enough to refill."""
    load_mw = _load()
    load_mw[3:5] = 30.0
    limit = grid_connection_limit.Terms(limit_mw=4.0, wind_mw=np.zeros(HOURS))
    task = _with_block(fleet_of(load_mw, station_of(HOURS)), block("grid_connection_limit", limit))
    found = windows(task, Limits())
    assert _near(106.0, 32.0) == _peak_and_moved(found)
    assert pytest.approx(4.0) == found.charge_mw.max()


def test_a_daily_cap_limits_what_is_given_on_the_day(station_of: Any, fleet_of: TasksOf) -> None:
    """Half a cycle of 20 MWh a day: 10 MWh over four hours are 2.5 MW."""
    cap = block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=0.5))
    found = windows(_with_block(fleet_of(_load(), station_of(HOURS)), cap), Limits())
    assert _near(107.5, 20.0) == _peak_and_moved(found)


def test_two_peaks_with_a_long_night_between_are_cut_alike(station_of: Any, fleet_of: TasksOf) -> None:
    load_mw = _load()
    load_mw[6:10] = 110.0
    found = windows(fleet_of(load_mw, station_of(HOURS)), Limits())
    assert _near(105.0, 80.0) == _peak_and_moved(found)
    assert "2 windows (8/48 steps)" in found.certificate.en


def test_a_lower_peak_is_cut_no_more_than_it_must_be(station_of: Any, fleet_of: TasksOf) -> None:
    """The evening sets 105; of four hours at 107 in the morning 2 MW each are taken."""
    load_mw = _load()
    load_mw[6:10] = 107.0
    found = windows(fleet_of(load_mw, station_of(HOURS)), Limits())
    assert _near(105.0, 2 * (20.0 + 8.0)) == _peak_and_moved(found)


def test_peaks_too_near_each_other_to_refill_are_planned_as_one(station_of: Any, fleet_of: TasksOf) -> None:
    """Two peaks of 2 h at 120, 3 h apart. A gives 10 MW throughout; B charges 0.5 MW: 21.5 MWh in all; C holds 1 MWh twice.

    40 + 21.5 + 2 = 63.5 MWh over four hours: 120 - 15.875; all of it is charged.
    """
    load_mw = _load(base_mw=60.0, evening_mw=60.0)
    load_mw[20:22] = load_mw[25:27] = 120.0
    a = replace(station_of(HOURS), initial_stored_mwh=20.0)
    b = replace(a, charge_limit_mw=np.full(HOURS, 0.5))
    c = replace(
        a,
        charge_limit_mw=np.full(HOURS, 100.0),
        energy_mwh=np.full(HOURS, 1.0),
        max_stored_mwh=np.full(HOURS, 1.0),
        initial_stored_mwh=1.0,
    )
    # B needs 43 hours to be full again, which only a longer horizon has
    longer = [_longer(each, 4) for each in (a, b, c)]
    found = windows(fleet_of(np.concatenate([load_mw, np.full(3 * HOURS, 60.0)]), *longer), Limits())
    assert _near(104.125, 127.0) == _peak_and_moved(found)
    assert "1 gaps joined" in found.certificate.en


def test_refilling_makes_no_new_peak(station_of: Any, fleet_of: TasksOf) -> None:
    """The base is 1 MW below the level of 105: 20 MWh take twenty hours at least."""
    found = windows(fleet_of(_load(base_mw=104.0), station_of(HOURS)), Limits())
    assert _near(105.0, 40.0) == _peak_and_moved(found)
    assert 1.0 + 1e-6 >= found.charge_mw.max()


def test_where_refilling_would_make_a_new_peak_the_whole_model_decides(station_of: Any, fleet_of: TasksOf) -> None:
    """Before the evening there are 30 hours with 0.5 MW of room: 15 MWh are not the 20 that 105 takes."""
    with pytest.raises(NotApplicable):
        windows(fleet_of(_load(base_mw=104.5), station_of(HOURS)), Limits())


def test_stations_charge_in_the_hours_of_least_load(station_of: Any, fleet_of: TasksOf) -> None:
    load_mw = _load()
    load_mw[3:5] = 30.0
    found = windows(fleet_of(load_mw, station_of(HOURS)), Limits())
    assert [3, 4] == np.flatnonzero(found.charge_mw[0] > 1e-6).tolist()


@pytest.mark.parametrize(("peak_mw", "expected"), [(20.0, [3.0, 2.0, 0.0]), (5.0, [3.0, 1.0, 0.0])])
def test_a_valley_is_filled_from_its_lowest_step_up_to_the_peak(peak_mw: float, expected: list[float]) -> None:
    """5 MW hours into 0, 4 and 10 MW, 3 MW at most: the first step to its limit, the second from 4 to 6 or to the peak."""
    filled = valley_mw(np.array([0.0, 4.0, 10.0]), np.full(3, 3.0), 5.0, peak_mw)
    assert pytest.approx(expected) == filled.tolist()


def test_the_search_tells_how_far_it_is(station_of: Any, fleet_of: TasksOf) -> None:
    heard: list[Words] = []
    windows(fleet_of(_load(), station_of(HOURS)), Limits(), heard.append)
    assert ["the peak is 105.0 MW or more, 1 windows, 2 linear programs"] == [words.en for words in heard]


def test_a_time_limit_that_is_over_is_refused(station_of: Any, fleet_of: TasksOf) -> None:
    with pytest.raises(OutOfTime):
        windows(fleet_of(_load(), station_of(HOURS)), Limits(time_limit_s=0.0))


def _longer(station: StationSteps, times: int) -> StationSteps:
    return replace(
        station,
        horizon=replace(station.horizon, count=times * station.horizon.count),
        charge_limit_mw=np.tile(station.charge_limit_mw, times),
        discharge_limit_mw=np.tile(station.discharge_limit_mw, times),
        energy_mwh=np.tile(station.energy_mwh, times),
        min_stored_mwh=np.tile(station.min_stored_mwh, times),
        max_stored_mwh=np.tile(station.max_stored_mwh, times),
    )


def _with_block(task: FleetTask, more: Block) -> FleetTask:
    return replace(task, stations=tuple(replace(each, blocks=(*each.blocks, more)) for each in task.stations))


def _with_station(task: FleetTask, **changes: Any) -> FleetTask:
    stations = [replace(each, station=replace(each.station, **changes)) for each in task.stations]
    return replace(task, stations=tuple(stations))


def _others(task: FleetTask) -> Sequence[tuple[FleetTask, str]]:
    """Fleets for which windows would not be exact, and the word that says why."""
    fair = fleet_block("fair_calls", None, np.arange(1))
    wanted = fleet_objective("wind_following", task.objective.terms, 1)
    without = tuple(replace(each, blocks=each.blocks[1:]) for each in task.stations)
    paid = tuple(replace(each, objective=replace(each.objective, name="market_revenue")) for each in task.stations)
    return (
        (replace(task, first=(fair,)), "fair_calls"),
        (replace(task, objective=wanted), "wind_following"),
        (replace(task, stations=without), "power_limits"),
        (replace(task, stations=paid), "market_revenue"),
        (_with_block(task, block("ramp_limits", ramp_limits.Terms(ramp_mw_per_min=1.0))), "ramp_limits"),
        (_with_station(task, kept_ratio=0.99), "loses energy at rest"),
        (_with_station(task, charge_efficiency=1.2), "gives more than it takes"),
    )


@pytest.mark.parametrize("number", range(7))
def test_what_windows_cannot_prove_is_left_to_the_whole_model(number: int, station_of: Any, fleet_of: TasksOf) -> None:
    task, word = _others(fleet_of(_load(), station_of(HOURS)))[number]
    with pytest.raises(NotApplicable) as refusal:
        windows(task, Limits())
    assert word in refusal.value.why.en
