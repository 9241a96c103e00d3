"""Inner loops as plain Python for little work, compiled for much: loading the compiler takes a second.

An inner loop is a plain function marked `inner_loop`; it may call other marked functions of its module. Both forms compute
the same.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, Final, ParamSpec, TypeVar, cast

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

LITTLE_STEPS: Final = 110_000
"""Steps that are interpreted, in all, before the compiler is loaded: a year of quarters goes through three loops of them
in half a second, and loading takes more than one."""
COMPILER: Final = "numba"
_marked: defaultdict[str, list[FunctionType]] = defaultdict(list)
_interpreted: Counter[str] = Counter()


def inner_loop(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The function itself, marked as one that may be compiled."""
    _marked[function.__module__].append(cast(FunctionType, function))
    return function


def quick(function: Callable[Arguments, Result], steps: int) -> Callable[Arguments, Result]:
    """The quicker form of an inner loop for so many steps."""
    if COMPILER not in sys.modules:
        _interpreted["steps"] += steps
        if _interpreted["steps"] <= LITTLE_STEPS:
            return function
    return cast(Callable[Arguments, Result], compiled(function.__module__)[cast(FunctionType, function).__name__])


@cache
def compiled(module: str) -> dict[str, Any]:
    """The names of a module, its marked functions in their compiled form; kept on disk for the next time."""
    from numba import njit

    names = dict(vars(sys.modules[module]))
    for function in _marked[module]:
        names[function.__name__] = njit(cache=True)(FunctionType(function.__code__, names, function.__name__))
    return names
