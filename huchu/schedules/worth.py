"""`stored_worth.csv`: what one more MWh in the store is worth at the end of each interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Floats
from dispatch.schedules import Schedule
from huchu.schedules.exact_text import batches, decimal_column, id_column, starts_column

WORTH_DECIMALS: Final = 4


def stored_worth_text(worths: Sequence[tuple[Schedule, Floats]]) -> pl.DataFrame:
    """The worth in 元/MWh of every step of every station as text, in the order of the schedules."""
    return pl.concat([_text(batch) for batch in batches(worths)])


def _text(batch: Sequence[tuple[Schedule, Floats]]) -> pl.DataFrame:
    horizons = [schedule.horizon for schedule, _ in batch]
    worth = np.concatenate([each for _, each in batch])
    return pl.DataFrame(
        {
            "station_id": id_column([s.station_id for s, _ in batch], [horizon.count for horizon in horizons]),
            "interval_start": starts_column(horizons),
            "stored_worth_cny_per_mwh": decimal_column(
                np.rint(worth * 10**WORTH_DECIMALS).astype(np.int64), WORTH_DECIMALS
            ),
        }
    )
