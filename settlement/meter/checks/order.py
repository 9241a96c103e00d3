"""Rows that are not in the order of time."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Rows

READS = Reads.ROWS
CODES = ("rows_unordered",)


def found(rows: Rows) -> Iterator[Hit]:
    """One hit for each station whose rows of a feed and direction go back in time, at the first that does.

    Shape   settlement does not depend on the order; the notice is for those who wonder how the file was made
    """
    if not _may_go_back(rows):
        return
    kind = ("track", pl.col("charge_kwh_e4").is_null(), pl.col("discharge_kwh_e4").is_null())
    earlier = pl.col("interval_start").shift(1).over(*kind)
    back = rows.frame.with_columns(earlier.alias("earlier")).filter(pl.col("interval_start") < pl.col("earlier"))
    firsts = back.group_by("station", maintain_order=True).agg(
        pl.col("interval_start", "file_no", "row").first(), pl.len().alias("count")
    )
    yield from rows.hits("rows_unordered", firsts, lambda row: {"count": row["count"]})


def _may_go_back(rows: Rows) -> bool:
    """Whether neighbouring rows of one feed go back, or the rows of the feeds are interleaved."""
    track, at_ms = rows.frame["track"].to_numpy(), rows.frame["interval_start"].to_physical().to_numpy()
    same = track[1:] == track[:-1]
    interleaved = int(np.count_nonzero(~same)) + 1 > len(rows.feeds)
    return interleaved or bool((same & (at_ms[1:] < at_ms[:-1])).any())
