"""Columns of a sheet as instants and exact integers; each cell that is none is a finding with its row."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from tariffs.reading import doubles, grammar
from tariffs.reading.report import shown
from tariffs.reading.sheet import Sheet
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.timegrid import INSTANT, UTC_OFFSET_MS, ZONE_NAME

DAY_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
UNITS_PER_MS: Final = {"ms": 1, "us": 10**3, "ns": 10**6}


def scaled_integers(sheet: Sheet, name: str, decimals: int) -> pl.Series:
    """A column of numbers as integers of 10^-decimals (Int64); null where the cell is no such number, without a finding.

    Raises  FileRefusedError if the column can hold no numbers
    """
    cells = sheet.column(name)
    if cells.dtype == pl.String:
        return grammar.scaled_integers(cells, decimals)
    if cells.dtype == pl.Null:
        return pl.Series(name, [None] * len(cells), dtype=pl.Int64)
    if not cells.dtype.is_numeric():
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "number"})
    return doubles.scaled_integers(cells, decimals)


def parsed_days(sheet: Sheet, name: str) -> pl.Series:
    """A column of calendar days (Date); null where the cell is none, without a finding.

    Raises  FileRefusedError if the column can hold no days
    """
    cells = sheet.column(name)
    if cells.dtype == pl.Null:
        cells = cells.cast(pl.String)
    if cells.dtype == pl.Date:
        return cells
    if cells.dtype != pl.String:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "date"})
    well_formed = pl.when(pl.col(name).str.contains(DAY_PATTERN)).then(pl.col(name))
    return cells.to_frame().select(well_formed.str.to_date("%Y-%m-%d", strict=False)).to_series()


def blank(cells: pl.Series) -> pl.Series:
    """Where nothing stands in a column."""
    return cells.is_null() | (cells == "") if cells.dtype == pl.String else cells.is_null()


def instants(sheet: Sheet, name: str) -> pl.Series:
    """A column of instants; null where the cell is refused.

    An instant without an offset is Asia/Shanghai time, with a notice, or refused where the options say so; 24:00 is
    00:00 of the next day, with a notice; naive and offset in one column is refused.
    """
    cells = sheet.column(name)
    if isinstance(cells.dtype, pl.Datetime):
        return _typed_instants(sheet, cells)
    if cells.dtype != pl.String:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "instant"})
    distinct = grammar.instants(cells.unique())
    parsed = (
        cells.to_frame("text")
        .join(distinct, on="text", how="left", maintain_order="left", nulls_equal=True)
        .select("at_ms", "zoned", "label_24")
    )
    refuse(sheet, name, parsed["at_ms"].is_null(), grammar.instant_fault)
    understood = distinct.filter(pl.col("at_ms").is_not_null())
    _tell_of_naive(sheet, understood["zoned"], parsed)
    if understood["label_24"].any():
        labelled = parsed["label_24"] & parsed["at_ms"].is_not_null()
        sheet.report.add("label_24_00", row=first_row(sheet, labelled), evidence={"count": labelled.sum()})
    return parsed["at_ms"].cast(pl.Datetime("ms")).dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE_NAME)


def _tell_of_naive(sheet: Sheet, zoned: pl.Series, parsed: pl.DataFrame) -> None:
    if not len(zoned) or zoned.all():
        return
    naive_rows = ~parsed["zoned"] & parsed["at_ms"].is_not_null()
    naive_row = first_row(sheet, naive_rows)
    if zoned.any():
        zoned_row = first_row(sheet, parsed["zoned"] & parsed["at_ms"].is_not_null())
        evidence = {"naive_row": naive_row, "zoned_row": zoned_row}
        sheet.report.add("instants_mixed", row=max(naive_row, zoned_row), evidence=evidence)
    naive_finding(sheet, naive_row, int(naive_rows.sum()))


def naive_finding(sheet: Sheet, row: int, count: int) -> None:
    """Say that instants without an offset were taken as Asia/Shanghai time, or refuse them."""
    refused = sheet.options.naive_instants is NaiveInstants.REFUSE
    sheet.report.add("naive_instants_refused" if refused else "naive_instants", row=row, evidence={"count": count})


def _typed_instants(sheet: Sheet, cells: pl.Series) -> pl.Series:
    per_ms = UNITS_PER_MS[getattr(cells.dtype, "time_unit", "us")]
    unit = cells.to_physical()
    unusable = (unit % per_ms != 0) | ~(unit // per_ms).is_between(grammar.FIRST_MS, grammar.LAST_MS)
    unusable = unusable.fill_null(value=False)
    refuse(sheet, cells.name, cells.is_null() | unusable, grammar.instant_fault)
    cells = cells.to_frame("at").select(pl.when(~unusable).then("at")).to_series()
    if isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone is None:
        naive_finding(sheet, first_row(sheet, cells.is_not_null()), len(cells) - cells.null_count())
        at_ms = cells.cast(pl.Datetime("ms")).to_physical() - UTC_OFFSET_MS
        return at_ms.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE_NAME)
    return cells.dt.convert_time_zone(ZONE_NAME).cast(INSTANT)


def refuse(
    sheet: Sheet,
    name: str,
    faulty: pl.Series,
    code_of: Callable[[str | None], str],
    evidence: Mapping[str, object] | None = None,
) -> None:
    """Add a finding for each faulty cell of a column."""
    if not faulty.any():
        return
    stations = sheet.cells["station_id"] if "station_id" in sheet.cells.columns else sheet.rows
    wrong = pl.DataFrame({"row": sheet.rows, "cell": sheet.column(name), "station": stations}).filter(faulty)
    texts = wrong["cell"].cast(pl.String, strict=False)
    for row, text, station in zip(wrong["row"], texts, wrong["station"], strict=True):
        code = code_of(text)
        if sheet.report.full(code):
            sheet.report.add_uncounted(code, 1)
            continue
        station_id = grammar.identifier(station) if isinstance(station, str) else None
        sheet.report.add(
            code,
            row=row,
            station_id=station_id or "",
            evidence={"column": name, "text": shown(text), **(evidence or {})},
        )


def first_row(sheet: Sheet, where: pl.Series) -> int:
    """The row of the first cell that is meant; 0 where none is."""
    first = where.arg_max()
    return int(sheet.rows[first]) if first is not None else 0
