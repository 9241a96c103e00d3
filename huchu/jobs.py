"""Rendering many statements: one unit of work a statement, mapped over any executor or done in place."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
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
    pages = (_page(statement, suffixes) for statement in statements)
    done = 0
    for chunk in _chunks(pages, CHUNK):
        if executor is None:
            _write_pages(chunk, suffixes, folder)
            done += len(chunk)
            yield done
            continue
        shares = [chunk[start :: _workers()] for start in range(_workers())]
        for written in executor.map(_write_pages, shares, [suffixes] * len(shares), [folder] * len(shares)):
            done += written
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
