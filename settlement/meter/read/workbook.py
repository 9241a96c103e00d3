"""XLSX workbooks as text cells, with the exact text of every number.

A workbook is a zip archive. Its directory is checked against the limits and every part is unpacked once under a
counter, which also proves its checksum, before the sheet reader may touch it.
"""

import zipfile
import zlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from settlement.meter.read.cells import ENERGY_DECIMALS
from tariffs.reading import grammar
from tariffs.reading.doubles import scaled_integers
from tariffs.reading.options import Limits
from tariffs.reading.report import FileReport

_CHUNK_BYTES: Final = 1 << 20
_HEADER_WITHIN_ROWS: Final = 20
_PLAIN_NUMBER: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_DECIMALS_OF_THE_READER: Final = 9


def headers(path: Path, report: FileReport, limits: Limits) -> dict[str, list[str]]:
    """The first row with anything in it of each visible sheet, by the name of the sheet.

    Raises  FileRefusedError if the archive is damaged or unpacks beyond the limits
    """
    _check_archive(path, report, limits)
    found: dict[str, list[str]] = {}
    try:
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            top = book.load_sheet(name, header_row=None, skip_rows=0, n_rows=_HEADER_WITHIN_ROWS, dtypes="string")
            if top.visible != "visible":
                continue
            rows = [row for row in top.to_polars().rows() if any(row)]
            if rows:
                found[name] = [cell or "" for cell in rows[0]]
    except fastexcel.FastExcelError:
        report.stop("workbook_damaged")
    return found


def body(
    path: Path, sheet: str, names: Sequence[str], report: FileReport, limits: Limits
) -> tuple[pl.DataFrame, pl.Series, int]:
    """The cells under the header as text, the sheet row of each, and the row of the header.

    Raises  FileRefusedError if the sheet cannot be read or has more rows or columns than the limits allow
    """
    try:
        book = fastexcel.read_excel(path)
        texts = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
        floats = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="float").to_polars()
    except fastexcel.FastExcelError:
        report.stop("workbook_damaged")
    if texts.height > limits.max_rows or texts.width > limits.max_columns:
        report.stop("rows_too_many", evidence={"rows": texts.height, "columns": texts.width})
    blank = texts.select(pl.all_horizontal(pl.all().is_null())).to_series()
    header_row = int((~blank).arg_max() or 0) + 1
    last_row = texts.height - int((~blank).reverse().arg_max() or 0)
    for row in pl.arg_where(blank, eager=True).filter(
        pl.arg_where(blank, eager=True).is_between(header_row, last_row - 1)
    ):
        report.add("row_blank", row=row + 1)
    exact = [_exact_text(texts.to_series(place), floats.to_series(place)) for place in range(texts.width)]
    numbered = pl.int_range(1, texts.height + 1, dtype=pl.UInt32, eager=True)
    kept = ~blank & (numbered > header_row)
    cells = pl.DataFrame([column.alias(name) for column, name in zip(exact, names, strict=True)]).filter(kept)
    if "date" in names:
        cells = cells.with_columns(pl.col("date").str.strip_suffix(" 00:00:00"))
    return cells, numbered.filter(kept), header_row


def _exact_text(texts: pl.Series, floats: pl.Series) -> pl.Series:
    """The text of each cell; of a number its shortest exact text, for the sheet reader prints it rounded."""
    both = pl.DataFrame({"text": texts, "double": floats}).with_columns(
        plain=pl.col("double").is_finite() & pl.col("text").str.contains(_PLAIN_NUMBER)
    )
    printed = grammar.scaled_integers(both["text"], ENERGY_DECIMALS)
    exact = scaled_integers(both["double"], ENERGY_DECIMALS)
    doubtful = both["plain"] & ~(printed == exact).fill_null(value=False)
    if not doubtful.any():
        return texts
    rewritten = [
        _shortest(text, double) if doubt else text
        for text, double, doubt in zip(texts, floats, doubtful.fill_null(value=False), strict=True)
    ]
    return pl.Series(rewritten, dtype=pl.String)


def _shortest(text: str, double: float) -> str:
    as_printed = f"{double:.{_DECIMALS_OF_THE_READER}f}".rstrip("0").rstrip(".")
    return format(Decimal(repr(double)), "f") if as_printed == text else text


def _check_archive(path: Path, report: FileReport, limits: Limits) -> None:
    packed_bytes = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            declared_bytes = sum(entry.file_size for entry in entries)
            bomb = (
                declared_bytes > limits.ratio_from_bytes and declared_bytes > limits.max_unpacked_ratio * packed_bytes
            )
            if bomb or declared_bytes > limits.max_unpacked_bytes or len(entries) > limits.max_archive_entries:
                report.stop("unpacked_too_large", evidence={"packed": packed_bytes, "unpacked": declared_bytes})
            if "xl/workbook.xml" not in archive.namelist():
                report.stop("format_unknown", evidence={"seen": "zip"})
            for entry in entries:
                with archive.open(entry) as part:
                    while part.read(_CHUNK_BYTES):
                        continue
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
    ):
        report.stop("workbook_damaged")
