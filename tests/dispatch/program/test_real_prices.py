"""Real prices of a year against the solver's linear optimum; skipped where the series are not on the machine."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from by_solver import solved
from station_cases import Wanted, station, task_at

from dispatch.arrays import Floats
from dispatch.program import program
from dispatch.station.steps import StationSteps

PRICES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "prices"
PROVINCE = PRICES / "cn_province_rt_15min_2022.csv.gz"
pytestmark = pytest.mark.skipif(not PROVINCE.exists(), reason="the shared price series are not here")


def hourly_prices() -> Floats:
    with gzip.open(PROVINCE, "rt", encoding="utf-8") as file:
        quarters = np.array([float(row[3]) for row in list(csv.reader(file))[1:]])
    means: Floats = quarters.reshape(-1, 4).mean(axis=1)
    return means


def plant(count: int) -> StationSteps:
    """100 MW and 200 MWh, 0.87 of the energy comes back."""
    one_way = 0.87**0.5
    return station(
        count,
        charge_limit_mw=100.0,
        discharge_limit_mw=100.0,
        energy_mwh=200.0,
        max_stored_mwh=200.0 / one_way,
        charge_efficiency=one_way,
        discharge_efficiency=one_way,
    )


def test_a_year_of_prices_not_below_zero_earns_the_linear_optimum() -> None:
    price = np.maximum(hourly_prices(), 0.0)
    task = task_at(plant(price.size), price)
    assert solved(task, binaries=False) == pytest.approx(program(task).objective_cny, rel=1e-9)


@pytest.mark.parametrize("calls", [210.0, 400.0])
def test_a_year_with_calls_is_proven_best_and_a_little_below_the_linear_optimum(calls: float) -> None:
    price = hourly_prices()
    season = np.zeros(price.size, dtype=np.bool_)
    season[120 * 24 : 332 * 24] = True
    task = task_at(plant(price.size), price, Wanted(calls=calls, season=season))
    outcome, relaxed = program(task), solved(task, binaries=False)
    assert outcome.gap_ratio < 1e-9
    assert 0.98 * relaxed < outcome.objective_cny < relaxed


def test_a_week_with_calls_and_prices_below_zero_earns_the_mixed_integer_optimum() -> None:
    week = hourly_prices()[120 * 24 : 127 * 24]
    assert week.min() < 0.0
    task = task_at(plant(week.size), week, Wanted(calls=14.0))
    assert solved(task, binaries=True) == pytest.approx(program(task).objective_cny, rel=1e-7)
