"""Shares as figures that can be shown: cut to millionths so that they stay on their side of a clause's mark."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause

STEP: Final = Decimal("0.000001")


def cut_down(exact: Fraction) -> Decimal:
    """An exact share in whole millionths, the rest left off; for one that no mark of a clause is held against."""
    return floor(exact / Fraction(STEP)) * STEP


def cut_towards(clause: Clause, exact: Fraction) -> Decimal:
    """An exact figure in whole millionths, on the same side of the clause's mark as the exact one."""
    up = clause.boundary in (Boundary.AT_MOST, Boundary.ABOVE)
    return ceil(exact / Fraction(STEP)) * STEP if up else cut_down(exact)
