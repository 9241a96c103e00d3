"""Day and minute -> time-of-use period. Here the periods only order the hours of a day; they price nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from tariffs.schema import read_record
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words
from tariffs.vocabulary.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

SERIES: Final = "time_of_use"
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
Hours = tuple[tuple[str, str], ...]


class Period(Enum):
    """Time-of-use period, dearest first; the number orders them."""

    SHARP = 3
    PEAK = 2
    FLAT = 1
    VALLEY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTable:
    """A `[periods.*]` table: the hours of each period in some months; half-open HH:MM pairs, over midnight too."""

    article: str
    meaning: str
    months: tuple[int, ...]
    peak_hours: Hours
    flat_hours: Hours
    valley_hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SharpTable:
    """A `[sharp.*]` table: the sharp hours inside the peak in some months."""

    article: str
    meaning: str
    months: tuple[int, ...]
    sharp_hours: Hours


def period_by_minute(version: Version, day: date) -> tuple[Period, ...]:
    """The period of each minute of a day, 1,440 of them.

    Raises  DocumentError if a month has no table, or a minute lies in none or in two of its periods
    """
    table = _of_month(_tables(version, "periods", PeriodTable), day.month)
    if table is None:
        raise _broken(version, Words(f"{day.month} 月没有时段", f"month {day.month} has no periods"))
    periods: list[Period | None] = [None] * MINUTES_PER_DAY
    for period, hours in (
        (Period.PEAK, table.peak_hours),
        (Period.FLAT, table.flat_hours),
        (Period.VALLEY, table.valley_hours),
    ):
        for minute in _minutes(version, hours):
            if periods[minute] is not None:
                raise _broken(version, Words(f"{_clock(minute)} 重复", f"{_clock(minute)} lies in two periods"))
            periods[minute] = period
    sharp = _of_month(_tables(version, "sharp", SharpTable), day.month)
    for minute in _minutes(version, sharp.sharp_hours) if sharp else ():
        periods[minute] = Period.SHARP
    gap = next((minute for minute, period in enumerate(periods) if period is None), None)
    if gap is not None:
        raise _broken(version, Words(f"{_clock(gap)} 没有时段", f"{_clock(gap)} lies in no period"))
    return tuple(period for period in periods if period is not None)


def _tables(version: Version, name: str, record: type[Any]) -> list[Any]:
    listed: Mapping[str, Any] = version.body.get(name, {})
    where = f"{version.series} {name}"
    return [read_record(record, table, where=f"{where}.{key}", error=DocumentError) for key, table in listed.items()]


def _of_month(tables: list[Any], month: int) -> Any:
    return next((table for table in tables if month in table.months), None)


def _minutes(version: Version, hours: Hours) -> list[int]:
    found: list[int] = []
    for first, until in hours:
        if not (CLOCK.fullmatch(first) and CLOCK.fullmatch(until)):
            raise _broken(
                version, Words(f"时刻 {first}、{until} 无法识别", f"hours {first}, {until} are not understood")
            )
        start, end = _minute(first), _minute(until)
        spans = [(start, end)] if start < end else [(start, MINUTES_PER_DAY), (0, end)]
        found.extend(minute for low, high in spans for minute in range(low, high))
    return found


def _minute(clock: str) -> int:
    return int(clock[:2]) * MINUTES_PER_HOUR + int(clock[3:])


def _clock(minute: int) -> str:
    return f"{minute // MINUTES_PER_HOUR:02d}:{minute % MINUTES_PER_HOUR:02d}"


def _broken(version: Version, found: Words) -> DocumentError:
    return DocumentError(
        Words(f"{version.series} 的时段有误", f"the periods of {version.series} are wrong"),
        found=found,
        do=Words("使每分钟恰属一个时段", "let every minute lie in exactly one period"),
    )
