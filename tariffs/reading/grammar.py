"""The strict grammar of numbers, instants and names, on whole columns of text.

A number is an optional minus sign, at most twelve digits and, after a point, as many decimals as the column allows;
surplus zeros are allowed. It becomes an integer by its digits and never passes through a float. An instant is
ISO 8601 to the minute or finer. Everything else is no number and no instant: nan, inf, 1_000, 1e400, 1,000, 5., +5,
full-width digits, blanks.
"""

import re
import unicodedata
from datetime import date
from typing import Final

import polars as pl

from tariffs.vocabulary.timegrid import UTC_OFFSET_MS, physical
from tariffs.vocabulary.units import MINUTES_PER_HOUR, MS_PER_DAY, MS_PER_MINUTE

MAX_DIGITS: Final = 12
FIRST_MS: Final = physical(date(1992, 1, 1))
LAST_MS: Final = physical(date(2200, 1, 1))
"""Instants outside are mistakes: before, the city had a clock change; after, no document will hold."""
MS_PER_SECOND: Final = MS_PER_MINUTE // 60

_FINER = re.compile(r"-?[0-9]*\.[0-9]+")
_LARGER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INSTANT: Final = (
    r"^(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9])"
    r"(?::(?P<second>[0-5][0-9])(?:\.(?P<fraction>[0-9]{1,3})0*)?)?"
    r"(?:(?P<utc>Z)|(?P<sign>[+-])(?P<offset_hour>0[0-9]|1[0-4]):?(?P<offset_minute>[0-5][0-9]))?$"
)
_IDENTIFIER = re.compile(r"[\w-]{1,64}")
_FEED = re.compile(r"[\w./-]{1,64}")


def number_pattern(decimals: int) -> str:
    """Regular expression of a number with at most so many decimals, surplus zeros apart."""
    fraction = rf"\.[0-9]{{1,{decimals}}}0*" if decimals else r"\.0+"
    return rf"^-?(?:[0-9]{{1,{MAX_DIGITS}}}(?:{fraction})?|{fraction})$"


def scaled_integers(texts: pl.Series, decimals: int) -> pl.Series:
    """Numbers as integers of 10^-decimals (Int64); null where the text is no number of that grammar."""
    return (
        texts.to_frame("text")
        .select(
            pl.when(pl.col("text").str.contains(number_pattern(decimals)))
            .then(pl.col("text"))
            .cast(pl.Decimal(38, decimals), strict=False)
            .to_physical()
            .cast(pl.Int64, strict=False)
            .alias("scaled")
        )
        .to_series()
    )


def number_fault(text: str | None, decimals: int) -> str:
    """What is wrong with a text that is no number, or one out of range: missing, malformed, too_fine or too_large."""
    if text is None or not text.strip():
        return "missing"
    if re.search(number_pattern(decimals), text):
        return "too_large"
    if _FINER.fullmatch(text):
        return "too_fine" if len(text.lstrip("-").split(".")[0]) <= MAX_DIGITS else "too_large"
    return "too_large" if _LARGER.fullmatch(text) else "malformed"


def instants(texts: pl.Series) -> pl.DataFrame:
    """Instants of distinct texts: milliseconds since the epoch, whether an offset stands there, whether it is 24:00.

    Shape   columns text, at_ms (Int64, null where the text is no instant), zoned, label_24; a text without an offset
            is Asia/Shanghai wall time
    """
    parts = (
        texts.to_frame("text").with_columns(pl.col("text").str.extract_groups(_INSTANT).alias("part")).unnest("part")
    )
    number = {
        name: pl.col(name).cast(pl.Int64, strict=False).fill_null(0)
        for name in ("hour", "minute", "second", "offset_hour", "offset_minute")
    }
    within_day_ms = (
        (number["hour"] * MINUTES_PER_HOUR + number["minute"]) * MS_PER_MINUTE
        + number["second"] * MS_PER_SECOND
        + pl.col("fraction").str.pad_end(3, "0").cast(pl.Int64, strict=False).fill_null(0)
    )
    day_ms = pl.col("day").str.to_date("%Y-%m-%d", strict=False).to_physical().cast(pl.Int64) * MS_PER_DAY
    offset_ms = (number["offset_hour"] * MINUTES_PER_HOUR + number["offset_minute"]) * MS_PER_MINUTE
    zoned = pl.col("utc").is_not_null() | pl.col("sign").is_not_null()
    east_ms = pl.when(pl.col("sign") == "-").then(-offset_ms).otherwise(offset_ms)
    at_ms = day_ms + within_day_ms - pl.when(zoned).then(east_ms).otherwise(UTC_OFFSET_MS)
    return parts.select(
        "text",
        pl.when((within_day_ms <= MS_PER_DAY) & at_ms.is_between(FIRST_MS, LAST_MS)).then(at_ms).alias("at_ms"),
        zoned.alias("zoned"),
        (pl.col("hour") == "24").fill_null(value=False).alias("label_24"),
    )


def instant_fault(text: str | None) -> str:
    """Code of the finding for a text that is no instant."""
    if text is None or not text.strip():
        return "instant_missing"
    return "instant_impossible" if re.search(_INSTANT, text) else "instant_malformed"


def identifier(text: str | None) -> str | None:
    """A station or meter id in normal form (NFC), or None: letters, digits, - and _, 64 at most.

    Full-width letters and digits and invisible characters are refused, for they make two ids that look alike.
    """
    return _name(text, _IDENTIFIER)


def feed_name(text: str | None) -> str | None:
    """The name of a meter channel in normal form, or None; as an id, and a point or slash may stand in it."""
    return _name(text, _FEED)


def _name(text: str | None, pattern: re.Pattern[str]) -> str | None:
    normal = unicodedata.normalize("NFC", text or "")
    plain = pattern.fullmatch(normal) and unicodedata.normalize("NFKC", normal) == normal
    if not plain or any(letter.isnumeric() and not letter.isascii() and not letter.isalpha() for letter in normal):
        return None
    return normal
