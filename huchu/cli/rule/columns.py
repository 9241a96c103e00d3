"""The columns of a batch: the dotted paths of a regulation's case with their types, and a row as the table of a case."""

import tomllib
import typing
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Final

import regulations
from huchu.cli.rule.cells import bare, entry_of, text_of
from huchu.cli.rule.written import csv_text
from tariffs.judging.plausible import too_large
from tariffs.schema import problems_of, read_field
from tariffs.vocabulary.errors import HuchuError, Words, nearest

CASE_ID: Final = "case_id"


def columns_of(record: Any) -> dict[str, Any]:
    """The type of every column by its dotted path, in the order of the fields."""
    return dict(_columns(record, ""))


def _columns(record: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    hints = typing.get_type_hints(record)
    for field in fields(record):
        kind = bare(hints[field.name])
        if is_dataclass(kind):
            yield from _columns(kind, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", kind


def example_csv(name: str) -> str:
    """Header and one row of a batch: the example of the regulation.

    Raises  UsageError if there is no regulation of that name
    """
    case = tomllib.loads(regulations.example(name), parse_float=Decimal)
    given = {path: (kind, _entry_at(case, path)) for path, kind in columns_of(regulations.leaf(name).Inputs).items()}
    told = {path: text_of(kind, entry) for path, (kind, entry) in given.items() if entry is not None}
    return csv_text([CASE_ID, *told], [["1", *told.values()]])


def table_of(row: Mapping[str, str], columns: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a case: what all rows share, with the cells of this row over it; an empty cell is left out."""
    table = deepcopy(dict(shared))
    for path, text in row.items():
        if text:
            holder = table
            *above, last = path.split(".")
            for step in above:
                holder = holder.setdefault(step, {})
            holder[last] = entry_of(columns[path], text)
    return table


def refuse_shared(record: Any, shared: Mapping[str, Any]) -> None:
    """Nothing, if what all rows share is known, of the right types and not too large; it need not be complete.

    Raises  InputError with everything that is not
    """
    problems = [*_shared_problems(record, shared, regulations.CASE), *too_large(shared, regulations.CASE)]
    if problems:
        raise problems_of(problems, regulations.CASE)


def _shared_problems(record: Any, table: Mapping[str, Any], where: str) -> Iterator[Words]:
    hints = typing.get_type_hints(record)
    for key, entry in table.items():
        if key not in hints:
            near = nearest(key, list(hints))
            hint = Words(f"，是否为 {near}", f"; did you mean {near}") if near else Words("", "")
            yield Words(f"{where} 不认识 {key}{hint.zh}", f"{where} does not know {key}{hint.en}")
        elif is_dataclass(bare(hints[key])) and isinstance(entry, Mapping):
            yield from _shared_problems(bare(hints[key]), entry, f"{where}.{key}")
        else:
            try:
                read_field(hints[key], entry, where=f"{where}.{key}")
            except HuchuError as problem:
                yield problem.found


def _entry_at(case: Mapping[str, Any], path: str) -> Any:
    entry: Any = case
    for step in path.split("."):
        if not isinstance(entry, Mapping) or step not in entry:
            return None
        entry = entry[step]
    return entry
