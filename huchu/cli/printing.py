"""What commands print: refusals on standard error, one JSON object or a short report on standard output."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from huchu.cli.words import say
from tariffs.vocabulary.errors import NO_RESULT, NOTHING_WRITTEN, HuchuError, Refused, UsageError, Words, shown_name
from tariffs.vocabulary.findings import SEVERITY_WORDS, Finding, Severity

DONE, REFUSED, USAGE, IN_PART = 0, 1, 2, 3
SHOWN_FINDINGS = 20
SHOWN_ROWS = 40
UNBOUNDED = 10_000
"""Columns of a page that no table fills."""
FIGURE = re.compile(r"[-+]?\d[\d.,%:-]*")
"""A cell that must stay on one line: a number, a year, a day."""

Justify = Literal["left", "right"]


def told(words: Words) -> str:
    """Words in the language chosen."""
    return say(words.zh, words.en) if words.zh != words.en else words.zh


def to_stdout(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(line + "\n")


def to_stderr(line: str) -> None:
    """One line on standard error."""
    sys.stderr.write(line + "\n")


def print_json(answer: Mapping[str, Any]) -> None:
    """The one JSON object of a command."""
    to_stdout(json.dumps(answer, ensure_ascii=False, indent=2))


def error_lines(error: HuchuError) -> tuple[str, ...]:
    """The four parts of an error in the language chosen."""
    return (
        f"{type(error).__name__}: {told(error.what)}",
        f"{say('实际', 'Found')}: {told(error.found)}",
        f"{say('结果', 'Done')}: {told(error.done)}",
        f"{say('办法', 'Do')}: {told(error.do)}",
    )


def refuse(error: HuchuError, *, as_json: bool) -> NoReturn:
    """Print a refusal and leave with exit code 1, or 2 where the words of the command are wrong."""
    if error.done == NO_RESULT:
        error.done = NOTHING_WRITTEN
    wrong_usage = isinstance(error, UsageError)
    if isinstance(error, Refused):
        print_findings([finding for finding in error.findings if finding.severity is not Severity.NOTICE])
    for line in error_lines(error):
        to_stderr(line)
    if as_json:
        print_json(
            {
                "status": "wrong_usage" if wrong_usage else "refused",
                "error": {
                    "kind": type(error).__name__,
                    **{part: str(getattr(error, part)) for part in ("what", "found", "done", "do")},
                },
                "findings": finding_counts(error.findings if isinstance(error, Refused) else ()),
            }
        )
    raise SystemExit(USAGE if wrong_usage else REFUSED)


@contextmanager
def refusals(*, as_json: bool) -> Iterator[None]:
    """Turn every refusal inside into its four lines and its exit code."""
    try:
        yield
    except HuchuError as error:
        refuse(error, as_json=as_json)


def finding_counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings of each severity there are."""
    return {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}


def print_findings(findings: Sequence[Finding]) -> None:
    """The first findings on standard error, two lines each, and how many more there are."""
    console = Console(stderr=True, highlight=False)
    for finding in findings[:SHOWN_FINDINGS]:
        style = {"refusal": "bold red", "warning": "yellow"}.get(finding.severity.value, "bold")
        head = Text.assemble((told(SEVERITY_WORDS[finding.severity]), style), f" {finding.code}  {_place(finding)}")
        console.print(head, soft_wrap=True)
        console.print(Text(f"    {told(finding.message)}"), soft_wrap=True)
    if len(findings) > SHOWN_FINDINGS:
        more = len(findings) - SHOWN_FINDINGS
        console.print(say(f"另有 {more} 条", f"{more} more"))


def _place(finding: Finding) -> str:
    row = f":{finding.row}" if finding.row else ""
    parts = [f"{finding.file}{row}" if finding.file else "", finding.station_id]
    if finding.interval_start is not None:
        parts.append(finding.interval_start.strftime("%Y-%m-%d %H:%M"))
    return " ".join(part for part in parts if part)


def with_findings_written(refused: HuchuError, findings: Sequence[Finding], out: Path) -> HuchuError:
    """The refusal, its findings put into the folder unless that holds a result, and word of what was written."""
    from huchu.output import FINDINGS_FILE, write_findings
    from settlement.export.tables import csv_bytes, findings_frame

    written = write_findings(out, csv_bytes(findings_frame(findings)))
    refused.done = (
        Words(f"只写出 {shown_name(out)}/{FINDINGS_FILE}", f"nothing was written but {shown_name(out)}/{FINDINGS_FILE}")
        if written
        else Words(
            f"未写出任何结果；{shown_name(out)} 中仍是以前的结果",
            f"nothing was written; {shown_name(out)} still holds an earlier result",
        )
    )
    return refused


def print_table(columns: Sequence[tuple[Words, Justify]], rows: Sequence[Sequence[str]], unit: Words) -> None:
    """A table on standard output: the first rows, and how many there are in all of what a row is; no figure is cut.

    Shape   a narrow terminal folds the columns of words; a file or a pipe gets every row on one line
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = rows[:SHOWN_ROWS]
    for number, (heading, justify) in enumerate(columns):
        least = max((len(row[number]) for row in shown if FIGURE.fullmatch(row[number])), default=None)
        table.add_column(told(heading).replace(" / ", "\n"), justify=justify, overflow="fold", min_width=least)
    for row in shown:
        table.add_row(*row)
    screen = Console()
    if not screen.is_terminal:
        screen.width = max(screen.width, Measurement.get(screen, screen.options.update(width=UNBOUNDED), table).maximum)
    screen.print(table)
    if len(rows) > SHOWN_ROWS:
        to_stdout(say(f"……共 {len(rows)} {unit.zh}", f"... {len(rows)} {unit.en} in all"))
