"""96 points: one row a station, day and direction, with the energies of its quarters.

Columns `station_id, date, direction, p01 ... p96` in kWh; p01 is the quarter from 00:00 to 00:15, p96 the one that ends
at 24:00 of the same day. Direction is charge or discharge (充电, 放电).
"""

from typing import Final

import polars as pl

from settlement.meter.read import cells
from settlement.meter.read.sheet import Contents
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, UTC_OFFSET_MS, ZONE_NAME, intervals_per_day
from tariffs.vocabulary.units import MS_PER_DAY, MS_PER_MINUTE

FORMAT: Final = "points96"
MARKS: Final = ("p01", "p96")
POINTS: Final = tuple(f"p{point:02d}" for point in range(1, intervals_per_day(DEFAULT_MINUTES) + 1))
REQUIRED: Final = ("station_id", "date", "direction", *POINTS)
OPTIONAL: Final[tuple[str, ...]] = ()

_CHARGE: Final = 0
_DISCHARGE: Final = 1
_DIRECTIONS: Final = {"charge": _CHARGE, "discharge": _DISCHARGE, "充电": _CHARGE, "放电": _DISCHARGE}


def read(sheet: Sheet) -> Contents:
    """Interval energies of a sheet of 96 points.

    Shape   one row a quarter with the other direction null, quarters in the order of the file; a quarter that is
            refused is left out
    """
    energies = [cells.energies(sheet, point).rename(point) for point in POINTS]
    frame = (
        pl.DataFrame(
            [
                cells.identifiers(sheet, "station_id").rename("feed"),
                cells.days(sheet, "date").rename("day"),
                cells.words(sheet, "direction", _DIRECTIONS, "direction_unknown").rename("direction"),
                sheet.rows.rename("row"),
                *energies,
            ]
        )
        .with_columns(pl.concat_list(POINTS).alias("energy"))
        .select("feed", "day", "direction", "row", "energy", pl.lit(list(range(len(POINTS)))).alias("quarter"))
        .explode("energy", "quarter")
        .drop_nulls()
    )
    start_ms = pl.col("day").to_physical().cast(pl.Int64) * MS_PER_DAY - UTC_OFFSET_MS
    start_ms = start_ms + pl.col("quarter") * (DEFAULT_MINUTES * MS_PER_MINUTE)
    intervals = frame.select(
        "feed",
        "row",
        start_ms.cast(pl.Datetime("ms", "UTC")).dt.convert_time_zone(ZONE_NAME).alias("interval_start"),
        pl.lit(DEFAULT_MINUTES, dtype=pl.Int16).alias("interval_minutes"),
        pl.when(pl.col("direction") == _CHARGE).then("energy").alias("charge_kwh_e4"),
        pl.when(pl.col("direction") == _DISCHARGE).then("energy").alias("discharge_kwh_e4"),
        pl.lit(Quality.MEASURED.value, dtype=pl.UInt8).alias("quality"),
    )
    return Contents(file_format=FORMAT, rows=sheet.cells.height, intervals=intervals)
