"""Rows of a batch judged: lines in, columns of results out. One call is the unit of work of a process."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter
from typing import Any, Final

import regulations
from huchu.cli.rule.columns import CASE_ID, columns_of, table_of
from huchu.cli.rule.quick import Make, NotAtOnce, maker
from huchu.cli.rule.results import ON, REFUSED, VERDICT, told_cells
from huchu.cli.rule.table import cells_of
from tariffs.judging.assessment import Assessment
from tariffs.reading.report import shown
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, InputError, PolicyNotCovered, RecordProblems, Words

LONGEST_CELL: Final = 32_767
"""No spreadsheet holds more characters in a cell."""
MOST_TOLD: Final = 4_000
"""So many characters are told of what is wrong with one row."""


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

    Shape   `columns` has a cell for each row, empty where nothing is to be told; `some_without_day` where a row does not say
            on which day it is judged; `seconds` are those of reading the cases, of assessing and of telling; `fault` is what
            the document itself has wrong
    """

    case_ids: list[str]
    columns: dict[str, list[str]]
    refusals: tuple[RowRefused, ...]
    some_without_day: bool
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
    some_without_day: bool = False


class _Broken(Exception):
    """A line that is no row: the code of the finding and its evidence."""


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
        return Chunk(case_ids=[], columns={}, refusals=(), some_without_day=False, seconds=(0, 0, 0), fault=fault)
    were_assessed = perf_counter()
    told = [{VERDICT: REFUSED} if each is None else told_cells(each) for each in assessed]
    names = dict.fromkeys(name for cells in told for name in cells)
    columns = {name: [cells.get(name, "") for cells in told] for name in names}
    seconds = (were_read - began, were_assessed - were_read, perf_counter() - were_assessed)
    return Chunk(
        case_ids=read.case_ids,
        columns=columns,
        refusals=tuple(read.refusals),
        some_without_day=read.some_without_day,
        seconds=seconds,
    )


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
    named, dated = (task.headers.index(each) if each in task.headers else None for each in (CASE_ID, ON))
    for row, line in enumerate(lines, first_row):
        try:
            cells = _whole(line, width)
        except _Broken as problem:
            read.case_ids.append(str(row))
            read.cases.append(None)
            code, evidence = problem.args
            read.refusals.append(RowRefused(row=row, case_id=str(row), code=code, evidence=evidence))
            continue
        case_id = str(row) if named is None else cells[named] or str(row)
        read.case_ids.append(case_id)
        if dated is None or not cells[dated]:
            read.some_without_day = True
        try:
            read.cases.append(make(cells))
        except NotAtOnce:
            read.cases.append(_read_slowly(task, ready, cells, (row, case_id), read.refusals))
    return read


def _whole(line: str, width: int) -> list[str]:
    """The cells of a row, one for each column and perhaps blank ones beyond.

    Raises  _Broken if it is no row
    """
    cells = cells_of(line)
    if len(line) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells or [line]):
        raise _Broken("cell_too_long", {"most": LONGEST_CELL})
    if cells is None:
        raise _Broken("csv_quote", {"text": shown(line)})
    if len(cells) == width:
        return cells
    if not line.strip():
        raise _Broken("row_blank", {})
    if len(cells) < width or any(cells[width:]):
        raise _Broken("row_width", {"cells": len(cells), "wanted": width})
    return cells


def _read_slowly(
    task: Task, ready: _Ready, cells: Sequence[str], place: tuple[int, str], refusals: list[RowRefused]
) -> Any:
    given = {name: text for name, text in zip(task.headers, cells, strict=False) if name in ready.kinds}
    try:
        return regulations.read_case(task.regulation, table_of(given, ready.kinds, ready.shared))
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
    evidence = {"case_id": shown(case_id), "problems_zh": _cut(problems.zh), "problems_en": _cut(problems.en)}
    return RowRefused(row=row, case_id=case_id, code="case_refused", evidence=evidence)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}…"
