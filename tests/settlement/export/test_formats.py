"""The folder is the registry: what has a suffix is a format, and all are called alike."""

import inspect
import json
from typing import Any

import polars as pl
import pytest

from settlement.export import formats, json_text


def test_the_formats_are_found_by_their_suffix() -> None:
    assert {"json", "pdf", "xlsx"} <= set(formats())


@pytest.mark.parametrize("suffix", ["json", "pdf", "xlsx"])
def test_every_format_takes_a_record_and_the_intervals(suffix: str) -> None:
    assert ["record", "detail"] == list(inspect.signature(formats()[suffix].render).parameters)


@pytest.mark.parametrize("suffix", ["json", "pdf", "xlsx"])
def test_the_same_record_gives_the_same_bytes(record: dict[str, Any], detail: pl.DataFrame, suffix: str) -> None:
    assert formats()[suffix].render(record, detail) == formats()[suffix].render(record, detail)


def test_json_is_the_record_itself_in_readable_utf_8(record: dict[str, Any]) -> None:
    text = json_text.render(record).decode("utf-8")
    assert record == json.loads(text)
    assert list(record) == list(json.loads(text))
    assert "临港一号储能电站" in text
    assert text.endswith("}\n")
