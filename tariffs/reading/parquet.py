"""Parquet files as typed columns; only the columns that a format uses are read. A row counts from 1."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from polars.exceptions import PanicException, PolarsError

from tariffs.reading.options import Limits
from tariffs.reading.report import FileReport


def column_names(path: Path, report: FileReport, limits: Limits) -> tuple[str, ...]:
    """Names of the columns.

    Raises  FileRefusedError if the file is damaged or has more rows or columns than the limits allow
    """
    try:
        lazy = pl.scan_parquet(path, glob=False)
        names = tuple(lazy.collect_schema())
        rows = lazy.select(pl.len()).collect().item()
    except (PolarsError, PanicException, OSError):
        report.stop("parquet_damaged")
    if rows > limits.max_rows or len(names) > limits.max_columns:
        report.stop("rows_too_many", evidence={"rows": rows, "columns": len(names)})
    return names


def columns(path: Path, wanted: Mapping[str, str], report: FileReport) -> pl.DataFrame:
    """The columns that are wanted, under their new names.

    Raises  FileRefusedError if the file is damaged
    """
    try:
        return pl.scan_parquet(path, glob=False).select(list(wanted)).rename(dict(wanted)).collect()
    except (PolarsError, PanicException, OSError):
        report.stop("parquet_damaged")
