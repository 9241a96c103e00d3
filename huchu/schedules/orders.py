"""`orders.csv`: what a station is told to do, an order for each time of charging or discharging without a break."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from dispatch.arrays import Integers
from dispatch.schedules import Schedule, by_station
from huchu.schedules.exact_text import DAY, decimal_column, instant_column
from tariffs.vocabulary.columns import ORDERS
from tariffs.vocabulary.units import MS_PER_MINUTE


def orders_frame(schedules: Sequence[Schedule]) -> pl.DataFrame:
    """The orders as text with the columns ORDERS, sorted by station and start.

    Shape   one order for each unbroken run in one direction, whatever its powers; the energy is the converter's, the
            exact sum of the run, with 4 decimals; `order_id` is station, local day of the start and number in that day
    """
    return pl.concat([_orders(schedule) for schedule in by_station(schedules)]).select(list(ORDERS))


def _orders(schedule: Schedule) -> pl.DataFrame:
    energy = schedule.discharge_kwh_e4 - schedule.charge_kwh_e4
    sign = np.sign(energy)
    starts = np.flatnonzero(np.diff(sign, prepend=np.int64(0)) != 0)
    ends = np.append(starts[1:], len(sign))
    moving = sign[starts] != 0
    starts, ends = starts[moving], ends[moving]
    totals = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(energy)))
    step_ms = schedule.horizon.minutes * MS_PER_MINUTE
    starts_ms, ends_ms = (schedule.horizon.first_ms + numbers * step_ms for numbers in (starts, ends))
    of_day = _numbers_in_day(schedule.horizon.day_of_step[starts])
    return pl.DataFrame(
        {
            "order_id": f"{schedule.station_id}-" + instant_column(starts_ms, DAY) + "-" + of_day,
            "station_id": pl.repeat(schedule.station_id, len(starts), dtype=pl.String, eager=True),
            "start_at": instant_column(starts_ms),
            "end_at": instant_column(ends_ms),
            "direction": pl.Series(np.where(sign[starts] > 0, "discharge", "charge"), dtype=pl.String),
            "energy_kwh": decimal_column(np.abs(totals[ends] - totals[starts]), 4, at_least=4),
        }
    )


def _numbers_in_day(day_of_order: Integers) -> pl.Series:
    """001 for the first order of a day, 002 for the next."""
    first_of_day = np.searchsorted(day_of_order, day_of_order, side="left")
    return pl.Series(np.arange(1, len(day_of_order) + 1) - first_of_day).cast(pl.String).str.zfill(3)
