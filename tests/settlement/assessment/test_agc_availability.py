"""Hours of automatic generation control against the hours required, by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.agc_availability import Terms, assess
from tariffs.stations import Change
from tariffs.vocabulary.findings import Severity

July = Callable[..., AssessedMonth]
TERMS = Terms(factor=Decimal(2), hours=Decimal(1), required_ratio=Decimal("0.98"))


@pytest.mark.parametrize(
    ("available_h", "quantity_e4"),
    [("490", 0), ("480", 40_000_000), ("500", 0), ("510", 0)],
    ids=["exactly as required", "two points short", "all hours", "more than required"],
)
def test_what_is_short_of_the_requirement_counts(
    july: July, agc: Callable[..., Any], available_h: str, quantity_e4: int
) -> None:
    """480 of 500 h are 96 %: 2 x 100 MW x 1 h x 0.02 = 4 MWh."""
    (assessed,) = assess(july(agc=agc("500", available_h)), TERMS).assessed
    assert quantity_e4 == assessed.quantity_e4


def test_a_third_of_an_hour_is_rounded_once(july: July, agc: Callable[..., Any]) -> None:
    """2 x 100 x (0.98 - 1/3) = 129.3333333 MWh; in 1e-4 kWh 1 293 333 333.33."""
    (assessed,) = assess(july(agc=agc("3", "1")), TERMS).assessed
    assert 1_293_333_333 == assessed.quantity_e4
    assert "系数 2 × 100 MW × 1 h × max(0, 98% − 1 h ÷ 3 h) = 129.3333333 MWh" == assessed.formula.zh


def test_rated_power_is_the_mean_of_the_settled_days(july: July, agc: Callable[..., Any]) -> None:
    """16 days of 100 MW and 15 of 162 MW: 4 030 / 31 = 130 MW; 2 x 130 x 0.98 = 254.8 MWh."""
    grown = Change(from_on=date(2025, 7, 17), power_mw=Decimal(162))
    (assessed,) = assess(july(change=(grown,), agc=agc("100", "0")), TERMS).assessed
    assert 2_548_000_000 == assessed.quantity_e4


def test_no_hour_required_is_a_notice_and_no_line(july: July, agc: Callable[..., Any]) -> None:
    result = assess(july(agc=agc("0", "0")), TERMS)
    assert () == result.assessed
    assert [(Severity.NOTICE, "assessment_agc_not_required")] == [(f.severity, f.code) for f in result.findings]


def test_without_the_file_it_is_refused_and_the_option_is_named(july: July) -> None:
    (found,) = assess(july(), TERMS).findings
    assert "assessment_input_missing" == found.code
    assert "--agc" in found.action.zh
