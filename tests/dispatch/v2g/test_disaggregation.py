"""Plans shared out among cars: no car leaves short where that was possible, and the sums are right to the unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from parking_lots import car, horizon, lots

from dispatch.v2g.disaggregation import Assigned, disaggregate
from dispatch.v2g.envelope import Envelope, aggregate
from dispatch.v2g.planning import Goal, plan
from dispatch.v2g.sessions import Session


def summed_kw(envelope: Envelope, assigned: Assigned) -> list[float]:
    return np.bincount(assigned.step, weights=assigned.power_kw, minlength=envelope.horizon.count).tolist()


@settings(max_examples=60, deadline=None)
@given(sessions=lots())
def test_every_car_leaves_with_what_it_asked_for_or_the_most_that_its_stay_allows(sessions: list[Session]) -> None:
    envelope = aggregate(sessions, horizon(6))
    assigned = disaggregate(envelope, plan(envelope, Goal.PEAK).power_kw)
    for place, session in enumerate(assigned.sessions):
        hours = (session.departure_at - session.arrival_at).total_seconds() / 3600
        most = min(float(session.energy_kwh), hours * float(session.charge_power_kw))
        assert round(most * 10_000) == assigned.got_kwh_e4[place]


@settings(max_examples=60, deadline=None)
@given(sessions=lots())
def test_no_car_ever_leaves_its_powers_or_what_it_may_hold(sessions: list[Session]) -> None:
    envelope = aggregate(sessions, horizon(6))
    assigned = disaggregate(envelope, plan(envelope, Goal.PEAK).power_kw)
    for place, session in enumerate(assigned.sessions):
        own = assigned.session == place
        power = np.bincount(assigned.step[own], weights=assigned.power_kw[own], minlength=6)
        assert float(session.charge_power_kw) + 1e-9 >= power.max()
        assert -float(session.discharge_power_kw) - 1e-9 <= power.min()
        assert float(session.most_kwh) + 1e-9 >= power.cumsum().max()
        assert -float(session.spare_kwh) - 1e-9 <= power.cumsum().min()


@settings(max_examples=40, deadline=None)
@given(sessions=lots())
def test_the_cars_add_up_to_a_plan_in_whole_units_exactly(sessions: list[Session]) -> None:
    envelope = aggregate(sessions, horizon(6))
    made = plan(envelope, Goal.PEAK)
    assigned = disaggregate(envelope, made.power_kw)
    assert 0 == assigned.strayed_kwh
    assert made.power_kw.tolist() == pytest.approx(summed_kw(envelope, assigned), abs=1e-9)


def test_a_car_that_asks_too_much_leaves_short_and_no_other_does() -> None:
    """B can get 3 kWh in 30 minutes of 6 kW, of the 5 it asks for."""
    sessions = [car("A", (0, 120), "12", "6"), car("B", (0, 30), "5", "6")]
    envelope = aggregate(sessions, horizon(2))
    assigned = disaggregate(envelope, np.array([9.0, 6.0]))
    assert {"B": 2.0} == assigned.short
    assert ["session_asks_too_much"] == [finding.code for finding in envelope.findings]
    assert "3.0 kWh" in envelope.findings[0].message.en


def test_a_plan_is_followed_without_discharging_where_that_can_be() -> None:
    sessions = [car(name, (0, 180), "6", "6", discharge_power_kw="6", spare_kwh="6") for name in ("A", "B", "C")]
    assigned = disaggregate(aggregate(sessions, horizon(3)), np.array([6.0, 6.0, 6.0]))
    assert 0 == assigned.discharged_kwh_e4.sum()


def test_rounded_figures_of_a_plan_are_followed_to_the_tolerance() -> None:
    """A third of 10 kW for each of three hours, written with three decimals, is 0.001 kWh short."""
    assigned = disaggregate(aggregate([car("A", (0, 180), "10", "6")], horizon(3)), np.array([3.333, 3.333, 3.333]))
    assert [100_000] == assigned.got_kwh_e4.tolist()
    assert 0.002 > assigned.strayed_kwh > 0


def test_a_stay_that_crosses_the_horizon_is_cut_and_one_outside_is_left_out() -> None:
    sessions = [car("early", (-60, 60), "4", "6"), car("late", (300, 400), "4", "6")]
    envelope = aggregate(sessions, horizon(2))
    assert {"session_cut", "session_outside"} == {finding.code for finding in envelope.findings}
    assigned = disaggregate(envelope, np.array([4.0, 0.0]))
    assert ["early"] == [session.session_id for session in assigned.sessions]
