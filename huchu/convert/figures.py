"""Prices of other people as text of at most three decimals, rounded where they are finer."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import polars as pl

from dispatch.signals.columns import MOST_PRICE_E6, PRICE_DECIMALS
from tariffs.reading import grammar
from tariffs.reading.cells import first_row, refuse, scaled_integers
from tariffs.reading.sheet import Sheet

FINEST_DECIMALS: Final = 20
_UNITS: Final = 10**PRICE_DECIMALS
_NUMBER: Final = re.compile(grammar.number_pattern(FINEST_DECIMALS))


def prices(sheet: Sheet, column: str) -> pl.Series:
    """Prices as exact decimal text; finer ones are rounded half away from zero, with a notice; 0 where the cell is refused.

    Raises  FileRefusedError if the column can hold no numbers
    """
    scaled = scaled_integers(sheet, column, PRICE_DECIMALS)
    if scaled.null_count():
        scaled = _rounded(sheet, column, scaled)
    beyond = scaled.abs() > MOST_PRICE_E6
    refuse(sheet, column, beyond, lambda _: "signal_too_large")
    kept = pl.when(beyond).then(0).otherwise(scaled)
    size = pl.select(size=kept.abs(), sign=pl.when(kept < 0).then(pl.lit("-")).otherwise(pl.lit("")))
    whole, fraction = pl.col("size") // _UNITS, (pl.col("size") % _UNITS).cast(pl.String).str.zfill(PRICE_DECIMALS)
    text = pl.concat_str("sign", whole.cast(pl.String), pl.lit("."), fraction)
    return size.select(text.str.strip_chars_end("0").str.strip_chars_end(".")).to_series()


def _rounded(sheet: Sheet, column: str, scaled: pl.Series) -> pl.Series:
    doubtful = scaled.is_null()
    nearest = [_nearest(cell) for cell in sheet.column(column).filter(doubtful)]
    filled = scaled.to_list()
    finer = iter(nearest)
    whole = pl.Series([next(finer) if each is None else each for each in filled], dtype=pl.Int64)
    refuse(sheet, column, whole.is_null(), _code, {"decimals": FINEST_DECIMALS})
    finely = doubtful & whole.is_not_null()
    if finely.any():
        evidence = {"column": column, "count": finely.sum(), "decimals": PRICE_DECIMALS}
        sheet.report.add("convert_rounded", row=first_row(sheet, finely), evidence=evidence)
    return whole.fill_null(0)


def _nearest(cell: object) -> int | None:
    """The price in 1e-3 元/MWh nearest to a cell of text or number; nothing where it is none."""
    if isinstance(cell, str):
        exact = Decimal(cell) if _NUMBER.fullmatch(cell) else None
    elif isinstance(cell, float):
        exact = Decimal(repr(cell)) if math.isfinite(cell) else None
    else:
        exact = Decimal(cell) if isinstance(cell, int | Decimal) else None
    if exact is None or abs(exact) * _UNITS > 2 * MOST_PRICE_E6:
        return None
    return int((exact * _UNITS).quantize(Decimal(1), ROUND_HALF_UP))


def _code(text: str | None) -> str:
    return f"signal_{grammar.number_fault(text, FINEST_DECIMALS)}"
