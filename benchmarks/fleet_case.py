"""The instances of the fleet benchmark: stations of many sizes behind one load, by the hour, from fixed seeds.

Numpy only, and polars where the shared load is read: every way gets the same arrays, and every plan is counted again here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.measure import ROOT
from tariffs.vocabulary.units import HOURS_PER_DAY

Floats = npt.NDArray[np.float64]
SHARED = ROOT.parent / "shared" / "data" / "load" / "nyc_load_15min_2019.parquet"
FIRST_AT = datetime(2019, 7, 1, 4, tzinfo=UTC)
"""Midnight of the first of July in New York."""
QUARTERS = 4
SEED = 2026
POWER_SHARE = 0.05
"""Power of the fleet over the highest load."""
PEAK_MW = 10_000.0
SLACK_RATIO = 1e-6
"""By how much of its rating a plan may pass a limit: solvers keep theirs to 1e-7 in their own scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetCase:
    """So many stations, so many days of 24 hourly steps."""

    stations: int
    days: int

    @property
    def steps(self) -> int:
        """Number of steps."""
        return self.days * HOURS_PER_DAY

    @property
    def words(self) -> str:
        """The case as the table names it."""
        return f"fleet peak, {self.stations} stations, {self.days} days"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetArrays:
    """The stations, one figure each; `*_mwh` is energy inside the store, which ends as full as it began."""

    power_mw: Floats
    energy_mwh: Floats
    charge_efficiency: Floats
    discharge_efficiency: Floats
    min_stored_ratio: Floats
    max_stored_ratio: Floats
    initial_stored_ratio: Floats

    @property
    def full_mwh(self) -> Floats:
        """What each store would hold at a ratio of one: rated energy before the losses of discharging."""
        full: Floats = self.energy_mwh / self.discharge_efficiency
        return full


@cache
def stations_of(case: FleetCase) -> FleetArrays:
    """The stations: 10 to 200 MW, 1 to 6 h, round trip 0.85 to 0.92; the first ones do not change with their number."""
    draws = [np.random.default_rng((SEED, number)) for number in range(case.stations)]
    power_mw = np.array([round(draw.uniform(10.0, 200.0), 1) for draw in draws])
    hours = np.array([round(2.0 * draw.uniform(1.0, 6.0)) / 2.0 for draw in draws])
    one_way = np.sqrt([round(draw.uniform(0.85, 0.92), 4) for draw in draws])
    least = np.array([draw.choice([0.0, 0.05, 0.1]) for draw in draws])
    most = np.array([draw.choice([0.9, 0.95, 1.0]) for draw in draws])
    between = np.array([draw.uniform() for draw in draws])
    return FleetArrays(
        power_mw=power_mw,
        energy_mwh=power_mw * hours,
        charge_efficiency=one_way,
        discharge_efficiency=one_way,
        min_stored_ratio=least,
        max_stored_ratio=most,
        initial_stored_ratio=np.round(least + between * (most - least), 3),
    )


@cache
def load_mw(case: FleetCase) -> Floats:
    """The load of each step: New York City from July 2019 on, or made, its peak twenty times the fleet's power."""
    shape = _shared(case) if SHARED.exists() else _made(case)
    scaled: Floats = shape * (stations_of(case).power_mw.sum() / POWER_SHARE / shape.max())
    return np.round(scaled, 3)


def counted_again(case: FleetCase, charge_mw: Floats, discharge_mw: Floats) -> tuple[float, float]:
    """The highest load left, MW, and charged plus discharged energy, MWh, of powers by station and step.

    Raises  RuntimeError if the powers break a limit of a station by more than a millionth of its rating
    """
    fleet = stations_of(case)
    power_mw, full_mwh = fleet.power_mw[:, None], fleet.full_mwh[:, None]
    gained = charge_mw * fleet.charge_efficiency[:, None] - discharge_mw / fleet.discharge_efficiency[:, None]
    ratio = fleet.initial_stored_ratio[:, None] + np.cumsum(gained, axis=1) / full_mwh
    passed = {
        "negative power": -min(float((charge_mw / power_mw).min()), float((discharge_mw / power_mw).min())),
        "power": max(float((charge_mw / power_mw).max()), float((discharge_mw / power_mw).max())) - 1.0,
        "least stored": float((fleet.min_stored_ratio[:, None] - ratio).max()),
        "most stored": float((ratio - fleet.max_stored_ratio[:, None]).max()),
        "final stored": float(np.abs(ratio[:, -1] - fleet.initial_stored_ratio).max()),
    }
    broken = {limit: share for limit, share in passed.items() if share > SLACK_RATIO}
    if broken:
        raise RuntimeError(f"{case.words}: limits broken by these shares of the rating: {broken}")
    left_mw = load_mw(case) - discharge_mw.sum(axis=0) + charge_mw.sum(axis=0)
    return float(left_mw.max()), float(charge_mw.sum() + discharge_mw.sum())


def _shared(case: FleetCase) -> Floats:
    import polars as pl

    quarters = pl.scan_parquet(SHARED).filter(pl.col("utc_start") >= FIRST_AT).head(case.steps * QUARTERS)
    measured: Floats = quarters.select("nyc_mw").collect()["nyc_mw"].interpolate().to_numpy()
    if measured.size < case.steps * QUARTERS:
        raise RuntimeError(f"{case.words}: the shared load ends before")
    hourly: Floats = measured.reshape(case.steps, QUARTERS).mean(axis=1)
    return hourly


def _made(case: FleetCase) -> Floats:
    """A summer: low at five in the morning, high at five in the afternoon, less at week ends, hot spells of some days."""
    draw, step = np.random.default_rng(SEED), np.arange(case.steps)
    day = step // HOURS_PER_DAY
    hour = step % HOURS_PER_DAY
    heat = np.convolve(draw.normal(0.0, 0.12, case.days + 4), np.ones(5) / 5.0, mode="valid")[day]
    daily = (
        1.0
        - 0.22 * np.cos(2.0 * np.pi * (hour - 5) / HOURS_PER_DAY)
        - 0.05 * np.cos(4.0 * np.pi * hour / HOURS_PER_DAY)
    )
    made: Floats = PEAK_MW * daily * (1.0 + heat - 0.08 * (day % 7 >= 5)) + draw.normal(0.0, 60.0, case.steps)
    return made
