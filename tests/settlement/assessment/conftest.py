"""A station of 100 MW / 200 MWh and its months, as assessment formulas read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from settlement.activity import JudgedOrder
from settlement.assessed import AssessedMonth
from settlement.inputs.records import PLAN_POWER, AgcMonth, Incident, Leg, Order, OrderOutcome
from tariffs.calendar import Season
from tariffs.settings import AssessmentProfile, CallCounting, Settings
from tariffs.stations import Change, Outage, OutageCause, Station
from tariffs.vocabulary.columns import READINGS
from tariffs.vocabulary.timegrid import ZONE, Month, days_between

JULY = Month(2025, 7)
STATION = Station(
    id="S1",
    name="一号",
    power_mw=Decimal(100),
    energy_mwh=Decimal(200),
    grid_connected_on=date(2025, 1, 1),
    in_annual_plan=True,
)


def instants(first: date, minutes: int, count: int) -> list[datetime]:
    start = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    return [start + timedelta(minutes=minutes * number) for number in range(count)]


@pytest.fixture
def readings() -> Callable[..., pl.DataFrame]:
    """Readings from a day on; each pair is charged and discharged energy in kWh."""

    def made(first: date, minutes: int, pairs: Sequence[tuple[int, int]]) -> pl.DataFrame:
        rows = [
            ("S1", at, 10_000 * charge, 10_000 * discharge, 0, 0, 0, 1, 0, 1)
            for at, (charge, discharge) in zip(instants(first, minutes, len(pairs)), pairs, strict=True)
        ]
        return pl.DataFrame(rows, schema=READINGS, orient="row")

    return made


@pytest.fixture
def plan() -> Callable[..., pl.DataFrame]:
    """A plan of quarters from a day on; each pair is charging and discharging power in kW."""

    def made(first: date, pairs: Sequence[tuple[int, int]]) -> pl.DataFrame:
        rows = [
            ("S1", at, 100 * charge, 100 * discharge)
            for at, (charge, discharge) in zip(instants(first, 15, len(pairs)), pairs, strict=True)
        ]
        return pl.DataFrame(rows, schema=PLAN_POWER, orient="row")

    return made


@pytest.fixture
def outage() -> Callable[..., Outage]:
    """An outage between two instants of Shanghai time, total unless some power is left."""

    def made(start: str, end: str, cause: str = "own", left_mw: int = 0) -> Outage:
        return Outage(
            from_at=datetime.fromisoformat(start),
            until_at=datetime.fromisoformat(end),
            power_available_mw=Decimal(left_mw),
            cause=OutageCause(cause),
        )

    return made


@pytest.fixture
def order() -> Callable[..., JudgedOrder]:
    """A failed discharge order of one hour on a season day."""

    def made(
        failed_kwh_e4: int,
        *,
        cause: str | None = "own",
        direction: str = "discharge",
        start: str = "2025-07-01T10:00",
        outcome: str = "failed",
        in_season: bool = True,
    ) -> JudgedOrder:
        at = datetime.fromisoformat(start).replace(tzinfo=ZONE)
        given = Order(
            order_id="1",
            station_id="S1",
            start_at=at,
            end_at=at + timedelta(hours=1),
            direction=Leg(direction),
            energy_kwh_e4=failed_kwh_e4,
        )
        return JudgedOrder(
            order=given,
            outcome=OrderOutcome(outcome),
            done_kwh_e4=0,
            failed_kwh_e4=failed_kwh_e4,
            cause=None if cause is None else OutageCause(cause),
            in_season=in_season,
        )

    return made


@pytest.fixture
def incident() -> Callable[..., Incident]:
    """An incident of the station, by default one case on 3 July."""

    def made(kind: str, count: int | None = 1, hours: str | None = None, on: str = "2025-07-03") -> Incident:
        return Incident(
            station_id="S1",
            on=date.fromisoformat(on),
            kind=kind,
            count=count,
            hours=None if hours is None else Decimal(hours),
            file="incidents.csv",
            row=2,
        )

    return made


@pytest.fixture
def agc() -> Callable[..., AgcMonth]:
    """A row of agc.csv: hours required and available, and figures by column."""

    def made(required_h: str = "744", available_h: str = "744", **figures: str) -> AgcMonth:
        given: Mapping[str, Any] = {name: Decimal(text) for name, text in figures.items()}
        return AgcMonth(
            station_id="S1",
            month=JULY,
            required_h=Decimal(required_h),
            available_h=Decimal(available_h),
            file="agc.csv",
            row=2,
            **given,
        )

    return made


@pytest.fixture
def july() -> Callable[..., AssessedMonth]:
    """July 2025 of the station, every day in the season, with what a test changes of it."""

    def made(
        *,
        outage: tuple[Outage, ...] = (),
        change: tuple[Change, ...] = (),
        seasons: Mapping[date, Season] | None = None,
        **inputs: Any,
    ) -> AssessedMonth:
        days = days_between(JULY.first_day, JULY.end)
        given: Mapping[str, Any] = {
            "minutes": 15,
            "readings": pl.DataFrame(schema=READINGS),
            "plan": None,
            "orders": None,
            "incidents": (),
            "agc": None,
            "year_ends": inputs.get("yearly_shortfall_own_kwh_e4") is not None,
            "yearly_shortfall_own_kwh_e4": None,
            **inputs,
        }
        return AssessedMonth(
            station=replace(STATION, outage=outage, change=change),
            month=JULY,
            seasons=dict.fromkeys(days, Season.PEAK) if seasons is None else seasons,
            **given,
        )

    return made


@pytest.fixture
def settings() -> Callable[..., Settings]:
    """Settings with a profile and its tables of figures."""

    def made(profile: str, **tables: Mapping[str, str]) -> Settings:
        figures: Any = {name: {key: Decimal(text) for key, text in table.items()} for name, table in tables.items()}
        return Settings(
            season_calendar="jun_sep_dec_feb",
            obligation_year_from="06-01",
            call_counting=CallCounting.EQUIVALENT_DISCHARGE,
            assessment_profile=AssessmentProfile(profile),
            assessment=figures,
        )

    return made
