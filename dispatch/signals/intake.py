"""Signals in: a CSV or Parquet file, or a data frame, as one record or one refusal with every row that is wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from dispatch.signals import columns, doubts, grid
from dispatch.signals.record import Signals
from tariffs.reading import bytes_in, csv_text, parquet
from tariffs.reading.frames import as_polars, with_instants
from tariffs.reading.options import ReadOptions
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.reading.sheet import Sheet, refuse_without_rows, sheet_of_columns, sheet_of_text
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Catalogue, has_refusal

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
FRAME_NAME: Final = "frame"
"""What a data frame is called where a file has its name."""
_FOREIGN: Final = {b"PK\x03\x04": "XLSX", b"\xd0\xcf\x11\xe0": "XLS"}
_REFUSED: Final = Words("时序未通过检查，不能使用", "the signals did not pass the checks and are not used")


def read_signals(
    path: Path, naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI, accept_unterminated: bool = False
) -> Signals:
    """The signals of a CSV file (UTF-8 or GBK, gzip too) or a Parquet file, recognised by content.

    Raises  InputError if the path is no file; Refused, with a finding for each row, if anything in it is wrong
    """
    refuse_no_file(path)
    options = ReadOptions(accept_unterminated=accept_unterminated, naive_instants=naive_instants)
    return _signals(path.name, lambda report: _sheet_of_file(path, report, options))


def signals_of(source: object, naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI) -> Signals:
    """The signals of a file or a frame; those that are known already stay as they are.

    Raises  as `read_signals` and `signals_from_frame`
    """
    if isinstance(source, Signals):
        return source
    if isinstance(source, str | Path):
        return read_signals(Path(source), naive_instants)
    return signals_from_frame(source, naive_instants)


def signals_from_frame(frame: object, naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI) -> Signals:
    """The signals of a polars or pandas frame with the columns of signals.csv; its rows count from 1.

    Shape   a pandas frame, or a series with the name of its column, may have the instants in its index
    Raises  InputError if it is no such frame; Refused, with a finding for each row, if anything in it is wrong
    """
    table = as_polars(with_instants(frame, columns.TIME))

    def sheet_of_frame(report: FileReport) -> Sheet:
        headers = columns.checked_headers(table.columns, report, header_row=0)
        named = table.rename(dict(zip(table.columns, headers, strict=True)))
        return sheet_of_columns(named, report, ReadOptions(naive_instants=naive_instants))

    return _signals(FRAME_NAME, sheet_of_frame)


def _signals(name: str, sheet_of: Callable[[FileReport], Sheet]) -> Signals:
    report = FileReport(name, CATALOGUE)
    try:
        signals = signals_of_sheet(sheet_of(report))
    except FileRefusedError:
        raise refused(report.findings(), _REFUSED) from None
    return replace(signals, findings=report.findings())


def signals_of_sheet(sheet: Sheet) -> Signals:
    """The signals of a sheet whose headers were checked, in the order of time; its report takes what is found.

    Raises  FileRefusedError if anything in it, or in its report, is a refusal
    """
    refuse_without_rows(sheet)
    arrays = columns.arrays(sheet)
    times = grid.in_order(sheet)
    if times is None or has_refusal(sheet.report.findings()):
        raise FileRefusedError
    signals = Signals(horizon=times.horizon, **{name: array[times.order] for name, array in arrays.items()})
    doubts.tell(signals, sheet)
    return signals


def _sheet_of_file(path: Path, report: FileReport, options: ReadOptions) -> Sheet:
    magic = bytes_in.first_bytes(path, report, options.limits)
    if magic == b"PAR1":
        names = parquet.column_names(path, report, options.limits)
        headers = columns.checked_headers(names, report, header_row=0)
        cells = parquet.columns(path, dict(zip(names, headers, strict=True)), report)
        return sheet_of_columns(cells, report, options)
    refuse_foreign(magic, report)
    packed = magic.startswith(b"\x1f\x8b")
    raw = bytes_in.unpacked_gzip(path, report, options.limits) if packed else path.read_bytes()
    text = bytes_in.lines_of_text(raw, report, options)
    headers = columns.checked_headers(csv_text.header_cells(text, report), report, header_row=1)
    return sheet_of_text(text, headers, report, options)


def refuse_foreign(magic: bytes, report: FileReport) -> None:
    """Nothing, if the first bytes of a file may be those of a text.

    Raises  FileRefusedError if they are those of a workbook
    """
    if magic in _FOREIGN:
        report.stop("signal_format_unknown", evidence={"seen": _FOREIGN[magic]})
