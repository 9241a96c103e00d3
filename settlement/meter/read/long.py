"""Long format: one row a station and interval, both directions beside each other.

Columns `station_id, interval_start, charge_kwh, discharge_kwh` and, if wanted, `quality`: measured, estimated,
substituted or missing; an empty quality is measured. Energy may be left blank only where the quality is missing.
`interval_minutes` states the length; without it rows are quarters of an hour, or five minutes if they stand so close.
"""

from typing import Final

import polars as pl

from settlement.meter.read import cells
from settlement.meter.read.sheet import Contents
from tariffs.reading.cells import instants
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.timegrid import INTERVAL_MINUTES

FORMAT: Final = "long"
MARKS: Final = ("interval_start",)
REQUIRED: Final = ("station_id", "interval_start", "charge_kwh", "discharge_kwh")
OPTIONAL: Final = ("quality", "interval_minutes")

QUALITIES: Final = {
    "": Quality.MEASURED.value,
    "measured": Quality.MEASURED.value,
    "estimated": Quality.ESTIMATED.value,
    "substituted": Quality.SUBSTITUTED.value,
    "missing": Quality.MISSING.value,
}
LENGTHS: Final = {"": 0, **{str(minutes): minutes for minutes in INTERVAL_MINUTES}}


def read(sheet: Sheet) -> Contents:
    """Interval energies of a sheet in the long format.

    Shape   a row that is refused is left out; `interval_minutes` is 0 where the file does not say it
    """
    stated = "interval_minutes" in sheet.cells.columns
    minutes = cells.words(sheet, "interval_minutes", LENGTHS, "interval_minutes_unknown") if stated else pl.lit(0)
    rated = "quality" in sheet.cells.columns
    quality = cells.words(sheet, "quality", QUALITIES, "quality_unknown") if rated else pl.lit(0, dtype=pl.UInt8)
    absent = (quality == Quality.MISSING.value) if isinstance(quality, pl.Series) else pl.Series(dtype=pl.Boolean)
    frame = (
        pl.DataFrame(
            {
                "feed": cells.identifiers(sheet, "station_id"),
                "interval_start": instants(sheet, "interval_start"),
                "charge_kwh_e4": cells.energies(sheet, "charge_kwh", absent),
                "discharge_kwh_e4": cells.energies(sheet, "discharge_kwh", absent),
                "row": sheet.rows,
            }
        )
        .with_columns(quality=quality, interval_minutes=minutes)
        .with_columns(pl.col("interval_minutes").cast(pl.Int16))
    )
    refused = pl.any_horizontal(pl.col("feed", "interval_start", "quality", "interval_minutes").is_null())
    return Contents(file_format=FORMAT, rows=sheet.cells.height, intervals=frame.filter(~refused & _has_energies()))


def _has_energies() -> pl.Expr:
    both = pl.col("charge_kwh_e4").is_not_null() & pl.col("discharge_kwh_e4").is_not_null()
    return both | (pl.col("quality") == Quality.MISSING.value)
