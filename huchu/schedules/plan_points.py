"""`plan.csv`: the plan as the dispatch centre writes it, 96 points a day in kW."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Integers
from dispatch.schedules import Schedule, by_station
from huchu.schedules.exact_text import decimal_column
from tariffs.vocabulary.columns import PLAN
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, UTC_OFFSET_MS, intervals_per_day
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, MINUTES_PER_HOUR, MS_PER_DAY, MS_PER_MINUTE

POINTS_PER_DAY: Final = intervals_per_day(DEFAULT_MINUTES)
POINTS: Final = tuple(f"p{number:02d}" for number in range(1, POINTS_PER_DAY + 1))
DECIMALS: Final = 2


def plan_frame(schedules: Sequence[Schedule]) -> pl.DataFrame:
    """The plan as text: the columns PLAN, then p01 ... p96, two rows for each station and local day.

    Shape   a point is the mean power of its quarter in kW, rounded half up to 2 decimals; p01 ends at 00:15, p96 at
            24:00; of a day that the schedule covers in part, the quarters outside are zero
    """
    return pl.concat([_plan(schedule) for schedule in by_station(schedules)])


def _plan(schedule: Schedule) -> pl.DataFrame:
    days = schedule.horizon.dates
    legs = {"charge": schedule.charge_kwh_e4, "discharge": schedule.discharge_kwh_e4}
    # a row of the grid is a day and a direction, in the order of the file
    grid = np.stack([_points(schedule, energies) for energies in legs.values()], axis=1).reshape(-1, POINTS_PER_DAY)
    text = decimal_column(grid.T.reshape(-1), DECIMALS)
    rows = len(grid)
    heads = pl.DataFrame(
        {
            "station_id": pl.repeat(schedule.station_id, rows, dtype=pl.String, eager=True),
            "date": [day.isoformat() for day in days for _ in legs],
            "direction": [direction for _ in days for direction in legs],
        }
    )
    points = [text.slice(number * rows, rows).alias(point) for number, point in enumerate(POINTS)]
    return heads.select(PLAN).with_columns(points)


def _points(schedule: Schedule, energy_kwh_e4: Integers) -> Integers:
    """Mean power of every quarter of every day that the schedule touches, in 1e-2 kW; a row a day."""
    horizon = schedule.horizon
    local_ms = horizon.starts_ms + UTC_OFFSET_MS
    minutes = (local_ms - local_ms[0] // MS_PER_DAY * MS_PER_DAY) // MS_PER_MINUTE
    quarters = np.zeros(len(horizon.dates) * POINTS_PER_DAY, dtype=np.int64)
    # a step longer than a quarter gives each of its quarters the same share, so all are counted in shares
    shares = max(horizon.minutes // DEFAULT_MINUTES, 1)
    for number in range(shares):
        np.add.at(quarters, minutes // DEFAULT_MINUTES + number, energy_kwh_e4)
    # energy e in 1e-4 kWh over 1/4 h is e * 4 in 1e-4 kW, e * 4 / 100 in 1e-2 kW
    per_hour = MINUTES_PER_HOUR // DEFAULT_MINUTES
    units = ENERGY_UNITS_PER_KWH // 10**DECIMALS * shares
    rounded: Integers = (2 * per_hour * quarters + units) // (2 * units)
    return rounded.reshape(-1, POINTS_PER_DAY)
