"""The statement as PDF/A, set by typst from `statement.typ` with the shipped fonts.

Everything from the record goes to typst as data of one JSON text and is never read as markup. No system font and no
package is used, and the date in the file is the last day of the period: the same record gives the same bytes anywhere.
"""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from settlement.export import fonts, shape
from tariffs.vocabulary.errors import InputError, Words

if TYPE_CHECKING:
    import polars as pl

SUFFIX: Final = "pdf"
FOLDER: Final = Path(__file__).parent
STANDARD: Final = "a-2u"
_OF_THREAD: Final = threading.local()


class Renderer:
    """A compiler with template and fonts loaded, for as many statements as wanted; one for each thread."""

    def __init__(self) -> None:
        shipped = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
        self._compiler = typst.Compiler(root=str(FOLDER), font_paths=shipped)

    def render(self, record: Mapping[str, Any]) -> bytes:
        """The bytes of the PDF of one record.

        Raises  InputError if the record lacks a key, or if typst refuses or doubts the page
        """
        shape.check(record)
        try:
            pages, warnings = self._compiler.compile_with_warnings(
                input=_source(record),
                format="pdf",
                pdf_standards=STANDARD,
                pdf_tags=False,
                timestamp=datetime.fromisoformat(record["period"]["until_on"]).replace(tzinfo=UTC),
            )
        except typst.TypstError as refusal:
            raise _cannot_be_set(record, refusal.message) from None
        if warnings or not isinstance(pages, bytes):
            raise _cannot_be_set(record, "; ".join(warning.message for warning in warnings))
        return pages


def render(record: Mapping[str, Any], detail: "pl.DataFrame | None" = None) -> bytes:  # noqa: ARG001 every format is called alike
    """The bytes of the PDF of one record; a thread keeps its renderer, so many statements are quick.

    Shape   `detail` is not used: it has its place in the workbook
    Raises  InputError if the record lacks a key, or if typst refuses or doubts the page
    """
    return _renderer_of_thread().render(record)


def _renderer_of_thread() -> Renderer:
    # A typst compiler refuses to be entered twice at once, so each thread has its own.
    if not hasattr(_OF_THREAD, "renderer"):
        _OF_THREAD.renderer = Renderer()
    renderer: Renderer = _OF_THREAD.renderer
    return renderer


def _source(record: Mapping[str, Any]) -> bytes:
    # The record goes in as one string literal and not as `sys_inputs`: those are part of typst's library, and a new
    # library makes typst forget all that it has laid out, which doubles the time of a batch. In the literal every
    # backslash and quotation mark is escaped, so nothing of the record can end it.
    record_json = json.dumps(fonts.printable(record), ensure_ascii=False)
    literal = record_json.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "statement.typ": statement\n#statement(json(bytes("{literal}")))\n'.encode()


def _cannot_be_set(record: Mapping[str, Any], reason: str) -> InputError:
    statement_no = record["statement_no"]
    return InputError(
        Words(f"结算单 {statement_no} 无法排成 PDF", f"statement {statement_no} cannot be set as PDF"),
        found=Words(reason, reason),
        do=Words("请附上该结算单的 JSON 报告此问题", "report this with the JSON of the statement"),
    )
