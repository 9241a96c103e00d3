"""The bounds of every set of steps against a solver of its own, and what they forbid and allow."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parking_lots import Independent, all_sets, car, horizon, lots, plans

from dispatch.v2g.disaggregation import disaggregate
from dispatch.v2g.envelope import aggregate
from dispatch.v2g.losses import Losses
from dispatch.v2g.sessions import Session
from tariffs.vocabulary.errors import InputError

HALF = Losses(charge_efficiency=Decimal("0.8"), discharge_efficiency=Decimal("0.75"))


@pytest.fixture
def two_cars() -> list[Session]:
    return [car("A", (0, 240), "10", "10"), car("B", (0, 240), "30", "10")]


@settings(max_examples=40, deadline=None)
@given(sessions=lots())
def test_the_bounds_of_every_set_of_steps_are_those_of_a_linear_program_of_its_own(sessions: list[Session]) -> None:
    envelope, program = aggregate(sessions, horizon(6)), Independent(sessions, 6)
    for chosen in all_sets(6):
        assert program.most(chosen.astype(float)) == pytest.approx(envelope.most_kwh(chosen), abs=1e-6)
        assert -program.most(-chosen.astype(float)) == pytest.approx(envelope.least_kwh(chosen), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(sessions=lots())
def test_what_the_picture_shows_are_the_bounds_of_single_steps_and_of_first_steps(sessions: list[Session]) -> None:
    envelope = aggregate(sessions, horizon(6))
    for step in range(6):
        alone, so_far = np.arange(6) == step, np.arange(6) <= step
        assert envelope.least_kwh(alone) == pytest.approx(envelope.power_min_kw[step])
        assert envelope.most_kwh(alone) == pytest.approx(envelope.power_max_kw[step])
        assert envelope.least_kwh(so_far) == pytest.approx(envelope.energy_min_kwh[step])
        assert envelope.most_kwh(so_far) == pytest.approx(envelope.energy_max_kwh[step])


@settings(max_examples=80, deadline=None)
@given(sessions=lots(), plan=plans(6))
def test_a_plan_keeps_every_bound_if_and_only_if_the_cars_can_follow_it(sessions: list[Session], plan) -> None:
    envelope = aggregate(sessions, horizon(6))
    plan = plan + (envelope.energy_kwh - plan.sum()) / 6
    plan = np.rint(plan * 4) / 4
    plan[-1] += envelope.energy_kwh - plan.sum()
    beyond = max(
        max(plan[chosen].sum() - envelope.most_kwh(chosen), envelope.least_kwh(chosen) - plan[chosen].sum())
        for chosen in all_sets(6)
    )
    can_follow = Independent(sessions, 6).astray(list(plan)) < 1e-6
    assert can_follow == (beyond < 1e-6)
    assert can_follow == (envelope.violated(plan) is None)


@settings(max_examples=40, deadline=None)
@given(sessions=lots(), weights=st.lists(st.integers(-5, 5), min_size=6, max_size=6), share=st.integers(0, 4))
def test_mixtures_of_extreme_plans_are_inside_and_can_be_shared_out(sessions, weights, share) -> None:
    envelope = aggregate(sessions, horizon(6))
    order = np.argsort(weights, kind="stable")
    extremes = [_corner(envelope, order), _corner(envelope, order[::-1])]
    plan = (share * extremes[0] + (4 - share) * extremes[1]) / 4
    assigned = disaggregate(envelope, plan)
    assert 0 == sum(assigned.short.values()) - sum(_unreachable(each) for each in sessions)
    assert 1e-4 > assigned.strayed_kwh


def _corner(envelope, order):
    plan, chosen, before = np.zeros(len(order)), np.zeros(len(order), np.bool_), 0.0
    for step in order:
        chosen[step] = True
        most = envelope.most_kwh(chosen)
        plan[step], before = most - before, most
    return plan


def _unreachable(session: Session) -> float:
    hours = (session.departure_at - session.arrival_at).total_seconds() / 3600
    return max(0.0, float(session.energy_kwh) - hours * float(session.charge_power_kw))


@settings(max_examples=60, deadline=None)
@given(sessions=lots(), plan=plans(6))
def test_the_set_that_a_violation_names_is_broken_by_as_much_as_it_says(sessions: list[Session], plan) -> None:
    envelope = aggregate(sessions, horizon(6))
    found = envelope.violated(plan)
    if found is None:
        return
    assert plan[found.steps].sum() == pytest.approx(found.asked_kwh)
    limit = envelope.most_kwh(found.steps) if found.is_above else envelope.least_kwh(found.steps)
    assert limit == pytest.approx(found.allowed_kwh)
    assert found.is_above == (found.asked_kwh > found.allowed_kwh)


def test_bounds_of_steps_and_of_energy_so_far_do_not_suffice_alone(two_cars: list[Session]) -> None:
    """By hand: car A can take 10 kWh of its own in hours 1 and 3 together, car B 20."""
    envelope = aggregate(two_cars, horizon(4))
    plan = np.array([20.0, 0.0, 20.0, 0.0])
    assert (envelope.power_min_kw <= plan).all()
    assert (plan <= envelope.power_max_kw).all()
    assert (envelope.energy_min_kwh <= plan.cumsum()).all()
    assert (plan.cumsum() <= envelope.energy_max_kwh).all()
    found = envelope.violated(plan)
    assert found is not None
    assert (40.0, 30.0, True) == (found.asked_kwh, found.allowed_kwh, found.is_above)
    assert [True, False, True, False] == found.steps.tolist()


def test_a_plan_outside_is_refused_with_steps_what_is_asked_and_what_is_possible(two_cars: list[Session]) -> None:
    with pytest.raises(InputError) as caught:
        disaggregate(aggregate(two_cars, horizon(4)), np.array([20.0, 0.0, 20.0, 0.0]))
    told = caught.value
    assert "2 step(s) from 2026-01-01T00:00:00+08:00" in told.what.en
    assert "40.0000 kWh" in told.found.en
    assert "30.0000 kWh" in told.found.zh


def test_power_where_no_car_is_parked_is_a_violation() -> None:
    envelope = aggregate([car("A", (0, 60), "5", "10")], horizon(3))
    found = envelope.violated(np.array([5.0, 0.0, 2.0]))
    assert found is not None
    assert (2.0, 0.0, [False, False, True]) == (found.asked_kwh, found.allowed_kwh, found.steps.tolist())


def test_a_plan_of_another_length_or_without_a_number_is_refused() -> None:
    envelope = aggregate([car("A", (0, 60), "5", "10")], horizon(3))
    for plan in (np.zeros(2), np.array([5.0, np.nan, 0.0])):
        with pytest.raises(InputError, match="one number for each step"):
            envelope.violated(plan)


def test_a_step_parked_for_in_part_offers_its_share() -> None:
    """20 minutes of 6 kW are 2 kWh, a mean of 2 kW over the hour."""
    envelope = aggregate([car("A", (40, 120), "8", "6")], horizon(2))
    assert [2.0, 6.0] == envelope.power_max_kw.tolist()
    assert [2.0, 6.0] == envelope.power_min_kw.tolist()


def test_a_car_that_only_charges_makes_the_envelope_exact_whatever_the_losses() -> None:
    charging = car("A", (0, 60), "5", "10")
    assert aggregate([charging], horizon(1), HALF).is_exact
    assert not aggregate([charging, car("B", (0, 60), "5", "10", discharge_power_kw="1")], horizon(1), HALF).is_exact


def test_an_empty_lot_has_an_envelope_of_zeros() -> None:
    envelope = aggregate([], horizon(2))
    assert [0.0, 0.0] == envelope.power_max_kw.tolist()
    assert envelope.violated(np.zeros(2)) is None
    assert 0 == len(disaggregate(envelope, np.zeros(2)).sessions)


@settings(max_examples=60, deadline=None)
@given(sessions=lots(), plan=plans(6))
def test_with_losses_a_plan_inside_can_be_followed(sessions: list[Session], plan) -> None:
    """Never the other way round: the envelope is an inner one."""
    envelope = aggregate(sessions, horizon(6), HALF)
    plan = np.clip(plan, envelope.power_min_kw, envelope.power_max_kw)
    if envelope.holds(plan):
        assert 0.01 > Independent(sessions, 6, 0.6 if not envelope.is_exact else 1.0).astray(list(plan))
        assert envelope.violated(plan) is None


def test_with_losses_a_car_pays_for_what_it_gives() -> None:
    """By hand: 6 kWh given at a round trip of 0.6 take 10 out of the account, and 10 more are charged again."""
    session = car("A", (0, 120), "0", "10", discharge_power_kw="6", spare_kwh="10")
    envelope = aggregate([session], horizon(2), HALF)
    assert envelope.holds(np.array([-6.0, 10.0]))
    assert not envelope.holds(np.array([-6.0, 6.0]))
    assigned = disaggregate(envelope, np.array([-6.0, 10.0]))
    assert [-6.0, 10.0] == pytest.approx(assigned.power_kw.tolist())


def test_with_losses_cars_may_go_both_ways_at_once_though_the_envelope_does_not_say_so() -> None:
    """By hand: A must charge 10 in the first hour while B gives 6; together they draw 4, and B charges 10 again later."""
    sessions = [
        car("A", (0, 60), "10", "10"),
        car("B", (0, 120), "0", "10", discharge_power_kw="6", spare_kwh="10"),
    ]
    envelope = aggregate(sessions, horizon(2), HALF)
    plan = np.array([4.0, 10.0])
    assert not envelope.holds(plan)
    assert envelope.violated(plan) is None
    assert {} == disaggregate(envelope, plan).short


def test_with_losses_a_plan_that_no_car_can_follow_is_a_violation() -> None:
    envelope = aggregate([car("A", (0, 120), "0", "10", discharge_power_kw="6", spare_kwh="10")], horizon(2), HALF)
    found = envelope.violated(np.array([-6.0, 6.0]))
    assert found is not None
    assert abs(found.asked_kwh - found.allowed_kwh) > 0.01


@pytest.mark.parametrize("ratio", ["0", "1.2", "-0.5"])
def test_an_efficiency_that_is_none_is_refused(ratio: str) -> None:
    with pytest.raises(InputError, match="charge_efficiency"):
        Losses(charge_efficiency=Decimal(ratio))
