"""Made-up months of one station: a plain one in which no check fires, and what changes it."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from settlement.meter.validate import Checked, Scope, checked
from tariffs.stations import Station
from tariffs.vocabulary.columns import RAW_INTERVALS, RAW_REGISTERS
from tariffs.vocabulary.timegrid import ZONE, Month

MONTH = Month(2025, 2)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def make_station(**changes: Any) -> Station:
    """10 MW and 20 MWh: 2,500 kWh in a quarter at rated power, round trip 0.81."""
    keys: dict[str, Any] = {
        "id": "SH-1",
        "name": "one",
        "power_mw": Decimal(10),
        "energy_mwh": Decimal(20),
        "grid_connected_on": date(2024, 1, 1),
        "charge_efficiency": Decimal("0.9"),
        "discharge_efficiency": Decimal("0.9"),
    }
    return Station(**{**keys, **changes})


def make_scope(*stations: Station, **changes: Any) -> Scope:
    keys: dict[str, Any] = {
        "stations": stations or (make_station(),),
        "month": MONTH,
        "file_names": ("a.csv", "b.csv"),
        "estimate": False,
        "now": NOW,
        "settled_from": {},
    }
    return Scope(**{**keys, **changes})


@cache
def month_rows(*, feed: str = "SH-1", month: Month = MONTH, minutes: int = 15, seed: int = 0) -> pl.DataFrame:
    """Charged from 01:00 to 03:15, discharged from 18:00 to 19:45, every day a little different."""
    rows = []
    start = datetime(month.year, month.number, 1, tzinfo=ZONE)
    for nth in range(month.days * 24 * 60 // minutes):
        hour = (nth * minutes % 1440) / 60
        wobble = (nth + seed) * 7919 % 1009 * 100
        charge = (24_000_000 + wobble) * minutes // 15 if 1 <= hour < 3.25 else 0
        discharge = (24_900_000 + wobble) * minutes // 15 if 18 <= hour < 19.75 else 0
        rows.append((feed, start + timedelta(minutes=nth * minutes), 0, charge, discharge, 0, 0, nth + 2))
    return pl.DataFrame(rows, schema=dict(RAW_INTERVALS), orient="row")


def changed(frame: pl.DataFrame, first: str, count: int = 1, *, minutes: int = 15, **columns: Any) -> pl.DataFrame:
    """The frame with columns set in `count` intervals from an instant on."""
    start = at(first)
    inside = (pl.col("interval_start") >= start) & (
        pl.col("interval_start") < start + timedelta(minutes=minutes * count)
    )
    return frame.with_columns(
        pl.when(inside).then(pl.lit(new)).otherwise(pl.col(name)).cast(RAW_INTERVALS[name]).alias(name)
        for name, new in columns.items()
    )


def without(frame: pl.DataFrame, first: str, count: int = 1, *, minutes: int = 15) -> pl.DataFrame:
    start = at(first)
    return frame.filter(
        (pl.col("interval_start") < start) | (pl.col("interval_start") >= start + timedelta(minutes=minutes * count))
    )


def register_rows(
    readings: Sequence[tuple[str, str, int, int]], *, feed: str = "SH-1", multiplier: int = 1, digits: int = 8
) -> pl.DataFrame:
    """Rows of (meter, instant, import, export), registers in kWh."""
    rows = [
        (feed, meter, at(instant), bought * 10_000, sold * 10_000, digits, digits, multiplier * 10_000, 1, nth + 2)
        for nth, (meter, instant, bought, sold) in enumerate(readings)
    ]
    return pl.DataFrame(rows, schema=dict(RAW_REGISTERS), orient="row")


@dataclass(frozen=True)
class Case:
    """An input of `checked`: the plain month unless told otherwise."""

    intervals: pl.DataFrame = field(default_factory=month_rows)
    registers: pl.DataFrame = field(default_factory=lambda: register_rows([]))
    scope: Scope = field(default_factory=make_scope)

    def result(self) -> Checked:
        return checked(self.intervals, self.registers, self.scope)

    def codes(self) -> set[str]:
        return {finding.code for finding in self.result().findings}

    def with_rows(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> "Case":
        return replace(self, intervals=change(self.intervals))


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The makers of this file."""
    return sys.modules[__name__]
