"""The response to frequency against the theoretical one, by hand."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.primary_frequency import Terms, assess

July = Callable[..., AssessedMonth]
TERMS = Terms(factor=Decimal("0.8"), hours=Decimal(5), required_ratio=Decimal("0.7"))


@pytest.mark.parametrize(
    ("ratio", "quantity_e4"),
    [("0.7", 0), ("0.45", 1_000_000_000), ("1.2", 0), ("-0.3", 4_000_000_000)],
    ids=["exactly as required", "short", "more than the theory", "against the frequency"],
)
def test_what_is_short_of_the_requirement_counts(
    july: July, agc: Callable[..., Any], ratio: str, quantity_e4: int
) -> None:
    """0.8 x 100 MW x 5 h = 400 MWh for each whole; 0.7 - 0.45 = 0.25 of it are 100 MWh, 0.7 + 0.3 all."""
    (assessed,) = assess(july(agc=agc(frequency_ratio=ratio)), TERMS).assessed
    assert quantity_e4 == assessed.quantity_e4


def test_an_empty_column_is_refused_and_named(july: July, agc: Callable[..., Any]) -> None:
    (found,) = assess(july(agc=agc(k1="1")), TERMS).findings
    assert ("assessment_column_empty", "frequency_ratio") == (found.code, found.evidence["columns"])


def test_without_the_file_it_is_refused(july: July) -> None:
    assert ["assessment_input_missing"] == [found.code for found in assess(july(), TERMS).findings]
