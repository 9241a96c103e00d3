"""The store with four figures a step: whatever is inside of it can be followed."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parking_lots import Independent, car, horizon, lots

from dispatch.v2g.envelope import aggregate
from dispatch.v2g.flexibility import given_away, given_away_by_losses
from dispatch.v2g.losses import Losses
from dispatch.v2g.plain_store import PlainStore, plain_store

LOSSES = Losses(charge_efficiency=Decimal("0.8"), discharge_efficiency=Decimal("0.75"))
TURNS = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=6, max_size=6)


def walked(store: PlainStore, turns: list[float]) -> np.ndarray:
    """A plan of hours that goes to the lower bound, the upper one or between them, step by step."""
    plan = np.zeros(len(turns))
    for step, turn in enumerate(turns):
        so_far = plan[:step].sum()
        low = max(store.power_min_kw[step], store.energy_min_kwh[step] - so_far)
        high = min(store.power_max_kw[step], store.energy_max_kwh[step] - so_far)
        assert low <= high + 1e-6
        plan[step] = low + turn * (high - low)
    return plan


@settings(max_examples=60, deadline=None)
@given(sessions=lots(), turns=TURNS, lossy=st.booleans())
def test_every_plan_inside_a_plain_store_can_be_followed(sessions, turns, lossy) -> None:
    envelope = aggregate(sessions, horizon(6), LOSSES if lossy else Losses())
    plan = walked(plain_store(envelope), turns)
    assert envelope.holds(plan)
    assert 1e-3 > Independent(sessions, 6, envelope.round_trip_ratio).astray(list(plan))


@settings(max_examples=30, deadline=None)
@given(sessions=lots())
def test_a_plain_store_lies_within_the_bounds_of_the_envelope(sessions) -> None:
    envelope = aggregate(sessions, horizon(6))
    store = plain_store(envelope)
    assert (store.power_min_kw >= envelope.power_min_kw - 1e-6).all()
    assert (store.power_max_kw <= envelope.power_max_kw + 1e-6).all()
    assert (store.energy_min_kwh >= envelope.energy_min_kwh - 1e-6).all()
    assert (store.energy_max_kwh <= envelope.energy_max_kwh + 1e-6).all()
    lost = given_away(envelope, store)
    assert 0 <= lost.power_ratio + 1e-9
    assert 1 >= lost.energy_ratio


def test_one_car_of_two_hours_gives_nothing_away() -> None:
    """By hand: 10 kWh of 10 kW in two hours is 5 in the first hour, give or take 5."""
    envelope = aggregate([car("A", (0, 120), "10", "10")], horizon(2))
    store = plain_store(envelope)
    assert [0.0, 0.0] == pytest.approx(store.power_min_kw.tolist(), abs=1e-6)
    assert [10.0, 10.0] == pytest.approx(store.power_max_kw.tolist())
    assert 0.0 == pytest.approx(given_away(envelope, store).energy_ratio, abs=1e-6)


def test_an_exact_envelope_gives_nothing_away() -> None:
    assert 0.0 == given_away_by_losses(aggregate([car("A", (0, 120), "10", "10")], horizon(2), LOSSES))


def test_cars_that_must_charge_while_others_could_give_lose_part_of_what_they_can_do() -> None:
    """A charges in every hour, so that B never gives anything inside the envelope, though it could."""
    sessions = [car("A", (0, 240), "40", "10"), car("B", (0, 240), "8", "10", discharge_power_kw="6", spare_kwh="10")]
    assert 0.1 < given_away_by_losses(aggregate(sessions, horizon(4), LOSSES)) < 0.9


def test_a_lot_of_one_car_loses_nothing_to_losses() -> None:
    sessions = [car("B", (0, 240), "8", "10", discharge_power_kw="6", spare_kwh="10", room_kwh="30")]
    assert 0.0 == given_away_by_losses(aggregate(sessions, horizon(4), LOSSES))
