"""One scenario's sheet: the figures of the years as inputs, cash flow, tax and measures as formulas over them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dispatch.sizing.inputs.costs import Finance
from huchu.sizes.workbook_parts import (
    COUNT,
    DAY,
    MONEY,
    ScenarioSheet,
    Shown,
    Styles,
    cell,
    span,
    write_formula,
)
from huchu.sizes.workbook_rates import RatePlaces
from huchu.sizes.workbook_rows import CASH_ROWS, INPUT_ROWS, MEASURES, TAX_ROWS, VALUE_ROWS, Reach, Row, Single
from huchu.sizes.workbook_shown import ShownRows, shown_losses, shown_measures, shown_rows, total_of
from settlement.export.workbook import set_print, write_text

TOTAL: Final = 3
START: Final = 4
"""The column of year 0."""
WIDTHS: Final = (25, 38, 10, 19)
YEAR_WIDTH: Final = 16
TAXED_ROW: Final = 3
HEADING_ROW: Final = 5
TOKEN: Final = re.compile(r"\[(\w+)(?:@(\w+))?\]")
A3: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet being written: where each row stands, how many years there are, what the cells show."""

    styles: Styles
    sheet: Worksheet
    life: int
    places: Mapping[str, int]
    rates: RatePlaces
    shown: ShownRows

    @property
    def last(self) -> int:
        """The column of the last year."""
        return START + self.life

    def formula(self, template: str, column: int) -> str:
        """The formula of a cell, its names turned into cells."""
        return TOKEN.sub(lambda token: self._reference(token[1], token[2] or "", column), template)

    def _reference(self, name: str, which: str, column: int) -> str:
        if name == "rates":
            return self.rates.flags if which == "flags" else self.rates.middles
        row = self.places[name]
        beside = {"": column, "prev": column - 1, "next": column + 1}
        fixed = {"total": TOTAL, "first": START, "last": self.last}
        spans = {
            "all": (START, self.last),
            "years": (START + 1, self.last),
            "before": (START, self.last - 1),
            "to": (START, column),
        }
        if which in beside:
            return str(xl_rowcol_to_cell(row, beside[which]))
        return cell(row, fixed[which]) if which in fixed else span(row, *spans[which])


def measure_rows(life: int) -> dict[str, int]:
    """The row of each measure in a scenario's sheet: for the links of the summary."""
    places = _places(life)
    return {each.name: places[each.name] for each in MEASURES}


def net_row(life: int) -> int:
    """The row of the net cash flow in a scenario's sheet."""
    return _places(life)["net"]


def cumulative_row(life: int) -> int:
    """The row of the cumulative net cash flow in a scenario's sheet."""
    return _places(life)["cumulative"]


def write_scenario(
    styles: Styles, sheet: Worksheet, scenario: ScenarioSheet, finance: Finance, rates: RatePlaces
) -> None:
    """Writes one scenario: title, inputs, cash flow, tax, value, measures, and the losses that are carried on."""
    life = len(scenario.years)
    page = Page(
        styles=styles,
        sheet=sheet,
        life=life,
        places=_places(life),
        rates=rates,
        shown=shown_rows(scenario, finance),
    )
    _write_head(page, scenario)
    for title, rows in _sections():
        _write_section(page, page.places[rows[0].name] - 1, title)
        for row in rows:
            _write_row(page, row)
    _write_measures(page, shown_measures(scenario.measures, rates.guess))
    _write_losses(page, shown_losses(scenario, finance.loss_carry_years))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(START, page.last, YEAR_WIDTH)
    sheet.freeze_panes(HEADING_ROW + 1, START)
    sheet.hide_gridlines(2)
    set_print(sheet, HEADING_ROW, scenario.name)
    sheet.set_paper(A3)


def _sections() -> tuple[tuple[str, Sequence[Row]], ...]:
    return (
        ("各年数据（输入）Figures of the years, inputs", INPUT_ROWS),
        ("现金流 Cash flow", CASH_ROWS),
        ("折旧与所得税 Depreciation and tax", TAX_ROWS),
        ("折现与累计 Discounted and cumulative", VALUE_ROWS),
    )


def _places(life: int) -> dict[str, int]:
    """The row of every name, top to bottom; a heading and a free line part the sections."""
    places = {"taxed": TAXED_ROW, "year_no": HEADING_ROW}
    free = HEADING_ROW + 4
    for _, rows in _sections():
        free += 1
        for row in rows:
            places[row.name] = free
            free += 1
        free += 1
    free += 1
    for number, single in enumerate(MEASURES):
        places[single.name] = free + number
    free += len(MEASURES) + 2
    places["loss_first"] = free
    # with one year of operation there is nothing to carry on: one empty row takes the sum
    places["loss_last"] = free + max(life - 2, 0)
    return places


