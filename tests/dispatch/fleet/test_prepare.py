"""From stations, signals and options to the task of a fleet, and what is refused on the way."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from dispatch.fleet.options import FleetOptions, Promise, Zone
from dispatch.fleet.plan import FleetPlan, plan_fleet
from dispatch.options import PlanOptions
from tariffs.settings import CallCounting, Settings
from tariffs.stations import Outage, OutageCause, Station
from tariffs.vocabulary.errors import HuchuError
from tariffs.vocabulary.timegrid import ZONE

SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb",
    obligation_year_from="06-01",
    call_counting=CallCounting.EQUIVALENT_DISCHARGE,
)


def station(name: str, **changes: Any) -> Station:
    given: dict[str, Any] = {
        "power_mw": Decimal(10),
        "energy_mwh": Decimal(20),
        "charge_efficiency": Decimal(1),
        "discharge_efficiency": Decimal(1),
        "grid_connected_on": date(2020, 1, 1),
    }
    return Station(id=name, name=name, **(given | changes))


def settled(name: str, **changes: Any) -> Station:
    """A station that is settled at the regulated prices: of 10 MW at least."""
    return station(name, in_annual_plan=True, **changes)


def signals(**columns: list[float]) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    starts = [datetime(2026, 7, 1) + timedelta(hours=hour) for hour in range(count)]  # noqa: DTZ001 - offset below
    return pl.DataFrame({"interval_start": [f"{start.isoformat()}+08:00" for start in starts], **columns})


def planned(*stations: Station, wanted: FleetOptions | None = None, objective: str = "", **columns: Any) -> FleetPlan:
    asked = PlanOptions(objective=objective or None)
    return plan_fleet(stations, signals(**columns), options=asked, wanted=wanted)


def zone(name: str, *members: str, mw: str = "1") -> Zone:
    return Zone(id=name, members=members, discharge_limit_mw=Decimal(mw), charge_limit_mw=Decimal(mw))


def test_a_plan_without_prices_has_no_bill() -> None:
    plan = planned(station("A"), load_mw=[10.0, 20.0])
    assert not plan.plans[0].task.is_priced
    assert {"no_prices_no_settings"} == {each.code for each in plan.findings}


def test_a_zone_holds_its_stations() -> None:
    """1 MW out of both together: 20 MW become 19 MW."""
    plan = planned(station("A"), station("B"), wanted=FleetOptions(zones=(zone("Z", "A", "B"),)), load_mw=[10.0, 20.0])
    assert plan.figures.peak is not None
    assert pytest.approx(19.0, abs=1e-6) == float(plan.figures.peak.after_mw.max())


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        ((("Z", "A"), ("Z", "B")), "zone Z is given twice"),
        ((("Z", "A", "Q"),), "Q of zone Z is no station"),
    ],
)
def test_zones_that_are_not_clear_are_refused(zones: tuple[tuple[str, ...], ...], told: str) -> None:
    wanted = FleetOptions(zones=tuple(zone(*each) for each in zones))
    with pytest.raises(HuchuError, match=told):
        planned(station("A"), station("B"), wanted=wanted, load_mw=[10.0, 20.0])


@pytest.mark.parametrize("limit", ["-1", "NaN", "Infinity"])
def test_a_limit_of_a_zone_is_a_number_from_zero_up(limit: str) -> None:
    with pytest.raises(HuchuError, match="discharge_limit_mw of zone Z"):
        zone("Z", "A", mw=limit)


@pytest.mark.parametrize("worth", [-1.0, float("nan"), float("inf")])
def test_the_worth_of_a_peak_is_a_number_from_zero_up(worth: float) -> None:
    with pytest.raises(HuchuError, match="peak_worth_cny_per_mw"):
        FleetOptions(peak_worth_cny_per_mw=worth)


def test_a_promise_is_the_plan_of_the_wind_then_the_load_then_the_mean_of_the_day() -> None:
    """Wind of 6, 0, 0 and 10 MW, all of one day: its mean is 4 MW."""
    wind = [6.0, 0.0, 0.0, 10.0]
    given = {"wind_plan_mw": [1.0, 2.0, 3.0, 4.0], "load_mw": [5.0, 6.0, 7.0, 8.0]}
    for columns, promised in (
        (given, given["wind_plan_mw"]),
        ({"load_mw": given["load_mw"]}, given["load_mw"]),
        ({}, [4.0] * 4),
    ):
        plan = planned(station("A"), objective="wind_following", wind_mw=wind, **columns)
        assert plan.figures.wind is not None
        assert promised == plan.figures.wind.promised_mw.tolist()


@pytest.mark.parametrize("promise", [Promise.WIND_PLAN, Promise.LOAD])
def test_a_promise_without_its_column_is_refused(promise: Promise) -> None:
    with pytest.raises(HuchuError, match=f"needs the column {promise.value}_mw"):
        planned(station("A"), objective="wind_following", wanted=FleetOptions(promise=promise), wind_mw=[1.0, 2.0])


@pytest.mark.parametrize(
    ("objective", "columns", "told"),
    [
        ("peak_shaving", {"wind_mw": [1.0, 2.0]}, "needs the column load_mw"),
        ("wind_following", {"load_mw": [1.0, 2.0]}, "needs the column wind_mw"),
        ("peak_and_revenue", {"load_mw": [1.0, 2.0]}, "--peak-worth go together"),
        ("market_revenue", {"load_mw": [1.0, 2.0]}, "no objective market_revenue of several stations"),
    ],
)
def test_a_goal_without_what_it_needs_is_refused(objective: str, columns: dict[str, list[float]], told: str) -> None:
    with pytest.raises(HuchuError, match=told):
        planned(station("A"), objective=objective, **columns)


def test_no_station_is_no_fleet() -> None:
    with pytest.raises(HuchuError, match="no station is given"):
        planned(load_mw=[10.0, 20.0])


def test_a_station_that_cannot_make_its_calls_holds_no_other_back() -> None:
    """B has two hours: 10 MWh in and 10 MWh out of 20 MWh are half a call of the two asked for; A makes both."""
    hours = [datetime(2026, 7, 1, hour, tzinfo=ZONE) for hour in (0, 22)]
    broken = Outage(from_at=hours[0], until_at=hours[1], power_available_mw=Decimal(0), cause=OutageCause.OWN)
    plan = plan_fleet(
        (settled("A"), settled("B", outage=(broken,))),
        signals(load_mw=[float(hour % 12) for hour in range(24)]),
        settings=SETTINGS,
        options=PlanOptions(calls=2.0),
    )
    assert (2.0, 2.0) == plan.figures.calls.asked
    assert pytest.approx((2.0, 0.5), abs=1e-5) == tuple(float(each) for each in plan.figures.calls.done)
    assert pytest.approx(0.25, abs=1e-5) == plan.figures.calls.least_share
    assert ["B"] == [each.station_id for each in plan.findings if each.code == "calls_out_of_reach"]
