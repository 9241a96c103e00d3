"""Numbers that come typed, from Parquet and data frames, as exact integers.

A binary double is taken when its shortest round-trip text has no more decimals than the column allows: the integer
nearest to the scaled number, divided by the scale again, must give the same double, and be below 2^52, where that is
the only integer that does. Shorter floats go through their shortest text.
"""

from typing import Final

import numpy as np
import polars as pl

from tariffs.reading import grammar

_ONE_INTEGER_BELOW: Final = 2**52
_WIDEST: Final = 10**12
"""Integers at least so large are refused before they are scaled, so that scaling cannot overflow."""


def scaled_integers(numbers: pl.Series, decimals: int) -> pl.Series:
    """A typed column as integers of 10^-decimals (Int64); null where a number is absent, not exact or too large."""
    if numbers.dtype == pl.Float64:
        return _from_doubles(numbers, 10**decimals)
    if numbers.dtype.is_float():
        return grammar.scaled_integers(numbers.cast(pl.String), decimals)
    if numbers.dtype.is_decimal():
        return _from_decimals(numbers, decimals)
    small = pl.when(pl.col("number").is_between(-_WIDEST, _WIDEST, closed="none")).then(pl.col("number"))
    return numbers.to_frame("number").select(small.cast(pl.Int64) * 10**decimals).to_series()


def _from_doubles(numbers: pl.Series, units: int) -> pl.Series:
    # numpy divides; polars multiplies by a rounded reciprocal when the divisor is a scalar, and 23376.3 would not come back
    number = numbers.to_numpy()
    with np.errstate(over="ignore", invalid="ignore"):
        nearest = np.rint(number * units)
        exact = (nearest / units == number) & (np.abs(nearest) < _ONE_INTEGER_BELOW)
    scaled = np.where(exact, nearest, 0).astype(np.int64)
    frame = pl.DataFrame({"scaled": scaled, "exact": exact})
    return frame.select(pl.when("exact").then("scaled").alias(numbers.name)).to_series()


def _from_decimals(numbers: pl.Series, decimals: int) -> pl.Series:
    wide = pl.col("number").cast(pl.Decimal(38, decimals), strict=False)
    unchanged = wide == pl.col("number")
    scaled = pl.when(unchanged).then(wide).to_physical().cast(pl.Int64, strict=False)
    return numbers.to_frame("number").select(scaled).to_series()