def _write_head(page: Page, scenario: ScenarioSheet) -> None:
    sheet, book = page.sheet, page.styles.book
    write_text(sheet, 0, 0, f"{scenario.title.zh} {scenario.title.en}", book.title)
    sheet.set_row(0, 26)
    legend = "蓝色为输入，其余为公式；金额单位元，收入为正 / blue: inputs, the rest is formulas; 元, income positive"
    write_text(sheet, 1, 0, f"{scenario.name}  ·  {legend}", book.note)
    for column, text in enumerate(("容量支持含增值税", "Capacity support bears VAT", "1/0")):
        write_text(sheet, TAXED_ROW, column, text, book.text)
    sheet.write_number(TAXED_ROW, TOTAL, int(scenario.capacity_support_taxed), page.styles.figure(COUNT, is_input=True))
    sheet.data_validation(TAXED_ROW, TOTAL, TAXED_ROW, TOTAL, {"validate": "list", "source": [0, 1]})
    for column, text in enumerate(("项目", "Item", "单位 Unit")):
        write_text(sheet, HEADING_ROW, column, text, book.heading)
    write_text(sheet, HEADING_ROW, TOTAL, "合计 Total", page.styles.figure("@", strong=True))
    year_style = page.styles.figure('"第 "0" 年"', strong=True)
    for year in range(page.life + 1):
        sheet.write_number(HEADING_ROW, START + year, year, year_style)
    labels = (("该年首日", "First day of the year"), ("电价制度", "Regime of prices"))
    for down, (zh, en) in enumerate(labels, start=1):
        write_text(sheet, HEADING_ROW + down, 0, zh, book.text)
        write_text(sheet, HEADING_ROW + down, 1, en, book.text)
    day_style = page.styles.figure(DAY)
    for column, year_figures in enumerate(scenario.years, start=START + 1):
        sheet.write_datetime(HEADING_ROW + 1, column, datetime.combine(year_figures.first_on, time()), day_style)
        write_text(sheet, HEADING_ROW + 2, column, year_figures.regime.value, page.styles.figure("@"))


def _write_section(page: Page, row: int, title: str) -> None:
    for column in range(page.last + 1):
        write_text(page.sheet, row, column, title if column == 0 else "", page.styles.book.section)


def _write_label(page: Page, row: int, texts: tuple[str, str, str], *, strong: bool = False) -> None:
    style = page.styles.book.strong if strong else page.styles.book.text
    for column, text in enumerate(texts):
        write_text(page.sheet, row, column, text, style)


def _write_row(page: Page, row: Row) -> None:
    place = page.places[row.name]
    shown = page.shown[row.name]
    _write_label(page, place, (row.words.zh, row.words.en, row.unit), strong=row.is_strong)
    for column in range(TOTAL, page.last + 1):
        page.sheet.write_blank(place, column, None, page.styles.book.text)
    style = page.styles.figure(row.number_format, is_input=not row.formula, strong=row.is_strong)
    for year in _reached(row, page.life):
        column, figure = START + year, shown[year]
        if not row.formula:
            if isinstance(figure, int | float):
                page.sheet.write_number(place, column, figure, style)
            else:
                page.sheet.write_blank(place, column, None, style)
        else:
            template = _template(row, year, page.life)
            write_formula(page.sheet, (place, column), page.formula(template, column), style, figure)
    if row.is_summed:
        total_style = page.styles.figure(row.number_format, strong=row.is_strong)
        total = f"SUM({span(place, START, page.last)})"
        write_formula(page.sheet, (place, TOTAL), total, total_style, total_of(shown))


def _template(row: Row, year: int, life: int) -> str:
    if year == 0 and row.at_start:
        return row.at_start
    return row.at_end if year == life and row.at_end else row.formula


def _reached(row: Row, life: int) -> range:
    return {
        Reach.ALL: range(life + 1),
        Reach.YEARS: range(1, life + 1),
        Reach.FIRST: range(1),
        Reach.BUT_LAST: range(life),
        Reach.LAST: range(life, life + 1),
    }[row.reach]


def _write_measures(page: Page, shown: Mapping[str, Shown]) -> None:
    _write_section(page, page.places[MEASURES[0].name] - 1, "指标 Measures")
    for single in MEASURES:
        _write_measure(page, single, shown[single.name])


def _write_measure(page: Page, single: Single, figure: Shown) -> None:
    place = page.places[single.name]
    _write_label(page, place, (single.words.zh, single.words.en, single.unit))
    style = page.styles.figure(single.number_format, strong=single.name in ("npv", "irr", "lcos"))
    write_formula(page.sheet, (place, TOTAL), page.formula(single.formula, TOTAL), style, figure)


def _write_losses(page: Page, shown: Mapping[tuple[int, int], float]) -> None:
    """A row for each year whose loss may be used, a column for each year that may use it; older losses come first."""
    first = page.places["loss_first"]
    _write_section(page, first - 1, "亏损弥补：各年亏损在以后各年的弥补额 Losses used, by the year of the loss")
    style = page.styles.figure(MONEY)
    profit, heading = page.places["profit"], page.places["year_no"]
    for made in range(1, page.life):
        row = first + made - 1
        _write_label(page, row, (f"第 {made} 年亏损", f"Loss of year {made}", "元"))
        loss, year_made = cell(profit, START + made), cell(heading, START + made)
        for year in range(made + 1, page.life + 1):
            column = START + year
            earlier = f"-SUM({span(row, START + made + 1, column - 1)})" if year > made + 1 else ""
            above = f"-SUM({_down(first, row - 1, column)})" if row > first else ""
            formula = (
                f"IF({cell(heading, column)}<={year_made}+finance_loss_carry_years,"
                f"ROUND(MIN(MAX(0,-{loss}){earlier},MAX(0,{cell(profit, column)}){above}),2),0)"
            )
            write_formula(page.sheet, (row, column), formula, style, shown[made, year])
        total = sum(used for (of, _), used in shown.items() if of == made)
        write_formula(page.sheet, (row, TOTAL), f"SUM({span(row, START, page.last)})", style, total)


def _down(first_row: int, last_row: int, column: int) -> str:
    return f"{cell(first_row, column)}:{cell(last_row, column)}"
