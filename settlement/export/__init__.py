"""Statements as files: layout only, no arithmetic.

The folder is the registry: a module with a `SUFFIX` and a `render(record, detail) -> bytes` is a format, named like
its suffix or after it. What a record holds is written in `shape.py`.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import polars as pl


class Format(Protocol):
    """What a format module offers."""

    SUFFIX: str

    def render(self, record: Mapping[str, Any], detail: "pl.DataFrame") -> bytes:
        """The bytes of one statement."""
        ...


def formats() -> dict[str, Format]:
    """Every format of this folder by its suffix, in alphabetical order."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found = (cast(Format, module) for module in modules if hasattr(module, "SUFFIX"))
    return {module.SUFFIX: module for module in sorted(found, key=lambda module: module.SUFFIX)}
