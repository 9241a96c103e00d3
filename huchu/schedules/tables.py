"""`schedule.csv` and `schedule.parquet`: power and stored energy of every step of every station."""

import io
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Integers
from dispatch.schedules import Schedule
from huchu.schedules.exact_text import batches, decimal_column, id_column, starts_column
from tariffs.vocabulary.columns import SCHEDULE
from tariffs.vocabulary.timegrid import INSTANT
from tariffs.vocabulary.units import MINUTES_PER_HOUR

POWER_DECIMALS: Final = 7
"""1e-4 kWh in an hour is 1e-7 MW, and shorter steps go into the hour a whole number of times: no digit is lost."""
STORED_DECIMALS: Final = 6


def schedule_text(schedules: Sequence[Schedule]) -> pl.DataFrame:
    """The schedules as one table of exact text with the columns SCHEDULE, sorted by station and instant.

    Shape   powers with as many decimals as they need, at most 7; stored energy with 6, rounded
    """
    return pl.concat([_text(batch) for batch in batches(by_station(schedules))]).select(SCHEDULE)


def schedule_parquet(schedules: Sequence[Schedule]) -> bytes:
    """The bytes of `schedule.parquet`: instants typed, floats that are those of the text in `schedule_text`."""
    parts = [
        pl.DataFrame(
            {
                "station_id": _repeated_id(schedule),
                "interval_start": pl.Series(schedule.horizon.starts_ms).cast(pl.Datetime("ms", "UTC")).cast(INSTANT),
                # the quotient of two whole numbers is the double nearest to the decimal, as is its text read back
                "charge_mw": _power_mw_e7(schedule, schedule.charge_kwh_e4) / 10**POWER_DECIMALS,
                "discharge_mw": _power_mw_e7(schedule, schedule.discharge_kwh_e4) / 10**POWER_DECIMALS,
                "stored_mwh": _stored_mwh_e6(schedule) / 10**STORED_DECIMALS,
            }
        )
        for schedule in by_station(schedules)
    ]
    content = io.BytesIO()
    pl.concat(parts).select(SCHEDULE).write_parquet(content)
    return content.getvalue()


def by_station(schedules: Sequence[Schedule]) -> list[Schedule]:
    """Schedules in the order of all files: by station, then by instant."""
    return sorted(schedules, key=lambda schedule: (schedule.station_id, schedule.horizon.first_ms))


def _text(batch: Sequence[Schedule]) -> pl.DataFrame:
    charge = np.concatenate([_power_mw_e7(schedule, schedule.charge_kwh_e4) for schedule in batch])
    discharge = np.concatenate([_power_mw_e7(schedule, schedule.discharge_kwh_e4) for schedule in batch])
    stored = np.concatenate([_stored_mwh_e6(schedule) for schedule in batch])
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


def _power_mw_e7(schedule: Schedule, energy_kwh_e4: Integers) -> Integers:
    return energy_kwh_e4 * (MINUTES_PER_HOUR // schedule.horizon.minutes)


def _stored_mwh_e6(schedule: Schedule) -> Integers:
    return np.rint(schedule.stored_mwh * 10**STORED_DECIMALS).astype(np.int64)


def _repeated_id(schedule: Schedule) -> pl.Series:
    return pl.repeat(schedule.station_id, schedule.horizon.count, dtype=pl.String, eager=True)
