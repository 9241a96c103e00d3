"""Rolling windows: the whole horizon in one window is foresight, less look-ahead earns less, calls are shared."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from dispatch.horizon import Horizon
from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Rung
from dispatch.plan import Plan, schedule
from dispatch.signals import Signals
from tariffs.settings import CallCounting, Settings
from tariffs.stations import Station
from tariffs.vocabulary.errors import UsageError
from tariffs.vocabulary.timegrid import ZONE, physical

DAYS = 6
FIRST_MS = physical(datetime(2025, 7, 1, tzinfo=ZONE))
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb",
    obligation_year_from="06-01",
    call_counting=CallCounting.EQUIVALENT_DISCHARGE,
)


@pytest.fixture
def station() -> Station:
    return Station(
        id="S1",
        name="S1",
        power_mw=Decimal(100),
        energy_mwh=Decimal(200),
        round_trip_efficiency=Decimal("0.87"),
        grid_connected_on=date(2025, 1, 1),
        in_annual_plan=True,
    )


def _horizon() -> Horizon:
    return Horizon(first_ms=FIRST_MS, minutes=60, count=24 * DAYS)


def _signals(*, forecast_error: float = 0.0) -> Signals:
    chance = np.random.default_rng(7)
    hour = np.arange(24 * DAYS)
    price = np.rint((300 + 150 * np.sin(hour / 24 * 2 * np.pi) + 60 * chance.standard_normal(24 * DAYS)) * 1_000)
    seen = price + np.rint(forecast_error * 1_000 * chance.standard_normal(24 * DAYS))
    exact, forecast = price.astype(np.int64), seen.astype(np.int64)
    return Signals(
        horizon=_horizon(),
        charge_price_e6=exact,
        discharge_price_e6=exact,
        forecast_charge_price_e6=forecast if forecast_error else None,
        forecast_discharge_price_e6=forecast if forecast_error else None,
    )


def _plan(station: Station, signals: Signals, rolling: Rolling | None, calls: float | None = None) -> Plan:
    options = PlanOptions(rolling=rolling, calls=calls)
    return schedule(station, signals, settings=SETTINGS, options=options)


def test_one_window_over_the_whole_horizon_is_foresight(station: Station) -> None:
    rolled = _plan(station, _signals(), Rolling(look_ahead_h=24 * DAYS, step_h=24 * DAYS))
    assert 1 == rolled.windows
    assert _plan(station, _signals(), None).earned_fen == rolled.earned_fen


def test_windows_earn_at_most_what_foresight_earns(station: Station) -> None:
    rolled = _plan(station, _signals(), Rolling(look_ahead_h=30, step_h=6))
    assert rolled.foresight is not None
    assert 4 * DAYS == rolled.windows
    assert 0 < rolled.earned_fen <= rolled.foresight.revenue_fen
    assert any("less than foresight" in sentence.en for sentence in rolled.sentences)


def test_a_wrong_forecast_costs_money(station: Station) -> None:
    rolling = Rolling(look_ahead_h=48, step_h=24)
    right = _plan(station, _signals(), rolling)
    wrong = _plan(station, _signals(forecast_error=200.0), rolling)
    assert wrong.earned_fen < right.earned_fen
    assert wrong.foresight is not None
    assert right.foresight is not None
    assert right.foresight.revenue_fen == wrong.foresight.revenue_fen


def test_the_store_ends_where_it_began_after_the_last_window(station: Station) -> None:
    rolled = _plan(station, _signals(), Rolling(look_ahead_h=48, step_h=24))
    assert pytest.approx(0.0, abs=1e-6) == rolled.verified.stored_end_mwh


def test_windows_share_the_calls_and_reach_them(station: Station) -> None:
    free = _plan(station, _signals(), Rolling(look_ahead_h=48, step_h=24))
    asked = float(free.verified.calls_total) + 2.0
    rolled = _plan(station, _signals(), Rolling(look_ahead_h=48, step_h=24), calls=asked)
    assert asked - 1e-6 <= float(rolled.verified.calls_total)
    assert rolled.earned_fen <= free.earned_fen
    assert not rolled.findings


@pytest.mark.parametrize(
    ("what", "rolling", "options"),
    [
        ("whole number of steps", Rolling(look_ahead_h=2.5, step_h=1), PlanOptions()),
        ("ramp", Rolling(look_ahead_h=24, step_h=24), PlanOptions(ramp_mw_per_min=1.0)),
        ("whole days", Rolling(look_ahead_h=24, step_h=6), PlanOptions(max_cycles_per_day=1.0)),
    ],
)
def test_windows_that_do_not_fit_are_wrong_usage(
    station: Station, what: str, rolling: Rolling, options: PlanOptions
) -> None:
    asked = replace(options, rolling=rolling, rung=Rung.AUTO)
    with pytest.raises(UsageError, match=what):
        schedule(station, _signals(), settings=SETTINGS, options=asked)
