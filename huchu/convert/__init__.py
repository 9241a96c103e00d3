"""Series of other people, in their own columns and clocks, as `signals.csv`."""

from huchu.convert.conversion import Converted, converted
from huchu.convert.wish import Wish

__all__ = ["Converted", "Wish", "converted"]
