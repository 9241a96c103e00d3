"""`prices.csv`: what the spot market paid in each interval, one row an interval.

Columns `interval_start, day_ahead_price_cny_per_mwh, real_time_price_cny_per_mwh`; a market that settles in real time
only leaves the second one out.
"""

from typing import Final

import polars as pl

from settlement.inputs import cells, price_grid
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.records import MarketPrices
from tariffs.reading.cells import instants
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH

TIME: Final = "interval_start"
DAY_AHEAD: Final = "day_ahead_price_cny_per_mwh"
REAL_TIME: Final = "real_time_price_cny_per_mwh"
LAYOUT: Final = Layout(kind="prices", required=(TIME, REAL_TIME), optional=(DAY_AHEAD,))
DECIMALS: Final = 3
"""1e-3 元/MWh is 1e-6 元/kWh, the unit of a price."""
MOST_PRICE_E6: Final = 10**9
"""A million 元/MWh: beyond it is no price, and below it energy times price fits in 64 bits."""
_USUAL_E6: Final = (5 * PRICE_UNITS_PER_CNY_PER_MWH, 20_000 * PRICE_UNITS_PER_CNY_PER_MWH)


def read(sheet: Sheet, _: Stations) -> MarketPrices | None:
    """The market prices of a sheet; nothing where its instants make no grid, and then its report says why.

    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    day_ahead = _prices(sheet, DAY_AHEAD, "day_ahead_price_e6")
    real_time = _prices(sheet, REAL_TIME, "real_time_price_e6")
    starts = instants(sheet, TIME).rename(TIME)
    for name, prices in ((DAY_AHEAD, day_ahead), (REAL_TIME, real_time)):
        _tell_of_unit(sheet, name, prices)
    if len(real_time) > 1 and not day_ahead.null_count() and (day_ahead == real_time).all():
        sheet.report.add("price_columns_equal")
    minutes = price_grid.minutes_of(sheet, starts)
    if minutes is None:
        return None
    frame = pl.DataFrame([starts, day_ahead, real_time]).sort(TIME)
    return MarketPrices(frame=frame, minutes=minutes)


def _prices(sheet: Sheet, name: str, column: str) -> pl.Series:
    if sheet.column(name).dtype == pl.Null and name == DAY_AHEAD:
        return pl.Series(column, [None] * sheet.cells.height, dtype=pl.Int64)
    prices = cells.numbers(sheet, name, DECIMALS)
    return cells.bounded(sheet, prices, prices.abs() > MOST_PRICE_E6, "price_too_large").rename(column)


def _tell_of_unit(sheet: Sheet, name: str, prices: pl.Series) -> None:
    least, most = _USUAL_E6
    sizes = prices.filter(prices != 0).abs()
    odd = int((~sizes.is_between(least, most)).sum())
    if 2 * odd > len(sizes):
        sheet.report.add("price_unit_doubtful", evidence={"column": name, "count": odd, "of": len(sizes)})
