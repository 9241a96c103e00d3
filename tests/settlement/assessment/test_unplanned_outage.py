"""Hours at full power that own outages take, by hand; the station has 100 MW."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.unplanned_outage import Terms, assess
from tariffs.calendar import Season
from tariffs.stations import Change

July = Callable[..., AssessedMonth]
Made = Callable[..., Any]
PLAIN = Terms(factor=Decimal("0.5"), max_hours=Decimal(72), peak_factor=Decimal(1))
MWH = 10_000_000


def quantity(month: AssessedMonth, terms: Terms = PLAIN) -> int:
    (assessed,) = assess(month, terms).assessed
    return assessed.quantity_e4


def test_a_total_outage_counts_power_times_hours_times_factor(july: July, outage: Made) -> None:
    """0.5 x 100 MW x 10 h = 500 MWh."""
    assert 500 * MWH == quantity(july(outage=(outage("2025-07-05T08:00", "2025-07-05T18:00"),)))


def test_a_partial_outage_counts_by_the_share_that_is_lost(july: July, outage: Made) -> None:
    """40 of 100 MW lost for 10 h: 0.5 x 100 x 10 x 0.4 = 200 MWh."""
    assert 200 * MWH == quantity(july(outage=(outage("2025-07-05T08:00", "2025-07-05T18:00", left_mw=60),)))


@pytest.mark.parametrize("cause", ["grid", "approved"])
def test_outages_of_other_causes_do_not_count(july: July, outage: Made, cause: str) -> None:
    assert 0 == quantity(july(outage=(outage("2025-07-05T08:00", "2025-07-05T18:00", cause),)))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [("2025-06-30T20:00", "2025-07-01T02:00", 2), ("2025-07-31T23:00", "2025-08-03T00:00", 1)],
    ids=["over the first midnight", "over the last midnight"],
)
def test_only_the_hours_inside_the_month_count(july: July, outage: Made, start: str, end: str, hours: int) -> None:
    assert hours * 50 * MWH == quantity(july(outage=(outage(start, end),)))


def test_hours_on_days_that_are_not_settled_do_not_count(july: July, outage: Made) -> None:
    """Of 4 to 6 July only the 5th is settled: 24 h."""
    month = july(seasons={date(2025, 7, 5): Season.OTHER}, outage=(outage("2025-07-04T00:00", "2025-07-07T00:00"),))
    assert 24 * 50 * MWH == quantity(month)


def test_outages_that_overlap_count_once_by_the_larger_loss(july: July, outage: Made) -> None:
    """08-12 h half the power, 10-14 h all of it: 2 x 0.5 + 4 = 5 h."""
    both = (outage("2025-07-05T08:00", "2025-07-05T12:00", left_mw=50), outage("2025-07-05T10:00", "2025-07-05T14:00"))
    assert 5 * 50 * MWH == quantity(july(outage=both))


def test_an_own_outage_counts_only_beyond_an_excused_one(july: July, outage: Made) -> None:
    """Own total loss 08-12 h, the grid takes 70 MW of it 10-12 h: 2 + 2 x 0.3 = 2.6 h."""
    both = (
        outage("2025-07-05T08:00", "2025-07-05T12:00"),
        outage("2025-07-05T10:00", "2025-07-05T16:00", "grid", left_mw=30),
    )
    assert 130 * MWH == quantity(july(outage=both))


@pytest.mark.parametrize(
    ("end", "hours"),
    [("2025-07-08T00:00", 72), ("2025-07-08T01:00", 72), ("2025-07-07T23:00", 71)],
    ids=["cap exactly reached", "cap exceeded", "below the cap"],
)
def test_the_hours_of_a_month_are_capped(july: July, outage: Made, end: str, hours: int) -> None:
    assert hours * 50 * MWH == quantity(july(outage=(outage("2025-07-05T00:00", end),)))


def test_season_days_carry_the_peak_factor(july: July, outage: Made) -> None:
    """One total day in each season: 0.5 x 100 x (24 x 1.5 + 24) = 3 000 MWh."""
    terms = Terms(factor=Decimal("0.5"), max_hours=Decimal(72), peak_factor=Decimal("1.5"))
    seasons = {date(2025, 7, 5): Season.PEAK, date(2025, 7, 6): Season.OTHER}
    month = july(seasons=seasons, outage=(outage("2025-07-05T00:00", "2025-07-07T00:00"),))
    assert 3_000 * MWH == quantity(month, terms)


def test_the_cap_shrinks_the_hours_of_both_seasons_alike(july: July, outage: Made) -> None:
    """48 h capped at 24 h: half of the 3 000 MWh above."""
    terms = Terms(factor=Decimal("0.5"), max_hours=Decimal(24), peak_factor=Decimal("1.5"))
    seasons = {date(2025, 7, 5): Season.PEAK, date(2025, 7, 6): Season.OTHER}
    month = july(seasons=seasons, outage=(outage("2025-07-05T00:00", "2025-07-07T00:00"),))
    (assessed,) = assess(month, terms).assessed
    assert 1_500 * MWH == assessed.quantity_e4
    assert assessed.formula.zh.endswith("0.5 × (迎峰日 2400 MWh × 1.5 + 其他日 2400 MWh) × 24 h ÷ 48 h = 1500 MWh")


def test_the_loss_is_measured_against_the_power_of_the_day(july: July, outage: Made) -> None:
    """Derated to 50 MW from 6 July, 50 MW left: one day lost half of 100 MW, the next one nothing."""
    month = july(
        change=(Change(from_on=date(2025, 7, 6), power_mw=Decimal(50)),),
        outage=(outage("2025-07-05T00:00", "2025-07-07T00:00", left_mw=50),),
    )
    assert 600 * MWH == quantity(month)


def test_a_month_without_an_outage_is_assessed_with_nothing(july: July) -> None:
    (assessed,) = assess(july(), PLAIN).assessed
    assert (0, date(2025, 7, 1), date(2025, 7, 31)) == (
        assessed.quantity_e4,
        assessed.first_day,
        assessed.last_day,
    )
