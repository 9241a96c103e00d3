"""The shipped fonts have what statements need, and say what they lack."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.export import fonts


def gb2312() -> str:
    cells = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@pytest.mark.parametrize(
    "text",
    [
        "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负",
        "×−≥≤·–—…¥°′〔〕（）％，。；：“”《》→←↑↓±÷≈≠㎡℃①▪",
        "".join(map(chr, range(0x20, 0x7F))),
        "喆堃珺昇镕",
    ],
)
def test_what_statements_print_is_in_both_weights(text: str) -> None:
    assert () == fonts.missing_glyphs(text)


def test_all_6763_ideographs_of_gb2312_are_there() -> None:
    characters = gb2312()
    assert 6763 == len(characters)
    assert () == fonts.missing_glyphs(characters)


def test_missing_characters_are_listed_once_in_order() -> None:
    assert ("𠮷", "龘") == fonts.missing_glyphs("𠮷野家龘龘𠮷")


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u0000", "\ufeff", "\ue000"])
def test_characters_that_hide_or_turn_text_count_as_missing(character: str) -> None:
    assert (character,) == fonts.missing_glyphs(f"12{character}34")
    assert "12〓34" == fonts.printable(f"12{character}34")


def test_a_printable_record_keeps_its_shape_and_marks_what_is_missing() -> None:
    record: dict[str, Any] = {"name": "龘站", "lines": [{"text": "一\n二"}]}
    assert {"name": "〓站", "lines": [{"text": "一 二"}]} == fonts.printable(record)


@given(st.text(max_size=40))
def test_whatever_is_made_printable_has_no_missing_glyph_and_the_same_length(text: str) -> None:
    printed = fonts.printable(text)
    assert () == fonts.missing_glyphs(printed)
    assert len(text) == len(printed)


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


@pytest.mark.parametrize("path", [fonts.REGULAR, fonts.BOLD])
def test_a_shipped_font_is_small_enough_for_a_wheel(path: Any) -> None:
    assert path.stat().st_size < 3_200_000
