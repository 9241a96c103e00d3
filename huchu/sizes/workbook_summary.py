"""The first sheet: the project, its size, the measures of every scenario as links, notes, and the formulas in words."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from xlsxwriter.worksheet import Worksheet

from dispatch.sizing.finance.formulas import formulas
from dispatch.sizing.inputs.project import Project, Size
from huchu.sizes.workbook_parts import RATES, ScenarioSheet, Styles, cell, right_heading, write_formula
from huchu.sizes.workbook_rates import CHART_FROM, CHART_TO, FIRST_ROW
from huchu.sizes.workbook_rows import MEASURES
from huchu.sizes.workbook_scenario import HEADING_ROW, START, TOTAL, cumulative_row, measure_rows
from huchu.sizes.workbook_shown import shown_measures
from settlement.export.workbook import LINE_HEIGHT, Column, set_print, write_table, write_text
from tariffs.vocabulary.errors import Words

LABEL_WIDTH: Final = 30
ENGLISH_WIDTH: Final = 38
UNIT_WIDTH: Final = 12
SCENARIO_WIDTH: Final = 27
LINKED: Final = (
    *("npv", "irr", "lcos", "storage_cost", "payback", "payback_again"),
    *("discounted_payback", "discounted_payback_again", "sign_changes", "roots"),
)
COLUMNS: Final = (Column(zh="指标", en="Measure"), Column(zh="英文", en="In English"), Column(zh="单位", en="Unit"))
HEAD: Final = 3
COLOURS: Final = (
    *("#1D3F66", "#C8702A", "#4E8A6B", "#8A5A9E", "#A33B3B"),
    *("#66727E", "#2E9BC6", "#C9A227", "#D685A8", "#6B5B3E"),
)
CHART_HEIGHT: Final = 360
"""Pixels; a row is twenty."""
CHART_ROWS: Final = 19
LONG_FORMULA: Final = 100
HEAD_EDGE: Final = 6


def write_summary(
    styles: Styles,
    sheet: Worksheet,
    project: Project,
    size: Size,
    scenarios: Sequence[tuple[str, ScenarioSheet]],
    notes: Sequence[Words],
) -> None:
    """Writes the summary; `scenarios` gives of each the name of its sheet and what it holds."""
    book = styles.book
    plant = project.project
    write_text(sheet, 0, 0, f"储能项目财务评价 Finance of a storage project: {plant.name}", book.title)
    sheet.set_row(0, 26)
    shape = f"{size}，{float(size.duration_h):.2f} h；{plant.first_on.isoformat()} 起运营 {plant.life_years} 年"
    english = f"operation for {plant.life_years} years from {plant.first_on.isoformat()}"
    write_text(sheet, 1, 0, f"{shape} / {english}", book.note)
    free = _write_measures(styles, sheet, scenarios)
    free = _write_remarks(styles, sheet, free + 1, [each for _, each in scenarios], notes)
    _insert_charts(styles, sheet, free, scenarios)
    free += CHART_ROWS + 2
    _write_formulas(styles, sheet, free, len(scenarios))
    for column, width in enumerate((LABEL_WIDTH, ENGLISH_WIDTH, UNIT_WIDTH)):
        sheet.set_column(column, column, width)
    sheet.set_column(TOTAL, TOTAL + max(len(scenarios), 3) - 1, SCENARIO_WIDTH)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(HEAD + 1, TOTAL)
    set_print(sheet, HEAD, plant.id)


def _write_measures(styles: Styles, sheet: Worksheet, scenarios: Sequence[tuple[str, ScenarioSheet]]) -> int:
    """The free row under the table of measures, one column a scenario."""
    book = styles.book
    free = write_table(book, sheet, HEAD, COLUMNS, [])
    heading = right_heading(book)
    for number, (_, each) in enumerate(scenarios):
        write_text(sheet, HEAD, TOTAL + number, f"{each.title.zh}\n{each.title.en}", heading)
    sheet.set_row(HEAD, LINE_HEIGHT * max(_lines(each.title) for _, each in scenarios) + HEAD_EDGE)
    singles = {each.name: each for each in MEASURES}
    for name in LINKED:
        single = singles[name]
        for column, text in enumerate((single.words.zh, single.words.en, single.unit)):
            write_text(sheet, free, column, text, book.text)
        style = styles.figure(single.number_format, strong=name in ("npv", "irr", "lcos"))
        for number, (place, scenario) in enumerate(scenarios):
            linked = f"'{place}'!{cell(measure_rows(len(scenario.years))[name], TOTAL)}"
            figure = shown_measures(scenario.measures, 0.0)[name]
            write_formula(sheet, (free, TOTAL + number), linked, style, figure)
        free += 1
    return free


def _lines(title: Words) -> int:
    """Lines that a title takes above its column; a Chinese character is twice as wide as a Latin one."""
    return ceil(2 * len(title.zh) / SCENARIO_WIDTH) + ceil(len(title.en) / SCENARIO_WIDTH)


def _write_remarks(
    styles: Styles, sheet: Worksheet, row: int, scenarios: Sequence[ScenarioSheet], notes: Sequence[Words]
) -> int:
    """The free row under the notes: those that came with the figures, and what is odd about a rate of return."""
    odd = [
        Words(f"{each.title.zh}：{words.zh}", f"{each.title.en}: {words.en}")
        for each in scenarios
        if (words := each.measures.irr_words) is not None and not any(words.zh in note.zh for note in notes)
    ]
    for words in (*notes, *odd):
        write_text(sheet, row, 0, f"{words.zh} / {words.en}", styles.book.note)
        row += 1
    return row + 1


def _insert_charts(styles: Styles, sheet: Worksheet, row: int, scenarios: Sequence[tuple[str, ScenarioSheet]]) -> None:
    workbook = styles.book.workbook
    by_rate = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    by_year = workbook.add_chart({"type": "line"})
    first, last = FIRST_ROW + CHART_FROM, FIRST_ROW + CHART_TO
    for number, (place, scenario) in enumerate(scenarios):
        line = {"color": COLOURS[number % len(COLOURS)], "width": 2}
        life = len(scenario.years)
        # the short name: titles of many scenarios leave a chart no room
        name = scenario.name
        rates = [RATES, first, 0, last, 0]
        worth = [RATES, first, 2 + 2 * number, last, 2 + 2 * number]
        by_rate.add_series({"name": name, "categories": rates, "values": worth, "line": line})
        sums = cumulative_row(life)
        years = [place, HEADING_ROW, START, HEADING_ROW, START + life]
        totals = [place, sums, START, sums, START + life]
        by_year.add_series({"name": name, "categories": years, "values": totals, "line": line})
    titles = ("净现值与折现率 NPV by discount rate, 元", "累计净现金流 Cumulative net cash flow, 元")
    ticks = {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#CFD6DC"}}}
    for chart, title, column in ((by_rate, titles[0], 0), (by_year, titles[1], 2)):
        chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
        chart.set_y_axis(ticks)
        chart.set_legend({"position": "bottom", "font": {"size": 8}})
        chart.set_size({"width": 480, "height": CHART_HEIGHT})
        sheet.insert_chart(row, column, chart)
    by_rate.set_x_axis({"num_format": "0%", "min": 0, "max": 0.3, "label_position": "low"})
    by_year.set_x_axis({"label_position": "low", "num_format": "0"})


def _write_formulas(styles: Styles, sheet: Worksheet, row: int, width: int) -> None:
    book = styles.book
    write_text(sheet, row, 0, "公式 Formulas", book.section)
    last = TOTAL + max(width, 3) - 1
    for down, each in enumerate(formulas(), start=row + 1):
        write_text(sheet, down, 0, each.title.zh, book.text)
        write_text(sheet, down, 1, each.title.en, book.text)
        sheet.merge_range(down, 2, down, last, "", book.wrapped)
        write_text(sheet, down, 2, f"{each.formula.zh}\n{each.formula.en}", book.wrapped)
        sheet.set_row(down, LINE_HEIGHT * (2 if len(each.formula.en) < LONG_FORMULA else 4) + 4)
