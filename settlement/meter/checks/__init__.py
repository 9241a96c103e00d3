"""The checks, one file a family. The folder is the registry: a file with CODES, READS and found() is a check.

`READS` says what found() is given: the rows of all stations, the series of one station after another, or the register
readings. A check returns hits and changes nothing.
"""

import pkgutil
from enum import Enum
from functools import cache
from importlib import import_module
from types import ModuleType


class Reads(Enum):
    """What a check is given."""

    ROWS = "rows"
    SERIES = "series"
    REGISTERS = "registers"


@cache
def checks_reading(reads: Reads) -> tuple[ModuleType, ...]:
    """The checks that read one kind of input, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    checks = (import_module(f"{__name__}.{name}") for name in names)
    return tuple(check for check in checks if check.READS is reads)
