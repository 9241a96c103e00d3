"""What one meter file holds, and the header of a table matched against a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from tariffs.reading.report import FileReport, shown
from tariffs.reading.sheet import MOST_NAMES, refuse_headers
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one file holds: its format, the number of its rows, and energies or register readings without `file_no`."""

    file_format: str = ""
    rows: int = 0
    intervals: pl.DataFrame | None = None
    registers: pl.DataFrame | None = None


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
    unknown = list(dict.fromkeys(header for header in headers if header not in known))
    if all(name in headers for name in required):
        for header in unknown[:MOST_NAMES]:
            absent = [name for name in optional if name not in headers]
            evidence = {"column": shown(header), "nearest": nearest(header, absent) or "-"}
            report.add("column_unknown", row=header_row, evidence=evidence)
        if len(unknown) > MOST_NAMES:
            report.add("columns_unknown", row=header_row, evidence={"count": len(unknown) - MOST_NAMES})
    refuse_headers(report, headers, required, unknown, header_row)
