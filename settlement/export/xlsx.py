"""The statement as a workbook: cover, lines, energy by day with a chart, and every interval.

Figures stand as numbers for people who reckon on; where the exact text matters it stands beside the number as text.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl
from xlsxwriter.worksheet import Worksheet

from settlement.export import beside_sheet, cover, shape
from settlement.export.workbook import (
    Book,
    Column,
    set_print,
    set_widths,
    write_figure,
    write_table,
    write_text,
)
from tariffs.vocabulary.errors import InputError, Words

SUFFIX: Final = "xlsx"
ENERGY: Final = "#,##0.0000"
MONEY: Final = "#,##0.00"
PRICE: Final = "0.0000##"
CHARGE_COLOUR: Final = "#1D3F66"
DISCHARGE_COLOUR: Final = "#7FA8B8"

LINE_COLUMNS: Final = (
    Column(zh="序号", en="No.", width=6, number_format="0"),
    Column(zh="项目代码", en="Item code", width=20),
    Column(zh="项目", en="Item", width=20),
    Column(zh="项目（英文）", en="Item in English", width=26),
    Column(zh="时段代码", en="Season code", width=9),
    Column(zh="时段", en="Season", width=16),
    Column(zh="时段（英文）", en="Season in English", width=16),
    Column(zh="自", en="From", width=11),
    Column(zh="至", en="Until", width=11),
    Column(zh="数量", en="Quantity", width=18, number_format=ENERGY),
    Column(zh="数量（精确）", en="Quantity, exact text", width=18),
    Column(zh="单位", en="Unit", width=8),
    Column(zh="单价 元", en="Price, CNY", width=11, number_format=PRICE),
    Column(zh="单价（精确）", en="Price, exact text", width=12),
    Column(zh="单价形成", en="How the price came about", width=36, wraps=True),
    Column(zh="单价形成（英文）", en="The same in English", width=40, wraps=True),
    Column(zh="金额 元", en="Amount, CNY", width=16, number_format=MONEY),
    Column(zh="金额（精确）", en="Amount, exact text", width=16),
    Column(zh="金额（取整前）", en="Amount before rounding", width=22),
    Column(zh="不含税 元", en="Without tax, CNY", width=16, number_format=MONEY),
    Column(zh="不含税（精确）", en="Without tax, exact text", width=16),
    Column(zh="税额 元", en="Tax, CNY", width=14, number_format=MONEY),
    Column(zh="税额（精确）", en="Tax, exact text", width=14),
    Column(zh="结算对象代码", en="Settled with, code", width=10),
    Column(zh="结算对象", en="Settled with", width=12),
    Column(zh="对方名称", en="Name of the counterparty", width=28, wraps=True),
    Column(zh="文件", en="Document", width=22),
    Column(zh="文件名称", en="Title of the document", width=36),
    Column(zh="条款", en="Article", width=10),
    Column(zh="版本自", en="Version from", width=11),
    Column(zh="标记", en="Flags", width=40, wraps=True),
    Column(zh="说明", en="Flags in words", width=56, wraps=True),
    Column(zh="读数摘要 SHA-256", en="Digest of the readings", width=20),
    Column(zh="时段数", en="Intervals", width=9, number_format="0"),
    Column(zh="补算时段", en="Filled intervals", width=9, number_format="0"),
    Column(zh="补算电量 kWh", en="Filled energy", width=14, number_format=ENERGY),
)
LINE_KEYS: Final = (
    *("line_no", "item", "item_zh", "item_en", "season", "season_zh", "season_en", "from_on", "until_on"),
    *("quantity", "quantity", "quantity_unit"),
    *("price_cny_per_unit", "price_cny_per_unit", "price_formula_zh", "price_formula_en"),
    *("amount_cny", "amount_cny", "amount_exact_cny"),
    *("amount_excl_tax_cny", "amount_excl_tax_cny", "tax_cny", "tax_cny"),
    *("settled_with", "settled_with_zh", "counterparty", "document", "document_title", "article", "version_from"),
)
DAILY_COLUMNS: Final = (
    Column(zh="日期", en="Day", width=12),
    Column(zh="时段", en="Season", width=9),
    Column(zh="充电 kWh", en="Charge", width=18, number_format=ENERGY),
    Column(zh="放电 kWh", en="Discharge", width=18, number_format=ENERGY),
    Column(zh="充电（精确）", en="Charge, exact text", width=18),
    Column(zh="放电（精确）", en="Discharge, exact text", width=18),
)
DIRECTIONS: Final = {"charge": "充电 charge", "discharge": "放电 discharge"}


def render(record: Mapping[str, Any], detail: pl.DataFrame) -> bytes:
    """The bytes of the workbook of one record and its intervals.

    Shape   `detail` has `day` (Date), `direction` (charge or discharge) and p01, p02, ... as exact text of kWh
    Raises  InputError if the record lacks a key, `detail` lacks a column, or a text is too long for a cell
    """
    shape.check(record)
    points = _points_of(detail)
    book = Book(
        title=f"储能电站电费结算单 {record['statement_no']}",
        created=datetime.fromisoformat(record["period"]["until_on"]),
    )
    cover.write_cover(book, book.workbook.add_worksheet("封面 Cover"), record)
    _write_lines(book, book.workbook.add_worksheet("明细 Lines"), record)
    _write_daily(book, book.workbook.add_worksheet("日电量 Daily"), record)
    if beside_sheet.has_something(record):
        beside_sheet.write_beside(book, book.workbook.add_worksheet(beside_sheet.NAME), record)
    _write_detail(book, book.workbook.add_worksheet(f"{len(points)}点 Detail"), record, detail, points)
    return book.close()


def _write_lines(book: Book, sheet: Worksheet, record: Mapping[str, Any]) -> None:
    write_table(book, sheet, 0, LINE_COLUMNS, (_line_texts(line) for line in record["lines"]))
    set_widths(sheet, LINE_COLUMNS)
    sheet.freeze_panes(1, 3)
    set_print(sheet, 0, record["statement_no"])


def _line_texts(line: Mapping[str, Any]) -> list[str]:
    flags = "; ".join(f"{flag['key']}: {flag['text']}" for flag in line["flags"])
    words = "\n".join(f"{flag['zh']} {flag['en']}" for flag in line["flags"])
    trace = line["trace"]
    of_trace = [trace[key] for key in ("readings_sha256", "intervals", "filled_intervals", "filled_kwh")]
    return [*(line[key] for key in LINE_KEYS), flags, words, *of_trace]


def _write_daily(book: Book, sheet: Worksheet, record: Mapping[str, Any]) -> None:
    days = record["daily"]
    keys = ("day", "season", "charge_kwh", "discharge_kwh", "charge_kwh", "discharge_kwh")
    free = write_table(book, sheet, 0, DAILY_COLUMNS, ([day[key] for key in keys] for day in days))
    set_widths(sheet, DAILY_COLUMNS)
    sheet.freeze_panes(1, 1)
    set_print(sheet, 0, record["statement_no"])
    if not days:
        return
    chart = book.workbook.add_chart({"type": "column"})
    for column, name, colour in ((2, "充电 charge", CHARGE_COLOUR), (3, "放电 discharge", DISCHARGE_COLOUR)):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.get_name(), 1, 0, free - 1, 0],
                "values": [sheet.get_name(), 1, column, free - 1, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": "日电量 Energy by day, kWh", "name_font": {"size": 12}, "overlay": False})
    chart.set_y_axis(
        {"min": 0, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#CFD6DC"}}}
    )
    chart.set_x_axis({"num_font": {"rotation": -60, "size": 8}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 380})
    sheet.insert_chart(1, len(DAILY_COLUMNS) + 1, chart)


def _write_detail(
    book: Book, sheet: Worksheet, record: Mapping[str, Any], detail: pl.DataFrame, points: list[str]
) -> None:
    minutes = record["period"]["interval_minutes"]
    note = f"每格为该时段电量 kWh，p01 为 00:00 起的第一个 {minutes} 分钟 / kWh of each interval; p01 begins at 00:00"
    write_text(sheet, 0, 0, note, book.note)
    for number, name in enumerate(("日期\nDay", "方向\nDirection", *points)):
        write_text(sheet, 1, number, name, book.heading)
    sheet.set_row(1, 32)
    for row, (day, direction, *energies) in enumerate(detail.select("day", "direction", *points).iter_rows(), start=2):
        write_text(sheet, row, 0, day.isoformat(), book.strong)
        write_text(sheet, row, 1, DIRECTIONS.get(direction, direction), book.text)
        for column, energy_kwh in enumerate(energies, start=2):
            if energy_kwh is not None:
                write_figure(book, sheet, (row, column), energy_kwh, ENERGY)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 15)
    sheet.set_column(2, len(points) + 1, 11)
    sheet.freeze_panes(2, 2)
    set_print(sheet, 1, record["statement_no"])


def _points_of(detail: pl.DataFrame) -> list[str]:
    points = sorted(
        (name for name in detail.columns if name[:1] == "p" and name[1:].isdecimal()), key=lambda name: int(name[1:])
    )
    expected = {"day": pl.Date, "direction": pl.String, **dict.fromkeys(points, pl.String)}
    if not points or dict(detail.schema) != expected:
        found = ", ".join(f"{name}: {kind}" for name, kind in list(detail.schema.items())[:5])
        raise InputError(
            Words("明细表的列不符", "the columns of the interval table are not as they must be"),
            found=Words(found or "无列", found or "no column"),
            do=Words(
                "列应为 day（Date）、direction（文本）和 p01、p02……（文本）",
                "give day (Date), direction (text) and p01, p02, ... (text)",
            ),
        )
    return points
