"""Clauses that the tests of this folder share."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tariffs.citation import Citation, Confirmation
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

CITATION = Citation(
    series="rules",
    effective_from=date(2025, 1, 1),
    document_number="own",
    title="own",
    article="第一条",
    checked_on=date(2025, 1, 1),
    confirmation=Confirmation.USER,
)


@pytest.fixture(scope="session")
def clause_of() -> Callable[..., Clause]:
    """A clause with a ratio."""

    def made(*, mark: Decimal, boundary: Boundary) -> Clause:
        name = Words("条", "clause")
        return Clause(
            id="clause", name=name, meaning="own", citation=CITATION, quantity=mark, unit=Unit.RATIO, boundary=boundary
        )

    return made
