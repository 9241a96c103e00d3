"""Rendering many statements: one unit of work a statement, mapped over any executor or done in place."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import polars as pl

from huchu.output import write_file
from settlement.export import formats
from settlement.statement.detail import detail_frame
from settlement.statement.record import statement_record
from settlement.statement.statement import Statement

WORTH_A_POOL: Final = 60
"""Below so many statements, starting processes costs more than it saves."""
CHUNK: Final = 25
WAITING: Final = 4


@dataclass(frozen=True, slots=True)
class Page:
    """What a worker needs for the files of one statement."""

    stem: str
    record: Mapping[str, Any]
    detail: pl.DataFrame


def render_statements(
    statements: Sequence[Statement], suffixes: Sequence[str], folder: Path, executor: Executor | None = None
) -> Iterator[int]:
    """Writes every statement in every format into the folder; gives the number of statements done so far."""
    chunks = _chunks((_page(statement, suffixes) for statement in statements), CHUNK)
    done = 0
    if executor is None:
        for chunk in chunks:
            done += _write_pages(chunk, suffixes, folder)
            yield done
        return
    # the next chunks are made ready while the workers set these; few wait, so that memory stays small
    waiting: deque[Future[int]] = deque()
    for chunk in chunks:
        waiting.append(executor.submit(_write_pages, chunk, suffixes, folder))
        if len(waiting) > WAITING:
            done += waiting.popleft().result()
            yield done
    for future in waiting:
        done += future.result()
        yield done


def pool_for(statements: int, jobs: int) -> Any:
    """A process pool where it pays or was asked for, else nothing; to be used in a `with`."""
    processes = jobs or (_workers() if statements >= WORTH_A_POOL else 1)
    if processes == 1:
        return nullcontext(None)
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _workers() -> int:
    return max(1, os.cpu_count() or 1)


def _page(statement: Statement, suffixes: Sequence[str]) -> Page:
    detail = detail_frame(statement) if "xlsx" in suffixes else pl.DataFrame()
    stem = f"{statement.station.id}-{statement.month}"
    return Page(stem, statement_record(statement), detail)


def _write_pages(pages: Sequence[Page], suffixes: Sequence[str], folder: Path) -> int:
    known = formats()
    for page in pages:
        for suffix in suffixes:
            write_file(folder / f"{page.stem}.{suffix}", known[suffix].render(page.record, page.detail))
    return len(pages)


def _chunks(pages: Iterable[Page], size: int) -> Iterator[list[Page]]:
    iterator = iter(pages)
    while chunk := list(islice(iterator, size)):
        yield chunk
