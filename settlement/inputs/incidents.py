"""`incidents.csv`: cases that the dispatch centre recorded against a station, one row a case or time.

Columns `station_id, date, kind` and, filled one of them in each row, `count` or `hours`. A file without rows says that
there was none.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from settlement.inputs import cells
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.records import Incident
from tariffs.reading.cells import blank, refuse
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.units import HOURS_PER_DAY

LAYOUT: Final = Layout(
    kind="incidents",
    required=("station_id", "date", "kind"),
    optional=("count", "hours"),
    either=("count", "hours"),
    may_be_empty=True,
)
HOUR_DECIMALS: Final = 4
MOST_CASES: Final = 10_000
MOST_HOURS: Final = 31 * HOURS_PER_DAY
_KIND: Final = re.compile(r"[a-z_]{1,64}")
_WHOLE: Final = ("station_id", "day", "kind", "count", "hours", "row")


def read(sheet: Sheet, known: Stations) -> tuple[Incident, ...]:
    """The incidents of a sheet, sorted by station, day, kind and row; its report takes what is found.

    Shape   an incident of which a cell is refused is left out
    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    _refuse_unless_one(sheet)
    frame = pl.DataFrame(
        [
            cells.stations(sheet, known),
            cells.days(sheet, "date").rename("day"),
            _kinds(sheet),
            _amounts(sheet, "count", 0, MOST_CASES),
            _amounts(sheet, "hours", HOUR_DECIMALS, MOST_HOURS),
            sheet.rows.rename("row"),
        ]
    )
    key = frame.select("station_id", "day", "kind", pl.col("count", "hours").fill_null(0))
    again, first_rows = cells.repeats(sheet, key)
    cells.tell(sheet, again, "incident_repeated", lambda at: {"other": first_rows[at]})
    whole = frame.drop_nulls(["station_id", "day", "kind"])
    whole = whole.filter(pl.col("count").is_null() != pl.col("hours").is_null())
    ordered = whole.sort("station_id", "day", "kind", "row").select(_WHOLE)
    return tuple(_incident(row, sheet.report.file) for row in ordered.iter_rows())


def _incident(row: tuple[str, date, str, int | None, int | None, int], file: str) -> Incident:
    station_id, day, kind, count, hours, number = row
    return Incident(
        station_id=station_id,
        on=day,
        kind=kind,
        count=count,
        hours=None if hours is None else Decimal(hours).scaleb(-HOUR_DECIMALS),
        file=file,
        row=number,
    )


def _refuse_unless_one(sheet: Sheet) -> None:
    no_count, no_hours = blank(sheet.column("count")), blank(sheet.column("hours"))
    cells.tell(sheet, no_count & no_hours, "incident_amount_missing", lambda _: {})
    cells.tell(sheet, ~no_count & ~no_hours, "incident_amount_twice", lambda _: {})


def _kinds(sheet: Sheet) -> pl.Series:
    kinds = cells.as_text(sheet, "kind")
    refuse(sheet, "kind", blank(kinds), lambda _: "input_cell_missing")
    wrong = pl.Series([bool(text) and not _KIND.fullmatch(text) for text in kinds.to_list()], dtype=pl.Boolean)
    refuse(sheet, "kind", wrong, lambda _: "incident_kind_malformed")
    return (
        pl.DataFrame({"kind": kinds, "kept": ~(wrong | blank(kinds))}).select(pl.when("kept").then("kind")).to_series()
    )


def _amounts(sheet: Sheet, name: str, decimals: int, most: int) -> pl.Series:
    amounts = cells.numbers(sheet, name, decimals, may_be_blank=True)
    amounts = cells.bounded(sheet, amounts, amounts <= 0, "incident_amount_not_positive")
    return cells.bounded(sheet, amounts, amounts > most * 10**decimals, "incident_amount_too_large", most)
