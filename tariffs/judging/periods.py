"""Periods: natural and working days, months, years and hours, forwards and counted back.

Source  民法典 第二百零一条、第二百零二条、第二百零三条: the first day is not counted; a period in months or years ends on the
        same day number or the month's last day; a last day that is a rest day moves to the next working day
Raises  OverflowError where a period leaves the years that a calendar has
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from dateutil.relativedelta import relativedelta

from tariffs.judging.assessment import Reading
from tariffs.judging.clauses import Clause
from tariffs.judging.working_days import WorkingDays
from tariffs.vocabulary.errors import PolicyNotCovered, Words
from tariffs.vocabulary.units import MONTHS_PER_YEAR


class ShiftEnd(Enum):
    """Whether a period for doing something that ends on a rest day moves to the next working day."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"


SHIFTED: Final = {
    ShiftEnd.NEXT_WORKING_DAY: Words("期限末日逢休息日顺延", "a last day of rest moves to the next working day"),
    ShiftEnd.NONE: Words("期限末日逢休息日不顺延", "a last day of rest does not move"),
}


def days_after(start: date, days: int) -> date:
    """The last day of a period of natural days; negative days count back."""
    return start + timedelta(days=days)


def months_after(start: date, months: int) -> date:
    """The last day of a period of months, on the same day number or the month's last day; negative months count back."""
    return _moved(start, relativedelta(months=months))


def years_after(start: date, years: int) -> date:
    """The last day of a period of years; one from 29 February ends on 28 February of a common year."""
    return _moved(start, relativedelta(years=years))


def hours_after(start: datetime, hours: int) -> datetime:
    """The instant at which a period of hours ends; it runs from the moment."""
    return start + timedelta(hours=hours)


def working_days_after(start: date, days: int, calendar: WorkingDays) -> date:
    """The last day of a period of working days, the first day not counted.

    Raises  PolicyNotCovered if the period runs into a year whose holidays are not known
    """
    return _nth_working_day(start, days, calendar, timedelta(days=1))


def working_days_before(event: date, days: int, calendar: WorkingDays) -> date:
    """The day that lies so many working days before an event, the event's own day not counted.

    Raises  PolicyNotCovered if the period runs into a year whose holidays are not known
    """
    return _nth_working_day(event, days, calendar, timedelta(days=-1))


def working_days_between(start: date, until: date, calendar: WorkingDays) -> int:
    """How many working days lie after the first day up to and including the last; none where the last is no later.

    Raises  PolicyNotCovered if a year's holidays are not known
    """
    return sum(calendar.includes(day) for day in _days(start, until))


def moved_off_rest(day: date, calendar: WorkingDays, shift: ShiftEnd) -> date:
    """The day itself or, where periods move and it is a rest day, the next working day.

    Raises  PolicyNotCovered if periods move and the year's holidays are not known
    """
    if shift is ShiftEnd.NONE:
        return day
    while not calendar.includes(day):
        day += timedelta(days=1)
    return day


def period_end(day: date, calendar: WorkingDays, shift: ShiftEnd) -> tuple[date, Words]:
    """The last day of a period for doing something, moved off a rest day where periods move, and what was done about it.

    Shape   the words are empty where nothing was done; in a year whose holidays are not known the day stands as counted,
            and the words say so
    """
    try:
        moved = moved_off_rest(day, calendar, shift)
    except PolicyNotCovered:
        return day, Words(
            f"{day.year} 年节假日安排未知，遇休息日须顺延", f"holidays of {day.year} not known: move it if a rest day"
        )
    if moved == day:
        return day, Words("", "")
    return moved, Words(f"{day} 为休息日，顺延", f"moved from {day}, a rest day")


def shift_reading(shift: ShiftEnd, clause: Clause) -> Reading:
    """Whether a period for doing something that ends on a rest day moves."""
    return Reading(option="shift_end", choice=shift.value, words=SHIFTED[shift], clause=clause)


def whole_months_between(start: date, until: date) -> int:
    """How many whole months a period holds whose first day is not counted; negative where it ends before it starts."""
    apart = relativedelta(until, start)
    return apart.years * MONTHS_PER_YEAR + apart.months


def _moved(start: date, span: relativedelta) -> date:
    try:
        return start + span
    except ValueError:
        raise OverflowError(f"{start} + {span}") from None


def _days(start: date, until: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (until - start).days + 1))


def _nth_working_day(start: date, days: int, calendar: WorkingDays, step: timedelta) -> date:
    day, left = start, days
    while left > 0:
        day += step
        left -= calendar.includes(day)
    return day
