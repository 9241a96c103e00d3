"""The share of the month in which the station could run, by hand; July has 744 h."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.availability import Terms, assess
from tariffs.calendar import Season

July = Callable[..., AssessedMonth]
TERMS = Terms(factor=Decimal(1), hours=Decimal(10), required_ratio=Decimal("0.95"))
TEN_DAYS = {date(2025, 7, n): Season.PEAK for n in range(1, 11)}
"""240 h: 12 h out are exactly 95 %."""


@pytest.mark.parametrize(
    ("end", "quantity_e4"),
    [("2025-07-05T12:00", 0), ("2025-07-05T18:00", 250_000_000), ("2025-07-05T06:00", 0)],
    ids=["exactly as required", "2.5 points short", "better than required"],
)
def test_what_is_short_of_the_requirement_counts(
    july: July, outage: Callable[..., Any], end: str, quantity_e4: int
) -> None:
    """18 h out: 0.95 - 222/240 = 0.025; x 100 MW x 10 h = 25 MWh."""
    (assessed,) = assess(july(seasons=TEN_DAYS, outage=(outage("2025-07-05T00:00", end),)), TERMS).assessed
    assert quantity_e4 == assessed.quantity_e4


@pytest.mark.parametrize(("cause", "quantity_e4"), [("own", 50), ("approved", 50), ("grid", 0)])
def test_planned_and_forced_outages_count_and_those_of_the_grid_do_not(
    july: July, outage: Callable[..., Any], cause: str, quantity_e4: int
) -> None:
    """24 h of 240 h out: 0.95 - 0.9 = 0.05; x 1 000 MWh = 50 MWh."""
    held = outage("2025-07-05T00:00", "2025-07-06T00:00", cause)
    (assessed,) = assess(july(seasons=TEN_DAYS, outage=(held,)), TERMS).assessed
    assert quantity_e4 * 10_000_000 == assessed.quantity_e4


def test_the_formula_shows_the_hours(july: July, outage: Callable[..., Any]) -> None:
    held = outage("2025-07-05T00:00", "2025-07-05T18:00")
    (assessed,) = assess(july(seasons=TEN_DAYS, outage=(held,)), TERMS).assessed
    assert "系数 1 × 100 MW × 10 h × max(0, 95% − (240 h − 18 h) ÷ 240 h) = 25 MWh" == assessed.formula.zh
