"""The sheet of what stands beside the lines: orders that were not done, and outages of the month."""

from collections.abc import Mapping
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from settlement.export.workbook import Book, Column, set_print, set_widths, write_table, write_text

NAME: Final = "指令 Orders"
ENERGY: Final = "#,##0.0000"
ORDER_COLUMNS: Final = (
    Column(zh="指令编号", en="Order", width=24, wraps=True),
    Column(zh="起", en="From", width=17),
    Column(zh="止", en="Until", width=17),
    Column(zh="方向代码", en="Direction, code", width=14),
    Column(zh="方向", en="Direction", width=10),
    Column(zh="指令电量 kWh", en="Ordered", width=18, number_format=ENERGY),
    Column(zh="完成电量 kWh", en="Done", width=18, number_format=ENERGY),
    Column(zh="未完成电量 kWh", en="Not done", width=18, number_format=ENERGY),
    Column(zh="结果代码", en="Outcome, code", width=14),
    Column(zh="结果", en="Outcome", width=12),
    Column(zh="责任方代码", en="Cause, code", width=12),
    Column(zh="责任方", en="Cause", width=12),
    Column(zh="依据行", en="Row", width=24, wraps=True),
)
ORDER_KEYS: Final = (
    *("order_id", "start_at", "end_at", "direction", "direction_zh", "ordered_kwh", "done_kwh", "failed_kwh"),
    *("outcome", "outcome_zh", "cause", "cause_zh", "row"),
)
OUTAGE_COLUMNS: Final = (
    Column(zh="可用功率 MW", en="Power left", number_format="0.0###"),
    Column(zh="起", en="From"),
    Column(zh="止", en="Until"),
    Column(zh="责任方代码", en="Cause, code"),
    Column(zh="责任方", en="Cause"),
)
OUTAGE_KEYS: Final = ("power_available_mw", "from_at", "until_at", "cause", "cause_zh")


def has_something(record: Mapping[str, Any]) -> bool:
    """Whether a statement has orders or outages to show."""
    return bool(record["orders"]["given"] or record["outages"])


def write_beside(book: Book, sheet: Worksheet, record: Mapping[str, Any]) -> None:
    """Writes how many orders there were, those that were not done, and the outages."""
    free = _write_orders(book, sheet, record["orders"]) if record["orders"]["given"] else 0
    if record["outages"]:
        write_text(sheet, free, 0, "停运与限出力 Outages and reduced power in the month", book.note)
        rows = ([outage[key] for key in OUTAGE_KEYS] for outage in record["outages"])
        write_table(book, sheet, free + 1, OUTAGE_COLUMNS, rows)
    set_widths(sheet, ORDER_COLUMNS)
    set_print(sheet, 1, record["statement_no"])


def _write_orders(book: Book, sheet: Worksheet, orders: Mapping[str, Any]) -> int:
    told = f"下达 {orders['given']} 条，完成 {orders['done']} 条 {orders['given']} orders given, {orders['done']} done"
    if not orders["not_done"]:
        write_text(sheet, 0, 0, told, book.note)
        return 2
    write_text(sheet, 0, 0, f"{told}；其余如下 the others:", book.note)
    rows = ([order[key] for key in ORDER_KEYS] for order in orders["not_done"])
    return write_table(book, sheet, 1, ORDER_COLUMNS, rows) + 1
