"""Why a fleet has no schedules: the station, or the zone with the smallest limit that would do."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from dispatch.fleet.options import FleetOptions, Zone
from dispatch.fleet.plan import plan_fleet
from dispatch.options import PlanOptions
from dispatch.outcome import NoSchedule
from tariffs.stations import Station

FULL = PlanOptions(final_stored_ratio=1.0)
"""20 MWh are to be charged in two hours, at the whole power of 10 MW."""


def station(name: str, **changes: Any) -> Station:
    given: dict[str, Any] = {
        "power_mw": Decimal(10),
        "energy_mwh": Decimal(20),
        "charge_efficiency": Decimal(1),
        "discharge_efficiency": Decimal(1),
        "grid_connected_on": date(2020, 1, 1),
    }
    return Station(id=name, name=name, **(given | changes))


def refusal(*stations: Station, zones: tuple[Zone, ...] = ()) -> NoSchedule:
    starts = [datetime(2026, 7, 1) + timedelta(hours=hour) for hour in range(2)]  # noqa: DTZ001 - offset below
    load = pl.DataFrame({"interval_start": [f"{start.isoformat()}+08:00" for start in starts], "load_mw": [10.0, 20.0]})
    with pytest.raises(NoSchedule) as caught:
        plan_fleet(stations, load, options=FULL, wanted=FleetOptions(zones=zones))
    return caught.value


def zone(name: str, *members: str, mw: str) -> Zone:
    return Zone(id=name, members=members, discharge_limit_mw=Decimal(mw), charge_limit_mw=Decimal(mw))


def test_a_station_that_has_none_by_itself_is_named() -> None:
    """8 MW for two hours are 16 MWh of 20."""
    assert "B" in refusal(station("A"), station("B", charge_power_mw=Decimal(8))).what.en


def test_a_zone_that_is_too_tight_is_told_the_limit_that_would_do() -> None:
    """Both stations charge at 10 MW: 20 MW."""
    told = refusal(station("A"), station("B"), zones=(zone("Z", "A", "B", mw="12.5"),))
    assert "zone_Z" in told.what.en
    assert "12.5 / 12.5" in told.found.en
    assert "20.00" in told.do.en


def test_the_zone_that_is_wide_enough_is_not_named() -> None:
    told = refusal(station("A"), station("B"), zones=(zone("W", "A", mw="10"), zone("Z", "B", mw="9")))
    assert "zone_Z" in told.what.en
    assert "10.00" in told.do.en
