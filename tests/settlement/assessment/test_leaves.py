"""Formulas have one shape, read what they declare, and show figures that can be worked out again."""

import ast
import dataclasses
import inspect
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

import settlement.assessment
from settlement.assessed import AssessedMonth
from settlement.assessing import formulas
from settlement.assessment import exact_text, percent_text

TESTS = Path(__file__).parent


@pytest.mark.parametrize("name", formulas())
def test_a_formula_declares_exactly_the_fields_that_it_reads(name: str) -> None:
    leaf = import_module(f"settlement.assessment.{name}")
    declared = {field.name for field in dataclasses.fields(AssessedMonth)}
    read = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(leaf)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "month"
    }
    assert read & declared == set(leaf.READS)


@pytest.mark.parametrize("name", formulas())
def test_a_formula_has_frozen_terms_and_one_public_function(name: str) -> None:
    leaf = import_module(f"settlement.assessment.{name}")
    own = [each for each, found in inspect.getmembers(leaf, inspect.isfunction) if found.__module__ == leaf.__name__]
    assert ["assess"] == [each for each in own if not each.startswith("_")]
    assert ["month", "terms"] == list(inspect.signature(leaf.assess).parameters)
    assert leaf.Terms.__dataclass_params__.frozen
    assert "without legal standing" in " ".join((leaf.Terms.__doc__ or "").split())


@pytest.mark.parametrize("name", formulas())
def test_a_formula_names_the_test_that_exists(name: str) -> None:
    leaf = import_module(f"settlement.assessment.{name}")
    assert f"tests/settlement/assessment/test_{name}.py" in leaf.assess.__doc__
    assert (TESTS / f"test_{name}.py").is_file()


def test_no_float_comes_near_an_assessment() -> None:
    (folder,) = settlement.assessment.__path__
    sources = [*Path(folder).glob("*.py"), Path(folder).with_name("assessing.py")]
    floats = [
        f"{path.name}:{node.lineno}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert 10 < len(sources)
    assert [] == floats


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Decimal("0.50"), "0.5"),
        (Decimal(100), "100"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 8), "-0.125"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("0.000000000001"), "0.000000000001"),
        (Decimal("0.0000000000001"), "1/10000000000000"),
    ],
)
def test_a_figure_is_shown_exactly(figure: Decimal | Fraction, text: str) -> None:
    assert text == exact_text(figure)


@pytest.mark.parametrize(("ratio", "text"), [("0.02", "2%"), ("0.020", "2%"), ("1", "100%"), ("0.0333", "3.33%")])
def test_a_ratio_is_shown_in_percent(ratio: str, text: str) -> None:
    assert text == percent_text(Decimal(ratio))
