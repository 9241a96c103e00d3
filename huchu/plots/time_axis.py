"""The time axis of a picture: few labels, whichever length the horizon has, from hours to years."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from matplotlib.axes import Axes

from huchu.plots.strokes import draw_uprights
from tariffs.vocabulary.units import MINUTES_PER_DAY

WEEKDAYS: Final = ("周一 Mon", "周二 Tue", "周三 Wed", "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun")
WORTH_A_LABEL: Final = 0.45
"""A day or month of which less than this share is seen goes without its label."""
CLOCK_MARKS: Final = ((0.02, 5), (0.1, 15), (0.4, 60), (1.25, 120), (2.5, 240), (4.5, 360))
"""Up to so many days, a time of day is marked every so many minutes."""
FIRST_DAY: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Where lines and labels of a time axis stand, in days since 1970-01-01."""

    lines: tuple[float, ...]
    labels: tuple[tuple[float, str], ...]


def mark_time(axes: Axes, first: float, until: float, *, labelled: bool) -> None:
    """Set limits, lines and labels of a time axis that is counted in days of wall time since 1970-01-01."""
    marks = time_marks(first, until)
    axes.set_xlim(first, until)
    draw_uprights(axes, marks.lines)
    labels = marks.labels if labelled else ()
    axes.set_xticks([at for at, _ in labels], labels=[text for _, text in labels])
    axes.tick_params(axis="x", length=0, pad=6)


def time_marks(first: float, until: float) -> Marks:
    """Lines and labels for a horizon: times of day for days, days for weeks, months for a year, years beyond."""
    days = until - first
    for longest, minutes in CLOCK_MARKS:
        if days <= longest:
            return _times(first, until, minutes)
    if days <= 9:
        return _spans(first, until, _days, lambda day: f"{day:%m-%d} {WEEKDAYS[day.weekday()]}")
    if days <= 19:
        return _spans(first, until, _days, lambda day: f"{day:%m-%d}")
    if days <= 60:
        return _each_days(first, until, 3 if days <= 46 else 5)
    if days <= 460:
        return _spans(first, until, _months(1), lambda day: f"{day:%Y-%m}")
    if days <= 4 * 366:
        return _spans(first, until, _months(3), lambda day: f"{day:%Y} Q{(day.month + 2) // 3}")
    return _spans(first, until, _months(12), lambda day: f"{day:%Y}")


def _times(first: float, until: float, minutes: int) -> Marks:
    """Lines and labels every so many minutes from midnight on."""
    numbers = range(
        math.ceil(first * MINUTES_PER_DAY / minutes - 0.001), int(until * MINUTES_PER_DAY / minutes + 0.001) + 1
    )
    labels = tuple((number * minutes / MINUTES_PER_DAY, _clock(number * minutes)) for number in numbers)
    return Marks(lines=tuple(at for at, _ in labels), labels=labels)


def _clock(minute: int) -> str:
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return f"{instant:%H:%M}" if minute % MINUTES_PER_DAY else f"{instant:%H:%M}\n{instant:%m-%d}"


def _each_days(first: float, until: float, days: int) -> Marks:
    seen = [at for at in _days(first, until) if first <= at <= until]
    at = [float(each) for each in seen[::days] if until - each >= 0.5]
    return Marks(lines=tuple(at), labels=tuple((each, f"{_day(each):%m-%d}") for each in at))


def _spans(
    first: float, until: float, edges: Callable[[float, float], Iterator[int]], label: Callable[[date], str]
) -> Marks:
    """Lines at the edges of days or months, and a label in the middle of what is seen of each."""
    labels = []
    ends = tuple(edges(first, until))
    for start, end in pairwise(ends):
        seen_from, seen_until = max(start, first), min(end, until)
        if seen_until - seen_from >= WORTH_A_LABEL * (end - start):
            labels.append(((seen_from + seen_until) / 2, label(_day(start))))
    return Marks(lines=tuple(float(end) for end in ends if first <= end <= until), labels=tuple(labels))


def _days(first: float, until: float) -> Iterator[int]:
    yield from range(int(first), int(until) + 2)


def _months(months: int) -> Callable[[float, float], Iterator[int]]:
    """Every first day of so many months, from the one before the horizon to the one after it."""

    def edges(first: float, until: float) -> Iterator[int]:
        start = _day(first)
        number = start.year * 12 + (start.month - 1) // months * months
        at = -1
        while at < until:
            at = (date(number // 12, number % 12 + 1, 1) - FIRST_DAY).days
            yield at
            number += months

    return edges


def _day(at: float) -> date:
    return FIRST_DAY + timedelta(days=int(at))
