"""Limits and bounds of a station step by step: ratings of the day, outages by their share, losses at rest."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dispatch.horizon import Horizon, horizon_between
from dispatch.station.steps import station_steps
from tariffs.stations import Change, Outage, OutageCause, Station
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.timegrid import ZONE

STATION = Station(
    id="S1",
    name="S1",
    power_mw=Decimal(100),
    charge_power_mw=Decimal(80),
    energy_mwh=Decimal(200),
    charge_efficiency=Decimal("0.9"),
    discharge_efficiency=Decimal("0.8"),
    min_stored_ratio=Decimal("0.1"),
    initial_stored_ratio=Decimal("0.5"),
    grid_connected_on=date(2025, 1, 1),
)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 6, day, hour, minute, tzinfo=ZONE)


def _horizon(minutes: int = 60) -> Horizon:
    return horizon_between(_at(1, 0), _at(3, 0), minutes)


def _outage(first: datetime, until: datetime, available_mw: int) -> Outage:
    return Outage(from_at=first, until_at=until, power_available_mw=Decimal(available_mw), cause=OutageCause.OWN)


def test_bounds_are_shares_of_what_a_full_discharge_needs() -> None:
    steps = station_steps(STATION, _horizon())
    # 200 MWh at the meter need 200 / 0.8 = 250 MWh inside the store
    assert (25.0, 250.0, 125.0) == (steps.min_stored_mwh[0], steps.max_stored_mwh[0], steps.initial_stored_mwh)
    assert (80.0, 100.0) == (steps.charge_limit_mw[0], steps.discharge_limit_mw[0])


def test_an_outage_lowers_the_mean_power_of_its_intervals_by_its_share() -> None:
    # 01:30 to 03:15 at 20 MW: hour 1 half, hour 2 whole, hour 3 a quarter
    steps = station_steps(replace(STATION, outage=(_outage(_at(1, 1, 30), _at(1, 3, 15), 20),)), _horizon())
    assert [80.0, 50.0, 20.0, 65.0, 80.0] == steps.charge_limit_mw[:5].tolist()
    assert [100.0, 60.0, 20.0, 80.0, 100.0] == steps.discharge_limit_mw[:5].tolist()


def test_of_two_outages_at_once_the_lower_power_counts() -> None:
    both = (_outage(_at(1, 1), _at(1, 3), 50), _outage(_at(1, 2), _at(1, 4), 0))
    steps = station_steps(replace(STATION, outage=both), _horizon())
    assert [100.0, 50.0, 0.0, 0.0, 100.0] == steps.discharge_limit_mw[:5].tolist()


def test_an_outage_above_the_rating_takes_nothing() -> None:
    steps = station_steps(replace(STATION, outage=(_outage(_at(1, 1), _at(1, 3), 90),)), _horizon())
    assert [80.0, 80.0] == steps.charge_limit_mw[:2].tolist()
    assert [100.0, 90.0] == steps.discharge_limit_mw[:2].tolist()


def test_a_change_of_rating_counts_from_its_day_on() -> None:
    grown = replace(STATION, change=(Change(from_on=date(2025, 6, 2), energy_mwh=Decimal(240)),))
    steps = station_steps(grown, _horizon())
    assert (250.0, 300.0) == (steps.max_stored_mwh[23], steps.max_stored_mwh[24])
    assert (200.0, 240.0) == (steps.energy_mwh[23], steps.energy_mwh[24])


def test_there_is_no_power_before_grid_connection() -> None:
    steps = station_steps(replace(STATION, grid_connected_on=date(2025, 6, 2)), _horizon())
    assert (0.0, 80.0) == (steps.charge_limit_mw[23], steps.charge_limit_mw[24])
    assert (0.0, 100.0) == (steps.discharge_limit_mw[23], steps.discharge_limit_mw[24])


def test_what_is_kept_of_a_day_does_not_depend_on_the_step() -> None:
    leaky = replace(STATION, self_discharge_per_day=Decimal("0.1"))
    assert pytest.approx(0.9, rel=1e-12) == station_steps(leaky, _horizon(60)).kept_ratio ** 24
    assert pytest.approx(0.9, rel=1e-12) == station_steps(leaky, _horizon(5)).kept_ratio ** 288


def test_a_station_without_efficiency_is_refused() -> None:
    bare = replace(STATION, charge_efficiency=None, discharge_efficiency=None)
    with pytest.raises(InputError, match="efficiency"):
        station_steps(bare, _horizon())


def test_a_start_outside_the_bounds_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        station_steps(replace(STATION, initial_stored_ratio=Decimal("0.05")), _horizon())
    assert "0.05, bounds 0.1 to 1" in refused.value.found.en
