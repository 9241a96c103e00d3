"""A record is refused as a whole when it is not what the formats place."""

from typing import Any

import polars as pl
import pytest

from settlement.export import formats, shape
from tariffs.vocabulary.errors import InputError


def found_wrong(record: dict[str, Any]) -> str:
    """The places that are refused; nothing where none is."""
    try:
        shape.check(record)
    except InputError as refusal:
        return refusal.found.en
    return ""


def test_the_example_record_is_complete(record: dict[str, Any]) -> None:
    assert "" == found_wrong(record)


def test_a_record_with_every_part_is_complete(whole: dict[str, Any]) -> None:
    assert "" == found_wrong(whole)
    # the parts that the smaller example leaves empty
    assert all(whole[part] for part in ("awards", "outages", "invoices", "lines"))


@pytest.mark.parametrize("suffix", ["json", "pdf", "xlsx"])
def test_a_missing_key_is_named_by_every_format(record: dict[str, Any], detail: pl.DataFrame, suffix: str) -> None:
    del record["lines"][1]["article"]
    with pytest.raises(InputError, match=r"lines\[2\]\.article: missing"):
        formats()[suffix].render(record, detail)


@pytest.mark.parametrize(
    ("path", "leaf", "said"),
    [
        (("totals", "all_income_cny"), 12.5, "totals.all_income_cny: float instead of text"),
        (("totals",), "12.50", "totals: str instead of a table"),
        (("lines",), "none", "lines: str instead of a list"),
        (("schema",), "huchu.statement/2", "not 'huchu.statement/1'"),
        (("period", "until_on"), "2025-7-31", "period.until_on: '2025-7-31' is not a day"),
        (("calls", "progress_ratio"), "-0.1", "calls.progress_ratio: '-0.1' is not a number of 0 or more"),
        (("station", "name"), "half \ud800", "station.name: text with half a character"),
        (("station", "nmae"), "", "station: unknown key 'nmae'"),
    ],
)
def test_a_wrong_leaf_is_named_with_its_place(
    record: dict[str, Any], path: tuple[str, ...], leaf: object, said: str
) -> None:
    part = record
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = leaf
    with pytest.raises(InputError) as refusal:
        shape.check(record)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("part", "key", "said"),
    [
        ("awards", "award_cap_kwh", "awards[1].award_cap_kwh: missing"),
        ("outages", "cause_zh", "outages[1].cause_zh: missing"),
        ("invoices", "counterparty", "invoices[1].counterparty: missing"),
        ("lines", "counterparty", "lines[1].counterparty: missing"),
    ],
)
def test_a_row_that_lacks_a_text_is_named(whole: dict[str, Any], part: str, key: str, said: str) -> None:
    whole[part] = [{name: text for name, text in whole[part][0].items() if name != key}]
    with pytest.raises(InputError) as refusal:
        shape.check(whole)
    assert said in str(refusal.value)


def test_of_many_problems_the_first_five_are_shown_and_the_rest_counted(record: dict[str, Any]) -> None:
    for key in ("gross_cny", "net_cny", "tax_cny", "tax_rate"):
        for invoice in record["invoices"]:
            del invoice[key]
    with pytest.raises(InputError) as refusal:
        shape.check(record)
    assert 5 == refusal.value.found.en.count("missing")
    assert refusal.value.found.en.endswith("+3")


def test_an_unknown_share_of_the_calls_may_be_empty(record: dict[str, Any]) -> None:
    record["calls"]["progress_ratio"] = ""
    assert "" == found_wrong(record)
    record["calls"]["progress_ratio"] = "unknown"
    assert "calls.progress_ratio: 'unknown'" in found_wrong(record)
