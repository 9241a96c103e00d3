"""Windows of days: half-open day ranges, and the readings that lie inside them."""

from datetime import date

import polars as pl

from tariffs.vocabulary.timegrid import physical

Ranges = tuple[tuple[date, date], ...]


def inside(ranges: Ranges) -> pl.Expr | None:
    """Whether an interval starts inside the day ranges."""
    instant = pl.col("interval_start").to_physical()
    tests = [(instant >= physical(first)) & (instant < physical(end)) for first, end in ranges]
    return pl.any_horizontal(tests) if tests else None
