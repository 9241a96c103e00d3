"""Stamps as somebody wrote them, taken apart: day, time of day, offset, and which of two equal hours.

A text is a day and a time of day, with an offset or without: `2022/1/1 0:15`, `31.12.2025 24:00`,
`2023-01-01T00:00:00+0100`, `2025-10-26 02b:00`. In which order day, month and year stand is said, never guessed; the
sign between them is that of the first row, so that a file whose stamps change their form is seen.
"""

import re
from typing import Final

import polars as pl

from huchu.convert.source import texts
from huchu.convert.wish import Wish
from tariffs.reading.cells import UNITS_PER_MS, first_row, refuse
from tariffs.reading.grammar import MS_PER_SECOND
from tariffs.reading.report import shown
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.units import MINUTES_PER_HOUR, MS_PER_DAY, MS_PER_MINUTE

_DATE_PARTS: Final = {"y": "(?P<y>[0-9]{4})", "m": "(?P<m>[0-9]{1,2})", "d": "(?P<d>[0-9]{1,2})"}
_TIME_OF_DAY: Final = (
    r"(?P<hour>[0-9]{1,2})(?P<twin>[abAB])?(?::(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:\.0+)?)?)?"
)
_OFFSET: Final = r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_SEPARATOR: Final = re.compile(r"[0-9]+([-/.])")
_MS_PER_HOUR: Final = MINUTES_PER_HOUR * MS_PER_MINUTE
_LONGEST_DAY_MS: Final = MS_PER_DAY + _MS_PER_HOUR


def stamp_parts(sheet: Sheet, wish: Wish) -> pl.DataFrame:
    """The parts of each stamp; all null where the stamp is refused.

    Shape   `day_ms` (the day, as if in UTC) and `within_ms` in milliseconds; `east_ms` the offset, null where none
            stands there; `twin` is b for the later of two equal hours, a for the earlier, null where nothing is said
    """
    cells = sheet.column(wish.time_column or wish.date_column)
    if isinstance(cells.dtype, pl.Datetime) and wish.time_column:
        refuse(sheet, wish.time_column, cells.is_null(), lambda _: "instant_missing")
        return _typed(cells)
    stamps = _stamps(sheet, wish)
    present = stamps.fill_null("") != ""
    refuse(sheet, wish.stamp_columns[0], ~present, lambda _: "instant_missing")
    example = next(iter(stamps.filter(present)), "")
    pattern = _pattern(example, wish)
    fits = stamps.str.contains(pattern).fill_null(value=False)
    unfit = present & ~fits
    if unfit.any():
        evidence = {
            "text": shown(next(iter(stamps.filter(unfit)))),
            "count": unfit.sum(),
            "order": wish.date_order,
            "example": shown(example),
            "example_row": first_row(sheet, present),
        }
        sheet.report.add("convert_stamp_unfit", row=first_row(sheet, unfit), evidence=evidence)
    longest_ms = _LONGEST_DAY_MS if wish.hours == "counted" else MS_PER_DAY
    parts = stamps.to_frame("text").select(pl.col("text").str.extract_groups(pattern)).unnest("text")
    measured = parts.select(_day_ms(), _within_ms(), _east_ms(), twin=pl.col("twin").str.to_lowercase())
    there = (measured["day_ms"].is_not_null() & (measured["within_ms"] <= longest_ms)).fill_null(value=False)
    refuse(sheet, wish.stamp_columns[0], fits & ~there, lambda _: "instant_impossible")
    return measured.select(pl.when(there).then(pl.all()))


def _typed(cells: pl.Series) -> pl.DataFrame:
    at_ms = cells.to_physical() // UNITS_PER_MS[getattr(cells.dtype, "time_unit", "us")]
    zoned = isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone is not None
    within_ms = at_ms % MS_PER_DAY
    return pl.DataFrame({"day_ms": at_ms - within_ms, "within_ms": within_ms}).with_columns(
        east_ms=pl.lit(0 if zoned else None, dtype=pl.Int64), twin=pl.lit(None, dtype=pl.String)
    )


def _stamps(sheet: Sheet, wish: Wish) -> pl.Series:
    if wish.time_column:
        return texts(sheet, wish.time_column)
    both = pl.DataFrame({"day": texts(sheet, wish.date_column), "time": texts(sheet, wish.time_of_day_column)})
    return both.select(pl.concat_str("day", "time", separator=" ").str.strip_chars()).to_series()


def _pattern(example: str, wish: Wish) -> str:
    match = _SEPARATOR.match(example)
    separator = re.escape(match[1]) if match else "-"
    day = separator.join(_DATE_PARTS[part] for part in wish.date_order)
    return rf"^{day}(?:[T ]+{_TIME_OF_DAY})?{_OFFSET}$"


def _day_ms() -> pl.Expr:
    padded = pl.concat_str(pl.col("y"), pl.col("m").str.zfill(2), pl.col("d").str.zfill(2), separator="-")
    days = padded.str.to_date("%Y-%m-%d", strict=False).to_physical().cast(pl.Int64)
    return (days * MS_PER_DAY).alias("day_ms")


def _within_ms() -> pl.Expr:
    hour, minute, second = (pl.col(name).cast(pl.Int64).fill_null(0) for name in ("hour", "minute", "second"))
    return (hour * _MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND).alias("within_ms")


def _east_ms() -> pl.Expr:
    digits = pl.col("offset").str.replace_all("[^0-9]", "").str.pad_end(4, "0")
    hours, minutes = (part.cast(pl.Int64) for part in (digits.str.head(2), digits.str.tail(2)))
    east_ms = hours * _MS_PER_HOUR + minutes * MS_PER_MINUTE
    return pl.when(pl.col("offset").str.starts_with("-")).then(-east_ms).otherwise(east_ms).alias("east_ms")
