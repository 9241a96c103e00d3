"""Periods end where the Civil Code says: month ends, leap days, working days with make-up days, and counted back."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.judging.periods import (
    ShiftEnd,
    days_after,
    hours_after,
    months_after,
    moved_off_rest,
    period_end,
    whole_months_between,
    working_days_after,
    working_days_before,
    working_days_between,
    years_after,
)
from tariffs.judging.working_days import WorkingDays
from tariffs.vocabulary.errors import PolicyNotCovered

CALENDAR = WorkingDays()
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def test_the_first_day_of_a_period_of_days_is_not_counted() -> None:
    assert date(2025, 3, 8) == days_after(date(2025, 3, 1), 7)
    assert date(2025, 2, 22) == days_after(date(2025, 3, 1), -7)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 2, 28), 1, date(2025, 3, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
    ],
)
def test_a_period_of_months_ends_on_the_same_day_number_or_the_last_day(start: date, months: int, end: date) -> None:
    assert end == months_after(start, months)


def test_a_year_from_a_leap_day_ends_on_the_last_day_of_february() -> None:
    assert date(2025, 2, 28) == years_after(date(2024, 2, 29), 1)
    assert date(2028, 2, 29) == years_after(date(2024, 2, 29), 4)


def test_hours_run_from_the_moment_over_midnight() -> None:
    assert datetime(2025, 1, 2, 18, 30) == hours_after(datetime(2025, 1, 1, 18, 30), 24)  # noqa: DTZ001


def test_working_days_skip_the_spring_festival_and_count_its_make_up_days() -> None:
    """The notice for 2025: 28 January to 4 February off; Sunday 26 January and Saturday 8 February worked."""
    assert date(2025, 1, 27) == working_days_after(date(2025, 1, 24), 2, CALENDAR)
    assert date(2025, 2, 5) == working_days_after(date(2025, 1, 27), 1, CALENDAR)
    assert date(2025, 2, 8) == working_days_after(date(2025, 1, 27), 4, CALENDAR)
    assert date(2025, 1, 24) == working_days_before(date(2025, 1, 27), 2, CALENDAR)
    assert 4 == working_days_between(date(2025, 1, 27), date(2025, 2, 8), CALENDAR)


def test_a_period_of_no_working_days_ends_where_it_starts() -> None:
    assert date(2025, 2, 1) == working_days_after(date(2025, 2, 1), 0, CALENDAR)


@given(start=DAYS, days=st.integers(1, 60))
def test_a_period_of_working_days_holds_exactly_so_many_and_ends_on_one(start: date, days: int) -> None:
    end = working_days_after(start, days, CALENDAR)
    assert CALENDAR.includes(end)
    assert days == working_days_between(start, end, CALENDAR)


@given(event=DAYS.filter(lambda day: day.year > 2024), days=st.integers(1, 60))
def test_counting_back_and_forth_meets_where_the_event_is_a_working_day(event: date, days: int) -> None:
    event = moved_off_rest(event, CALENDAR, ShiftEnd.NEXT_WORKING_DAY)
    assert event == working_days_after(working_days_before(event, days, CALENDAR), days, CALENDAR)


@given(start=DAYS, months=st.integers(0, 120), more=st.integers(0, 12))
def test_more_months_never_end_earlier(start: date, months: int, more: int) -> None:
    assert months_after(start, months) <= months_after(start, months + more)


@given(start=DAYS, until=DAYS)
def test_whole_months_fit_into_a_period_and_one_more_does_not(start: date, until: date) -> None:
    start, until = sorted((start, until))
    months = whole_months_between(start, until)
    assert months_after(start, months) <= until < months_after(start, months + 1)


def test_an_end_on_a_rest_day_moves_to_the_next_working_day_and_says_so() -> None:
    day, told = period_end(date(2025, 5, 1), CALENDAR, ShiftEnd.NEXT_WORKING_DAY)
    assert date(2025, 5, 6) == day
    assert "moved from 2025-05-01, a rest day" == told.en


def test_an_end_stays_on_a_working_day_and_where_periods_do_not_move() -> None:
    assert (date(2025, 4, 27), "") == _ended(date(2025, 4, 27), ShiftEnd.NEXT_WORKING_DAY)
    assert (date(2025, 5, 1), "") == _ended(date(2025, 5, 1), ShiftEnd.NONE)


def test_an_end_in_a_year_not_announced_stands_and_says_that_it_may_move() -> None:
    day, told = period_end(date(2099, 1, 1), CALENDAR, ShiftEnd.NEXT_WORKING_DAY)
    assert date(2099, 1, 1) == day
    assert "2099" in told.en
    assert "2099" in told.zh


def test_working_days_of_a_year_not_announced_are_refused() -> None:
    with pytest.raises(PolicyNotCovered, match="holidays of 2099"):
        working_days_after(date(2099, 1, 1), 1, CALENDAR)


def _ended(day: date, shift: ShiftEnd) -> tuple[date, str]:
    end, told = period_end(day, CALENDAR, shift)
    return end, told.en


def test_a_period_within_a_known_year_does_not_ask_for_the_next() -> None:
    last = max(year for year in range(2004, 2100) if CALENDAR.covers(year))
    assert date(last, 12, 31) - timedelta(days=7) <= working_days_before(date(last + 1, 1, 1), 1, CALENDAR)
