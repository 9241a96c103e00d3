"""The CSV of a batch: its columns checked, its lines whole; UTF-8 with or without byte-order mark, else GB 18030."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from huchu.cli.rule.columns import CASE_ID
from huchu.cli.rule.request import STANDARD_INPUT
from huchu.cli.rule.streams import standard_input
from tariffs.reading.bytes_in import lines_of_text
from tariffs.reading.options import ReadOptions
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import GENERAL, FileRefusedError, FileReport, shown
from tariffs.vocabulary.errors import Refused, Words, nearest, shown_name
from tariffs.vocabulary.findings import Catalogue, has_refusal

CATALOGUE: Final = Catalogue.load(Path(__file__).with_name("findings.toml"))
TEXTS: Final = Catalogue({**GENERAL.entries, **CATALOGUE.entries})
FIRST_ROW: Final = 2
OTHER_SEPARATORS: Final = ((";", ";"), ("\t", "tab"), ("|", "|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file of cases: its columns without blank ones at the end, and the line of every row from the second line on."""

    file: str
    headers: tuple[str, ...]
    lines: list[str]


def read_table(given: str, known: Sequence[str], *, accept_unterminated: bool) -> Table:
    """The table of a file, or of standard input for -; `known` are the columns that it may have beside `case_id`.

    Raises  InputError if there is no such file; Refused with everything that is wrong with its text or its columns
    """
    if given == STANDARD_INPUT:
        file, raw = "standard input", standard_input()
    else:
        refuse_no_file(Path(given))
        file, raw = shown_name(Path(given)), Path(given).read_bytes()
    report = FileReport(file, CATALOGUE)
    try:
        text = lines_of_text(raw, report, ReadOptions(accept_unterminated=accept_unterminated)).decode("utf-8")
        first, *lines = text.split("\n")[:-1]
        while lines and not lines[-1].strip(", "):
            lines.pop()
        headers = _headers(first, known, report)
        if not lines:
            report.stop("file_no_rows")
    except FileRefusedError:
        raise refused_table(report) from None
    if has_refusal(report.findings()):
        raise refused_table(report)
    return Table(file=file, headers=headers, lines=lines)


def refused_table(report: FileReport) -> Refused:
    """The refusal of a file of cases for the findings on it."""
    return refused(report.findings(), Words(f"{report.file} 被拒绝", f"{report.file} is refused"))


def cells_of(line: str) -> list[str] | None:
    """The cells of a line without blanks around them; nothing where its quotes cannot be read."""
    if '"' not in line:
        cells = line.split(",")
    else:
        try:
            cells = next(csv.reader([line], strict=True))
        except csv.Error:
            return None
    return [cell.strip() for cell in cells] if " " in line else cells


def _headers(line: str, known: Sequence[str], report: FileReport) -> tuple[str, ...]:
    headers = cells_of(line)
    if headers is None:
        report.stop("csv_quote", row=1, evidence={"text": shown(line)})
    while headers and not headers[-1]:
        # spreadsheets write columns that were once filled
        headers.pop()
    if not headers:
        report.stop("row_blank", row=1)
    for separator, name in OTHER_SEPARATORS:
        if len(headers) == 1 and separator in line:
            report.stop("separator_unknown", row=1, evidence={"separator": name})
    twice = sorted({each for each in headers if each and headers.count(each) > 1})
    if twice:
        report.add("column_duplicate", row=1, evidence={"columns": ", ".join(twice)})
    for each in dict.fromkeys(headers):
        if each != CASE_ID and each not in known:
            near = _nearest(each, known)
            evidence = {
                "column": shown(each) or '""',
                "near_zh": f"，是否为 {near}" if near else "",
                "near_en": f"; did you mean {near}" if near else "",
            }
            report.add("case_column_unknown", row=1, evidence=evidence)
    return tuple(headers)


def _nearest(column: str, known: Sequence[str]) -> str:
    """The column that was perhaps meant: one of a near spelling, one that ends so, or the first of that table."""
    if not column:
        return ""
    ending = [each for each in known if each.endswith(f".{column}") or each.startswith(f"{column}.")]
    return nearest(column, [CASE_ID, *known]) or next(iter(ending), "")
