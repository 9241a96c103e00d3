"""The periods of a day: hours as the document names them, every minute in exactly one."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tariffs.time_of_use import Period, period_by_minute
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError

Put = Callable[..., Path]
TABLE = """
[periods.all]
article = "1"
meaning = "all months"
months = {months}
peak_hours = [["08:00", "20:00"]]
flat_hours = {flat}
valley_hours = [["22:00", "06:00"]]
"""


def _hours(day: date) -> dict[Period, float]:
    version = Library().in_force("shanghai/time_of_use", day)
    return {period: minutes / 60 for period, minutes in Counter(period_by_minute(version, day)).items()}


# facts.md 6.1, check values: a July day has 2 sharp, 8 peak, 6 flat and 8 valley hours; September 10, 6 and 8
def test_a_day_in_july_has_two_sharp_and_eight_peak_hours() -> None:
    assert {Period.SHARP: 2, Period.PEAK: 8, Period.FLAT: 6, Period.VALLEY: 8} == _hours(date(2025, 7, 1))


def test_a_day_in_september_has_no_sharp_hour() -> None:
    assert {Period.PEAK: 10, Period.FLAT: 6, Period.VALLEY: 8} == _hours(date(2025, 9, 30))


def test_the_mean_factor_of_a_day_is_that_of_the_published_ratios() -> None:
    """facts.md 6.1: sharp 2.25, peak 1.8, flat 1, valley 0.4 of the flat price give 28.1 / 24 in July, 27.2 / 24 in September."""
    ratios = {Period.SHARP: 2.25, Period.PEAK: 1.8, Period.FLAT: 1.0, Period.VALLEY: 0.4}
    for day, factor in ((date(2025, 7, 1), 1.17083), (date(2025, 9, 30), 1.13333)):
        mean = sum(hours * ratios[period] for period, hours in _hours(day).items()) / 24
        assert factor == pytest.approx(mean, abs=5e-6)


def test_the_valley_runs_over_midnight() -> None:
    periods = period_by_minute(Library().in_force("shanghai/time_of_use", date(2025, 5, 1)), date(2025, 5, 1))
    assert [Period.VALLEY, Period.FLAT] == [periods[5 * 60 + 59], periods[6 * 60]]
    assert [Period.FLAT, Period.VALLEY] == [periods[22 * 60 - 1], periods[22 * 60]]


@pytest.mark.parametrize(
    ("found", "months", "flat"),
    [
        ("06:00", "[1,2,3,4,5,6,7,8,9,10,11,12]", '[["20:00", "22:00"]]'),
        ("20:00", "[1,2,3,4,5,6,7,8,9,10,11,12]", '[["06:00", "08:00"], ["20:00", "21:00"], ["20:00", "22:00"]]'),
        ("month 7", "[1]", '[["06:00", "08:00"], ["20:00", "22:00"]]'),
        ("6:00", "[7]", '[["6:00", "08:00"], ["20:00", "22:00"]]'),
    ],
)
def test_a_gap_an_overlap_a_missing_month_and_a_strange_hour_are_refused(
    put: Put, found: str, months: str, flat: str
) -> None:
    folder = put("shanghai/time_of_use", "2025-01-01", TABLE.format(months=months, flat=flat))
    version = Library(folders=(folder,)).in_force("shanghai/time_of_use", date(2025, 7, 1))
    with pytest.raises(DocumentError) as refused:
        period_by_minute(version, date(2025, 7, 1))
    assert found in refused.value.found.en
