"""`agc.csv`: automatic generation control of a station's month, one row a station and month.

Columns `station_id, month, required_h, available_h` and, if wanted, `k1`, `k2`, `k3` and `frequency_ratio`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import polars as pl

from settlement.inputs import cells
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.records import AgcMonth
from tariffs.reading.report import shown
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.money import decimal_text
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import HOURS_PER_DAY

HOURS: Final = ("required_h", "available_h")
FACTORS: Final = ("k1", "k2", "k3", "frequency_ratio")
LAYOUT: Final = Layout(kind="agc", required=("station_id", "month", *HOURS), optional=FACTORS)
HOUR_DECIMALS: Final = 4
FACTOR_DECIMALS: Final = 6
MOST_FACTOR: Final = 100
DOUBTFUL_RATIO: Final = 3
"""Of what it should be, no station gives so much; it may be per cent."""


def read(sheet: Sheet, known: Stations) -> tuple[AgcMonth, ...]:
    """The months of a sheet, sorted by station and month; its report takes what is found.

    Shape   a month of which a cell is refused is left out
    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    frame = pl.DataFrame(
        [
            cells.stations(sheet, known),
            cells.months(sheet, "month").rename("month"),
            *(_amounts(sheet, name, HOUR_DECIMALS) for name in HOURS),
            *(_factors(sheet, name) for name in FACTORS),
            sheet.rows.rename("row"),
        ]
    )
    again, first_rows = cells.repeats(sheet, frame.select("station_id", "month"))
    cells.tell(sheet, again, "agc_repeated", lambda at: {"month": frame["month"][at], "other": first_rows[at]})
    _refuse_hours(sheet, frame)
    percent = frame["frequency_ratio"] > DOUBTFUL_RATIO * 10**FACTOR_DECIMALS
    ratio = sheet.column("frequency_ratio").cast(pl.String)
    cells.tell(sheet, percent, "agc_ratio_doubtful", lambda at: {"text": shown(ratio[at])})
    whole = frame.filter(~again).drop_nulls(["station_id", "month", *HOURS]).sort("station_id", "month")
    return tuple(_agc_month(row, sheet.report.file) for row in whole.iter_rows(named=True))


def _agc_month(row: Mapping[str, Any], file: str) -> AgcMonth:
    factors = {name: None if row[name] is None else Decimal(row[name]).scaleb(-FACTOR_DECIMALS) for name in FACTORS}
    return AgcMonth(
        station_id=row["station_id"],
        month=Month.parse(row["month"]),
        required_h=Decimal(row["required_h"]).scaleb(-HOUR_DECIMALS),
        available_h=Decimal(row["available_h"]).scaleb(-HOUR_DECIMALS),
        file=file,
        row=row["row"],
        **factors,
    )


def _amounts(sheet: Sheet, name: str, decimals: int, *, may_be_blank: bool = False) -> pl.Series:
    amounts = cells.numbers(sheet, name, decimals, may_be_blank=may_be_blank)
    return cells.bounded(sheet, amounts, amounts < 0, "input_number_negative")


def _factors(sheet: Sheet, name: str) -> pl.Series:
    factors = _amounts(sheet, name, FACTOR_DECIMALS, may_be_blank=True)
    most = MOST_FACTOR * 10**FACTOR_DECIMALS
    return cells.bounded(sheet, factors, factors > most, "agc_factor_too_large", MOST_FACTOR)


def _refuse_hours(sheet: Sheet, frame: pl.DataFrame) -> None:
    months = {text: Month.parse(text).days * HOURS_PER_DAY for text in frame["month"].drop_nulls().unique()}
    most = frame["month"].replace_strict(list(months), list(months.values()), default=None, return_dtype=pl.Int64)
    above_month = frame["required_h"] > most * 10**HOUR_DECIMALS

    def hours(at: int) -> Mapping[str, object]:
        required, available = (_hours_text(frame[name][at]) for name in HOURS)
        return {"month": frame["month"][at] or "-", "most": most[at], "required": required, "available": available}

    cells.tell(sheet, above_month, "agc_hours_above_month", hours)
    cells.tell(sheet, frame["available_h"] > frame["required_h"], "agc_available_above_required", hours)


def _hours_text(hours_e4: int | None) -> str:
    return "-" if hours_e4 is None else decimal_text(hours_e4, HOUR_DECIMALS, 0)
