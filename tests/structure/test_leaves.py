"""Leaves have one shape: what they read, their terms, one function; so that the next one is more of the same."""

import ast
import dataclasses
import importlib
import inspect
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest

from settlement.activity import SeasonActivity
from settlement.segment_energy import SegmentEnergy

HEADINGS = ("Shape", "Raises", "Source", "Check")
HEADING = re.compile(r"^(" + "|".join(HEADINGS) + r") {2,}\S", re.MULTILINE)
ROOT = Path(__file__).resolve().parents[2]


def _leaves(folder: str) -> list[str]:
    paths = sorted(path for path in (ROOT / folder).glob("*.py") if path.stem != "__init__")
    return [".".join((*Path(folder).parts, path.stem)) for path in paths]


CHARGES = _leaves("settlement/charges")
ASSESSMENT = _leaves("settlement/assessment")
CALL_COUNTING = _leaves("settlement/call_counting")


def _headings(docstring: str | None) -> list[str]:
    return HEADING.findall(inspect.cleandoc(docstring or ""))


def _in_order(headings: list[str]) -> bool:
    return headings == [heading for heading in HEADINGS if heading in headings]


def _fields_read(leaf: ModuleType, record: type) -> set[str]:
    """The quantities of a record that a leaf's source text reaches for: of `segments` the energies one by one."""
    quantities = {field.name for field in dataclasses.fields(record)} - {"settings", "segments", "tax_rate_e6"}
    tree = ast.parse(inspect.getsource(leaf))
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if "segments" in read:
        quantities |= {field.name for field in dataclasses.fields(SegmentEnergy) if field.name.endswith("_kwh_e4")}
    return read & quantities


def test_there_are_leaves_to_look_at() -> None:
    assert ASSESSMENT
    assert CHARGES
    assert CALL_COUNTING


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_item_declares_exactly_the_quantities_that_it_reads(name: str) -> None:
    leaf = importlib.import_module(name)
    assert isinstance(leaf.READS, tuple)
    assert leaf.READS
    assert _fields_read(leaf, get_type_hints(leaf.compute)["billing"]) == set(leaf.READS)


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_item_keeps_its_terms_in_a_frozen_record(name: str) -> None:
    terms = importlib.import_module(name).Terms
    assert terms.__dataclass_params__.frozen
    assert "__slots__" in vars(terms)
    assert all(field.kw_only for field in dataclasses.fields(terms))


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_item_has_one_public_function_of_the_common_form(name: str) -> None:
    leaf = importlib.import_module(name)
    own = [each for each, _ in inspect.getmembers(leaf, inspect.isfunction) if not each.startswith("_")]
    public = [each for each in own if getattr(leaf, each).__module__ == name]
    assert ["compute"] == public
    assert ["billing", "terms", "clause"] == list(inspect.signature(leaf.compute).parameters)


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_item_names_its_source_and_a_case_file_that_exists(name: str) -> None:
    text = inspect.cleandoc(importlib.import_module(name).compute.__doc__ or "")
    assert {"Source", "Check"} <= set(_headings(text))
    named = re.search(r"^Check {2,}(\S+)", text, re.MULTILINE)
    assert named
    assert (ROOT / named[1]).is_file(), f"{named[1]} does not exist"


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_item_drafts_lines_under_its_own_name(name: str) -> None:
    tree = ast.parse(inspect.getsource(importlib.import_module(name)))
    items = {
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "item" and isinstance(keyword.value, ast.Constant)
    }
    assert {name.rpartition(".")[2]} == items


@pytest.mark.parametrize("name", CALL_COUNTING)
def test_a_counting_rule_reads_exactly_what_it_declares_and_has_two_functions(name: str) -> None:
    leaf = importlib.import_module(name)
    tree = ast.parse(inspect.getsource(leaf))
    names = {field.name for field in dataclasses.fields(SeasonActivity)}
    read = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "activity"
    }
    assert read & names == set(leaf.READS)
    assert ["activity", "terms"] == list(inspect.signature(leaf.tally).parameters)
    assert ["tally", "terms"] == list(inspect.signature(leaf.calls).parameters)
    assert {"Source", "Check"} <= set(_headings(leaf.calls.__doc__))


@pytest.mark.parametrize("name", ASSESSMENT)
def test_an_assessment_formula_has_terms_and_one_public_function(name: str) -> None:
    leaf = importlib.import_module(name)
    own = [each for each, _ in inspect.getmembers(leaf, inspect.isfunction) if not each.startswith("_")]
    assert ["assess"] == [each for each in own if getattr(leaf, each).__module__ == name]
    assert ["month", "terms"] == list(inspect.signature(leaf.assess).parameters)
    assert leaf.Terms.__dataclass_params__.frozen
    assert isinstance(leaf.READS, tuple)
    assert leaf.READS


def test_the_headings_of_every_docstring_stand_in_one_order(product: Any) -> None:
    mixed = [
        f"{source.name}:{node.lineno} {node.name}: {', '.join(headings)}"
        for source in product
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not _in_order(headings := _headings(ast.get_docstring(node)))
    ]
    assert "" == "\n".join(mixed)


def test_every_item_that_a_document_lists_is_a_charge_item() -> None:
    listed = {
        item["formula"]
        for path in (ROOT / "tariffs" / "documents").rglob("*.toml")
        for item in tomllib.loads(path.read_text(encoding="utf-8")).get("charge_item", [])
    }
    assert listed
    assert listed <= {name.rpartition(".")[2] for name in CHARGES}
