"""CSV text as columns of strings, each row with its physical line.

RFC 4180 with commas; a line feed inside quotes is refused, so that a line is a row. Blank lines may stand at the end
only. The quick way is for text without quotes whose lines all have as many cells as the header, which is counted
before the frame engine reads it; every other text goes line by line.
"""

import csv
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from tariffs.reading.options import Limits
from tariffs.reading.report import FileReport, shown

_COMMA: Final = ord(",")
_LINE_FEED: Final = ord("\n")
_CHUNK_BYTES: Final = 1 << 24
_CELL: Final = r'(?:"(?:[^"]|"")*"|[^",]*)'
_RFC_4180_LINE: Final = re.compile(f"{_CELL}(?:,{_CELL})*")


def header_cells(text: bytes, report: FileReport) -> list[str]:
    """The cells of the first line.

    Raises  FileRefusedError if it is blank, broken, or parted by something else than commas
    """
    line = text[: text.index(b"\n")].decode()
    if not line.strip():
        report.stop("row_blank", row=1)
    cells = _cells_of(line)
    if cells is None:
        report.stop("csv_quote", row=1, evidence={"text": shown(line)})
    for separator, name in ((";", ";"), ("\t", "tab"), ("|", "|")):
        if len(cells) == 1 and separator in line:
            report.stop("separator_unknown", row=1, evidence={"separator": name})
    return cells


def body(text: bytes, headers: Sequence[str], report: FileReport, limits: Limits) -> tuple[pl.DataFrame, pl.Series]:
    """The rows under the header as text, and the physical line of each; a row that is broken is left out.

    Raises  FileRefusedError if there are more rows or columns than the limits allow
    """
    count = text.count(b"\n") - 1
    if count > limits.max_rows or len(headers) > limits.max_columns:
        report.stop("rows_too_many", evidence={"rows": count, "columns": len(headers)})
    start = text.index(b"\n") + 1
    if b'"' not in text and _is_regular(text, start, len(headers)):
        rows = pl.int_range(2, count + 2, dtype=pl.UInt32, eager=True)
        cells = _columns(text[start:], headers)
    else:
        cells, rows = _line_by_line(text[start:].decode(), headers, report)
    return _without_long_cells(cells, rows, report, limits)


def _is_regular(text: bytes, start: int, width: int) -> bool:
    pattern = np.full(width, _COMMA, dtype=np.uint8)
    pattern[-1] = _LINE_FEED
    letters = np.frombuffer(text, dtype=np.uint8)
    surplus = np.empty(0, dtype=np.uint8)
    for chunk_start in range(start, len(letters), _CHUNK_BYTES):
        chunk = letters[chunk_start : chunk_start + _CHUNK_BYTES]
        marks = np.concatenate((surplus, chunk[(chunk == _COMMA) | (chunk == _LINE_FEED)]))
        whole = len(marks) // width * width
        if not (marks[:whole].reshape(-1, width) == pattern).all():
            return False
        surplus = marks[whole:]
    return not len(surplus) and not (width == 1 and b"\n\n" in text)


def _columns(lines: bytes, headers: Sequence[str]) -> pl.DataFrame:
    if not lines:
        return pl.DataFrame(schema=dict.fromkeys(headers, pl.String))
    frame = pl.read_csv(lines, has_header=False, quote_char=None, infer_schema=False, new_columns=list(headers))
    return frame.select(headers)


def _line_by_line(text: str, headers: Sequence[str], report: FileReport) -> tuple[pl.DataFrame, pl.Series]:
    kept: list[list[str]] = []
    rows: list[int] = []
    for row, line in enumerate(text.split("\n")[:-1], start=2):
        cells = line.split(",") if '"' not in line else _cells_of(line)
        if not line.strip():
            report.add("row_blank", row=row)
        elif cells is None:
            report.add("csv_quote", row=row, evidence={"text": shown(line)})
        elif len(cells) != len(headers):
            report.add("row_width", row=row, evidence={"cells": len(cells), "wanted": len(headers)})
        else:
            kept.append(cells)
            rows.append(row)
    frame = pl.DataFrame(kept, schema=dict.fromkeys(headers, pl.String), orient="row")
    blanks = pl.when(pl.all() != "").then(pl.all())
    return frame.select(blanks), pl.Series(rows, dtype=pl.UInt32)


def _cells_of(line: str) -> list[str] | None:
    """The cells of a line with quotes; nothing where its quotes or a cell beyond any length cannot be read."""
    if not _RFC_4180_LINE.fullmatch(line):
        return None
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def _without_long_cells(
    cells: pl.DataFrame, rows: pl.Series, report: FileReport, limits: Limits
) -> tuple[pl.DataFrame, pl.Series]:
    lengths = cells.select(pl.max_horizontal(pl.all().str.len_bytes().max()))
    longest = lengths.item() if cells.height else None
    if longest is None or longest <= limits.max_cell_characters:
        return cells, rows
    over = cells.select(
        pl.any_horizontal(pl.all().str.len_chars().fill_null(0) > limits.max_cell_characters)
    ).to_series()
    for row in rows.filter(over):
        report.add("cell_too_long", row=row, evidence={"most": limits.max_cell_characters})
    return cells.filter(~over), rows.filter(~over)
