"""The columns of somebody else's file that a conversion uses, as text or typed, filtered to the rows that are meant."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dispatch.signals.intake import refuse_foreign
from huchu.convert.wish import Wish
from tariffs.reading import bytes_in, csv_text, parquet
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileReport, shown
from tariffs.reading.sheet import Sheet, refuse_headers, refuse_without_rows, sheet_of_columns, sheet_of_text

_SEEN_TEXTS = 5


def sheet_of_source(wish: Wish, report: FileReport) -> Sheet:
    """The columns that the wish names, in the rows that pass its filters.

    Raises  FileRefusedError if the file cannot be read, lacks a column, or no row is left
    """
    options = ReadOptions(accept_unterminated=wish.accept_unterminated)
    flag = (wish.repeated_column,) if wish.repeated_column else ()
    filtered = (column for column, _ in wish.filter_pairs)
    wanted = list(dict.fromkeys((*wish.stamp_columns, *flag, *wish.signal_columns.values(), *filtered)))
    magic = bytes_in.first_bytes(wish.file, report, options.limits)
    if magic == b"PAR1":
        names = parquet.column_names(wish.file, report, options.limits)
        refuse_headers(report, names, wanted, names, header_row=0)
        cells = parquet.columns(wish.file, {name: name for name in wanted}, report)
        sheet = sheet_of_columns(cells, report, options)
    else:
        sheet = _sheet_of_text(wish, wanted, magic, report, options)
    refuse_without_rows(sheet)
    return _filtered(sheet, wish.filter_pairs)


def _sheet_of_text(wish: Wish, wanted: Sequence[str], magic: bytes, report: FileReport, options: ReadOptions) -> Sheet:
    refuse_foreign(magic, report)
    packed = magic.startswith(b"\x1f\x8b")
    raw = bytes_in.unpacked_gzip(wish.file, report, options.limits) if packed else wish.file.read_bytes()
    text = bytes_in.lines_of_text(raw, report, options)
    headers = [
        header.strip() or f"(blank {place})" for place, header in enumerate(csv_text.header_cells(text, report), 1)
    ]
    refuse_headers(report, headers, wanted, headers, header_row=1)
    sheet = sheet_of_text(text, headers, report, options)
    return replace(sheet, cells=sheet.cells.select(wanted))


def texts(sheet: Sheet, column: str) -> pl.Series:
    """The cells of a column as they would be written, without surrounding spaces.

    Raises  FileRefusedError if the column holds something that is not written in one way
    """
    cells = sheet.column(column)
    if cells.dtype.is_nested() or cells.dtype in (pl.Binary, pl.Duration, pl.Object):
        sheet.report.stop("column_type", evidence={"column": column, "kind": cells.dtype, "wanted": "text"})
    return cells.cast(pl.String).str.strip_chars()


def _filtered(sheet: Sheet, filters: Sequence[tuple[str, str]]) -> Sheet:
    for column, text in filters:
        cells = texts(sheet, column)
        kept = (cells == text.strip()).fill_null(value=False)
        if not kept.any():
            seen = ", ".join(shown(each) for each in cells.unique().sort().head(_SEEN_TEXTS))
            sheet.report.stop("convert_filter_empty", evidence={"column": column, "text": text, "seen": seen or "-"})
        sheet = replace(sheet, cells=sheet.cells.filter(kept), rows=sheet.rows.filter(kept))
    return sheet
