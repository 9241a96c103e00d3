"""Columns as text, many rows at once: integers as exact decimals, instants in Shanghai time."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

import numpy as np
import polars as pl

from dispatch.arrays import Integers
from dispatch.horizon import Horizon
from tariffs.vocabulary.timegrid import INSTANT

ISO: Final = "%Y-%m-%dT%H:%M:%S%:z"
DAY: Final = "%Y%m%d"
BATCH: Final = 32
"""Stations whose rows become text at once: a call costs as much as thousands of rows, and all at once take memory."""
Each = TypeVar("Each")


def decimal_column(scaled: Integers, decimals: int, *, at_least: int = 0) -> pl.Series:
    """Integers of 10^-decimals as plain decimal text, trailing zeros cut down to `at_least` decimals."""
    # the figures of a schedule repeat: each is written once
    different, places = np.unique(scaled, return_inverse=True)
    digits = pl.Series(np.abs(different)).cast(pl.String).str.zfill(decimals + 1)
    fraction = digits.str.tail(decimals)
    kept = fraction.str.head(at_least) + fraction.str.slice(at_least).str.strip_chars_end("0")
    sign = pl.Series(["", "-"]).gather((different < 0).astype(np.uint32))
    point = pl.Series([".", ""]).gather((kept == "").cast(pl.UInt32))
    return (sign + digits.str.head(-decimals) + point + kept).gather(places)


def instant_column(instants_ms: Integers, form: str = ISO) -> pl.Series:
    """Milliseconds since the epoch as text in Shanghai time, such as `2025-06-01T00:15:00+08:00`."""
    instants = pl.Series(instants_ms).cast(pl.Datetime("ms", "UTC")).cast(INSTANT)
    return instants.dt.strftime(form)


def batches(stations: Sequence[Each]) -> Iterator[list[Each]]:
    """The same, so many at a time."""
    rest = iter(stations)
    while batch := list(islice(rest, BATCH)):
        yield batch


def id_column(station_ids: Sequence[str], counts: Sequence[int]) -> pl.Series:
    """Each id as often as it has rows."""
    return pl.Series(station_ids, dtype=pl.String).gather(np.repeat(np.arange(len(counts)), counts))


def starts_column(horizons: Sequence[Horizon]) -> pl.Series:
    """The start of each step of each horizon as text; of equal horizons the text is made once."""
    texts: dict[Horizon, pl.Series] = {}
    for horizon in horizons:
        if horizon not in texts:
            texts[horizon] = instant_column(horizon.starts_ms)
    return pl.concat([texts[horizon] for horizon in horizons])
