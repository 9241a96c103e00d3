"""The goals and the rows of several stations on cases small enough to be worked by hand; stores are empty at both ends."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dispatch.fleet.ordered import in_order
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.task import FleetLeaf, FleetTask, fleet_block, fleet_objective
from dispatch.fleet_blocks import zone_limits
from dispatch.objectives import market_revenue, peak_and_revenue, peak_shaving, wind_following
from dispatch.outcome import Limits, Rung
from dispatch.task import Task, objective

MemberOf = Callable[..., Task]


def shaving(*stations: Task, load: list[float], limits: tuple[FleetLeaf, ...] = ()) -> FleetTask:
    goal = fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=np.array(load)), len(stations))
    return FleetTask(stations=stations, objective=goal, limits=limits)


def zone(members: list[int], discharge_mw: float, charge_mw: float) -> FleetLeaf:
    terms = zone_limits.Terms(discharge_limit_mw=discharge_mw, charge_limit_mw=charge_mw)
    return fleet_block("zone_limits", terms, np.array(members), "zone_A")


def solved(task: FleetTask, rung: Rung = Rung.LAZY) -> FleetFound:
    return in_order(task, rung, Limits())


def reached(found: FleetFound) -> list[float]:
    return [each.reached for each in found.goals]


def test_a_peak_is_shaved_until_charging_makes_another(member_of: MemberOf) -> None:
    """max(10 + x, 20 - x) is least at x = 5: peak 15, 10 MWh moved, 5 given at 20 MW and taken at 10 MW."""
    found = solved(shaving(member_of(2), load=[10.0, 20.0]))
    assert pytest.approx([-15.0, -10.0, 5.0 * 20.0 - 5.0 * 10.0]) == reached(found)
    assert pytest.approx([5.0, 0.0]) == found.charge_mw[0].tolist()
    assert pytest.approx([0.0, 5.0]) == found.discharge_mw[0].tolist()


def test_losses_of_charging_are_taken_from_the_valley(member_of: MemberOf) -> None:
    """With half lost, c is taken and c / 2 given: 10 + c = 20 - c / 2 at c = 20 / 3."""
    found = solved(shaving(member_of(2, charge_efficiency=0.5), load=[10.0, 20.0]))
    assert pytest.approx(-(10.0 + 20.0 / 3.0)) == reached(found)[0]


def test_energy_moves_in_the_best_of_steps_that_serve_the_peak_alike(member_of: MemberOf) -> None:
    """1 MW off the peak of 10 MW could be charged at 8 MW too, with the same peak and as much moved: 4 MW is better."""
    station = member_of(3, max_stored_mwh=np.full(3, 1.0))
    found = solved(shaving(station, load=[8.0, 4.0, 10.0]))
    assert pytest.approx([-9.0, -2.0, 10.0 - 4.0]) == reached(found)
    assert pytest.approx([0.0, 1.0, 0.0]) == found.charge_mw[0].tolist()


def test_a_zone_gives_no_more_than_its_limit(member_of: MemberOf) -> None:
    """Two stations could cut 5 MW; their zone lets 3 MW out: 17 MW are left."""
    stations = member_of(2), member_of(2)
    found = solved(shaving(*stations, load=[10.0, 20.0], limits=(zone([0, 1], 3.0, 99.0),)))
    assert pytest.approx(-17.0) == reached(found)[0]


def test_a_zone_takes_no_more_than_its_limit(member_of: MemberOf) -> None:
    found = solved(shaving(member_of(2), member_of(2), load=[10.0, 20.0], limits=(zone([0, 1], 99.0, 2.0),)))
    assert pytest.approx(-18.0) == reached(found)[0]


def test_a_zone_limits_its_own_stations_only(member_of: MemberOf) -> None:
    """Nothing of the first station: the second cuts the 5 MW alone."""
    found = solved(shaving(member_of(2), member_of(2), load=[10.0, 20.0], limits=(zone([0], 0.0, 0.0),)))
    assert pytest.approx(-15.0) == reached(found)[0]
    assert pytest.approx([0.0, 0.0]) == found.discharge_mw[0].tolist()


def test_a_load_below_zero_is_levelled_too(member_of: MemberOf) -> None:
    """From -30 and -10 MW to -20 and -20 MW."""
    assert pytest.approx(20.0) == reached(solved(shaving(member_of(2), load=[-30.0, -10.0])))[0]


@pytest.mark.parametrize(("losses_weight", "missed_mwh"), [(1.0, 2.0), (0.0, 1.0)])
def test_wind_is_stored_for_a_promise(member_of: MemberOf, losses_weight: float, missed_mwh: float) -> None:
    """10 MW of wind for 5 and 5 MW promised, a fifth lost in charging: 5 taken, 4 given, 1 missing; 1 is lost besides."""
    terms = wind_following.Terms(
        wind_mw=np.array([10.0, 0.0]), promised_mw=np.array([5.0, 5.0]), losses_weight=losses_weight
    )
    task = FleetTask(
        stations=(member_of(2, charge_efficiency=0.8),), objective=fleet_objective("wind_following", terms, 1)
    )
    found = solved(task)
    assert pytest.approx(-missed_mwh) == reached(found)[0]
    assert pytest.approx([5.0, 0.0]) == found.charge_mw[0].tolist()


def test_nothing_is_taken_from_the_grid_for_a_promise(member_of: MemberOf) -> None:
    """Without wind nothing can be delivered: all of the promise is missing."""
    terms = wind_following.Terms(wind_mw=np.zeros(2), promised_mw=np.array([0.0, 5.0]), losses_weight=0.0)
    found = solved(FleetTask(stations=(member_of(2),), objective=fleet_objective("wind_following", terms, 1)))
    assert pytest.approx([-5.0, 0.0]) == reached(found)


@pytest.mark.parametrize(("worth", "moved_mw"), [(150.0, 10.0), (250.0, 0.0)])
def test_a_peak_is_weighed_against_revenue(member_of: MemberOf, worth: float, moved_mw: float) -> None:
    """A MW charged at 100 and given at 300 earns 200 元 and raises the peak of a flat load by 1 MW."""
    prices = np.array([100.0, 300.0])
    earner = replace(
        member_of(2),
        objective=objective(
            "market_revenue",
            market_revenue.Terms(charge_price_cny_per_mwh=prices, discharge_price_cny_per_mwh=prices),
        ),
    )
    terms = peak_and_revenue.Terms(load_mw=np.array([10.0, 10.0]), peak_worth_cny_per_mw=worth)
    found = solved(FleetTask(stations=(earner,), objective=fleet_objective("peak_and_revenue", terms, 1)))
    assert pytest.approx(200.0 * moved_mw - worth * (10.0 + moved_mw)) == reached(found)[0]
    assert pytest.approx([moved_mw, 0.0]) == found.charge_mw[0].tolist()


def test_calls_are_spread_fairly(member_of: MemberOf) -> None:
    """Two full stores, one call of 20 MWh asked of each in one hour, 10 MW allowed out: a quarter of a call each."""
    calls = {"calls": 1.0, "season": [0.0, 1.0], "initial_stored_mwh": 20.0, "final_mwh": None}
    stations = member_of(2, **calls), member_of(2, **calls)
    limits = (zone([0, 1], 10.0, 10.0),)
    fair = fleet_block("fair_calls", None, np.array([0, 1]))
    found = solved(replace(shaving(*stations, load=[50.0, 50.0], limits=limits), first=(fair,)))
    assert ("fair_calls", pytest.approx(0.25)) == (found.goals[0].label, found.goals[0].reached)
    assert pytest.approx([5.0, 5.0]) == found.discharge_mw[:, 1].tolist()


def test_a_share_is_at_most_all_calls(member_of: MemberOf) -> None:
    """Asked for a tenth of a call, 2 MWh, with 8 MWh to give: the share is 1, not 4."""
    station = member_of(2, calls=0.1, season=[1.0, 1.0], initial_stored_mwh=20.0, final_mwh=12.0)
    fair = fleet_block("fair_calls", None, np.array([0]))
    found = solved(replace(shaving(station, load=[0.0, 0.0]), first=(fair,)))
    assert pytest.approx(1.0) == found.goals[0].reached
    assert pytest.approx(8.0) == float(found.discharge_mw.sum())
