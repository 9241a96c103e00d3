"""Orders that the station itself failed on season days, by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.order_shortfall import Terms, assess
from tariffs.calendar import Season

July = Callable[..., AssessedMonth]
TERMS = Terms(factor=Decimal("1.5"))


def test_failed_energy_of_own_cause_is_added_up(july: July, order: Callable[..., Any]) -> None:
    """1.5 x (60 + 40.0001) MWh."""
    (assessed,) = assess(july(orders=(order(600_000_000), order(400_001_000))), TERMS).assessed
    assert 1_500_001_500 == assessed.quantity_e4
    assert "1.5 × 100.0001 MWh（2 条" in assessed.formula.zh


@pytest.mark.parametrize(
    "spared",
    [{"cause": "grid"}, {"cause": "approved"}, {"cause": None}, {"in_season": False}, {"direction": "charge"}],
    ids=str,
)
def test_other_causes_other_days_and_charging_are_not_assessed(
    july: July, order: Callable[..., Any], spared: dict[str, Any]
) -> None:
    (assessed,) = assess(july(orders=(order(600_000_000, **spared),)), TERMS).assessed
    assert 0 == assessed.quantity_e4


def test_a_month_without_a_season_day_has_no_line_and_asks_for_no_file(july: July) -> None:
    result = assess(july(seasons={date(2025, 7, 1): Season.OTHER}), TERMS)
    assert ((), ()) == (result.assessed, result.findings)


def test_the_line_spans_the_season_days_only(july: July) -> None:
    seasons = {date(2025, 7, 1): Season.OTHER, date(2025, 7, 2): Season.PEAK, date(2025, 7, 3): Season.OTHER}
    (assessed,) = assess(july(seasons=seasons, orders=()), TERMS).assessed
    assert (date(2025, 7, 2), date(2025, 7, 2)) == (assessed.first_day, assessed.last_day)


def test_without_a_file_of_orders_it_is_refused_and_the_option_is_named(july: July) -> None:
    (found,) = assess(july(), TERMS).findings
    assert "assessment_input_missing" == found.code
    assert "--orders" in found.message.zh
