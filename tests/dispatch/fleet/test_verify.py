"""What a fleet comes to is counted again from exact energies, and what was claimed for it is not believed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.fleet.ordered import in_order
from dispatch.fleet.outcome import FleetFound, Reached
from dispatch.fleet.task import FleetTask, fleet_block, fleet_objective
from dispatch.fleet.verify import FleetVerified, fleet_verified
from dispatch.fleet_blocks import zone_limits
from dispatch.objectives import peak_shaving, wind_following
from dispatch.outcome import Limits, Outcome, Rung, Status
from dispatch.task import Task
from dispatch.verify import BrokenSchedule, schedule_of, verify

MemberOf = Callable[..., Task]


def shaving(*stations: Task, load: list[float], **more: Any) -> FleetTask:
    goal = fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=np.array(load)), len(stations))
    return FleetTask(stations=stations, objective=goal, **more)


def powers(found: FleetFound, number: int) -> Outcome:
    return Outcome(
        rung=Rung.LP,
        charge_mw=found.charge_mw[number],
        discharge_mw=found.discharge_mw[number],
        objective_cny=0.0,
        best_bound_cny=0.0,
        status=Status.OPTIMAL,
        solver="",
        build_s=0.0,
        solve_s=0.0,
    )


def counted(task: FleetTask, found: FleetFound) -> FleetVerified:
    stations = enumerate(task.stations)
    return fleet_verified(task, found, [verify(schedule_of(powers(found, n), each), each) for n, each in stations])


def claiming(found: FleetFound, figure: float, number: int = 0) -> FleetFound:
    goals = list(found.goals)
    goals[number] = Reached(label=goals[number].label, reached=figure, bound=figure)
    return replace(found, goals=tuple(goals))


def test_the_load_before_and_after_is_counted(member_of: MemberOf) -> None:
    """10 and 20 MW become 15 and 15 MW."""
    task = shaving(member_of(2), load=[10.0, 20.0])
    peak = counted(task, in_order(task, Rung.AUTO, Limits())).peak
    assert peak is not None
    assert ([10.0, 20.0], [15.0, 15.0]) == (peak.before_mw.tolist(), pytest.approx(peak.after_mw.tolist(), abs=1e-6))
    assert (pytest.approx(5.0, abs=1e-6), pytest.approx(15.0)) == (peak.cut_mw, peak.bound_mw)


@pytest.mark.parametrize("claimed_mw", [14.9, 15.1])
def test_a_peak_that_was_not_reached_is_refused(member_of: MemberOf, claimed_mw: float) -> None:
    task = shaving(member_of(2), load=[10.0, 20.0])
    found = in_order(task, Rung.AUTO, Limits())
    with pytest.raises(BrokenSchedule, match=f"{claimed_mw:.6f}"):
        counted(task, claiming(found, -claimed_mw))


@pytest.mark.parametrize("limits", [(4.9, 9.0), (9.0, 4.9)])
def test_a_zone_above_its_limit_is_refused(member_of: MemberOf, limits: tuple[float, float]) -> None:
    """5 MW go in and out."""
    free = shaving(member_of(2), load=[10.0, 20.0])
    found = in_order(free, Rung.AUTO, Limits())
    terms = zone_limits.Terms(discharge_limit_mw=limits[0], charge_limit_mw=limits[1])
    tight = replace(free, limits=(fleet_block("zone_limits", terms, np.array([0]), "zone_A"),))
    with pytest.raises(BrokenSchedule, match="zone_A"):
        counted(tight, found)


def test_calls_are_counted_against_what_is_asked(member_of: MemberOf) -> None:
    """Half of one call of 20 MWh by the first station, nothing asked of the second."""
    asked = member_of(2, calls=1.0, season=[1.0, 0.0], initial_stored_mwh=20.0, final_mwh=None)
    fair = fleet_block("fair_calls", None, np.array([0]))
    task = shaving(asked, member_of(2), load=[10.0, 10.0], first=(fair,))
    found = in_order(task, Rung.AUTO, Limits())
    calls = counted(task, found).calls
    assert ((1.0, 0.0), pytest.approx(0.5)) == (calls.asked, calls.least_share)
    with pytest.raises(BrokenSchedule, match=r"0\.600000"):
        counted(task, claiming(found, 0.6))


def wind_task(member_of: MemberOf) -> FleetTask:
    terms = wind_following.Terms(wind_mw=np.array([10.0, 0.0]), promised_mw=np.array([5.0, 5.0]), losses_weight=1.0)
    return FleetTask(
        stations=(member_of(2, charge_efficiency=0.8),), objective=fleet_objective("wind_following", terms, 1)
    )


def test_wind_is_delivered_curtailed_or_missing(member_of: MemberOf) -> None:
    """5 MW into the store, 4 MW out of it: 1 MWh missing and 1 MWh lost."""
    task = wind_task(member_of)
    wind = counted(task, in_order(task, Rung.AUTO, Limits())).wind
    assert wind is not None
    assert [5.0, 4.0] == pytest.approx(wind.delivered_mw.tolist(), abs=1e-6)
    assert [0.0, 0.0] == pytest.approx(wind.curtailed_mw.tolist(), abs=1e-6)
    assert [0.0, 1.0] == pytest.approx(wind.shortfall_mw.tolist(), abs=1e-6)
    assert (pytest.approx(2.0, abs=1e-5), pytest.approx(2.0)) == (wind.missed_mwh, wind.bound_mwh)


def test_charging_from_the_grid_is_refused_where_wind_is_followed(member_of: MemberOf) -> None:
    """The store would take 5 MW in an hour without wind and without promise."""
    task = wind_task(member_of)
    found = in_order(task, Rung.AUTO, Limits())
    calm = wind_following.Terms(wind_mw=np.zeros(2), promised_mw=np.zeros(2), losses_weight=1.0)
    with pytest.raises(BrokenSchedule):
        counted(replace(task, objective=fleet_objective("wind_following", calm, 1)), found)
