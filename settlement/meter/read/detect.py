"""Which format a file has, by its content and never by its name.

A further table format is one module and an entry in `TABLE_FORMATS`; a further text format a module and a line in
`_read_text`.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import polars as pl

from settlement.meter.read import greenbutton, long, nem12, points96, registers, workbook
from settlement.meter.read.sheet import Contents, check_headers, normal_headers
from tariffs.reading import bytes_in, csv_text, parquet
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileReport, shown
from tariffs.reading.sheet import Sheet, refuse_without_rows, sheet_of_columns, sheet_of_text


class TableFormat(Protocol):
    """What each module of a table format has."""

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """Name of the format."""

    @property
    def MARKS(self) -> tuple[str, ...]:  # noqa: N802
        """Columns that tell the format."""

    @property
    def REQUIRED(self) -> tuple[str, ...]:  # noqa: N802
        """Columns that must be there."""

    @property
    def OPTIONAL(self) -> tuple[str, ...]:  # noqa: N802
        """Columns that may be there."""

    def read(self, sheet: Sheet) -> Contents:
        """Energies or register readings of the sheet."""
        ...


TABLE_FORMATS: Final[tuple[TableFormat, ...]] = (long, registers, points96)

_NEM_FIRST_RECORD = re.compile(rb'\s*"?(100"?,"?NEM1[0-9]|[23]00"?,)')
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_SHOWN_HEADERS = 8
_FEWEST_KNOWN_COLUMNS = 2


def read_file(path: Path, report: FileReport, options: ReadOptions) -> Contents:
    """What a file holds, by the format that its first bytes tell.

    Raises  FileRefusedError if nothing of it can be read; the report then says why
    """
    magic = bytes_in.first_bytes(path, report, options.limits)
    if magic == b"PAR1":
        return _read_parquet(path, report, options)
    if magic.startswith(b"PK"):
        return _read_workbook(path, report, options)
    if magic == _OLD_WORKBOOK:
        report.stop("format_unknown", evidence={"seen": "Excel 97-2003 / encrypted Excel"})
    if magic.startswith(b"\x1f\x8b"):
        return _read_text(bytes_in.unpacked_gzip(path, report, options.limits), report, options)
    return _read_text(path.read_bytes(), report, options)


def _read_text(raw: bytes, report: FileReport, options: ReadOptions) -> Contents:
    if raw.startswith((b"PAR1", b"PK\x03\x04", b"\x1f\x8b", _OLD_WORKBOOK)):
        report.stop("format_unknown", evidence={"seen": "gzip (Parquet, XLSX, gzip)"})
    if raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return greenbutton.read(raw, report)
    text = bytes_in.lines_of_text(raw, report, options)
    if _NEM_FIRST_RECORD.match(text):
        return nem12.read(text, report, options)
    return _read_csv(text, report, options)


def _read_csv(text: bytes, report: FileReport, options: ReadOptions) -> Contents:
    headers = normal_headers(csv_text.header_cells(text, report))
    layout = table_format(headers, report)
    check_headers(report, headers, layout.REQUIRED, layout.OPTIONAL, header_row=1)
    return _read_rows(layout, sheet_of_text(text, headers, report, options))


def _read_workbook(path: Path, report: FileReport, options: ReadOptions) -> Contents:
    tables = {name: normal_headers(headers) for name, headers in workbook.headers(path, report, options.limits).items()}
    usable = {name: headers for name, headers in tables.items() if _marked(headers)}
    if len(usable) > 1:
        report.stop("workbook_several_tables", evidence={"sheets": ", ".join(map(shown, usable))})
    name = next(iter(usable or tables), None)
    if name is None:
        report.stop("workbook_no_table")
    headers = tables[name]
    layout = table_format(headers, report)
    cells, rows, header_row = workbook.body(path, name, headers, report, options.limits)
    check_headers(report, headers, layout.REQUIRED, layout.OPTIONAL, header_row=header_row)
    return _read_rows(layout, Sheet(cells=cells, rows=rows, printed=False, report=report, options=options))


def _read_parquet(path: Path, report: FileReport, options: ReadOptions) -> Contents:
    names = parquet.column_names(path, report, options.limits)
    headers = normal_headers(names)
    layout = table_format(headers, report)
    check_headers(report, headers, layout.REQUIRED, layout.OPTIONAL, header_row=0)
    wanted = {
        name: header
        for name, header in zip(names, headers, strict=True)
        if header in layout.REQUIRED or header in layout.OPTIONAL
    }
    return _read_typed(layout, parquet.columns(path, wanted, report), report, options)


def read_frame(frame: pl.DataFrame, report: FileReport, options: ReadOptions) -> Contents:
    """What a data frame holds; its rows count from 1.

    Raises  FileRefusedError if nothing of it can be read; the report then says why
    """
    headers = normal_headers(frame.columns)
    layout = table_format(headers, report)
    check_headers(report, headers, layout.REQUIRED, layout.OPTIONAL, header_row=0)
    return _read_typed(layout, frame.rename(dict(zip(frame.columns, headers, strict=True))), report, options)


def _read_typed(layout: TableFormat, cells: pl.DataFrame, report: FileReport, options: ReadOptions) -> Contents:
    return _read_rows(layout, sheet_of_columns(cells, report, options))


def _read_rows(layout: TableFormat, sheet: Sheet) -> Contents:
    refuse_without_rows(sheet)
    return layout.read(sheet)


def table_format(headers: Sequence[str], report: FileReport) -> TableFormat:
    """The table format of a header: the one whose marks it has, else the one most of whose columns it has.

    Raises  FileRefusedError if it is no header of a known format
    """
    marked = _marked(headers)
    known = {layout.FORMAT: len(set(headers) & set(layout.REQUIRED)) for layout in TABLE_FORMATS}
    nearest = max(TABLE_FORMATS, key=lambda layout: known[layout.FORMAT])
    if marked is None and known[nearest.FORMAT] < _FEWEST_KNOWN_COLUMNS:
        seen = ", ".join(shown(header) for header in headers[:_SHOWN_HEADERS])
        report.stop("format_unknown", row=1, evidence={"seen": seen or "-"})
    chosen = marked or nearest
    report.file_format = chosen.FORMAT
    return chosen


def _marked(headers: Sequence[str]) -> TableFormat | None:
    return next((layout for layout in TABLE_FORMATS if set(layout.MARKS) <= set(headers)), None)
