"""The sheet of discount rates: the net present value at each, whence the sheet knows how many rates of return there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from xlsxwriter.worksheet import Worksheet

from huchu.sizes.workbook_parts import (
    COUNT,
    MONEY,
    PERCENT,
    RATES,
    ScenarioSheet,
    Styles,
    cell,
    right_heading,
    write_formula,
)
from settlement.export.workbook import set_print, write_text
from tariffs.vocabulary.units import FEN_PER_CNY

FINE: Final = tuple(percent / 100 for percent in range(-25, 61))
"""Every percent where rates of projects lie; coarser outside."""
GRID: Final = (
    *(-0.999, -0.99, -0.97, -0.95, -0.9, -0.85, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3),
    *FINE,
    *(0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0),
)
FIRST_ROW: Final = 3
LAST_ROW: Final = FIRST_ROW + len(GRID) - 1
WIDTH: Final = 20
SCIENTIFIC: Final = "0.00E+00"
WIDE_BELOW: Final = -0.1
"""Towards -100 % an amount has more digits than a column holds."""
CHART_FROM: Final = GRID.index(0.0)
CHART_TO: Final = GRID.index(0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePlaces:
    """Where one scenario's checks of the rates stand, as formulas of other sheets name them, and what they show."""

    flags: str
    """1 in the row of each rate between which and the rate before the net present value changes its sign."""
    middles: str
    """The middle between a rate and the one before."""
    guess: float


def rate_places(number: int, scenario: ScenarioSheet) -> RatePlaces:
    """The places of one scenario's columns; the first scenario is number 0."""
    worth = _worth(scenario)
    changed = [low for (low, high) in pairwise(range(len(GRID))) if (worth[low] >= 0) != (worth[high] >= 0)]
    guess = (GRID[changed[0]] + GRID[changed[0] + 1]) / 2 if len(changed) == 1 else 0.0
    return RatePlaces(flags=_below_first(3 + 2 * number), middles=_below_first(1), guess=guess)


def write_rates(
    styles: Styles, sheet: Worksheet, scenarios: Sequence[ScenarioSheet], flows: Sequence[tuple[str, str]]
) -> None:
    """Writes a row for each rate; `flows` gives of each scenario the cells of its net cash flow and of its years."""
    book = styles.book
    write_text(sheet, 0, 0, "不同折现率下的净现值 Net present value at other discount rates", book.title)
    note = "净现值在相邻两率之间变号处有一个内部收益率 / between two rates where the value changes its sign lies a rate of return"
    write_text(sheet, 1, 0, note, book.note)
    sheet.set_row(FIRST_ROW - 1, 48)
    heading = right_heading(book)
    write_text(sheet, FIRST_ROW - 1, 0, "折现率\nDiscount rate", heading)
    write_text(sheet, FIRST_ROW - 1, 1, "与前一率的中点\nMiddle to the one before", heading)
    for down, rate in enumerate(GRID):
        sheet.write_number(FIRST_ROW + down, 0, rate, styles.figure(PERCENT))
        if down:
            middle = f"({cell(FIRST_ROW + down - 1, 0)}+{cell(FIRST_ROW + down, 0)})/2"
            place = (FIRST_ROW + down, 1)
            write_formula(sheet, place, middle, styles.figure(PERCENT), (GRID[down - 1] + rate) / 2)
    for number, (scenario, flow) in enumerate(zip(scenarios, flows, strict=True)):
        _write_scenario(styles, sheet, 2 + 2 * number, scenario, flow)
    sheet.set_column(0, 1 + 2 * len(scenarios), WIDTH)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.hide_gridlines(2)
    set_print(sheet, FIRST_ROW - 1, RATES)


def _write_scenario(
    styles: Styles, sheet: Worksheet, column: int, scenario: ScenarioSheet, flow: tuple[str, str]
) -> None:
    net, years = flow
    worth = _worth(scenario)
    heading = right_heading(styles.book)
    write_text(sheet, FIRST_ROW - 1, column, f"{scenario.title.zh} 净现值 元\nNPV", heading)
    write_text(sheet, FIRST_ROW - 1, column + 1, "变号\nSign changes", heading)
    for down, (rate, amount) in enumerate(zip(GRID, worth, strict=True)):
        row = FIRST_ROW + down
        style = styles.figure(SCIENTIFIC if rate < WIDE_BELOW else MONEY)
        formula = f"SUMPRODUCT({net}/(1+{cell(row, 0)})^{years})"
        write_formula(sheet, (row, column), formula, style, amount)
        if down:
            changed = (worth[down - 1] >= 0) != (amount >= 0)
            test = f"IF(({cell(row - 1, column)}>=0)<>({cell(row, column)}>=0),1,0)"
            write_formula(sheet, (row, column + 1), test, styles.figure(COUNT), int(changed))


def _worth(scenario: ScenarioSheet) -> list[float]:
    net = scenario.cash_flow.net_fen
    return [sum(fen / FEN_PER_CNY / (1 + rate) ** year for year, fen in enumerate(net)) for rate in GRID]


def _below_first(column: int) -> str:
    return f"'{RATES}'!{cell(FIRST_ROW + 1, column)}:{cell(LAST_ROW, column)}"
