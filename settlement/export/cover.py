"""The first sheet of the workbook: everything that stands on the printed statement but its lines and days."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from settlement.export.workbook import Book, Column, set_print, write_table, write_text

WIDTHS: Final = (50, 30, 44, 18, 18, 18, 18, 18, 16, 16, 16)
ENERGY: Final = "#,##0.0000"
MONEY: Final = "#,##0.00"

HEAD_FIELDS: Final = (
    ("编号 No.", "statement_no"),
    ("类型 Run", "run.zh run.en"),
    ("结算月 Month", "month"),
    ("周期 Period", "period.from_on period.until_on"),
    ("天数、时段分钟数 Days, minutes of an interval", "period.days period.interval_minutes"),
    (
        "应有、实有、补算时段 Intervals due, read, filled",
        "period.intervals_expected period.intervals_read period.intervals_filled",
    ),
    ("电站 Station", "station.name station.id"),
    ("业主 Owner", "station.owner"),
    ("户号 Account no.", "station.account_no"),
    ("纳税人识别号 Tax no.", "station.tax_no"),
    ("额定放电、充电功率 MW Power out, in", "station.power_mw station.charge_power_mw"),
    ("额定容量 MWh Energy", "station.energy_mwh"),
    ("并网日期 Connected on", "station.grid_connected_on"),
    ("列入年度计划 In the annual plan from", "station.in_annual_plan_from"),
    ("城市 City", "city.zh city.en"),
    ("电网企业 Grid company", "grid_company.zh grid_company.en"),
    ("结算批次 Run id", "run_id"),
    ("程序版本、记录格式 Engine, record format", "engine_version schema"),
)
TOTAL_FIELDS: Final = (
    ("与电网企业结算合计 元 Settled with the grid company", "totals.settled_with_grid_cny"),
    ("大写 In words", "totals.settled_with_grid_capitals"),
    ("付款方 Payer", "totals.payer_zh"),
    ("付款方（英文）Payer in English", "totals.payer_en"),
    ("全部收入（仅供参考）元 All income, for information", "totals.all_income_cny"),
    ("大写 In words", "totals.all_income_capitals"),
)
CALL_FIELDS: Final = (
    ("计次规则 Rule", "calls.rule_zh calls.rule_en calls.rule"),
    ("年度自 Year from", "calls.obligation_year"),
    ("本月 This month", "calls.calls_month"),
    ("累计 To date", "calls.calls_to_date"),
    ("要求 Required", "calls.calls_required"),
    ("按日应达 Required by now", "calls.required_by_now"),
    ("尚需 Still needed", "calls.calls_left"),
    ("每日需 Needed a day", "calls.calls_per_day_needed"),
    ("迎峰期天数已过、剩余 Season days past, left", "calls.season_days_past calls.season_days_left"),
    ("进度比、按天应达比 Progress, pro-rata requirement", "calls.progress_ratio calls.on_pace_ratio"),
    ("结论 Verdict", "calls.verdict_zh calls.verdict_en"),
    (
        "缺口：自身、电网、未下达 Missing: own, grid, not ordered",
        "calls.shortfall_own calls.shortfall_grid calls.shortfall_not_ordered",
    ),
    ("要求的由来 How the requirement came about", "calls.required_formula"),
    ("累计指令未完成电量 kWh：自身、电网 Failed to date: own, grid", "calls.failed_own_kwh calls.failed_grid_kwh"),
)
METERING_COLUMNS: Final = (
    Column(zh="方向", en="Direction"),
    Column(zh="方向（英文）", en="Direction in English"),
    Column(zh="电能表", en="Meter"),
    Column(zh="上次示数", en="Previous register"),
    Column(zh="本次示数", en="Current register"),
    Column(zh="倍率", en="Multiplier"),
    Column(zh="抄见电量 kWh", en="Measured", number_format=ENERGY),
    Column(zh="补算电量 kWh", en="Filled", number_format=ENERGY),
    Column(zh="合计电量 kWh", en="Total", number_format=ENERGY),
    Column(zh="合计（精确）", en="Total, exact text"),
    Column(zh="实测占比", en="Measured share"),
)
METERING_KEYS: Final = (
    "zh en meter_id previous_register current_register multiplier"
    " measured_kwh filled_kwh total_kwh total_kwh measured_share"
)
INVOICE_COLUMNS: Final = (
    Column(zh="发票", en="Invoice"),
    Column(zh="发票（英文）", en="Invoice in English"),
    Column(zh="对方名称", en="Name of the counterparty", width=44, wraps=True),
    Column(zh="对方", en="Counterparty"),
    Column(zh="税率", en="Rate"),
    Column(zh="价税合计 元", en="Gross", number_format=MONEY),
    Column(zh="不含税 元", en="Net", number_format=MONEY),
    Column(zh="税额 元", en="Tax", number_format=MONEY),
)
AWARD_COLUMNS: Final = (
    Column(zh="奖励年度自", en="Year of the award from"),
    Column(zh="本月放电 kWh", en="Discharged in the month", number_format=ENERGY),
    Column(zh="本月奖励 kWh", en="Awarded in the month", number_format=ENERGY),
    Column(zh="累计奖励 kWh", en="Awarded to date", number_format=ENERGY),
    Column(zh="累计（精确）", en="To date, exact text"),
    Column(zh="年度上限 kWh", en="Yearly cap", number_format=ENERGY),
    Column(zh="上限（精确）", en="Cap, exact text"),
)
AWARD_KEYS: Final = (
    "award_year discharge_kwh_month awarded_kwh_month"
    " awarded_kwh_to_date awarded_kwh_to_date award_cap_kwh award_cap_kwh"
)
ONLY_WITH_ROWS: Final = ("awards",)
TABLES: Final[Sequence[tuple[str, str, Sequence[Column], str]]] = (
    (
        "计量 Metering",
        "metering",
        METERING_COLUMNS,
        METERING_KEYS,
    ),
    (
        "开票 Invoices",
        "invoices",
        INVOICE_COLUMNS,
        "zh en counterparty settled_with_zh tax_rate gross_cny net_cny tax_cny",
    ),
    ("度电奖励 Award for discharged energy", "awards", AWARD_COLUMNS, AWARD_KEYS),
    (
        "提示 Notices",
        "notices",
        (
            Column(zh="级别", en="Severity"),
            Column(zh="代码", en="Code"),
            Column(zh="内容", en="In Chinese", width=44, wraps=True),
            Column(zh="内容（英文）", en="In English"),
        ),
        "severity_zh code zh en",
    ),
    (
        "适用设定 Settings that applied",
        "settings",
        (
            Column(zh="设定", en="Setting"),
            Column(zh="取值", en="Choice", width=30, wraps=True),
            Column(zh="含义", en="Meaning"),
            Column(zh="含义（英文）", en="Meaning in English"),
        ),
        "key setting zh en",
    ),
    (
        "政策文件 Documents",
        "documents",
        (
            Column(zh="系列", en="Series"),
            Column(zh="文号", en="Number"),
            Column(zh="名称", en="Title", width=44, wraps=True),
            Column(zh="版本自", en="Version from"),
            Column(zh="核对日期", en="Checked on"),
            Column(zh="核对情况", en="Confirmation"),
            Column(zh="核对代码", en="Confirmation code"),
        ),
        "series document_number title version_from checked_on confirmation_zh confirmation",
    ),
    (
        "输入文件 Inputs",
        "inputs",
        (
            Column(zh="文件", en="File", width=50, wraps=True),
            Column(zh="格式", en="Format"),
            Column(zh="摘要", en="SHA-256", width=44, wraps=True),
            Column(zh="行数", en="Rows", number_format="0"),
        ),
        "name file_format sha256 rows",
    ),
)


def write_cover(book: Book, sheet: Worksheet, record: Mapping[str, Any]) -> None:
    """Writes title, header block, totals, calls and the short tables one under the other."""
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    write_text(sheet, 0, 0, "储能电站电费结算单 Storage settlement statement", book.title)
    sheet.set_row(0, 26)
    free = 2
    for title, fields in (
        ("概要 Overview", HEAD_FIELDS),
        ("合计 Totals", TOTAL_FIELDS),
        ("迎峰调用次数 Full-capacity calls", CALL_FIELDS),
    ):
        free = _write_fields(book, sheet, free, title, [(label, _texts(record, paths)) for label, paths in fields])
    for ended in record["ended_calls"]:
        shown = [(label, _texts({"calls": ended}, paths)) for label, paths in CALL_FIELDS]
        free = _write_fields(book, sheet, free, "本月结束的年度 The year that ended this month", shown)
    for title, key, columns, keys in TABLES:
        if key in ONLY_WITH_ROWS and not record[key]:
            continue
        _write_section(book, sheet, free, title)
        rows = ([row[name] for name in keys.split()] for row in record[key])
        free = write_table(book, sheet, free + 1, columns, rows) + 1
    sheet.hide_gridlines(2)
    set_print(sheet, 0, record["statement_no"])


def _write_fields(book: Book, sheet: Worksheet, row: int, title: str, fields: list[tuple[str, list[str]]]) -> int:
    _write_section(book, sheet, row, title)
    for number, (label, texts) in enumerate(fields, start=row + 1):
        write_text(sheet, number, 0, label, book.label)
        for column, text in enumerate(texts, start=1):
            write_text(sheet, number, column, text, book.strong)
    return row + len(fields) + 2


def _write_section(book: Book, sheet: Worksheet, row: int, title: str) -> None:
    for column in range(len(WIDTHS)):
        write_text(sheet, row, column, title if column == 0 else "", book.section)


def _texts(record: Mapping[str, Any], paths: str) -> list[str]:
    texts = []
    for path in paths.split():
        part: Any = record
        for key in path.split("."):
            part = part[key]
        texts.append(str(part))
    return texts
