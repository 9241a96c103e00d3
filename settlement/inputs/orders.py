"""`orders.csv`: what the dispatch centre told a station to do, and what became of it.

Columns `order_id, station_id, start_at, end_at, direction, energy_kwh` and, if wanted, `outcome`, `done_kwh` and `cause`.
A file without rows says that no order was given.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from settlement.inputs import cells
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.order_checks import check_orders
from settlement.inputs.records import Leg, Order, OrderOutcome
from tariffs.reading.cells import instants, refuse
from tariffs.reading.sheet import Sheet
from tariffs.stations import OutageCause

LAYOUT: Final = Layout(
    kind="orders",
    required=("order_id", "station_id", "start_at", "end_at", "direction", "energy_kwh"),
    optional=("outcome", "done_kwh", "cause"),
    may_be_empty=True,
)
DIRECTIONS: Final[Mapping[str, str]] = {
    **{leg.value: leg.value for leg in Leg},
    "充电": Leg.CHARGE.value,
    "放电": Leg.DISCHARGE.value,
}
OUTCOMES: Final[Mapping[str, str]] = {
    **{outcome.value: outcome.value for outcome in OrderOutcome},
    "完成": OrderOutcome.DONE.value,
    "部分完成": OrderOutcome.PARTLY_DONE.value,
    "未完成": OrderOutcome.FAILED.value,
    "取消": OrderOutcome.CANCELLED.value,
}
CAUSES: Final[Mapping[str, str]] = {
    **{cause.value: cause.value for cause in OutageCause},
    "电站": OutageCause.OWN.value,
    "电网": OutageCause.GRID.value,
    "批准": OutageCause.APPROVED.value,
}
MOST_ID_CHARACTERS: Final = 64
_WITH_OFFSET: Final = r"(Z|[+-][0-9]{2}:?[0-9]{2})$"


def read(sheet: Sheet, known: Stations) -> tuple[Order, ...]:
    """The orders of a sheet, sorted by station, start and id; its report takes what is found.

    Shape   an order of which a cell is refused is left out
    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    frame = pl.DataFrame(
        [
            _order_ids(sheet),
            cells.stations(sheet, known),
            instants(sheet, "start_at").rename("start_at"),
            instants(sheet, "end_at").rename("end_at"),
            cells.words(sheet, "direction", DIRECTIONS).rename("direction"),
            _ordered_energies(sheet),
            cells.words(sheet, "outcome", OUTCOMES, may_be_blank=True).rename("outcome"),
            _done_energies(sheet),
            cells.words(sheet, "cause", CAUSES, may_be_blank=True).rename("cause"),
            sheet.rows.rename("row"),
        ]
    )
    _refuse_mixed_offsets(sheet)
    again = _refuse_spans_and_repeats(sheet, frame)
    whole = frame.filter(~again).drop_nulls(["order_id", "station_id", "start_at", "end_at", "direction", "energy_kwh"])
    whole = whole.filter(pl.col("end_at") > pl.col("start_at")).sort("station_id", "start_at", "order_id", "row")
    orders = tuple(_order(row, sheet.report.file) for row in whole.iter_rows(named=True))
    check_orders(orders, known, sheet.report)
    return orders


def _order(row: Mapping[str, object], file: str) -> Order:
    # the frame above gives each column one type, which a row of it cannot tell
    found: dict[str, object] = {
        "direction": Leg(row["direction"]),
        "energy_kwh_e4": row["energy_kwh"],
        "outcome": None if row["outcome"] is None else OrderOutcome(row["outcome"]),
        "done_kwh_e4": row["done_kwh"],
        "cause": None if row["cause"] is None else OutageCause(row["cause"]),
    }
    same = {name: row[name] for name in ("order_id", "station_id", "start_at", "end_at", "row")}
    return Order(file=file, **same, **found)  # type: ignore[arg-type]


def _order_ids(sheet: Sheet) -> pl.Series:
    ids = cells.as_text(sheet, "order_id")
    blank = ids.is_null() | (ids.str.strip_chars() == "")
    refuse(sheet, "order_id", blank, lambda _: "input_cell_missing")
    malformed = pl.Series([text is not None and not _is_id(text) for text in ids.to_list()], dtype=pl.Boolean)
    malformed = malformed & ~blank
    refuse(sheet, "order_id", malformed, lambda _: "order_id_malformed", {"most": MOST_ID_CHARACTERS})
    return (
        pl.DataFrame({"order_id": ids, "kept": ~(malformed | blank)})
        .select(pl.when("kept").then("order_id"))
        .to_series()
    )


def _is_id(text: str) -> bool:
    return text == text.strip() and len(text) <= MOST_ID_CHARACTERS and cells.prints(text)


def _ordered_energies(sheet: Sheet) -> pl.Series:
    energy = cells.energies(sheet, "energy_kwh")
    return cells.bounded(sheet, energy, energy <= 0, "order_energy_not_positive")


def _done_energies(sheet: Sheet) -> pl.Series:
    energy = cells.energies(sheet, "done_kwh", may_be_blank=True)
    return cells.bounded(sheet, energy, energy < 0, "input_number_negative")


def _refuse_spans_and_repeats(sheet: Sheet, frame: pl.DataFrame) -> pl.Series:
    """Which rows have the id of an earlier one."""
    early = frame["end_at"] <= frame["start_at"]
    cells.tell(sheet, early, "order_ends_early", lambda at: {"order": frame["order_id"][at] or "-"})
    again, first_rows = cells.repeats(sheet, frame.select("station_id", "order_id"))
    cells.tell(sheet, again, "order_repeated", lambda at: {"order": frame["order_id"][at], "other": first_rows[at]})
    return again


def _refuse_mixed_offsets(sheet: Sheet) -> None:
    """Within a column the instants were compared already; here the first of each column."""
    zoned = {name: _zoned(sheet.column(name)) for name in ("start_at", "end_at")}
    if None in zoned.values() or zoned["start_at"] == zoned["end_at"]:
        return
    first = int(sheet.rows[0])
    sheet.report.add("instants_mixed", row=first, evidence={"naive_row": first, "zoned_row": first})


def _zoned(column: pl.Series) -> bool | None:
    if isinstance(column.dtype, pl.Datetime):
        return column.dtype.time_zone is not None
    filled = column.drop_nulls()
    return bool(filled.str.contains(_WITH_OFFSET)[0]) if len(filled) else None
