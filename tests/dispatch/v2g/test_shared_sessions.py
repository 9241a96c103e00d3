"""The sessions of two real car parks, aggregated, planned and shared out; skipped where they are not there."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from dispatch.horizon import Horizon
from dispatch.signals import Signals
from dispatch.v2g.disaggregation import disaggregate
from dispatch.v2g.envelope import Envelope, aggregate
from dispatch.v2g.planning import Goal, plan
from dispatch.v2g.sessions import AskedEnergy, Chargers, Session, read_sessions
from tariffs.vocabulary.timegrid import physical

CARS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ev"
pytestmark = pytest.mark.skipif(not CARS.exists(), reason="the shared charging sessions are not here")
FILES = {"caltech": 3527, "jpl": 6026}


def sessions_of(name: str, chargers: Chargers) -> tuple[Session, ...]:
    return read_sessions(CARS / f"acn_{name}_2019-05-01_2019-08-31.csv.gz", chargers).sessions


def envelope_of(sessions: tuple[Session, ...]) -> Envelope:
    first = min(session.arrival_at for session in sessions).replace(hour=0, minute=0, second=0)
    until = max(session.departure_at for session in sessions) + timedelta(days=1)
    days = (until - first).days
    return aggregate(sessions, Horizon(first_ms=physical(first), minutes=15, count=96 * days))


def daily_prices(envelope: Envelope) -> Signals:
    """Prices between 200 and 800 元/MWh that go up and down once a day, another one in each quarter of an hour."""
    steps = np.arange(envelope.horizon.count)
    prices = np.rint(1000 * (500 + 300 * np.sin(2 * np.pi * steps / 96))).astype(np.int64)
    return Signals(horizon=envelope.horizon, charge_price_e6=prices, discharge_price_e6=prices)


@pytest.mark.parametrize("name", FILES)
def test_every_car_of_a_log_is_read_and_leaves_with_the_most_that_its_stay_allows(name: str) -> None:
    sessions = sessions_of(name, Chargers(charge_power_kw=Decimal("6.6")))
    envelope = envelope_of(sessions)
    made = plan(envelope, Goal.COST, daily_prices(envelope))
    assigned = disaggregate(envelope, made.power_kw)
    assert 0 == assigned.strayed_kwh
    got = dict(zip([each.session_id for each in assigned.sessions], assigned.got_kwh_e4, strict=True))
    for session in sessions:
        hours = Decimal((session.departure_at - session.arrival_at) // timedelta(seconds=1)) / 3600
        most = min(session.energy_kwh, hours * session.charge_power_kw)
        assert abs(most * 10_000 - int(got[session.session_id])) <= 1


@pytest.mark.parametrize("name", FILES)
def test_a_log_has_as_many_sessions_as_rows(name: str) -> None:
    assert FILES[name] == len(sessions_of(name, Chargers(charge_power_kw=Decimal(7))))


def test_no_car_is_short_where_the_most_that_was_delivered_is_what_is_asked_for() -> None:
    """By the log itself: all but one car of this park got what it got at 6.6 kW or less."""
    sessions = sessions_of("jpl", Chargers(charge_power_kw=Decimal("6.6"), energy=AskedEnergy.DELIVERED))
    envelope = envelope_of(sessions)
    assert 1 == len(disaggregate(envelope, plan(envelope, Goal.COST, daily_prices(envelope)).power_kw).short)


def test_a_mixture_of_the_dearest_and_the_cheapest_plan_of_a_week_that_give_energy_back_can_be_followed() -> None:
    chargers = Chargers(charge_power_kw=Decimal("6.6"), discharge_power_kw=Decimal("6.6"), spare_kwh=Decimal(5))
    envelope = envelope_of(sessions_of("jpl", chargers)[:350])
    cheap = daily_prices(envelope)
    dear = Signals(
        horizon=envelope.horizon,
        charge_price_e6=1_000_000 - cheap.charge_price_e6,
        discharge_price_e6=1_000_000 - cheap.discharge_price_e6,
    )
    mixed = (3 * plan(envelope, Goal.COST, cheap).power_kw + plan(envelope, Goal.COST, dear).power_kw) / 4
    assigned = disaggregate(envelope, mixed)
    assert 0.001 > assigned.strayed_kwh
    assert 0 < assigned.discharged_kwh_e4.sum()
