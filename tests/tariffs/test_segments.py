"""The days of a month that share season, documents and prices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.calendar import Season
from tariffs.segments import day_ranges, month_segments
from tariffs.settings import CallCounting, Settings
from tariffs.versions import SHIPPED, Library
from tariffs.vocabulary.errors import PolicyNotCovered
from tariffs.vocabulary.timegrid import Month, days_between

Put = Callable[..., Path]
PRESETS = ["jul_aug_dec_jan", "jul_sep_dec_feb", "mid_jun_mid_sep_mid_dec_mid_mar", "jun_sep_dec_feb"]


def test_a_month_inside_one_season_is_one_segment(settings: Settings, shipped: Library) -> None:
    (july,) = month_segments(settings, shipped, Month(2025, 7))
    (april,) = month_segments(settings, shipped, Month(2025, 4))
    assert (Season.PEAK, 31) == (july.season, len(july.days))
    assert (Season.OTHER, 30) == (april.season, len(april.days))
    assert ((date(2025, 7, 1), date(2025, 8, 1)),) == july.ranges


def test_a_season_edge_inside_the_month_makes_two_segments_peak_first(settings: Settings, shipped: Library) -> None:
    mid = replace(settings, season_calendar="mid_jun_mid_sep_mid_dec_mid_mar")
    peak, other = month_segments(mid, shipped, Month(2025, 6))
    assert (Season.PEAK, ((date(2025, 6, 15), date(2025, 7, 1)),)) == (peak.season, peak.ranges)
    assert (Season.OTHER, ((date(2025, 6, 1), date(2025, 6, 15)),)) == (other.season, other.ranges)


def test_days_before_and_after_a_short_season_stay_one_segment_with_two_ranges(
    settings: Settings, shipped: Library
) -> None:
    short = replace(settings, season_calendar="own", season_ranges=(("07-10", "07-12"),))
    peak, other = month_segments(short, shipped, Month(2025, 7))
    assert 3 == len(peak.days)
    assert ((date(2025, 7, 1), date(2025, 7, 10)), (date(2025, 7, 13), date(2025, 8, 1))) == other.ranges


def test_a_price_document_that_starts_inside_the_month_starts_a_segment(settings: Settings, put: Put) -> None:
    body = '[benchmark]\narticle = "-"\nmeaning = "-"\nprice_cny_per_kwh = 0.5\n'
    library = Library((put("shanghai/coal_benchmark", "2025-07-11", body), SHIPPED))
    before, after = month_segments(settings, library, Month(2025, 7))
    assert (415_500, 10) == (before.prices.benchmark.cny_per_unit_e6, len(before.days))
    assert (500_000, 21) == (after.prices.benchmark.cny_per_unit_e6, len(after.days))


@given(st.integers(min_value=2025, max_value=2030), st.integers(min_value=1, max_value=12), st.sampled_from(PRESETS))
def test_the_segments_of_a_month_hold_every_day_once(year: int, number: int, preset: str) -> None:
    month = Month(year, number)
    chosen = Settings(
        season_calendar=preset, obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
    )
    segments = month_segments(chosen, Library(), month)
    days = sorted(day for segment in segments for day in segment.days)
    assert list(days_between(month.first_day, month.end)) == days


def test_the_month_after_the_plans_term_is_refused_and_the_last_one_is_not(
    settings: Settings, shipped: Library
) -> None:
    assert 31 == sum(len(segment.days) for segment in month_segments(settings, shipped, Month(2030, 12)))
    for month in (Month(2031, 1), Month(2024, 12)):
        with pytest.raises(PolicyNotCovered, match="no version in force on"):
            month_segments(settings, shipped, month)


def test_the_sources_of_a_segment_name_every_document_once(settings: Settings, shipped: Library) -> None:
    (july,) = month_segments(settings, shipped, Month(2025, 7))
    series = [source.series for source in july.sources]
    expected = ["coal_benchmark", "network_prices", "peak_season", "storage_pricing"]
    assert ["national/vat", *(f"shanghai/{name}" for name in expected)] == sorted(series)


@given(st.sets(st.dates(min_value=date(2025, 1, 1), max_value=date(2025, 3, 1))))
def test_ranges_hold_the_days_again(days: set[date]) -> None:
    ranges = day_ranges(tuple(sorted(days)))
    assert sorted(days) == [day for first, end in ranges for day in days_between(first, end)]
    assert all(end < following for (_, end), (following, _) in pairwise(ranges))
