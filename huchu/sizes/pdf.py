"""The two pages for a board, set by typst from `report.typ` with the shipped fonts.

Everything goes to typst as data of one JSON text and is never read as markup; the pictures go as files of bytes. No system
font and no package is used, and the date in the file is the first day of operation: the same report gives the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from dispatch.sizing.report import SizingReport
from huchu.sizes.pdf_record import pdf_record
from tariffs.vocabulary.errors import InputError, Words

FOLDER: Final = Path(__file__).parent
STANDARD: Final = "a-2u"
MAIN: Final = "main.typ"
TEMPLATE: Final = "report.typ"
PLACED: Final = ("npv_map.png", "cash_flow.png", "tornado.png")
"""The pictures that stand on the pages."""


def write_report(
    path: Path, report: SizingReport, pictures: Mapping[str, bytes], digests: Mapping[str, str] | None = None
) -> None:
    """Writes the two pages; `pictures` are the PNGs by the names of their files, `digests` those of the inputs.

    Raises  InputError if typst refuses or doubts a page
    """
    path.write_bytes(report_bytes(report, pictures, digests))


def report_bytes(
    report: SizingReport, pictures: Mapping[str, bytes], digests: Mapping[str, str] | None = None
) -> bytes:
    """The bytes of the PDF: two pages A4.

    Raises  InputError if typst refuses or doubts a page
    """
    record = pdf_record(report, digests or {})
    return pages_of(record, pictures, datetime.combine(report.project.project.first_on, time(), UTC))


def pages_of(record: Mapping[str, Any], pictures: Mapping[str, bytes], dated_at: datetime) -> bytes:
    """The PDF of a record that `pdf_record` made.

    Raises  InputError if typst refuses or doubts a page
    """
    import typst

    from settlement.export import fonts

    shipped = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    files = {MAIN: _source(record), TEMPLATE: (FOLDER / TEMPLATE).read_bytes()}
    files |= {name: pictures[name] for name in PLACED}
    with TemporaryDirectory() as folder:
        # typst reads pictures from files only, and none outside the folder
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            pages, warnings = typst.compile_with_warnings(
                input=str(Path(folder) / MAIN),
                root=folder,
                format="pdf",
                font_paths=shipped,
                pdf_standards=STANDARD,
                pdf_tags=False,
                timestamp=dated_at,
            )
        except typst.TypstError as refusal:
            raise _cannot_be_set(refusal.message) from None
    if warnings or not isinstance(pages, bytes):
        raise _cannot_be_set("; ".join(warning.message for warning in warnings))
    return pages


def _source(record: Mapping[str, Any]) -> bytes:
    # in the literal every backslash and quotation mark is escaped, so nothing of the record can end it
    literal = json.dumps(record, ensure_ascii=False).replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "{TEMPLATE}": report\n#report(json(bytes("{literal}")))\n'.encode()


def _cannot_be_set(reason: str) -> InputError:
    return InputError(
        Words("测算报告无法排成 PDF", "the report cannot be set as PDF"),
        found=Words(reason, reason),
        do=Words("请附上项目文件报告此问题", "report this with the project file"),
    )
