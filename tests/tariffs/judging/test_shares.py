"""A share that is cut for the eye meets a clause exactly where the exact one does."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause
from tariffs.judging.shares import STEP, cut_down, cut_towards

MARK = Decimal("0.6")


@pytest.mark.parametrize("boundary", list(Boundary)[:4])
@given(whole=st.integers(1, 10**9), part=st.integers(0, 10**9))
def test_a_cut_share_stays_on_its_side_of_the_mark(
    clause_of: Callable[..., Clause], boundary: Boundary, whole: int, part: int
) -> None:
    clause, exact = clause_of(mark=MARK, boundary=boundary), Fraction(part, whole)
    shown = cut_towards(clause, exact)
    assert boundary.holds(Decimal(exact.numerator) / exact.denominator, MARK) is clause.met_by(shown)
    assert abs(Fraction(shown) - exact) < Fraction(STEP)


def test_a_share_just_above_an_exclusive_mark_is_shown_above_it(clause_of: Callable[..., Clause]) -> None:
    clause = clause_of(mark=MARK, boundary=Boundary.ABOVE)
    assert Decimal("0.600001") == cut_towards(clause, Fraction(6_000_000_001, 10_000_000_000))
    assert Decimal("0.6") == cut_towards(clause, Fraction(6, 10))


@pytest.mark.parametrize(
    ("exact", "shown"), [(Fraction(2, 3), "0.666666"), (Fraction(1, 1), "1"), (Fraction(-1, 3), "-0.333334")]
)
def test_a_share_without_a_mark_leaves_its_rest_off(exact: Fraction, shown: str) -> None:
    assert Decimal(shown) == cut_down(exact)
