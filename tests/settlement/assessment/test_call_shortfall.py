"""Calls of a year that the station itself failed, as energy."""

from collections.abc import Callable
from decimal import Decimal

from settlement.assessed import AssessedMonth
from settlement.assessment.call_shortfall import Terms, assess
from tariffs.vocabulary.findings import Severity

July = Callable[..., AssessedMonth]


def test_the_years_own_shortfall_is_assessed_by_the_factor(july: July) -> None:
    """3.5 calls of 200 MWh x 0.8 = 560 MWh."""
    (assessed,) = assess(july(yearly_shortfall_own_kwh_e4=7_000_000_000), Terms(factor=Decimal("0.8"))).assessed
    assert 5_600_000_000 == assessed.quantity_e4
    assert assessed.formula.en.endswith("700 MWh = 560 MWh")


def test_half_a_unit_is_rounded_away_from_zero(july: July) -> None:
    (assessed,) = assess(july(yearly_shortfall_own_kwh_e4=1), Terms(factor=Decimal("0.5"))).assessed
    assert 1 == assessed.quantity_e4


def test_a_month_that_ends_no_obligation_year_has_no_line(july: July) -> None:
    assert () == assess(july(), Terms(factor=Decimal(1))).assessed


def test_a_year_without_a_shortfall_is_assessed_with_nothing(july: July) -> None:
    (assessed,) = assess(july(yearly_shortfall_own_kwh_e4=0), Terms(factor=Decimal(1))).assessed
    assert 0 == assessed.quantity_e4


def test_a_year_that_ends_with_unknown_failures_is_refused(july: July) -> None:
    (found,) = assess(july(year_ends=True), Terms(factor=Decimal(1))).findings
    assert ("assessment_shortfall_unknown", Severity.REFUSAL) == (found.code, found.severity)
