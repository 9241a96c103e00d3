"""Boundary words of Chinese texts: which of them include the number itself."""

import operator
from decimal import Decimal
from enum import Enum
from typing import Final

from tariffs.vocabulary.errors import Words


class Boundary(Enum):
    """How a text bounds a figure.

    Source  民法典 第一千二百五十九条: 以上、以下、以内、届满 include the number; 不满、超过、以外 do not
    """

    AT_LEAST = "at_least"
    """以上、不低于、不少于、达到、满、至少"""
    ABOVE = "above"
    """超过、突破"""
    AT_MOST = "at_most"
    """以下、以内、不超过、最高"""
    BELOW = "below"
    """不满、不足、低于"""
    EXACTLY = "exactly"
    """a figure that is set, without a boundary word"""

    def holds(self, found: Decimal | int, mark: Decimal | int) -> bool:
        """Whether a figure stands on the side of the mark that the word asks for."""
        return bool(_HOLDS[self._value_](found, mark))


_HOLDS: Final = {
    "at_least": operator.ge,
    "above": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
    "exactly": operator.eq,
}


BOUNDARY_WORDS = {
    Boundary.AT_LEAST: Words("不少于", "at least"),
    Boundary.ABOVE: Words("超过", "more than"),
    Boundary.AT_MOST: Words("不超过", "at most"),
    Boundary.BELOW: Words("低于", "less than"),
    Boundary.EXACTLY: Words("等于", "exactly"),
}
CONTRARY_WORDS = {
    Boundary.AT_LEAST: BOUNDARY_WORDS[Boundary.BELOW],
    Boundary.ABOVE: BOUNDARY_WORDS[Boundary.AT_MOST],
    Boundary.AT_MOST: BOUNDARY_WORDS[Boundary.ABOVE],
    Boundary.BELOW: BOUNDARY_WORDS[Boundary.AT_LEAST],
    Boundary.EXACTLY: Words("不等于", "other than"),
}
"""What must hold where a clause bars its figure."""
