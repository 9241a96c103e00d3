"""What the sheets of the finance workbook share: what a scenario brings, cell formats, and the way formulas are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dispatch.sizing.finance.cash_flow import CashFlow
from dispatch.sizing.finance.measures import Measures
from dispatch.sizing.years import YearFigures
from settlement.export.workbook import ACCENT, FONT, HAIRLINE, SHADE, Book
from tariffs.vocabulary.errors import Words

INPUT_COLOUR: Final = "#0000FF"
MONEY: Final = "#,##0.00;-#,##0.00;–"
ENERGY: Final = "#,##0.0000;-#,##0.0000;–"
PERCENT: Final = "0.00%"
FACTOR: Final = "0.000000"
YEARS: Final = "0.00"
COUNT: Final = "0"
DAY: Final = "yyyy-mm-dd"
SUMMARY: Final = "摘要 Summary"
ASSUMPTIONS: Final = "假设 Assumptions"
RATES: Final = "收益率 Rates"
NONE_TEXT: Final = "无 / none"
AMBIGUOUS_TEXT: Final = "不唯一 / ambiguous"
NEVER_TEXT: Final = "不回收 / never"
AGAIN_TEXT: Final = "其后再转负 / negative again later"
NOT_IN_A_SHEET_NAME: Final = re.compile(r"[^A-Za-z0-9_-]")
LONGEST_NAME: Final = 24

Shown = float | int | str
"""What a formula gives: what a viewer shows that does not reckon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSheet:
    """One scenario of the chosen size: what its sheet is made of."""

    name: str
    title: Words
    years: Sequence[YearFigures]
    cash_flow: CashFlow
    measures: Measures
    capacity_support_taxed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The book with cell formats that are made once each."""

    book: Book
    made: dict[tuple[str, bool, bool], Format] = field(default_factory=dict)

    def figure(self, number_format: str, *, is_input: bool = False, strong: bool = False) -> Format:
        """The format of figures: inputs blue, sums bold."""
        key = (number_format, is_input, strong)
        if key not in self.made:
            look: dict[str, object] = {
                "font_name": FONT,
                "font_size": 10,
                "num_format": number_format,
                "align": "right",
                "indent": 1,
                "bottom": 4,
                "bottom_color": HAIRLINE,
            }
            if is_input:
                look |= {"font_color": INPUT_COLOUR}
            if strong:
                look |= {"bold": True, "top": 1, "top_color": ACCENT, "bg_color": SHADE}
            self.made[key] = self.book.workbook.add_format(look)
        return self.made[key]


def right_heading(book: Book) -> Format:
    """The format of a heading over figures."""
    return book.workbook.add_format(
        {
            "font_name": FONT,
            "font_size": 10,
            "bold": True,
            "bottom": 1,
            "bottom_color": ACCENT,
            "bg_color": SHADE,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "right",
            "indent": 1,
        }
    )


def sheet_name(number: int, name: str) -> str:
    """The name of a scenario's sheet: safe inside a formula whatever the scenario is called, and unlike the others."""
    return f"{number} {NOT_IN_A_SHEET_NAME.sub('', name)[:LONGEST_NAME]}".strip()


def write_formula(
    sheet: Worksheet, place: tuple[int, int], formula: str, style: Format, shown: Shown | None = None
) -> None:
    """Writes one of our own formulas with the figure that it gives; no text of a user may be in it."""
    sheet.write_formula(*place, f"={formula}", style, "" if shown is None else shown)


def cell(row: int, column: int) -> str:
    """A cell as formulas of other sheets name it."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def span(row: int, first_column: int, last_column: int) -> str:
    """Cells beside each other as formulas name them."""
    return f"{cell(row, first_column)}:{cell(row, last_column)}"
