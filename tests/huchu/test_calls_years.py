"""`huchu calls --on`: a day beyond the end of a year, and the year that the day lies in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from huchu.cli.calls_picture import picture_of
from huchu.cli.calls_standing import Standing, Tallies, Verdict, standings
from huchu.cli.calls_table import print_standings, row_of
from huchu.plots.calls import calls_png
from tariffs.settings import CallCounting, Settings
from tariffs.stations import Station
from tariffs.versions import Library
from tariffs.vocabulary.timegrid import Month

FULL = 2_000_000_000
"""200 MWh in 1e-4 kWh."""
YEAR = date(2025, 6, 1)
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
)


def station(name: str) -> Station:
    return Station(
        id=name, name=name, power_mw=Decimal(100), energy_mwh=Decimal(200), grid_connected_on=date(2025, 5, 1)
    )


def settled(month: str, calls: int, *, year: date = YEAR, name: str = "S") -> Tallies:
    return {(name, year, Month.parse(month)): {("discharge", FULL): calls * FULL}}


def stand(tallies: Tallies, on: date | None, settings: Settings = SETTINGS) -> tuple[Standing, ...]:
    return standings(tallies, [station("S"), station("T")], settings, Library(), on)


def test_days_are_counted_until_the_last_day_of_a_year_that_is_over() -> None:
    first, _ = stand(settled("2026-02", 1), date(2026, 7, 2))
    assert "2026-05-31" == row_of(first)["counted_until_on"]
    # without a day it is the last that is settled
    (only,) = stand(settled("2026-02", 1), None)
    assert "2026-02-28" == row_of(only)["counted_until_on"]


def test_a_year_with_past_days_and_no_month_settled_by_the_day_is_named() -> None:
    _, later = stand(settled("2025-06", 30), date(2026, 7, 2))
    # 30 days of June and two of July are past
    assert (32, (), (Month(2026, 6), Month(2026, 7))) == (later.days_past, later.months, later.missing)
    row = row_of(later)
    assert ("2026-07-02", "0.0000", "", "2026-06;2026-07", "incomplete") == tuple(
        row[name] for name in ("counted_until_on", "calls_counted", "calls_to_date", "months_missing", "standing")
    )


def test_a_month_that_ends_beyond_the_day_counts_for_the_year_that_is_over_alone() -> None:
    old, new, july = date(2024, 7, 10), date(2025, 7, 10), Month(2025, 7)
    tallies = {
        **settled("2025-06", 3, year=old),
        **settled("2025-07", 2, year=old),
        **settled("2025-07", 5, year=new),
    }
    first, later = stand(tallies, date(2025, 7, 15), replace(SETTINGS, obligation_year_from="07-10"))
    # the old year is over on 9 July with both its months; of the new one six days are past, its July ends later
    assert (date(2025, 7, 9), 5, ()) == (first.until_on, first.done, first.missing)
    assert (date(2025, 7, 15), 6, 0, (july,)) == (later.until_on, later.days_past, later.done, later.missing)


def test_a_station_whose_first_month_ends_later_is_named_beside_one_that_is_settled() -> None:
    tallies = {**settled("2025-06", 30), **settled("2025-07", 31, name="T")}
    one, other = stand(tallies, date(2025, 7, 1))
    assert ("S", 30, (Month(2025, 7),)) == (one.station.id, one.done, one.missing)
    assert ("T", 0, (Month(2025, 6), Month(2025, 7))) == (other.station.id, other.done, other.missing)


@pytest.mark.parametrize(
    ("settings", "on"),
    [
        (SETTINGS, date(2026, 5, 31)),
        # the regulated stage ends with the year before
        (replace(SETTINGS, market_from=date(2026, 6, 1)), date(2026, 7, 2)),
    ],
)
def test_a_year_without_past_days_is_not_named(settings: Settings, on: date) -> None:
    assert [YEAR] == [standing.year.first_day for standing in stand(settled("2025-06", 30), on, settings)]


def test_a_year_without_a_settled_month_is_told_and_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    _, later = stand(settled("2025-06", 30), date(2026, 7, 2))
    print_standings([later])
    assert "no results of 2026-06, 2026-07 by 2026-07-02, calls done are a lower bound" in capsys.readouterr().out
    picture = picture_of(later)
    assert (0, False, Verdict.INCOMPLETE) == (picture.done, picture.complete, later.verdict)
    assert calls_png(picture).startswith(b"\x89PNG")
