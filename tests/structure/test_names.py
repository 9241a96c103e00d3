"""Names say what a thing is: no date, no version, no empty word; nothing is left to be done later."""

import ast
import re
from collections.abc import Iterator
from typing import Any

DATED = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)|(^|_)v\d+(_|$)|(^|_)version_?\d+")
EMPTY_WORDS = {"common", "data", "handle", "handler", "helper", "helpers", "info", "manager", "misc", "util", "utils"}
EMPTY_NAMES = EMPTY_WORDS | {"process", "value", "values"}
XML_TARGET = {"start", "end", "data", "close"}
"""The methods that the XML parser of the standard library calls; their names are not ours to choose."""
LEFT_FOR_LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")


def _words(name: str) -> set[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(parted.lower().strip("_").split("_"))


def _definitions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    imposed = {
        id(method)
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef)
        and method.name in XML_TARGET <= {getattr(m, "name", "") for m in owner.body}
    }
    for node in ast.walk(tree):
        if id(node) in imposed:
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name


def _variables(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_python_file_is_named_for_a_date_or_a_version(all_python: Any) -> None:
    dated = [source.name for source in all_python if DATED.search(source.path.stem)]
    assert "" == "\n".join(dated)


def test_no_identifier_of_the_product_holds_a_date_or_a_version(product: Any) -> None:
    dated = [
        f"{source.name}:{line} {name}"
        for source in product
        for line, name in (*_definitions(source.tree), *_variables(source.tree))
        if DATED.search(name.lower())
    ]
    assert "" == "\n".join(dated)


def test_the_pattern_of_dates_finds_dates_and_leaves_standards_alone() -> None:
    found = [name for name in ("prices_2025", "v2", "rule_v3_peak", "version_2", "peak2026") if DATED.search(name)]
    assert ["prices_2025", "v2", "rule_v3_peak", "version_2", "peak2026"] == found
    spared = [name for name in ("gb18030", "v2g", "nem12", "iso8601", "sha256", "version") if DATED.search(name)]
    assert "" == "\n".join(spared)


def test_no_module_function_or_class_bears_an_empty_word(product: Any) -> None:
    empty = [source.name for source in product if _words(source.path.stem) & EMPTY_WORDS]
    empty += [
        f"{source.name}:{line} {name}"
        for source in product
        for line, name in _definitions(source.tree)
        if _words(name) & EMPTY_WORDS
    ]
    assert "" == "\n".join(empty)


def test_no_argument_or_variable_is_an_empty_word(product: Any) -> None:
    empty = [
        f"{source.name}:{line} {name}"
        for source in product
        for line, name in _variables(source.tree)
        if name.strip("_").lower() in EMPTY_NAMES
    ]
    assert "" == "\n".join(empty)


def test_nothing_is_left_for_later(all_python: Any) -> None:
    later = [
        f"{source.name}:{number}"
        for source in all_python
        for number, line in enumerate(source.text.splitlines(), 1)
        if LEFT_FOR_LATER.search(line)
    ]
    assert "" == "\n".join(later)


def test_every_product_module_says_in_its_docstring_what_it_is(product: Any) -> None:
    silent = [source.name for source in product if len((ast.get_docstring(source.tree) or "").strip(". ")) < 10]
    assert "" == "\n".join(silent)
