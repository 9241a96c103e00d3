"""`schedule.csv` and `schedule.parquet`: power and stored energy of every step of every station."""

import io
from collections.abc import Sequence

import numpy as np
import polars as pl

from dispatch.schedules import POWER_DECIMALS, STORED_DECIMALS, Schedule, by_station, schedules_frame
from huchu.schedules.exact_text import batches, decimal_column, id_column, starts_column
from tariffs.vocabulary.columns import SCHEDULE


def schedule_text(schedules: Sequence[Schedule]) -> pl.DataFrame:
    """The schedules as one table of exact text with the columns SCHEDULE, sorted by station and instant.

    Shape   powers with as many decimals as they need, at most 7; stored energy with 6, rounded
    """
    return pl.concat([_text(batch) for batch in batches(by_station(schedules))]).select(SCHEDULE)


def schedule_parquet(schedules: Sequence[Schedule]) -> bytes:
    """The bytes of `schedule.parquet`: instants typed, floats that are those of the text in `schedule_text`."""
    content = io.BytesIO()
    schedules_frame(schedules).write_parquet(content)
    return content.getvalue()


def _text(batch: Sequence[Schedule]) -> pl.DataFrame:
    charge = np.concatenate([schedule.charge_mw_e7 for schedule in batch])
    discharge = np.concatenate([schedule.discharge_mw_e7 for schedule in batch])
    stored = np.concatenate([schedule.stored_mwh_e6 for schedule in batch])
    horizons = [schedule.horizon for schedule in batch]
    return pl.DataFrame(
        {
            "station_id": id_column([s.station_id for s in batch], [horizon.count for horizon in horizons]),
            "interval_start": starts_column(horizons),
            "charge_mw": decimal_column(charge, POWER_DECIMALS),
            "discharge_mw": decimal_column(discharge, POWER_DECIMALS),
            "stored_mwh": decimal_column(stored, STORED_DECIMALS, at_least=STORED_DECIMALS),
        }
    )
