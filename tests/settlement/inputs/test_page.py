"""What the page about these files shows is what is read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from settlement.inputs import adjust, agc, incidents, market_prices, orders, plan_curve
from settlement.inputs.layout import CHINESE_HEADERS
from settlement.inputs.orders import CAUSES, DIRECTIONS, OUTCOMES

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "inputs.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## [^\n]*`(\w+)\.csv`\n(.*?)(?=^## )", PAGE, re.DOTALL | re.MULTILINE))
LAYOUTS = {each.LAYOUT.kind: each.LAYOUT for each in (adjust, agc, incidents, market_prices, orders, plan_curve)}


def test_every_kind_of_file_has_a_section() -> None:
    assert set(LAYOUTS) == set(SECTIONS)


@pytest.mark.parametrize("kind", sorted(set(LAYOUTS) - {"plan"}))
def test_the_example_of_a_section_is_read_without_a_finding(kind: str, outcome_of: Callable[..., Any]) -> None:
    example = re.search(r"^```\n(.*?)^```", SECTIONS[kind], re.DOTALL | re.MULTILINE)
    assert example
    text = example[1].replace("SH-LG-01", "SH-1")
    # the page speaks of a station of 100 MW, the one here has a tenth of it
    found = outcome_of(kind, text.replace("0000,", "000,"))
    assert () == found.findings


@pytest.mark.parametrize("kind", sorted(LAYOUTS))
def test_a_section_names_every_column_and_its_chinese_header(kind: str) -> None:
    columns = [name for name in (*LAYOUTS[kind].required, *LAYOUTS[kind].optional) if not re.fullmatch(r"p\d\d", name)]
    chinese = [zh for zh, en in CHINESE_HEADERS.items() if en in columns and kind != "agc"]
    assert [] == [name for name in (*columns, *chinese) if name not in SECTIONS[kind]]


def test_the_page_names_every_word_of_the_closed_sets() -> None:
    words = {word for each in (DIRECTIONS, OUTCOMES, CAUSES) for pair in each.items() for word in pair}
    assert [] == [word for word in sorted(words) if word not in PAGE]
