"""The only way to make a workbook here: text stays text, figures are exact, equal content gives equal bytes."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tariffs.vocabulary.errors import InputError, Words

FONT: Final = "Microsoft YaHei"
LONGEST_CELL: Final = 32_767
# A spreadsheet holds binary doubles: 15 significant digits come back as they went in, the 16th may not.
MOST_DIGITS: Final = 15
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
ACCENT: Final = "#1D3F66"
GREY: Final = "#66727E"
FIRST_WIDE: Final = "\u2e80"
LINE_HEIGHT: Final = 14
TALLEST_ROW: Final = 409
HAIRLINE: Final = "#CFD6DC"
SHADE: Final = "#F2F5F7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: headings, width in characters, a number format where its texts are figures, and whether
    its texts may take several lines."""

    zh: str
    en: str
    width: int = 14
    number_format: str = ""
    wraps: bool = False


class Book:
    """A workbook in memory with the house's cell formats; `close` gives its bytes."""

    def __init__(self, title: str, created: datetime) -> None:
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        }
        self.workbook = xlsxwriter.Workbook(self._buffer, options)
        self.workbook.set_properties({"title": title, "created": created})
        self._number_styles: dict[str, Format] = {}
        ruled = {"valign": "top", "bottom": 4, "bottom_color": HAIRLINE}
        underlined = {"bold": True, "bottom": 1, "bottom_color": ACCENT}
        self.title = self._format({"bold": True, "font_size": 16, "font_color": ACCENT})
        self.section = self._format({**underlined, "font_size": 11, "font_color": ACCENT})
        self.heading = self._format({**underlined, "bg_color": SHADE, "text_wrap": True, "valign": "vcenter"})
        self.note = self._format({"font_size": 9, "font_color": GREY})
        self.text = self._format(ruled)
        self.wrapped = self._format({**ruled, "text_wrap": True})
        self.label = self._format({**ruled, "font_color": GREY})
        self.strong = self._format({**ruled, "bold": True})

    def number_style(self, number_format: str) -> Format:
        """The cell format for figures of one number format."""
        if number_format not in self._number_styles:
            self._number_styles[number_format] = self._format(
                {"num_format": number_format, "valign": "top", "bottom": 4, "bottom_color": HAIRLINE}
            )
        return self._number_styles[number_format]

    def close(self) -> bytes:
        """The bytes of the finished workbook."""
        self.workbook.close()
        return self._buffer.getvalue()

    def _format(self, properties: dict[str, object]) -> Format:
        return self.workbook.add_format({"font_name": FONT, "font_size": 10, **properties})


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Writes one text as text, whatever it begins with.

    Raises  InputError if the text is longer than a cell can hold
    """
    if len(text) > LONGEST_CELL:
        raise InputError(
            Words("文本超过单元格上限", "a text is longer than a cell can hold"),
            found=Words(f"{len(text)} 个字符，以“{text[:20]}”开头", f"{len(text)} characters, beginning {text[:20]!r}"),
            do=Words(f"缩短至 {LONGEST_CELL} 个字符以内", f"shorten it to {LONGEST_CELL} characters"),
        )
    sheet.write_string(row, column, text, style)


def write_figure(book: Book, sheet: Worksheet, place: tuple[int, int], text: str, number_format: str) -> None:
    """Writes a figure as a number where a number holds all of its digits, else as its text."""
    row, column = place
    style = book.number_style(number_format)
    if NUMBER.fullmatch(text) and len(text.lstrip("-0.").replace(".", "")) <= MOST_DIGITS:
        sheet.write_number(row, column, Decimal(text), style)
    else:
        write_text(sheet, row, column, text, book.text)


def write_table(
    book: Book, sheet: Worksheet, first_row: int, columns: Sequence[Column], rows: Iterable[Sequence[str]]
) -> int:
    """The number of the first free row under a table of headings and rows."""
    for number, column in enumerate(columns):
        write_text(sheet, first_row, number, f"{column.zh}\n{column.en}", book.heading)
    sheet.set_row(first_row, 32)
    free = first_row + 1
    for row in rows:
        for number, (column, text) in enumerate(zip(columns, row, strict=True)):
            if column.number_format:
                write_figure(book, sheet, (free, number), text, column.number_format)
            else:
                write_text(sheet, free, number, text, book.wrapped if column.wraps else book.text)
        lines = max(
            (_lines_taken(text, column.width) for column, text in zip(columns, row, strict=True) if column.wraps),
            default=1,
        )
        if lines > 1:
            # not every spreadsheet finds the height of wrapped text by itself
            sheet.set_row(free, min(lines * LINE_HEIGHT, TALLEST_ROW))
        free += 1
    return free


def _lines_taken(text: str, width: int) -> int:
    """Lines that a text takes in a column; an ideograph is as wide as two digits."""
    parts = (sum(1 if character < FIRST_WIDE else 2 for character in part) for part in text.split("\n"))
    return sum(max(1, ceil(units / width)) for units in parts)


def set_widths(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Sets every column of a sheet as wide as its declaration says."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)


def set_print(sheet: Worksheet, heading_row: int, footer: str) -> None:
    """Sets a sheet up for A4 across, one page wide, its heading row on every page and page numbers at the foot."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(heading_row)
    # An ampersand begins a code in a footer; two print one.
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')[:200]}&R&8&P / &N")
