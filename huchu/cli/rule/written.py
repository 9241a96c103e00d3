"""The table of a batch as a file: CSV that spreadsheets open and do not run, written whole or not at all."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import InputError, Words, shown_name

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so would be run by a spreadsheet; an apostrophe stands before it."""


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV with line feeds."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return written.getvalue()


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def refuse_existing_file(out: Path, *, force: bool, read: Sequence[Path]) -> None:
    """Nothing, if a result may be written to the path; `read` are the files that the command reads.

    Raises  InputError if there is a folder, a device, a file that is read, or a file that is not to be overwritten
    """
    if not out.exists():
        return
    do = Words("换一个 --out", "choose another --out")
    if out.is_dir():
        found = Words("是文件夹", "it is a folder")
    elif not out.is_file():
        found = Words("不是普通文件", "it is no ordinary file")
    elif any(each.exists() and out.samefile(each) for each in read):
        found = Words("本命令要读这个文件", "this command reads that file")
    elif not force:
        found = Words("是以前的文件", "an earlier file")
        do = Words("换一个 --out，或用 --force 覆盖", "choose another --out, or overwrite with --force")
    else:
        return
    raise InputError(
        Words(f"结果文件 {shown_name(out)} 已存在", f"the result file {shown_name(out)} exists"), found=found, do=do
    )


def write_result(out: Path, text: str) -> None:
    """A file for spreadsheets, in UTF-8 with byte-order mark, written whole or not at all.

    Raises  InputError if it cannot be written
    """
    from huchu.output import write_file

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_file(out, codecs.BOM_UTF8 + text.encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError(
            Words(f"无法写入 {shown_name(out)}", f"cannot write {shown_name(out)}"),
            found=Words(reason, reason),
            do=Words("检查磁盘空间与权限，或换一个 --out", "check space and permissions, or choose another --out"),
        ) from None
