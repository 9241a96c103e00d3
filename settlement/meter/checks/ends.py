"""Stamps that name the end of an interval where its start is meant."""

from collections.abc import Iterator

import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Rows, minute_text
from tariffs.vocabulary.units import MS_PER_DAY, MS_PER_MINUTE

READS = Reads.ROWS
CODES = ("stamps_look_like_ends",)


def found(rows: Rows) -> Iterator[Hit]:
    """One hit for each station whose first row is one interval late and whose last stands at the end of the period.

    Shape   the first row starts one interval after the period does, the last one at the midnight that ends it;
            without a month the period is the days of the rows, and the last row seems to begin another day
    """
    if rows.month_given and rows.frame["inside"].all():
        return
    edges = rows.frame.group_by("station").agg(
        pl.col("interval_start").to_physical().min().alias("first_ms"),
        pl.col("interval_start").to_physical().max().alias("last_ms"),
    )
    periods = rows.periods
    for place, first_ms, last_ms in edges.sort("station").iter_rows():
        step_ms = int(periods.minutes[place]) * MS_PER_MINUTE
        late = first_ms == int(periods.month_start_ms[place]) + step_ms
        end_ms = int(periods.end_ms[place]) - (0 if rows.month_given else MS_PER_DAY)
        if step_ms and late and last_ms == end_ms:
            evidence = {"first": minute_text(first_ms), "last": minute_text(last_ms)}
            yield Hit(code="stamps_look_like_ends", station_id=rows.station_ids[place], evidence=evidence)
