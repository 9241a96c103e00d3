"""The columns of a kind of file, and a file or frame of that kind as a sheet whose headers were checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from tariffs.reading import bytes_in, csv_text, parquet
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileRefusedError, FileReport, shown
from tariffs.reading.sheet import (
    MOST_NAMES,
    Sheet,
    refuse_headers,
    refuse_without_rows,
    sheet_of_columns,
    sheet_of_text,
)
from tariffs.vocabulary.errors import nearest

CHINESE_HEADERS: Final = {
    "指令编号": "order_id",
    "电站编号": "station_id",
    "开始时间": "start_at",
    "结束时间": "end_at",
    "方向": "direction",
    "电量": "energy_kwh",
    "执行结果": "outcome",
    "完成电量": "done_kwh",
    "责任方": "cause",
    "日期": "date",
    "月份": "month",
    "时段开始": "interval_start",
    "日前电价": "day_ahead_price_cny_per_mwh",
    "实时电价": "real_time_price_cny_per_mwh",
    "原日期": "original_date",
    "原月份": "original_month",
    "更正原因": "reason",
    "类别": "kind",
    "次数": "count",
    "小时数": "hours",
}
"""Chinese headers that are understood beside the English ones."""
_FOREIGN: Final = {b"PK\x03\x04": "XLSX", b"\xd0\xcf\x11\xe0": "XLS"}
_PACKED_TWICE: Final = {**_FOREIGN, b"PAR1": "gzip (Parquet)", b"\x1f\x8b\x08": "gzip (gzip)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which columns a kind of file has.

    Shape   of the columns `either`, which are among the optional ones, at least one must be there; a file that
            `may_be_empty` tells by having no rows that there was nothing
    """

    kind: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    may_be_empty: bool = False


def sheet_of_file(path: Path, layout: Layout, report: FileReport, options: ReadOptions) -> Sheet:
    """The sheet of a CSV file (UTF-8 or GBK, gzip too) or a Parquet file, told by content.

    Shape   as of `sheet_of_frame`
    Raises  FileRefusedError if nothing of it can be read
    """
    magic = bytes_in.first_bytes(path, report, options.limits)
    if magic == b"PAR1":
        names = parquet.column_names(path, report, options.limits)
        headers = _checked_headers(names, layout, report, header_row=0)
        cells = parquet.columns(path, dict(zip(names, headers, strict=True)), report)
        return _complete(sheet_of_columns(cells, report, options), layout)
    _refuse_foreign(magic, _FOREIGN, report)
    raw = path.read_bytes()
    if magic.startswith(b"\x1f\x8b"):
        raw = bytes_in.unpacked_gzip(path, report, options.limits)
        _refuse_foreign(raw[:4], _PACKED_TWICE, report)
    text = bytes_in.lines_of_text(raw, report, options)
    headers = _checked_headers(csv_text.header_cells(text, report), layout, report, header_row=1)
    return _complete(sheet_of_text(text, headers, report, options), layout)


def sheet_of_frame(frame: pl.DataFrame, layout: Layout, report: FileReport, options: ReadOptions) -> Sheet:
    """The sheet of a data frame; its rows count from 1.

    Shape   has every column of the layout; one that was not given is there without a type
    Raises  FileRefusedError if its columns are not those of the layout
    """
    headers = _checked_headers(frame.columns, layout, report, header_row=0)
    named = frame.rename(dict(zip(frame.columns, headers, strict=True)))
    return _complete(sheet_of_columns(named, report, options), layout)


def _refuse_foreign(first: bytes, kinds: dict[bytes, str], report: FileReport) -> None:
    for magic, name in kinds.items():
        if first.startswith(magic):
            report.stop("input_format_unknown", evidence={"seen": name})


def _checked_headers(names: Sequence[str], layout: Layout, report: FileReport, header_row: int) -> tuple[str, ...]:
    plain = [name.strip().lower() or f"(blank {position})" for position, name in enumerate(names, start=1)]
    headers = tuple(CHINESE_HEADERS.get(name, name) for name in plain)
    known = (*layout.required, *layout.optional)
    unknown = [header for header in dict.fromkeys(headers) if header not in known]
    absent = [name for name in known if name not in headers]
    for header in unknown[:MOST_NAMES]:
        evidence = {"column": shown(header), "nearest": nearest(header, absent) or "-"}
        report.add("input_column_unknown", row=header_row, evidence=evidence)
    refuse_headers(report, headers, layout.required, unknown, header_row)
    if layout.either and not set(layout.either) & set(headers):
        report.add("input_column_neither", row=header_row, evidence={"choices": ", ".join(layout.either)})
    if report.findings():
        raise FileRefusedError
    return headers


def _complete(sheet: Sheet, layout: Layout) -> Sheet:
    if not layout.may_be_empty:
        refuse_without_rows(sheet)
    columns = (*layout.required, *layout.optional)
    absent = [pl.lit(None).alias(name) for name in columns if name not in sheet.cells.columns]
    return replace(sheet, cells=sheet.cells.with_columns(absent).select(columns))
