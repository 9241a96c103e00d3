"""The fonts that every statement and plot is set in, and which characters they have.

Two weights of Noto Sans CJK SC, cut down by `scripts/make_fonts.py`; the licence lies beside them. A character that
they lack is printed as the geta mark 〓, the printer's sign for a missing type, so that it is seen and not dropped.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

FAMILY: Final = "Noto Sans CJK SC"
FOLDER: Final = Path(__file__).parent / "fonts"
REGULAR: Final = FOLDER / "NotoSansCJKsc-Regular.otf"
BOLD: Final = FOLDER / "NotoSansCJKsc-Bold.otf"
MISSING_MARK: Final = "〓"
LAYOUT_CHARACTERS: Final = frozenset("\n\r\t")


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that the shipped fonts cannot print, each once, in order of first use.

    Shape   control and direction characters count as missing too: they could reorder or hide figures
    """
    known = coverage() | LAYOUT_CHARACTERS
    return tuple(dict.fromkeys(character for character in text if character not in known))


def printable(record: Any) -> Any:
    """A copy of a record in which every character that the fonts lack is the mark 〓 and line ends are spaces."""
    if isinstance(record, str):
        return _printable_text(record)
    if isinstance(record, dict):
        return {key: printable(part) for key, part in record.items()}
    return [printable(part) for part in record]


@cache
def coverage() -> frozenset[str]:
    """Every character that both shipped weights can print."""
    return _characters(REGULAR.read_bytes()) & _characters(BOLD.read_bytes())


def _printable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    known = coverage()
    kept = ((" " if character in LAYOUT_CHARACTERS else character) for character in text)
    return "".join(character if character in known else MISSING_MARK for character in kept)


def _characters(font: bytes) -> frozenset[str]:
    # OpenType: the table directory starts at byte 12; subtable format 12 of `cmap` lists runs of code points.
    tables = struct.unpack_from(">H", font, 4)[0]
    directory = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    offsets = (struct.unpack_from(">HHI", font, start + 4 + 8 * number)[2] for number in range(subtables))
    full = next(start + offset for offset in offsets if struct.unpack_from(">H", font, start + offset)[0] == 12)
    runs = struct.unpack_from(">I", font, full + 12)[0]
    ranges = (struct.unpack_from(">II", font, full + 16 + 12 * number) for number in range(runs))
    characters = (chr(point) for first, last in ranges for point in range(first, last + 1))
    return frozenset(character for character in characters if unicodedata.category(character)[0] != "C")
