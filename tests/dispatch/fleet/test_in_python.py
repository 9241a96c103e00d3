"""What an analyst gets back from a fleet planned in Python: tables, figures, one line, and words for what is wrong.

Two hours of 10 and 20 MW and stores without losses, empty at the start: 5 MW charged in the first hour and given in the
second leave 15 MW in both.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import dispatch
from dispatch.fleet.plan import FleetPlan
from tariffs.stations import Station
from tariffs.vocabulary.columns import SCHEDULE
from tariffs.vocabulary.errors import HuchuError
from tariffs.vocabulary.timegrid import ZONE

FIRST = datetime(2026, 7, 1, tzinfo=ZONE)
STATION = Station(
    id="A",
    name="甲",
    power_mw=Decimal(10),
    energy_mwh=Decimal(20),
    round_trip_efficiency=Decimal(1),
    grid_connected_on=date(2020, 1, 1),
    meter_ids=("M-1",),
)


def frame_of(**columns: list[float]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=pd.DatetimeIndex([FIRST + timedelta(hours=hour) for hour in range(count)]))


LOAD = frame_of(load_mw=[10.0, 20.0])


@pytest.fixture(scope="module")
def plan() -> FleetPlan:
    return dispatch.plan_fleet(STATION.times(2), LOAD)


@pytest.fixture(scope="module")
def windy() -> FleetPlan:
    wind = frame_of(wind_mw=[20.0, 10.0], wind_plan_mw=[15.0, 15.0])
    return dispatch.plan_fleet(STATION, wind, options=dispatch.PlanOptions(objective="wind_following"))


def refused(call: Callable[[], object]) -> HuchuError:
    with pytest.raises(HuchuError) as caught:
        call()
    return caught.value


def test_the_frame_has_the_load_before_and_after_with_its_instants(plan: FleetPlan) -> None:
    frame = plan.frame
    assert ["interval_start", "load_mw", "net_discharge_mw", "load_after_mw"] == frame.columns
    assert [FIRST, FIRST + timedelta(hours=1)] == frame["interval_start"].to_list()
    assert [(10.0, -5.0, 15.0), (20.0, 5.0, 15.0)] == frame.drop("interval_start").rows()


def test_the_frame_of_a_fleet_that_follows_wind_has_what_becomes_of_the_wind(windy: FleetPlan) -> None:
    assert {
        "wind_mw": [20.0, 10.0],
        "net_discharge_mw": [-5.0, 5.0],
        "promised_mw": [15.0, 15.0],
        "delivered_mw": [15.0, 15.0],
        "curtailed_mw": [0.0, 0.0],
        "shortfall_mw": [0.0, 0.0],
    } == windy.frame.drop("interval_start").to_dict(as_series=False)


def test_the_schedule_has_the_rows_of_every_station(plan: FleetPlan) -> None:
    assert list(SCHEDULE) == plan.schedule.columns
    assert ["A-1", "A-1", "A-2", "A-2"] == plan.schedule["station_id"].to_list()
    in_all = plan.schedule.group_by("interval_start", maintain_order=True).agg(
        pl.col("charge_mw", "discharge_mw").sum()
    )
    assert [(5.0, 0.0), (0.0, 5.0)] == in_all.drop("interval_start").rows()


def test_the_peak_has_its_figures_and_its_instant(plan: FleetPlan) -> None:
    peak = plan.peak
    assert (20.0, 15.0, 5.0, 0.25) == (peak.peak_mw, peak.peak_after_mw, peak.cut_mw, peak.cut_share)
    assert FIRST + timedelta(hours=1) == peak.peak_at


def test_a_plan_whose_figure_meets_its_bound_is_proven_and_another_is_not(plan: FleetPlan) -> None:
    assert plan.is_proven
    goal = plan.found.goals[0]
    worse = replace(plan.found, goals=(replace(goal, bound=goal.bound + 0.01), *plan.found.goals[1:]))
    assert not replace(plan, found=worse).is_proven


def test_a_plan_that_follows_wind_refuses_to_name_a_peak(windy: FleetPlan) -> None:
    told = refused(lambda: windy.peak)
    assert ("a plan that follows wind has no peak", "use figures.wind") == (told.what.en, told.do.en)


def test_a_notice_of_every_station_stands_once(plan: FleetPlan) -> None:
    assert [("no_prices_no_settings", "")] == [(each.code, each.station_id) for each in plan.findings]


def test_what_reading_found_stands_among_the_findings() -> None:
    plan = dispatch.plan_fleet(STATION, LOAD.tz_localize(None))
    assert [("naive_instants", ""), ("no_prices_no_settings", "A")] == [
        (each.code, each.station_id) for each in plan.findings
    ]


def test_a_fleet_is_one_line_and_a_table_in_a_notebook(plan: FleetPlan) -> None:
    assert re.fullmatch(r"<FleetPlan of 2 station\(s\), peak_shaving: peak 20\.00 -> 15\.00 MW, \w+>", repr(plan))
    shown = plan._repr_html_()
    assert 1 == shown.count("<td>A-1</td>")
    assert "削峰后 15.00 兆瓦" in shown
    assert "15.00 MW after" in shown


def test_a_plan_of_one_station_is_one_line_and_a_table_in_a_notebook() -> None:
    own = dispatch.plan_fleet(STATION, LOAD).plans[0]
    assert f"<Plan A: 0.00 calls, {own.outcome.rung.value}>" == repr(own)
    assert "<td>放电 / discharged</td><td style='text-align:right'>5.00 MWh</td>" in own._repr_html_()


@pytest.mark.parametrize(
    ("stations", "told"),
    [
        ([], "no station is given"),
        ([STATION, STATION], "a station or a meter is given twice"),
        ([STATION, replace(STATION, id="B")], "a station or a meter is given twice"),
    ],
)
def test_stations_that_cannot_be_a_fleet_are_refused(stations: Any, told: str) -> None:
    for call in (dispatch.plan_fleet, dispatch.schedule_all):
        error = refused(lambda call=call: call(stations, LOAD))  # type: ignore[misc]
        assert told == error.what.en
        assert "findings.csv" not in str(error)
        assert "there is no result" == error.done.en


def test_the_names_of_the_package_are_all_there() -> None:
    assert [] == [name for name in dispatch.__all__ if not callable(getattr(dispatch, name))]
