"""Peak seasons by preset and by own ranges; obligation years."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.calendar import Season, SeasonCalendar, cuts_a_season, obligation_year, season_calendar
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.errors import PolicyNotCovered, SettingsError

ON = date(2025, 7, 1)
# days counted by hand from the lengths of the months; a leap year adds the 29 February where it is inside
DAY_COUNTS = {
    "jul_aug_dec_jan": (124, 124),
    "jul_sep_dec_jan": (154, 154),
    "jul_sep_dec_feb": (182, 183),
    "mid_jun_mid_sep_mid_dec_mid_mar": (184, 185),
    "jun_sep_dec_feb": (212, 213),
    "jun_aug_dec_feb": (182, 183),
}
EDGES = [
    ("jul_aug_dec_jan", ["06-30", "09-01", "11-30", "02-01"], ["07-01", "08-31", "12-01", "01-31"]),
    ("jul_sep_dec_jan", ["06-30", "10-01", "11-30", "02-01"], ["07-01", "09-30", "12-01", "01-31"]),
    ("jul_sep_dec_feb", ["06-30", "10-01", "11-30", "03-01"], ["07-01", "09-30", "12-01", "02-28"]),
    ("mid_jun_mid_sep_mid_dec_mid_mar", ["06-14", "09-16", "12-14", "03-16"], ["06-15", "09-15", "12-15", "03-15"]),
    ("jun_sep_dec_feb", ["05-31", "10-01", "11-30", "03-01"], ["06-01", "09-30", "12-01", "02-28"]),
    ("jun_aug_dec_feb", ["05-31", "09-01", "11-30", "03-01"], ["06-01", "08-31", "12-01", "02-28"]),
]


def calendar_of(settings: Settings, name: str, ranges: tuple[tuple[str, str], ...] = ()) -> SeasonCalendar:
    return season_calendar(replace(settings, season_calendar=name, season_ranges=ranges), Library(), ON)


def test_the_document_offers_exactly_the_presets_of_the_contract() -> None:
    assert sorted(DAY_COUNTS) == sorted(Library().in_force("shanghai/peak_season", ON).body["calendar"])


@pytest.mark.parametrize("name", DAY_COUNTS)
def test_a_preset_has_its_days_in_common_and_in_leap_years(settings: Settings, name: str) -> None:
    calendar = calendar_of(settings, name)
    common = calendar.season_days(date(2025, 6, 1), date(2026, 6, 1))
    leap = calendar.season_days(date(2027, 6, 1), date(2028, 6, 1))
    assert DAY_COUNTS[name] == (len(common), len(leap))


@pytest.mark.parametrize(("name", "outside", "inside"), EDGES)
def test_a_season_begins_and_ends_on_its_days(
    settings: Settings, name: str, outside: list[str], inside: list[str]
) -> None:
    calendar = calendar_of(settings, name)
    for season, labels in ((Season.OTHER, outside), (Season.PEAK, inside)):
        for label in labels:
            assert season is calendar.season_on(date.fromisoformat(f"2026-{label}")), label


def test_29_february_belongs_to_a_range_that_ends_on_the_28th_and_to_no_other(settings: Settings) -> None:
    leap_day = date(2028, 2, 29)
    assert Season.PEAK is calendar_of(settings, "jun_sep_dec_feb").season_on(leap_day)
    assert Season.OTHER is calendar_of(settings, "jul_sep_dec_jan").season_on(leap_day)
    assert Season.PEAK is calendar_of(settings, "mid_jun_mid_sep_mid_dec_mid_mar").season_on(leap_day)
    assert Season.OTHER is calendar_of(settings, "own", (("02-01", "02-27"),)).season_on(leap_day)


def test_own_ranges_may_run_over_new_year_or_hold_one_day(settings: Settings) -> None:
    calendar = calendar_of(settings, "own", (("12-31", "01-01"), ("07-04", "07-04")))
    expected = [date(2025, 7, 4), date(2025, 12, 31), date(2026, 1, 1)]
    assert expected == list(calendar.season_days(date(2025, 2, 1), date(2026, 2, 1)))


def test_an_unknown_preset_is_refused_with_the_nearest_one(settings: Settings) -> None:
    with pytest.raises(SettingsError) as refused:
        calendar_of(settings, "jun_sept_dec_feb")
    assert "write jun_sep_dec_feb" == refused.value.do.en
    assert "jul_aug_dec_jan" in refused.value.found.en


def test_a_city_without_documents_is_not_covered(settings: Settings) -> None:
    with pytest.raises(PolicyNotCovered, match="atlantis/peak_season"):
        season_calendar(replace(settings, city="atlantis"), Library(), ON)


@given(
    st.dates(min_value=date(1993, 1, 1), max_value=date(2900, 1, 1)),
    st.sampled_from(["01-01", "02-28", "06-01", "12-31"]),
)
def test_every_day_lies_in_exactly_one_obligation_year(day: date, year_from: str) -> None:
    year = obligation_year(day, year_from)
    assert year.first_day <= day < year.end
    assert year_from == year.first_day.strftime("%m-%d") == year.end.strftime("%m-%d")
    assert year == obligation_year(year.first_day, year_from)
    assert year.end == obligation_year(year.end, year_from).first_day
    assert year.first_day > obligation_year(year.first_day - timedelta(days=1), year_from).first_day


@pytest.mark.parametrize(("cut", "year_from"), [(False, "06-01"), (True, "01-01"), (True, "07-01"), (False, "10-01")])
def test_a_year_that_begins_inside_a_season_cuts_it(settings: Settings, cut: bool, year_from: str) -> None:
    calendar = calendar_of(settings, "jun_sep_dec_feb")
    assert cut is cuts_a_season(obligation_year(ON, year_from), calendar)
