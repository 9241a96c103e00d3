"""Months, local days and instants of Shanghai."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.vocabulary.errors import UsageError
from tariffs.vocabulary.timegrid import (
    INSTANT,
    INTERVAL_MINUTES,
    ZONE,
    Month,
    days_between,
    intervals_per_day,
    local,
    local_day,
    local_minute,
    parse_months,
    physical,
)

ANY_DAY = st.dates(min_value=date(1992, 1, 1), max_value=date(2999, 12, 31))


def test_every_day_from_2015_to_2035_has_24_hours_at_utc_plus_8() -> None:
    day = datetime(2015, 1, 1, tzinfo=ZONE)
    while day.year <= 2035:
        following = datetime.combine(day.date() + timedelta(days=1), day.time(), ZONE)
        assert timedelta(hours=8) == day.utcoffset()
        assert timedelta(hours=24) == following.astimezone(UTC) - day.astimezone(UTC)
        assert physical(day) == physical(day.date())
        day = following


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("1992-01-01"),
        max_value=datetime.fromisoformat("2999-01-01"),
        timezones=st.just(UTC),
    )
)
def test_local_day_and_minute_of_a_column_agree_with_the_calendar(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    frame = pl.DataFrame({"interval_start": [whole]}, schema={"interval_start": INSTANT})
    day, minute = frame.select(local_day(), local_minute().alias("minute")).row(0)
    wall = whole.astimezone(ZONE)
    assert wall.date() == day
    assert wall.hour * 60 + wall.minute == minute % (24 * 60)
    assert int(whole.timestamp()) * 1000 == physical(whole)


def test_an_instant_of_another_zone_is_the_same_instant_in_shanghai() -> None:
    assert datetime(2025, 7, 1, 0, 0, tzinfo=ZONE) == local(datetime(2025, 6, 30, 16, 0, tzinfo=UTC))
    assert "2025-07-01T00:00:00+08:00" == local(datetime(2025, 6, 30, 16, 0, tzinfo=UTC)).isoformat()


@pytest.mark.parametrize("taken", [local, physical])
def test_a_naive_instant_is_refused(taken: object) -> None:
    with pytest.raises(ValueError, match="naive"):
        taken(datetime.fromisoformat("2025-07-01"))  # type: ignore[operator]


@given(ANY_DAY)
def test_a_month_is_half_open_and_followed_by_the_next(day: date) -> None:
    month = Month.of(day)
    if month.end.year > 2999:
        return
    assert month.first_day <= day < month.end
    assert month.end == month.following().first_day
    assert month.days == len(days_between(month.first_day, month.end))
    assert month == Month.parse(str(month))


@pytest.mark.parametrize(
    ("days", "text"), [(28, "2025-02"), (29, "2028-02"), (28, "2100-02"), (31, "2025-12"), (30, "2025-06")]
)
def test_months_have_the_days_of_the_calendar(days: int, text: str) -> None:
    assert days == Month.parse(text).days


@pytest.mark.parametrize(
    "text",
    [
        *("", "2025", "2025-7", "2025-13", "2025-00", "25-07", "2025/07", "2025-07-01", " 2025-07", "2025-07\n"),
        *("２０２５-07", "0000-01", "9999-12", "20255-07", "july", "2025-07.."),
    ],
)
def test_anything_but_a_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        Month.parse(text)
    assert "2025-07" in refused.value.do.en
    assert refused.value.found.en


def test_a_range_of_months_includes_both_ends_and_runs_over_new_year() -> None:
    assert ["2025-11", "2025-12", "2026-01"] == [str(month) for month in parse_months("2025-11..2026-01")]
    assert ["2025-07"] == [str(month) for month in parse_months("2025-07")]
    assert ["2025-07"] == [str(month) for month in parse_months("2025-07..2025-07")]


@pytest.mark.parametrize("text", ["2025-07..2025-06", "2025-07..", "..2025-07", "2025-07...2025-08", "2025-07..x"])
def test_a_range_that_ends_early_or_lacks_an_end_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_months(text)


@pytest.mark.parametrize("minutes", INTERVAL_MINUTES)
def test_a_day_is_a_whole_number_of_intervals(minutes: int) -> None:
    assert 24 * 60 == intervals_per_day(minutes) * minutes
