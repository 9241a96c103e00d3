"""The time steps of a plan: equal settlement intervals in a row, half open, in Asia/Shanghai."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from dispatch.arrays import Integers
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.timegrid import EPOCH, INTERVAL_MINUTES, UTC_OFFSET_MS, ZONE, physical
from tariffs.vocabulary.units import HOURS_PER_DAY, MINUTES_PER_HOUR, MS_PER_DAY, MS_PER_MINUTE

MOST_STEPS = 20 * 366 * 288
"""Twenty years of five minutes: more is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Equal steps from a first instant on.

    Shape   `first_ms` counts milliseconds since the epoch (UTC); `count` steps of `minutes` minutes
    Raises  InputError if the step is not 5, 15, 30 or 60 minutes, off the grid, or if there is none
    """

    first_ms: int
    minutes: int
    count: int

    def __post_init__(self) -> None:
        if self.minutes not in INTERVAL_MINUTES:
            raise InputError(
                Words(f"步长 {self.minutes} 分钟不可用", f"a step of {self.minutes} minutes cannot be used"),
                found=Words(f"{self.minutes}", f"{self.minutes}"),
                do=Words("用 5、15、30 或 60 分钟", "use 5, 15, 30 or 60 minutes"),
            )
        if not 0 < self.count <= MOST_STEPS:
            raise InputError(
                Words("时段为空或过长", "the horizon is empty or too long"),
                found=Words(f"{self.count} 个时段", f"{self.count} steps"),
                do=Words("检查起止（--from、--until）与步长", "check its ends (--from, --until) and the step"),
            )
        if (self.first_ms + UTC_OFFSET_MS) % (self.minutes * MS_PER_MINUTE):
            raise InputError(
                Words("起点不在时段网格上", "the first instant is off the grid"),
                found=Words(self.first_at.isoformat(), self.first_at.isoformat()),
                do=Words(f"从 {self.minutes} 分钟的整倍数开始", f"start at a multiple of {self.minutes} minutes"),
            )

    @property
    def first_at(self) -> datetime:
        """First instant, Shanghai time."""
        return _instant(self.first_ms)

    @property
    def until_at(self) -> datetime:
        """End of the last step, Shanghai time."""
        return _instant(self.end_ms)

    @property
    def end_ms(self) -> int:
        """End of the last step, milliseconds since the epoch."""
        return self.first_ms + self.count * self.minutes * MS_PER_MINUTE

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return self.minutes / MINUTES_PER_HOUR

    @property
    def days(self) -> float:
        """Length of a step in days."""
        return self.hours / HOURS_PER_DAY

    @property
    def starts_ms(self) -> Integers:
        """Start of each step, milliseconds since the epoch (int64)."""
        steps: Integers = np.arange(self.count, dtype=np.int64)
        return self.first_ms + steps * (self.minutes * MS_PER_MINUTE)

    @property
    def day_of_step(self) -> Integers:
        """Number of the local day of each step within the horizon, from 0 (int64)."""
        days: Integers = (self.starts_ms + UTC_OFFSET_MS) // MS_PER_DAY
        counted: Integers = days - days[0]
        return counted

    @property
    def dates(self) -> tuple[date, ...]:
        """Every local day that the horizon touches, in order; `day_of_step` counts them."""
        return _dates(self.first_at.date(), int(self.day_of_step[-1]) + 1)

    def at(self, step: int) -> datetime:
        """Start of the step of that number, Shanghai time."""
        return _instant(self.first_ms + step * self.minutes * MS_PER_MINUTE)

    def cut(self, first: int, until: int) -> "Horizon":
        """The steps from one number up to but not including another."""
        first_ms = self.first_ms + first * self.minutes * MS_PER_MINUTE
        return Horizon(first_ms=first_ms, minutes=self.minutes, count=until - first)


def horizon_between(from_at: datetime, until_at: datetime, minutes: int) -> Horizon:
    """The steps from one instant up to another.

    Raises  InputError if the end is off the grid, or does not come after the start
    """
    length_ms = physical(until_at) - physical(from_at)
    if minutes in INTERVAL_MINUTES and length_ms % (minutes * MS_PER_MINUTE):
        raise InputError(
            Words("终点不在时段网格上", "the end is off the grid"),
            found=Words(until_at.isoformat(), until_at.isoformat()),
            do=Words(f"起止相差 {minutes} 分钟的整倍数", f"end a multiple of {minutes} minutes after the start"),
        )
    count = length_ms // (max(minutes, 1) * MS_PER_MINUTE)
    return Horizon(first_ms=physical(from_at), minutes=minutes, count=count)


@lru_cache(maxsize=64)
def _dates(first: date, count: int) -> tuple[date, ...]:
    # asked for again and again of one horizon, by every station of a run
    return tuple(first + timedelta(days=n) for n in range(count))


def _instant(instant_ms: int) -> datetime:
    return (EPOCH + timedelta(milliseconds=instant_ms)).astimezone(ZONE)
