"""Columns as text, many rows at once: integers as exact decimals, instants in Shanghai time."""

from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Integers
from tariffs.vocabulary.timegrid import INSTANT

ISO: Final = "%Y-%m-%dT%H:%M:%S%:z"
DAY: Final = "%Y%m%d"


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
