"""Rows that do not fit the grid: off it, of another length than the station's, or covering one another."""

from collections.abc import Iterator

import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Rows, minute_text
from tariffs.vocabulary.units import MS_PER_MINUTE

READS = Reads.ROWS
CODES = ("interval_off_grid", "interval_lengths_mixed", "interval_overlapping")


def found(rows: Rows) -> Iterator[Hit]:
    """Each row that starts off the grid; each length that is not the station's; each row that covers part of another.

    Shape   lengths are compared where the file states them
    """
    frame = rows.frame
    if frame["off_grid"].any():
        yield from rows.hits("interval_off_grid", frame.filter("off_grid"), lambda row: _on_grid(rows, row["station"]))
    if not frame["interval_minutes"].max():
        return
    length = rows.by_station(rows.periods.minutes)
    other = frame.filter((length > 0) & (frame["interval_minutes"] > 0) & (frame["interval_minutes"] != length))
    if other.is_empty():
        return
    inside = other.filter("inside")
    firsts = inside.sort("station", "interval_minutes", "interval_start", "file_no", "row").group_by(
        "station", "interval_minutes", maintain_order=True
    )
    counted = firsts.agg(pl.col("interval_start", "file_no", "row").first(), pl.len().alias("count"))
    yield from rows.hits(
        "interval_lengths_mixed",
        counted,
        lambda row: {
            "minutes": row["interval_minutes"],
            "count": row["count"],
            "usual": int(rows.periods.minutes[row["station"]]),
        },
    )
    touched = frame.filter(pl.col("station").is_in(inside["station"].unique().to_list()))
    yield from rows.hits(
        "interval_overlapping",
        _overlapping(touched, rows),
        lambda row: {"until": minute_text(row["reached_ms"])},
    )


def _on_grid(rows: Rows, station: int) -> dict[str, object]:
    return {"minutes": int(rows.periods.minutes[station])}


def _overlapping(frame: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    usual = pl.Series(rows.periods.minutes[frame["station"].to_numpy()])
    said = frame["interval_minutes"].cast(pl.Int64)
    at_ms = frame["interval_start"].to_physical()
    timed = frame.with_columns(
        at_ms.alias("at_ms"),
        (at_ms + pl.select(pl.when(said > 0).then(said).otherwise(usual)).to_series() * MS_PER_MINUTE).alias("end_ms"),
    )
    found = []
    for name in ("charge_kwh_e4", "discharge_kwh_e4"):
        ordered = timed.filter(pl.col(name).is_not_null()).sort("track", "at_ms", "end_ms", "file_no", "row")
        reached = pl.col("end_ms").cum_max().shift(1).over("track")
        begun = pl.col("at_ms").shift(1).over("track")
        found.append(
            ordered.with_columns(reached.alias("reached_ms"), begun.alias("begun_ms")).filter(
                (pl.col("reached_ms") > pl.col("at_ms")) & (pl.col("begun_ms") < pl.col("at_ms"))
            )
        )
    return pl.concat(found).unique(["station", "interval_start", "file_no", "row"])
