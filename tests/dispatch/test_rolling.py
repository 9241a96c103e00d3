"""Rolling windows: the whole horizon in one window is foresight, less look-ahead earns less, calls are shared."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from dispatch.horizon import Horizon
from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Limits, NoSchedule, Rung, Status
from dispatch.plan import Plan, schedule
from dispatch.signals import Signals
from tariffs.settings import AuxiliaryUse, CallCounting, Settings
from tariffs.stations import Outage, OutageCause, Station
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
    assert Status.WINDOWS_OPTIMAL is rolled.outcome.status
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


def test_windows_that_fall_short_of_the_calls_warn_and_the_plan_stands(station: Station) -> None:
    """All cheap hours lie before the last two windows, which see them too late."""
    most = 5.0
    flat = np.full(24 * DAYS, 300_000, dtype=np.int64)
    signals = Signals(horizon=_horizon(), charge_price_e6=flat, discharge_price_e6=flat)
    outage = Outage(
        from_at=datetime(2025, 7, 3, tzinfo=ZONE),
        until_at=datetime(2025, 7, 7, tzinfo=ZONE),
        power_available_mw=Decimal(0),
        cause=OutageCause.OWN,
    )
    rolled = _plan(replace(station, outage=(outage,)), signals, Rolling(look_ahead_h=24, step_h=24), calls=most)
    assert ["rolling_short_of_calls"] == [finding.code for finding in rolled.findings]
    assert float(rolled.verified.calls_total) < most


def test_calls_with_own_use_inside_the_meter_are_those_that_reach_the_grid(station: Station) -> None:
    settings = replace(SETTINGS, auxiliary_use=AuxiliaryUse.IN_CHARGING)
    own = replace(station, auxiliary_mw=Decimal(3))
    options = PlanOptions(rolling=Rolling(look_ahead_h=48, step_h=24), calls=8.0)
    rolled = schedule(own, _signals(), settings=settings, options=options)
    assert 8.0 - 1e-4 <= float(rolled.verified.calls_total)


def test_a_window_without_a_schedule_is_told_by_its_own_name(station: Station) -> None:
    """The last window of one hour cannot fill the store, the whole horizon can."""
    options = PlanOptions(rolling=Rolling(look_ahead_h=1, step_h=1), final_stored_ratio=Decimal(1))
    with pytest.raises(NoSchedule, match="window") as refused:
        schedule(station, _signals(), settings=SETTINGS, options=options)
    assert "2025-07-06 23:00" in refused.value.found.en


def test_a_rolling_horizon_is_checked_however_it_is_made() -> None:
    with pytest.raises(UsageError, match="--rolling"):
        Rolling(look_ahead_h=12, step_h=24)


def test_a_solver_that_stops_early_is_a_warning(station: Station) -> None:
    plan = schedule(
        station, _signals(), settings=SETTINGS, options=PlanOptions(rung=Rung.MILP, limits=Limits(gap=0.2), calls=14.0)
    )
    early = [finding.code for finding in plan.findings]
    assert (plan.outcome.gap_ratio > 1e-6) == ("stopped_before_optimal" in early)
