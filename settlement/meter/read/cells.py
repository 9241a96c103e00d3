"""Columns of meter files as exact energies, days, ids and words; each cell that is none is a finding with its row."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from tariffs.reading import grammar
from tariffs.reading.cells import blank, parsed_days, refuse, scaled_integers
from tariffs.reading.sheet import Sheet

ENERGY_DECIMALS: Final = 4
MAX_ENERGY_KWH_E4: Final = 10**12
"""100 GWh in one interval: far above any station, and nine million of them still add up in 64 bits."""
_NO_CELLS: Final = pl.Series(dtype=pl.Boolean)


def energies(sheet: Sheet, name: str, may_be_blank: pl.Series = _NO_CELLS) -> pl.Series:
    """A column of kWh as integers of 1e-4 kWh (Int64); null where the cell is refused, or blank and may be so."""
    scaled = numbers(sheet, name, ENERGY_DECIMALS, may_be_blank)
    beyond = (scaled.abs() > MAX_ENERGY_KWH_E4).fill_null(value=False)
    if not beyond.any():
        return scaled
    refuse(sheet, name, beyond, lambda _: "number_too_large")
    return scaled.to_frame("scaled").select(pl.when(~beyond).then("scaled").alias(name)).to_series()


def numbers(sheet: Sheet, name: str, decimals: int, may_be_blank: pl.Series = _NO_CELLS) -> pl.Series:
    """A column of numbers as integers of 10^-decimals (Int64); null where the cell is refused, or blank and may be so."""
    scaled = scaled_integers(sheet, name, decimals)
    if scaled.null_count():
        faulty = scaled.is_null()
        if len(may_be_blank):
            faulty = faulty & ~(may_be_blank & blank(sheet.column(name)))
        refuse(sheet, name, faulty, lambda text: number_code(text, decimals), {"decimals": decimals})
    return scaled


def number_code(text: str | None, decimals: int) -> str:
    """Code of the finding for a text that is no number, or one out of range."""
    return f"number_{grammar.number_fault(text, decimals)}"


def days(sheet: Sheet, name: str) -> pl.Series:
    """A column of calendar days (Date); null where the cell is refused."""
    parsed = parsed_days(sheet, name)
    refuse(sheet, name, parsed.is_null(), lambda _: "date_malformed")
    return parsed


def identifiers(sheet: Sheet, name: str) -> pl.Series:
    """A column of station or meter ids in normal form; null where the cell is refused."""
    cells = sheet.column(name)
    if isinstance(cells.dtype, pl.Categorical | pl.Enum) or cells.dtype.is_integer():
        cells = cells.cast(pl.String)
    if cells.dtype != pl.String:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "text"})
    written = cells.unique().to_list()
    normal = {text: grammar.identifier(text) for text in written}
    if all(text is not None and text == plain for text, plain in normal.items()):
        return cells
    parsed = cells.replace_strict(list(normal), list(normal.values()), return_dtype=pl.String)
    refuse(sheet, name, parsed.is_null(), lambda _: f"{name}_malformed")
    return parsed


def words(sheet: Sheet, name: str, meanings: Mapping[str, int], code: str) -> pl.Series:
    """A column of words out of a closed set as their numbers (UInt8); null where the word is not in it."""
    cells = sheet.column(name)
    if isinstance(cells.dtype, pl.Categorical | pl.Enum | pl.Null) or cells.dtype.is_integer():
        cells = cells.cast(pl.String)
    if cells.dtype != pl.String:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "text"})
    filled = cells.fill_null("")
    parsed = filled.replace_strict(list(meanings), list(meanings.values()), default=None, return_dtype=pl.UInt8)
    refuse(sheet, name, parsed.is_null(), lambda _: code, {"choices": ", ".join(word for word in meanings if word)})
    return parsed
