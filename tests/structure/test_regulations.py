"""A regulation is one module of the common form with its dated document, its example, its cases and its page."""

import dataclasses
import inspect
import re
import runpy
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import regulations
from tariffs.judging.clauses import Clause, Term

ROOT = Path(__file__).resolve().parents[2]
NAMES = regulations.names()
FOLDERS = ("regulations/documents", "tests/cases/regulations")
PAGES = runpy.run_path(str(ROOT / "scripts" / "write_regulation_pages.py"))


def _records(kind: Any) -> Iterator[type]:
    """A record and all records inside it."""
    if dataclasses.is_dataclass(kind):
        yield typing.cast(type, kind)
        for hint in typing.get_type_hints(kind).values():
            yield from _records(hint)
    elif typing.get_origin(kind) in (typing.Union, types.UnionType, tuple) or isinstance(kind, types.GenericAlias):
        for inner in typing.get_args(kind):
            yield from _records(inner)
    elif typing.get_origin(kind) is not None and issubclass(typing.get_origin(kind), Mapping):
        yield from _records(typing.get_args(kind)[1])


def _choices(kind: Any) -> Iterator[type[Enum]]:
    """The closed sets that a type of a field may name."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        yield kind
    for inner in typing.get_args(kind):
        yield from _choices(inner)


def test_all_thirteen_are_there() -> None:
    thirteen = 13
    assert thirteen == len(NAMES)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_belongs_to_a_regulation(folder: str) -> None:
    assert list(NAMES) == sorted(path.name for path in (ROOT / folder).iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_a_regulation_has_inputs_terms_and_one_function(name: str) -> None:
    leaf = regulations.leaf(name)
    assert ["inputs", "terms"] == list(inspect.signature(leaf.assess).parameters)
    assert "on" == dataclasses.fields(leaf.Inputs)[0].name
    assert all(record.__dataclass_params__.frozen for record in (*_records(leaf.Inputs), leaf.Terms))  # type: ignore[attr-defined]
    hints = set(typing.get_type_hints(leaf.Terms).values())
    assert {Clause, Term} <= hints


@pytest.mark.parametrize("name", NAMES)
def test_a_regulation_names_its_source_and_its_cases(name: str) -> None:
    text = inspect.getdoc(regulations.leaf(name)) or ""
    assert re.search(r"^Source {2,}\S", text, re.MULTILINE)
    assert re.search(rf"^Check {{2,}}tests/cases/regulations/{name}$", text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_a_case_and_every_choice_stands_in_the_example(name: str) -> None:
    text = regulations.example(name)
    records = set(_records(regulations.leaf(name).Inputs))
    fields = {(field.name, record.__name__) for record in records for field in dataclasses.fields(record)}
    absent = [f"{record}.{field}" for field, record in fields if not re.search(rf"\b{field}\b", text)]
    hints = [hint for record in records for hint in typing.get_type_hints(record).values()]
    absent += [
        str(member.value)
        for hint in hints
        for kind in _choices(hint)
        for member in kind
        if str(member.value) not in text
    ]
    assert "" == "\n".join(sorted(set(absent)))


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_an_example_that_holds_something_is_explained(name: str) -> None:
    bare = [
        line
        for line in regulations.example(name).splitlines()
        if "=" in line and "#" not in line and not line.startswith((" ", "]", "#"))
    ]
    assert "" == "\n".join(bare)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_regulation_is_up_to_date(name: str) -> None:
    """Run `make docs` when this fails."""
    assert PAGES["page_of"](name) == (PAGES["PAGES"] / f"{name}.md").read_text(encoding="utf-8")


def test_every_figure_of_every_document_stands_in_a_case_and_on_both_sides_of_its_boundary() -> None:
    assert "" == "\n".join(PAGES["holes"]())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_answers_every_question_of_its_regulation(name: str) -> None:
    inputs = regulations.leaf(name).Inputs
    questions = {field.name for field in dataclasses.fields(inputs)} - {"on", "options"}
    assert questions <= set(tomllib.loads(regulations.example(name)))
