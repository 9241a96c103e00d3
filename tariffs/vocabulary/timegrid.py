"""Settlement intervals: half open, in Asia/Shanghai, on a grid of 5, 15, 30 or 60 minutes.

Shanghai has stood at UTC+8 without clock change since 1991-09-15, before every document of this product,
so local wall time is UTC plus eight hours and every day has 24 hours.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.units import MINUTES_PER_DAY, MS_PER_DAY, MS_PER_MINUTE

ZONE_NAME: Final = "Asia/Shanghai"
ZONE: Final = ZoneInfo(ZONE_NAME)
UTC_OFFSET_MS: Final = 8 * 60 * MS_PER_MINUTE
INSTANT: Final = pl.Datetime("ms", ZONE_NAME)
"""Column type of every instant in our frames."""
INTERVAL_MINUTES: Final = (5, 15, 30, 60)
DEFAULT_MINUTES: Final = 15
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def local(instant: datetime) -> datetime:
    """An instant with an offset in Shanghai time.

    Raises  ValueError if the instant is naive
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no offset; a naive time is no instant")
    return instant.astimezone(ZONE)


def local_minute(column: str = "interval_start") -> pl.Expr:
    """Minutes of local wall time since 1970-01-01 00:00 (Int64), from an instant column."""
    return (pl.col(column).to_physical() + UTC_OFFSET_MS) // MS_PER_MINUTE


def local_day(column: str = "interval_start") -> pl.Expr:
    """Local calendar day (Date) of an instant column."""
    return ((pl.col(column).to_physical() + UTC_OFFSET_MS) // MS_PER_DAY).cast(pl.Int32).cast(pl.Date)


def physical(instant: datetime | date) -> int:
    """Milliseconds since the epoch (UTC) of an instant, or of the local midnight that a day begins with.

    Raises  ValueError if the instant is naive
    """
    if isinstance(instant, datetime):
        return (local(instant) - EPOCH) // timedelta(milliseconds=1)
    return (instant - EPOCH.date()).days * MS_PER_DAY - UTC_OFFSET_MS


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; the unit of settlement."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month of a text such as 2025-07.

        Raises  UsageError for anything else
        """
        if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text):
            raise UsageError(
                Words(f"月份 {text!r} 无法识别", f"month {text!r} is not understood"),
                found=Words(text or "空", text or "nothing"),
                do=Words("写作 YYYY-MM，例如 2025-07", "write it as YYYY-MM, for example 2025-07"),
            )
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day belongs to."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """First day of the next month: the month is half open."""
        return self.following().first_day

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.first_day).days

    def following(self) -> "Month":
        """The next month."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def parse_months(text: str) -> tuple[Month, ...]:
    """The months of `2025-07` or of `2025-07..2025-09`, both ends included.

    Raises  UsageError if a month is not understood or the range ends before it starts
    """
    first_text, dots, last_text = text.partition("..")
    first = Month.parse(first_text)
    last = Month.parse(last_text) if dots else first
    if last < first:
        raise UsageError(
            Words(f"月份范围 {text} 的终点早于起点", f"month range {text} ends before it starts"),
            found=Words(text, text),
            do=Words("交换起止月份", "swap the two months"),
        )
    months = [first]
    while months[-1] < last:
        months.append(months[-1].following())
    return tuple(months)


def days_between(first: date, end: date) -> tuple[date, ...]:
    """Every day from the first up to but not including the end."""
    return tuple(first + timedelta(days=n) for n in range((end - first).days))


def intervals_per_day(minutes: int) -> int:
    """How many intervals of that length a day has."""
    return MINUTES_PER_DAY // minutes
