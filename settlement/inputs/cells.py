"""Columns of input files as stations, exact integers, days, months, words and texts; a cell that is none is a finding."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from tariffs.reading import grammar
from tariffs.reading.cells import blank, parsed_days, refuse, scaled_integers
from tariffs.reading.report import shown
from tariffs.reading.sheet import Sheet
from tariffs.stations import Station
from tariffs.vocabulary.errors import nearest

ENERGY_DECIMALS: Final = 4
MOST_ENERGY_KWH_E4: Final = 10**14
"""10 TWh: beyond it is no energy of a station, whatever the time, and sums of many stay in 64 bits."""
FIRST_DAY: Final = date(1992, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
"""Days outside are mistakes, as instants outside of them are."""
_MONTH: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
_WIDE_BLANKS: Final = str.maketrans({"\u3000": " ", "\u00a0": " "})

Stations = Mapping[str, Station]
"""The stations of a run by their ids."""


def tell(sheet: Sheet, where: pl.Series, code: str, evidence_of: Callable[[int], Mapping[str, Any]]) -> None:
    """Add a finding for each row where something holds; the evidence is that of a position in the sheet."""
    positions = where.fill_null(value=False).arg_true().to_list()
    stations = sheet.cells["station_id"] if "station_id" in sheet.cells.columns else None
    for number, position in enumerate(positions):
        if sheet.report.full(code):
            sheet.report.add_uncounted(code, len(positions) - number)
            return
        station = stations[position] if stations is not None else None
        station_id = grammar.identifier(station) if isinstance(station, str) else None
        evidence = evidence_of(position)
        sheet.report.add(code, row=int(sheet.rows[position]), station_id=station_id or "", evidence=evidence)


def as_text(sheet: Sheet, name: str) -> pl.Series:
    """A column as text; numbers that stand for names are written out.

    Raises  FileRefusedError if the column can hold no text
    """
    cells = sheet.column(name)
    if isinstance(cells.dtype, pl.Categorical | pl.Enum | pl.Null) or cells.dtype.is_integer():
        return cells.cast(pl.String)
    if cells.dtype != pl.String:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "text"})
    return cells


def stations(sheet: Sheet, known: Stations) -> pl.Series:
    """The column of station ids; null where the cell is empty or names no station of the run."""
    cells = as_text(sheet, "station_id")
    refuse(sheet, "station_id", blank(cells), lambda _: "input_cell_missing")
    owners = {meter: station.id for station in known.values() for meter in station.meter_ids}
    strange = ~cells.is_in(list(known)) & ~blank(cells)

    def who(position: int) -> Mapping[str, str]:
        text = cells[position]
        likely = owners.get(text) or nearest(text, list(known)) or "-"
        return {"text": shown(text), "nearest": likely}

    tell(sheet, strange, "input_station_unknown", who)
    return _where(cells, cells.is_in(list(known)))


def numbers(sheet: Sheet, name: str, decimals: int, *, may_be_blank: bool = False) -> pl.Series:
    """A column of numbers as integers of 10^-decimals (Int64); null where the cell is refused, or blank and may be so."""
    scaled = scaled_integers(sheet, name, decimals).rename(name)
    faulty = scaled.is_null()
    if may_be_blank:
        faulty = faulty & ~blank(sheet.column(name))
    refuse(
        sheet,
        name,
        faulty,
        lambda text: f"input_number_{grammar.number_fault(text, decimals)}",
        {"decimals": decimals},
    )
    return scaled


def bounded(sheet: Sheet, scaled: pl.Series, wrong: pl.Series, code: str, most: object = "") -> pl.Series:
    """A column of numbers without those that are wrong, each of which is a finding of the code."""
    wrong = wrong.fill_null(value=False)
    refuse(sheet, scaled.name, wrong, lambda _: code, {"most": most})
    return _where(scaled, ~wrong)


def energies(sheet: Sheet, name: str, *, may_be_blank: bool = False) -> pl.Series:
    """A column of kWh as integers of 1e-4 kWh (Int64), of any sign."""
    scaled = numbers(sheet, name, ENERGY_DECIMALS, may_be_blank=may_be_blank)
    return bounded(sheet, scaled, scaled.abs() > MOST_ENERGY_KWH_E4, "input_number_too_large")


def days(sheet: Sheet, name: str, *, may_be_blank: bool = False) -> pl.Series:
    """A column of calendar days (Date); null where the cell is refused, or blank and may be so."""
    parsed = parsed_days(sheet, name)
    parsed = _where(parsed, parsed.is_between(FIRST_DAY, LAST_DAY))
    _refuse_unread(sheet, name, parsed, "input_date_malformed", may_be_blank=may_be_blank)
    return parsed


def months(sheet: Sheet, name: str, *, may_be_blank: bool = False) -> pl.Series:
    """A column of months as text such as 2025-07; null where the cell is refused, or blank and may be so."""
    cells = as_text(sheet, name)
    sensible = cells.is_between(pl.lit(f"{FIRST_DAY:%Y-%m}"), pl.lit(f"{LAST_DAY:%Y-%m}"))
    parsed = _where(cells, cells.str.contains(_MONTH) & sensible)
    _refuse_unread(sheet, name, parsed, "input_month_malformed", may_be_blank=may_be_blank)
    return parsed


def words(sheet: Sheet, name: str, meanings: Mapping[str, str], *, may_be_blank: bool = False) -> pl.Series:
    """A column of words out of a closed set, in their English spelling; null where the word is not in it."""
    cells = as_text(sheet, name)
    parsed = cells.replace_strict(list(meanings), list(meanings.values()), default=None, return_dtype=pl.String)
    empty = blank(cells)
    if not may_be_blank:
        refuse(sheet, name, empty, lambda _: "input_cell_missing")
    choices = ", ".join(dict.fromkeys(meanings.values()))

    def likely(position: int) -> Mapping[str, str]:
        text = cells[position]
        meant = meanings.get(nearest(text.strip().lower(), list(meanings)), "-")
        return {"column": name, "text": shown(text), "choices": choices, "nearest": meant}

    tell(sheet, parsed.is_null() & ~empty, "input_word_unknown", likely)
    return parsed


def texts(sheet: Sheet, name: str) -> pl.Series:
    """A column of free text, kept as it stands; null where the cell is empty, too long or would not print."""
    cells = as_text(sheet, name)
    most = sheet.options.limits.max_cell_characters
    refuse(sheet, name, cells.is_null() | (cells.str.strip_chars() == ""), lambda _: "input_cell_missing")
    long = cells.str.len_chars() > most
    tell(sheet, long, "cell_too_long", lambda _: {"most": most})
    unprinted = pl.Series([text is not None and not prints(text) for text in cells.to_list()], dtype=pl.Boolean)
    refuse(sheet, name, unprinted, lambda _: "input_text_unprintable")
    return _where(cells, (cells.str.strip_chars() != "") & ~long & ~unprinted)


def prints(text: str) -> bool:
    """Whether a text is one line without control characters, marks of direction and letters that nobody defined."""
    return text.translate(_WIDE_BLANKS).isprintable()


def repeats(sheet: Sheet, key: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Which rows of a sheet have the key of an earlier one, and the row where each key stands first.

    Shape   `key` has a row for each of the sheet; a key with a null in it is not compared
    """
    numbered = key.with_columns(row=sheet.rows).with_row_index("position")
    first = numbered.select(
        pl.col("row").first().over(key.columns).alias("row"),
        (pl.col("position") != pl.col("position").first().over(key.columns)).alias("again"),
        pl.any_horizontal(pl.col(key.columns).is_null()).alias("unknown"),
    )
    return first["again"] & ~first["unknown"], first["row"]


def _refuse_unread(sheet: Sheet, name: str, parsed: pl.Series, code: str, *, may_be_blank: bool) -> None:
    empty = blank(sheet.column(name))
    if not may_be_blank:
        refuse(sheet, name, empty, lambda _: "input_cell_missing")
    refuse(sheet, name, parsed.is_null() & ~empty, lambda _: code)


def _where(cells: pl.Series, kept: pl.Series) -> pl.Series:
    """The cells that are kept, null in place of the others."""
    return (
        pl.DataFrame({"cell": cells, "kept": kept}).select(pl.when("kept").then("cell").alias(cells.name)).to_series()
    )
