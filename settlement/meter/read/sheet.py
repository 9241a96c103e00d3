"""A table of cells as a file holds it, with the physical row of each, and its header matched against a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from settlement.meter.read.options import ReadOptions
from settlement.meter.read.report import FileRefusedError, FileReport, shown
from tariffs.vocabulary.errors import nearest

CHINESE_HEADERS: Final = {
    "电站编号": "station_id",
    "时段开始": "interval_start",
    "充电电量": "charge_kwh",
    "放电电量": "discharge_kwh",
    "数据质量": "quality",
    "日期": "date",
    "方向": "direction",
    "表计编号": "meter_id",
    "抄表时间": "read_at",
    "用电示数": "import_register_kwh",
    "上网示数": "export_register_kwh",
    "倍率": "multiplier",
}
"""Chinese headers that are understood beside the English ones."""

_MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one file holds: its format, the number of its rows, and energies or register readings without `file_no`."""

    file_format: str = ""
    rows: int = 0
    intervals: pl.DataFrame | None = None
    registers: pl.DataFrame | None = None


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


def normal_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers in lower case without surrounding spaces, Chinese ones translated, blank ones numbered."""
    plain = [header.strip().lower() or f"(blank {position})" for position, header in enumerate(headers, start=1)]
    return tuple(CHINESE_HEADERS.get(header, header) for header in plain)


def check_headers(
    report: FileReport, headers: Sequence[str], required: Sequence[str], optional: Sequence[str], header_row: int
) -> None:
    """Refuse doubled and missing columns; name the columns that are ignored.

    Raises  FileRefusedError if a column is there twice or not at all
    """
    known = (*required, *optional)
    doubled = sorted({header for header in headers if headers.count(header) > 1})
    missing = [name for name in required if name not in headers]
    unknown = list(dict.fromkeys(header for header in headers if header not in known))
    for header in unknown[:_MOST_NAMES] if not missing else ():
        absent = [name for name in optional if name not in headers]
        report.add(
            "column_unknown",
            row=header_row,
            evidence={"column": shown(header), "nearest": nearest(header, absent) or "-"},
        )
    if len(unknown) > _MOST_NAMES and not missing:
        report.add("columns_unknown", row=header_row, evidence={"count": len(unknown) - _MOST_NAMES})
    if doubled:
        report.add("column_duplicate", row=header_row, evidence={"columns": ", ".join(doubled)})
    if missing:
        likely = [nearest(name, unknown) for name in missing]
        evidence = {
            "columns": ", ".join(missing[:_MOST_NAMES]) + ("…" if len(missing) > _MOST_NAMES else ""),
            "nearest": ", ".join(shown(name) for name in likely if name) or "-",
        }
        report.add("column_missing", row=header_row, evidence=evidence)
    if doubled or missing:
        raise FileRefusedError
