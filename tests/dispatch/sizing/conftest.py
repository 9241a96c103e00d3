"""A small project with plain figures, and the ground that it stands on: prices of an hourly year made from a few lines."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from dispatch.sizing.ground import Ground, ground_of
from dispatch.sizing.inputs.project import Project, Size, project_from_table
from tariffs.settings import Settings, read_settings
from tariffs.vocabulary.timegrid import ZONE

Table = dict[str, Any]
ProjectOf = Callable[..., Project]
GroundOf = Callable[..., Ground]
FrameOf = Callable[..., pl.DataFrame]
SAMPLES = Path(__file__).parents[3] / "huchu" / "samples"
FIRST_ON = date(2026, 1, 1)
DAYS = 365
DAY_CNY_PER_MWH = (100.0,) * 6 + (300.0,) * 10 + (700.0,) * 4 + (300.0,) * 4
"""Six cheap hours at night, four dear ones in the evening."""
BASE: Mapping[str, Mapping[str, Any]] = {
    "project": {"id": "A", "name": "甲", "first_on": FIRST_ON, "life_years": 2, "round_trip_efficiency": Decimal(1)},
    "size": {"max_power_mw": Decimal(20), "max_duration_h": Decimal(4)},
    "cost": {"power_cost_cny_per_kw": Decimal(50), "energy_cost_cny_per_kwh": Decimal(100)},
    "finance": {"discount_ratio": Decimal("0.1"), "income_tax_ratio": Decimal(0), "residual_ratio": Decimal(0)},
}
MARKET = {"name": "market", "regime": "market", "signals": "prices.csv"}
REGULATED = {"name": "regulated", "regime": "regulated"}


@pytest.fixture(scope="session")
def market_scenario() -> Callable[..., Table]:
    """A scenario at market prices, with some of its keys changed."""
    return lambda **changed: {**MARKET, **changed}


@pytest.fixture(scope="session")
def regulated_scenario() -> Callable[..., Table]:
    """A scenario at the regulated prices, with some of its keys changed."""
    return lambda **changed: {**REGULATED, **changed}


@pytest.fixture(scope="session")
def project_table() -> Callable[..., Table]:
    """The table of a project of two years without losses, tax and running cost; a keyword is a table whose keys change."""

    def made(*scenario: Table, **changed: Table) -> Table:
        tables: Table = {name: {**BASE.get(name, {}), **changed.get(name, {})} for name in {**BASE, **changed}}
        return {**tables, "scenario": list(scenario or (MARKET,))}

    return made


@pytest.fixture(scope="session")
def project_of(project_table: Callable[..., Table]) -> ProjectOf:
    """The project of such a table."""
    return lambda *scenario, **changed: project_from_table(project_table(*scenario, **changed))


@pytest.fixture(scope="session")
def prices_of() -> FrameOf:
    """Prices of so many days from 2026 on, 元/MWh: a day that repeats, or a whole row of them."""

    def made(
        price: Sequence[float] | np.ndarray[Any, Any] = DAY_CNY_PER_MWH,
        days: int = DAYS,
        minutes: int = 60,
        first_on: date = FIRST_ON,
    ) -> pl.DataFrame:
        count = days * 24 * 60 // minutes
        first = datetime(first_on.year, first_on.month, first_on.day, tzinfo=ZONE)
        starts = [first + n * timedelta(minutes=minutes) for n in range(count)]
        return pl.DataFrame({"interval_start": starts, "price_cny_per_mwh": np.resize(np.asarray(price, float), count)})

    return made


@pytest.fixture(scope="session")
def uneven() -> np.ndarray[Any, Any]:
    """An hourly year of prices of which no two days are alike, from a fixed seed, 元/MWh, some below zero."""
    draw = np.random.default_rng(7)
    depth = np.repeat(draw.uniform(0.3, 1.7, DAYS), 24)
    shape = np.resize(np.asarray(DAY_CNY_PER_MWH), DAYS * 24) - 300.0
    year: np.ndarray[Any, Any] = np.round(300.0 + depth * shape + draw.normal(0.0, 40.0, DAYS * 24), 1)
    return year


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of the sample."""
    return read_settings(SAMPLES / "size" / "huchu.toml")


@pytest.fixture(scope="session")
def ground_with(project_of: ProjectOf, prices_of: FrameOf, settings: Settings) -> GroundOf:
    """The ground of a project whose market scenarios all have the same prices."""

    def made(*scenario: Table, prices: Any = DAY_CNY_PER_MWH, with_settings: bool = True, **changed: Table) -> Ground:
        frame = prices if isinstance(prices, pl.DataFrame) else prices_of(prices)
        project = project_of(*scenario, **changed)
        named = {each.name: frame for each in project.scenario if each.signals}
        return ground_of(project, settings=settings if with_settings else None, signals=named)

    return made


@pytest.fixture(scope="session")
def size_of() -> Callable[[str, str], Size]:
    """A size of so many MW and MWh."""
    return lambda power, energy: Size(power_mw=Decimal(power), energy_mwh=Decimal(energy))
