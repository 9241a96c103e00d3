"""Register readings: what the counters of a meter showed at an instant.

Columns `station_id, meter_id, read_at, import_register_kwh, export_register_kwh, multiplier`. The digits printed before
the point tell where a register rolls over; numbers of Parquet and XLSX do not show them.
"""

from typing import Final

import polars as pl

from settlement.meter.read import cells
from settlement.meter.read.cells import ENERGY_DECIMALS
from settlement.meter.read.sheet import Contents
from tariffs.reading.cells import instants, refuse
from tariffs.reading.sheet import Sheet

FORMAT: Final = "registers"
MARKS: Final = ("read_at", "import_register_kwh")
REQUIRED: Final = (
    "station_id",
    "meter_id",
    "read_at",
    "import_register_kwh",
    "export_register_kwh",
    "multiplier",
)
OPTIONAL: Final[tuple[str, ...]] = ()


def read(sheet: Sheet) -> Contents:
    """Register readings of a sheet.

    Shape   a row that is refused is left out; digits are 0 where they are not known
    """
    frame = pl.DataFrame(
        {
            "feed": cells.identifiers(sheet, "station_id"),
            "meter_id": cells.identifiers(sheet, "meter_id"),
            "read_at": instants(sheet, "read_at"),
            "import_register_kwh_e4": cells.numbers(sheet, "import_register_kwh", ENERGY_DECIMALS),
            "export_register_kwh_e4": cells.numbers(sheet, "export_register_kwh", ENERGY_DECIMALS),
            "import_register_digits": _digits(sheet, "import_register_kwh"),
            "export_register_digits": _digits(sheet, "export_register_kwh"),
            "multiplier_e4": _multipliers(sheet),
            "row": sheet.rows,
        }
    )
    return Contents(file_format=FORMAT, rows=sheet.cells.height, registers=frame.drop_nulls())


def _digits(sheet: Sheet, name: str) -> pl.Series:
    if not sheet.printed:
        return pl.repeat(0, len(sheet.rows), dtype=pl.UInt8, eager=True)
    whole = pl.col(name).str.extract(r"^-?([0-9]*)").str.len_bytes().cast(pl.UInt8, strict=False)
    return sheet.cells.select(whole.fill_null(0)).to_series()


def _multipliers(sheet: Sheet) -> pl.Series:
    scaled = cells.numbers(sheet, "multiplier", ENERGY_DECIMALS)
    idle = (scaled <= 0).fill_null(value=False)
    refuse(sheet, "multiplier", idle, lambda _: "multiplier_not_positive")
    return scaled.to_frame("scaled").select(pl.when(~idle).then("scaled").alias("multiplier")).to_series()
