"""`stored_worth.csv`: what one more MWh in the store is worth at the end of each interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Floats
from dispatch.schedules import Schedule
from huchu.schedules.exact_text import decimal_column, instant_column

WORTH_DECIMALS: Final = 4


def stored_worth_text(worths: Sequence[tuple[Schedule, Floats]]) -> pl.DataFrame:
    """The worth in 元/MWh of every step of every station as text, in the order of the schedules."""
    parts = [
        pl.DataFrame(
            {
                "station_id": pl.repeat(schedule.station_id, schedule.horizon.count, dtype=pl.String, eager=True),
                "interval_start": instant_column(schedule.horizon.starts_ms),
                "stored_worth_cny_per_mwh": decimal_column(
                    np.rint(worth * 10**WORTH_DECIMALS).astype(np.int64), WORTH_DECIMALS
                ),
            }
        )
        for schedule, worth in worths
    ]
    return pl.concat(parts)
