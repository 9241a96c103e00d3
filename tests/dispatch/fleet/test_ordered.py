"""Goals one after another, and directions that exclude each other, on cases worked by hand and on random fleets."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from random_fleets import fleets

from dispatch.fleet.ordered import in_order
from dispatch.fleet.task import FleetTask, fleet_block, fleet_objective
from dispatch.objectives import peak_shaving
from dispatch.outcome import Infeasible, Limits, Rung
from dispatch.task import Task

MemberOf = Callable[..., Task]
NOISE_MW = 1e-5
LAST = 2e-3
"""The last goal may end a thousandth below its bound."""


def fleet(station: Task, load: list[float], *, calls_first: bool) -> FleetTask:
    fair = (fleet_block("fair_calls", None, np.array([0])),)
    goal = fleet_objective("peak_shaving", peak_shaving.Terms(load_mw=np.array(load)), 1)
    return FleetTask(
        stations=(station,),
        objective=goal,
        first=fair if calls_first else (),
        after_first=() if calls_first else fair,
    )


@pytest.mark.parametrize(
    ("calls_first", "expected"),
    [(True, [("fair_calls", 0.5), ("peak_shaving", -20.0)]), (False, [("peak_shaving", -10.0), ("fair_calls", 0.0)])],
)
def test_what_comes_first_is_reached_first(
    member_of: MemberOf, calls_first: bool, expected: list[tuple[str, float]]
) -> None:
    """10 MWh in store: half of the call of 20 MWh asked for in the first hour, or 10 MW off the peak in the second."""
    station = member_of(2, calls=1.0, season=[1.0, 0.0], initial_stored_mwh=10.0, final_mwh=0.0)
    found = in_order(fleet(station, [10.0, 20.0], calls_first=calls_first), Rung.AUTO, Limits())
    assert expected == [(each.label, pytest.approx(each.reached, abs=1e-6)) for each in found.goals[:2]]


def test_an_empty_store_makes_no_call_by_charging_at_once(member_of: MemberOf) -> None:
    """In one hour an empty store can give nothing; without a direction it would give 10 MWh, half a call."""
    task = fleet(member_of(1, calls=1.0, season=[1.0]), [10.0], calls_first=True)
    assert pytest.approx(0.5) == in_order(task, Rung.LP, Limits()).goals[0].reached
    for rung in (Rung.AUTO, Rung.LAZY, Rung.MILP):
        assert pytest.approx(0.0, abs=1e-7) == in_order(task, rung, Limits()).goals[0].reached


def test_a_fleet_without_schedules_is_infeasible(member_of: MemberOf) -> None:
    """20 MWh in one hour at 10 MW."""
    with pytest.raises(Infeasible):
        in_order(
            fleet(member_of(1, final_mwh=20.0, calls=1.0, season=[1.0]), [0.0], calls_first=False), Rung.AUTO, Limits()
        )


@settings(max_examples=40, deadline=None)
@given(task=fleets(most_stations=2, most_steps=4))
def test_binaries_where_needed_reach_what_binaries_everywhere_do(task: FleetTask) -> None:
    try:
        everywhere = in_order(task, Rung.MILP, Limits())
    except Infeasible:
        assume(False)
    needed = in_order(task, Rung.AUTO, Limits())
    assert [each.label for each in everywhere.goals] == [each.label for each in needed.goals]
    last = len(everywhere.goals) - 1
    for number, (one, other) in enumerate(zip(everywhere.goals, needed.goals, strict=True)):
        allowed = LAST if 0 < number == last else 2e-6
        assert pytest.approx(one.reached, rel=allowed, abs=allowed) == other.reached
        assert other.reached <= other.bound + 1e-6 * max(1.0, abs(other.bound))
    assert float(np.minimum(needed.charge_mw, needed.discharge_mw).max()) < NOISE_MW
