"""CSV tables of results: UTF-8 with a byte-order mark, exact text, no cell that a spreadsheet would run."""

import io
from collections.abc import Sequence
from typing import Final

import polars as pl

from tariffs.vocabulary.columns import FINDINGS
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import local

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """A frame of text and integers as CSV with a byte-order mark and line feeds."""
    content = io.BytesIO()
    frame.write_csv(content, include_bom=True)
    return content.getvalue()


def findings_frame(findings: Sequence[Finding]) -> pl.DataFrame:
    """The findings with the columns FINDINGS as text; a text that a spreadsheet would run is quoted with '."""
    rows = [
        {
            "severity": finding.severity.value,
            "code": finding.code,
            "file": plain_cell(finding.file),
            "row": str(finding.row) if finding.row else "",
            "station_id": plain_cell(finding.station_id),
            "interval_start": local(finding.interval_start).isoformat() if finding.interval_start else "",
            "message": plain_cell(str(finding.message)),
            "action": plain_cell(str(finding.action)),
        }
        for finding in findings
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(FINDINGS, pl.String))


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before one that could be."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
