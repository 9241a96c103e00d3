"""`huchu rule NAME --batch`: many cases, one a row, judged by as many processes as pay, and the table of what was said."""

import gc
import os
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import regulations
from huchu.cli.printing import DONE, IN_PART, print_findings, print_json, to_stderr
from huchu.cli.rule.columns import CASE_ID, columns_of, refuse_shared
from huchu.cli.rule.command import day_of, read_tables
from huchu.cli.rule.request import STANDARD_INPUT, Request
from huchu.cli.rule.results import ON, REFUSED, VERDICT, column_order
from huchu.cli.rule.rows import Chunk, RowRefused, Task, judged_lines
from huchu.cli.rule.streams import put_out
from huchu.cli.rule.table import CATALOGUE, FIRST_ROW, TEXTS, Table, read_table, refused_table
from huchu.cli.rule.written import csv_text, plain_cell, refuse_existing_file, write_result
from huchu.cli.words import say
from tariffs.answers import Verdict
from tariffs.reading.report import FileReport
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError

LINES_OF_A_CHUNK: Final = 1 << 10
WORTH_PROCESSES: Final = 5000
"""Below so many rows, starting processes costs more than it saves."""
MOST_PROCESSES: Final = 61
"""Windows waits for no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The rows and what they have in common; `day` is the one of rows that do not name theirs."""

    table: Table
    task: Task
    day: Any
    day_is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was said on all rows: the table of results, the rows refused, the seconds of each part."""

    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    verdicts: dict[str, int]
    refusals: int
    some_without_day: bool
    seconds: dict[str, float]


def run_batch(request: Request, library: Library, *, as_json: bool) -> int:
    """Judge every row, write or print the table, and say how many there are of each verdict; the exit code.

    Raises  Refused with the problems of all rows; HuchuError if a file cannot be used
    """
    began = perf_counter()
    if request.out is not None:
        given = (request.batch, request.case, request.settings)
        files = [Path(each) for each in given if each not in (None, STANDARD_INPUT)]
        refuse_existing_file(request.out, force=request.force, read=files)
    prepared = _prepared(request, library)
    were_read = perf_counter()
    with _quiet_collector():
        lines = prepared.table.lines
        chunks = list(_chunks(prepared.task, lines, _processes(request.jobs, len(lines))))
        judged = _joined(request, prepared, chunks)
    were_judged = perf_counter()
    if request.out is not None:
        write_result(request.out, csv_text(judged.headers, judged.rows))
    elif not as_json:
        put_out(csv_text(judged.headers, judged.rows))
    ended = perf_counter()
    seconds = {"read": were_read - began, "judge": were_judged - were_read, "write": ended - were_judged}
    judged.seconds.update({**seconds, "all": ended - began})
    _tell(request, prepared, judged, as_json=as_json)
    return IN_PART if judged.refusals else DONE


def _prepared(request: Request, library: Library) -> Prepared:
    name = request.name or ""
    record = regulations.leaf(name).Inputs
    shared = {} if request.case is None else read_tables(request.case)
    refuse_shared(record, shared)
    table = read_table(request.batch or "", list(columns_of(record)), accept_unterminated=request.accept_unterminated)
    day, day_is_today = day_of(request, shared)
    # --on counts before the column, so the column is passed over
    headers = table.headers if request.on is None else tuple("" if each == ON else each for each in table.headers)
    task = Task(regulation=name, headers=headers, shared=pickle.dumps({**shared, ON: day}), library=library)
    return Prepared(table=table, task=task, day=day, day_is_today=day_is_today)


def _processes(jobs: int, rows: int) -> int:
    if jobs:
        return min(jobs, MOST_PROCESSES)
    return min(os.cpu_count() or 1, MOST_PROCESSES) if rows >= WORTH_PROCESSES else 1


def _chunks(task: Task, lines: Sequence[str], processes: int) -> Iterator[Chunk]:
    starts = range(0, len(lines), LINES_OF_A_CHUNK)
    parts = [lines[start : start + LINES_OF_A_CHUNK] for start in starts]
    rows = [start + FIRST_ROW for start in starts]
    if processes == 1:
        yield from map(judged_lines, repeat(task), rows, parts)
        return
    with ProcessPoolExecutor(
        min(processes, len(parts)), mp_context=get_context("spawn"), initializer=gc.disable
    ) as pool:
        yield from pool.map(judged_lines, repeat(task), rows, parts)


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """No search for cycles meanwhile: cases and assessments have none, and there are very many of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _joined(request: Request, prepared: Prepared, chunks: Sequence[Chunk]) -> Judged:
    """All chunks as one table.

    Raises  DocumentError if the document cannot be used; Refused if a row is refused and refused rows are not skipped
    """
    for what, found, do in (chunk.fault for chunk in chunks if chunk.fault is not None):
        raise DocumentError(what, found=found, do=do)
    case_ids = [case_id for chunk in chunks for case_id in chunk.case_ids]
    refusals = {each.row: each for each in _twice(case_ids)}
    refusals |= {each.row: each for chunk in chunks for each in chunk.refusals}
    _tell_refused(request, prepared.table, refusals, every=len(refusals) == len(case_ids))
    questions = [field.name for field in fields(regulations.leaf(prepared.task.regulation).Inputs)]
    names = column_order((name for chunk in chunks for name in chunk.columns), questions)
    rows = [row for chunk in chunks for row in _rows(chunk, names)]
    numbered = [
        (plain_cell(case_id), str(number), *row)
        for number, (case_id, row) in enumerate(zip(case_ids, rows, strict=True), FIRST_ROW)
    ]
    headers = [CASE_ID, "row", *names]
    if request.skip_refused:
        headers.append("refusal")
        numbered = [_with_refusal(headers, row, refusals.get(number)) for number, row in enumerate(numbered, FIRST_ROW)]
    verdict = headers.index(VERDICT)
    counts = Counter(row[verdict] for row in numbered)
    return Judged(
        headers=tuple(headers),
        rows=numbered,
        verdicts={each: counts[each] for each in (*(each.value for each in Verdict), REFUSED)},
        refusals=len(refusals),
        some_without_day=any(chunk.some_without_day for chunk in chunks),
        seconds={
            name: sum(chunk.seconds[part] for chunk in chunks) for part, name in enumerate(("cases", "assess", "cells"))
        },
    )


