"""One interval of one feed given more than once."""

from collections.abc import Iterator

import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import CHARGE, DISCHARGE, Hit, Rows
from tariffs.vocabulary.money import kwh_text

READS = Reads.ROWS
CODES = ("interval_duplicate", "interval_conflict")


def found(rows: Rows) -> Iterator[Hit]:
    """Each interval and direction that a feed gives twice: with equal energies, or with different ones.

    Shape   the hit stands at the second row; the evidence names the first
    """
    if not rows.doubled:
        return
    for name, direction in (("charge_kwh_e4", CHARGE), ("discharge_kwh_e4", DISCHARGE)):
        given = rows.frame.filter((pl.col("cell") >= 0) & pl.col(name).is_not_null())
        copies = (
            given.filter(pl.col("cell").is_duplicated())
            .sort("cell", "file_no", "row")
            .group_by("cell", maintain_order=True)
            .agg(
                pl.col("station", "interval_start").first(),
                pl.col("file_no", "row").get(1),
                pl.col("row").first().alias("first_row"),
                pl.len().alias("times"),
                pl.col(name).min().alias("least"),
                pl.col(name).max().alias("most"),
            )
        )
        equal = pl.col("least") == pl.col("most")
        for code, part in (("interval_duplicate", copies.filter(equal)), ("interval_conflict", copies.filter(~equal))):
            yield from rows.hits(
                code,
                part,
                lambda row, direction=direction: {  # type: ignore[misc]
                    **direction,
                    "times": row["times"],
                    "first_row": row["first_row"],
                    "least_kwh": kwh_text(row["least"]),
                    "most_kwh": kwh_text(row["most"]),
                },
            )
