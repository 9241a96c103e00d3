"""A table of cells as a file holds it, with the physical row of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from tariffs.reading import csv_text
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileRefusedError, FileReport, shown
from tariffs.vocabulary.errors import nearest

MOST_NAMES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Cells of one table, and where they stand.

    Shape   `cells` has one column a header, in text (CSV, XLSX) or typed (Parquet, frames); `rows` the physical row
            of each; `printed` whether text stands there as printed, so that leading zeros count
    """

    cells: pl.DataFrame
    rows: pl.Series
    printed: bool
    report: FileReport
    options: ReadOptions

    def column(self, name: str) -> pl.Series:
        """The cells under a header."""
        return self.cells.get_column(name)


def sheet_of_text(text: bytes, headers: Sequence[str], report: FileReport, options: ReadOptions) -> Sheet:
    """The rows of CSV text under the headers given.

    Raises  FileRefusedError if there are more rows or columns than the limits allow
    """
    cells, rows = csv_text.body(text, headers, report, options.limits)
    return Sheet(cells=cells, rows=rows, printed=True, report=report, options=options)


def sheet_of_columns(cells: pl.DataFrame, report: FileReport, options: ReadOptions) -> Sheet:
    """Typed columns of Parquet or of a data frame; their rows count from 1."""
    rows = pl.int_range(1, cells.height + 1, dtype=pl.UInt32, eager=True)
    return Sheet(cells=cells, rows=rows, printed=False, report=report, options=options)


def refuse_without_rows(sheet: Sheet) -> None:
    """Nothing, if the sheet has rows.

    Raises  FileRefusedError if it has none
    """
    if not sheet.cells.height:
        sheet.report.stop("file_no_rows")


def refuse_headers(
    report: FileReport, headers: Sequence[str], required: Sequence[str], unknown: Sequence[str], header_row: int
) -> None:
    """Nothing, if each column is there once and none that is required is missing.

    Raises  FileRefusedError if a column is there twice or not at all
    """
    doubled = sorted({header for header in headers if headers.count(header) > 1})
    missing = [name for name in required if name not in headers]
    if doubled:
        report.add("column_duplicate", row=header_row, evidence={"columns": ", ".join(map(shown, doubled))})
    if missing:
        likely = [nearest(name, unknown) for name in missing]
        evidence = {
            "columns": ", ".join(missing[:MOST_NAMES]) + ("…" if len(missing) > MOST_NAMES else ""),
            "nearest": ", ".join(shown(name) for name in likely if name) or "-",
        }
        report.add("column_missing", row=header_row, evidence=evidence)
    if doubled or missing:
        raise FileRefusedError
