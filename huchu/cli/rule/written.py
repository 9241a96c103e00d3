"""The table of a batch as a file: CSV that spreadsheets open and do not run, written whole or not at all."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import InputError, Words, shown_name

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so would be run by a spreadsheet; an apostrophe stands before it."""


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]], *, marked: bool) -> bytes:
    """A table as CSV in UTF-8 with line feeds, with a byte-order mark where it is a file for spreadsheets."""
    written = io.StringIO()
    written.write("\ufeff" if marked else "")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def refuse_existing_file(out: Path, *, force: bool) -> None:
    """Nothing, if a result may be written to the path.

    Raises  InputError if there is a folder, or a file that is not to be overwritten
    """
    if out.is_dir() or (out.exists() and not force):
        raise InputError(
            Words(f"结果文件 {shown_name(out)} 已存在", f"the result file {shown_name(out)} exists"),
            found=Words("是文件夹", "it is a folder") if out.is_dir() else Words("是以前的文件", "an earlier file"),
            do=Words("换一个 --out，或用 --force 覆盖", "choose another --out, or overwrite with --force"),
        )


def write_result(out: Path, content: bytes) -> None:
    """A file written whole or not at all.

    Raises  InputError if it cannot be written
    """
    from huchu.output import write_file

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_file(out, content)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError(
            Words(f"无法写入 {shown_name(out)}", f"cannot write {shown_name(out)}"),
            found=Words(reason, reason),
            do=Words("检查磁盘空间与权限，或换一个 --out", "check space and permissions, or choose another --out"),
        ) from None