def _twice(case_ids: Sequence[str]) -> Iterator[RowRefused]:
    if len(set(case_ids)) == len(case_ids):
        return
    first_rows: dict[str, int] = {}
    for row, case_id in enumerate(case_ids, FIRST_ROW):
        first_row = first_rows.setdefault(case_id, row)
        if first_row != row:
            evidence = {"case_id": case_id, "first_row": first_row}
            yield RowRefused(row=row, case_id=case_id, code="case_id_duplicate", evidence=evidence)


def _tell_refused(request: Request, table: Table, refusals: dict[int, RowRefused], *, every: bool) -> None:
    """Nothing, if no row is refused; a list on standard error where refused rows are skipped.

    Raises  Refused with all of them where they are not, or where no row is left
    """
    if not refusals:
        return
    report = FileReport(table.file, CATALOGUE)
    for row in sorted(refusals):
        report.add(refusals[row].code, row=row, evidence=refusals[row].evidence)
    if not request.skip_refused or every:
        raise refused_table(report)
    print_findings(report.findings())


def _rows(chunk: Chunk, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    nothing = [""] * len(chunk.case_ids)
    return zip(*(chunk.columns.get(name, nothing) for name in names), strict=True)


def _with_refusal(headers: Sequence[str], row: Sequence[str], refusal: RowRefused | None) -> tuple[str, ...]:
    if refusal is None:
        return (*row, "")
    case_id, number, *others = row
    blank = [REFUSED if name == VERDICT else "" for name, _ in zip(headers[2:], others, strict=False)]
    message = TEXTS.finding(refusal.code, **refusal.evidence).message
    return (case_id, number, *blank, plain_cell(str(message)))


def _tell(request: Request, prepared: Prepared, judged: Judged, *, as_json: bool) -> None:
    day = prepared.day if judged.some_without_day else None
    on_is_today = prepared.day_is_today and judged.some_without_day
    if as_json:
        seconds = {name: round(took, 3) for name, took in judged.seconds.items()}
        cases = {"cases": [dict(zip(judged.headers, row, strict=True)) for row in judged.rows]}
        print_json(
            {
                "status": "done_in_part" if judged.refusals else "done",
                "regulation": request.name,
                "out": None if request.out is None else str(request.out),
                "rows": len(judged.rows),
                "verdicts": judged.verdicts,
                "on": None if day is None else str(day),
                "on_is_today": on_is_today,
                "seconds": seconds,
                **(cases if request.out is None else {}),
            }
        )
        return
    if on_is_today:
        to_stderr(say(f"没有 on 的行按今天 {day} 评判", f"rows without on are judged on today, {day}"))
    counts = "  ".join(f"{verdict} {count}" for verdict, count in judged.verdicts.items() if count)
    total, took = len(judged.rows), f"{judged.seconds['all']:.1f}"
    to_stderr(say(f"{total} 个案例：{counts}；{took} 秒", f"{total} cases: {counts}; {took} s"))
    if request.out is not None:
        to_stderr(say(f"结果在 {request.out}", f"results in {request.out}"))
