"""The statement as JSON: the record itself, every figure as exact text."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from settlement.export import shape

if TYPE_CHECKING:
    import polars as pl

SUFFIX: Final = "json"


def render(record: Mapping[str, Any], detail: "pl.DataFrame | None" = None) -> bytes:  # noqa: ARG001 every format is called alike
    """The bytes of a UTF-8 JSON text, in the order of the record, with a line end at the end.

    Shape   `detail` is not used: it has its place in the workbook
    Raises  InputError if the record lacks a key
    """
    shape.check(record)
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
