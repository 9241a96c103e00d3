"""Ways of solving that end in a solver: no binaries, binaries where they are needed, binaries everywhere, many prices."""

from dispatch.lazy.rounds import everywhere, lazy, relaxed
from dispatch.lazy.sweep import swept, warm

__all__ = ["everywhere", "lazy", "relaxed", "swept", "warm"]
