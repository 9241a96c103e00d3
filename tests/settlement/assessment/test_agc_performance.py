"""The product of rate, accuracy and response against 1, by hand."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.agc_performance import Terms, assess

July = Callable[..., AssessedMonth]
TERMS = Terms(factor=Decimal(1), hours=Decimal(2))


@pytest.mark.parametrize(
    ("factors", "quantity_e4"),
    [(("0.9", "0.8", "0.5"), 1_280_000_000), (("2", "1", "0.5"), 0), (("2", "2", "2"), 0)],
    ids=["0.36", "exactly 1", "above 1"],
)
def test_what_the_product_lacks_of_one_counts(
    july: July, agc: Callable[..., Any], factors: tuple[str, str, str], quantity_e4: int
) -> None:
    """0.9 x 0.8 x 0.5 = 0.36: 100 MW x 2 h x 0.64 = 128 MWh."""
    k1, k2, k3 = factors
    (assessed,) = assess(july(agc=agc(k1=k1, k2=k2, k3=k3)), TERMS).assessed
    assert quantity_e4 == assessed.quantity_e4


def test_an_empty_column_is_refused_and_named(july: July, agc: Callable[..., Any]) -> None:
    (found,) = assess(july(agc=agc(k2="1")), TERMS).findings
    assert ("assessment_column_empty", "k1, k3") == (found.code, found.evidence["columns"])


def test_without_the_file_it_is_refused(july: July) -> None:
    assert ["assessment_input_missing"] == [found.code for found in assess(july(), TERMS).findings]
