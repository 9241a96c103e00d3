"""Working days of China: the State Council's notices with their make-up days, and the user's own dated additions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

import chinese_calendar

from tariffs.schema import read_record
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered, RecordProblems, Words

SERIES: Final = "national/working_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTable:
    """The notice for one year: its rest days that fall on weekdays and its working days that fall on weekends.

    Raises  RecordProblems if a day lies in another year, stands twice, or is a weekday or weekend where it may not be
    """

    article: str
    meaning: str
    year: int
    rest_on: tuple[date, ...]
    work_on: tuple[date, ...]

    def __post_init__(self) -> None:
        problems = [
            Words(f"{day} 不在 {self.year} 年", f"{day} is not in {self.year}")
            for day in (*self.rest_on, *self.work_on)
            if day.year != self.year
        ]
        problems += [
            Words(f"{day} 是周末，不须列入 rest_on", f"{day} is a weekend day and needs no rest_on")
            for day in self.rest_on
            if day.weekday() >= SATURDAY
        ]
        problems += [
            Words(f"{day} 不是周末，不须列入 work_on", f"{day} is no weekend day and needs no work_on")
            for day in self.work_on
            if day.weekday() < SATURDAY
        ]
        if problems:
            raise RecordProblems(problems)


SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days are working days; the user's own years come before those of the library."""

    own_years: Mapping[int, YearTable] = field(default_factory=dict)

    def covers(self, year: int) -> bool:
        """Whether the holidays of a year have been announced."""
        return year in self.own_years or _announced(year)

    def includes(self, day: date) -> bool:
        """Whether a day is a working day, make-up days included.

        Raises  PolicyNotCovered if the holidays of its year are not known
        """
        own = self.own_years.get(day.year)
        if own is not None:
            return day in own.work_on if day.weekday() >= SATURDAY else day not in own.rest_on
        if not _announced(day.year):
            raise _not_announced(day.year)
        return _works(day)


def working_days_of(library: Library) -> WorkingDays:
    """The working days that the user's folders add to those of the library: `national/working_days/<date>.toml`.

    Shape   each file has `[year]` with year, rest_on, work_on; a later file of the same year counts
    Raises  DocumentError if a file cannot be used
    """
    years: dict[int, YearTable] = {}
    for version in library.versions(SERIES):
        table: Any = version.body.get("year", {})
        read = read_record(YearTable, table, where=f"{SERIES} year", error=DocumentError)
        years[read.year] = read
    return WorkingDays(own_years=years)


@cache
def _announced(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _works(day: date) -> bool:
    # the library looks through all its holidays at each call
    return bool(chinese_calendar.is_workday(day))


def _not_announced(year: int) -> PolicyNotCovered:
    return PolicyNotCovered(
        Words(f"{SERIES}：{year} 年的节假日安排未知", f"{SERIES}: the holidays of {year} are not known"),
        found=Words("随附日历不含该年", "the calendar shipped does not hold that year"),
        done=Words("未计算工作日", "no working day was counted"),
        do=Words(
            f"在 documents_dir 的 {SERIES}/ 下放入 {year}-01-01.toml",
            f"put {year}-01-01.toml under {SERIES}/ of documents_dir",
        ),
    )
