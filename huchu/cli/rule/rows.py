"""Rows of a batch judged: lines in, columns of results out. One call is the unit of work of a process."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter
from typing import Any, Final

import regulations
from huchu.cli.rule.columns import CASE_ID, columns_of, table_of
from huchu.cli.rule.quick import Make, NotAtOnce, maker
from huchu.cli.rule.record import at_text, exact
from huchu.cli.rule.table import cells_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.reading.report import shown
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, InputError, PolicyNotCovered, RecordProblems, Words

CASE: Final = "case"
REFUSED: Final = "refused"
VERDICT, CHANGES_ON = "verdict", "changes_on"
REASONS: Final = ("reasons_no", "reasons_cannot_tell", "reasons_soft")
YES, NO = Verdict.YES, Verdict.NO
"""Looked up once: a member of an enumeration is found through Python code each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What all rows of a batch have in common; `shared` is the pickled table that every case starts from."""

    regulation: str
    headers: tuple[str, ...]
    shared: bytes
    library: Library


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRefused:
    """A row that cannot be judged, and the finding that says why."""

    row: int
    case_id: str
    code: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What was said on some rows that follow each other.

    Shape   `columns` has a cell for each row, empty where nothing is to be told; `seconds` are those of reading the cases, of
            assessing and of telling; `fault` is what the document itself has wrong
    """

    case_ids: list[str]
    columns: dict[str, list[str]]
    refusals: tuple[RowRefused, ...]
    seconds: tuple[float, float, float]
    fault: tuple[Words, Words, Words] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A task made ready for rows."""

    kinds: Mapping[str, Any]
    shared: Mapping[str, Any]
    make: Make
    judge: regulations.Judge


@dataclass(slots=True)
class _Read:
    """The rows of a chunk as they were read; a refused row has no case."""

    case_ids: list[str] = field(default_factory=list)
    cases: list[Any] = field(default_factory=list)
    refusals: list[RowRefused] = field(default_factory=list)


def judged_lines(task: Task, first_row: int, lines: Sequence[str]) -> Chunk:
    """What the regulation says on each line; the same for a line whatever others stand beside it."""
    began = perf_counter()
    ready = _ready(task)
    read = _read_rows(task, ready, first_row, lines)
    were_read = perf_counter()
    try:
        assessed = [_assessed(ready, read, number, first_row) for number in range(len(lines))]
    except DocumentError as error:
        fault = (error.what, error.found, error.do)
        return Chunk(case_ids=[], columns={}, refusals=(), seconds=(were_read - began, 0, 0), fault=fault)
    were_assessed = perf_counter()
    told = [{VERDICT: REFUSED} if each is None else told_cells(each) for each in assessed]
    names = dict.fromkeys(name for cells in told for name in cells)
    columns = {name: [cells.get(name, "") for cells in told] for name in names}
    seconds = (were_read - began, were_assessed - were_read, perf_counter() - were_assessed)
    return Chunk(case_ids=read.case_ids, columns=columns, refusals=tuple(read.refusals), seconds=seconds)


def told_cells(assessment: Assessment) -> dict[str, str]:
    """An assessment as cells by column; what there is more than one of is parted by `;`."""
    cells = {VERDICT: assessment.verdict.value}
    no: dict[str, None] = {}
    cannot_tell: dict[str, None] = {}
    soft: dict[str, None] = {}
    for ruling in assessment.rulings:
        question = ruling.question
        _put(cells, f"verdict.{question}", ruling.verdict.value)
        for reason in ruling.reasons:
            verdict = reason.verdict
            if verdict is not YES:
                clause = reason.clause
                named = soft if clause.soft else no if verdict is NO else cannot_tell
                named[f"{question}.{clause.id}"] = None
    for column, named in zip(REASONS, (no, cannot_tell, soft), strict=True):
        if named:
            cells[column] = ";".join(named)
    for figure in assessment.figures:
        _put(cells, f"figure.{figure.id}.{figure.unit.value}", exact(figure.quantity))
    for deadline in assessment.deadlines:
        _put(cells, f"deadline.{deadline.id}", at_text(deadline.at))
    if assessment.changes_on is not None:
        cells[CHANGES_ON] = assessment.changes_on.isoformat()
    return cells


def _put(cells: dict[str, str], column: str, text: str) -> None:
    cells[column] = f"{cells[column]};{text}" if column in cells else text


@lru_cache(maxsize=1)
def _ready(task: Task) -> _Ready:
    record = regulations.leaf(task.regulation).Inputs
    kinds, shared = columns_of(record), pickle.loads(task.shared)
    places = {name: place for place, name in enumerate(task.headers) if name in kinds}
    return _Ready(
        kinds=kinds,
        shared=shared,
        make=maker(record, places, shared),
        judge=regulations.Judge(task.regulation, task.library),
    )


def _read_rows(task: Task, ready: _Ready, first_row: int, lines: Sequence[str]) -> _Read:
    read, make, width = _Read(), ready.make, len(task.headers)
    named = task.headers.index(CASE_ID) if CASE_ID in task.headers else None
    for row, line in enumerate(lines, first_row):
        cells = cells_of(line)
        if cells is None or len(cells) != width:
            read.case_ids.append(str(row))
            read.cases.append(None)
            read.refusals.append(_broken(row, line, cells, width))
            continue
        case_id = str(row) if named is None else cells[named] or str(row)
        read.case_ids.append(case_id)
        try:
            read.cases.append(make(cells))
        except NotAtOnce:
            read.cases.append(_read_slowly(task, ready, cells, (row, case_id), read.refusals))
    return read


def _broken(row: int, line: str, cells: Sequence[str] | None, width: int) -> RowRefused:
    if not line.strip():
        return RowRefused(row=row, case_id=str(row), code="row_blank", evidence={})
    if cells is None:
        return RowRefused(row=row, case_id=str(row), code="csv_quote", evidence={"text": shown(line)})
    return RowRefused(row=row, case_id=str(row), code="row_width", evidence={"cells": len(cells), "wanted": width})


def _read_slowly(
    task: Task, ready: _Ready, cells: Sequence[str], place: tuple[int, str], refusals: list[RowRefused]
) -> Any:
    given = {name: text for name, text in zip(task.headers, cells, strict=True) if name in ready.kinds}
    try:
        return regulations.read_case(task.regulation, table_of(given, ready.kinds, ready.shared), where=CASE)
    except InputError as problem:
        refusals.append(_refused(place, problem.found))
        return None


def _assessed(ready: _Ready, read: _Read, number: int, first_row: int) -> Assessment | None:
    case = read.cases[number]
    if case is None:
        return None
    try:
        return ready.judge.assess(case)
    except (InputError, PolicyNotCovered, RecordProblems) as problem:
        words = Words(f"{problem.what.zh}；{problem.found.zh}", f"{problem.what.en}; {problem.found.en}")
        read.refusals.append(_refused((first_row + number, read.case_ids[number]), words))
        return None


def _refused(place: tuple[int, str], problems: Words) -> RowRefused:
    row, case_id = place
    evidence = {"case_id": shown(case_id), "problems_zh": problems.zh, "problems_en": problems.en}
    return RowRefused(row=row, case_id=case_id, code="case_refused", evidence=evidence)


def column_order(names: Iterable[str], questions: Sequence[str]) -> list[str]:
    """The columns of the result in an order that does not hang on that of the rows."""
    present = set(names)
    rank = {f"verdict.{question}": place for place, question in enumerate(questions)}
    verdicts = sorted((n for n in present if n.startswith("verdict.")), key=lambda n: (rank.get(n, len(rank)), n))
    figures = sorted(name for name in present if name.startswith("figure."))
    deadlines = sorted(name for name in present if name.startswith("deadline."))
    return [VERDICT, *verdicts, *REASONS, *figures, *deadlines, CHANGES_ON]
