"""Conversion factors stand in one place, and no float comes near energy or money."""

import ast
import importlib
import io
import tokenize
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

FACTORS = "tariffs/vocabulary/units.py"
EXACT = (
    "settlement/assessing.py",
    "settlement/assessment/",
    "settlement/billing.py",
    "settlement/call_counting/",
    "settlement/charges/",
    "settlement/draft.py",
    "settlement/inputs/",
    "settlement/power_months.py",
    "settlement/quantities/",
    "settlement/statement/",
    "settlement/shortfall.py",
    "settlement/tally.py",
    "tariffs/award.py",
    "tariffs/capacity_support.py",
    "tariffs/prices.py",
    "tariffs/vocabulary/money.py",
)
FLOAT_NAMES = {"float", "Float32", "Float64"}


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NUMBER:
            yield token.start[0], token.string


def _is_a_thousand(literal: str) -> bool:
    return bool(ast.literal_eval(literal) == 1000)


def _floats(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, repr(node.value)
        elif isinstance(node, ast.Name) and node.id in FLOAT_NAMES:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in FLOAT_NAMES:
            yield node.lineno, node.attr


def test_every_spelling_of_a_thousand_is_recognised() -> None:
    spelled = [literal for literal in ("1000", "1_000", "1e3", "1000.0", "0x3e8") if _is_a_thousand(literal)]
    assert ["1000", "1_000", "1e3", "1000.0", "0x3e8"] == spelled


def test_a_factor_of_a_thousand_stands_only_among_the_units(product: Any) -> None:
    bare = [
        f"{source.name}:{line} {literal}"
        for source in product
        if source.name != FACTORS
        for line, literal in _numbers(source.text)
        if _is_a_thousand(literal)
    ]
    assert "" == "\n".join(bare)


def test_the_modules_that_must_be_exact_are_there(product: Any) -> None:
    absent = [part for part in EXACT if not any(source.name.startswith(part) for source in product)]
    assert "" == "\n".join(absent)


def test_no_float_comes_near_energy_or_money(product: Any) -> None:
    floats = [
        f"{source.name}:{line} {what}"
        for source in product
        if source.name.startswith(EXACT)
        for line, what in _floats(source.tree)
    ]
    assert "" == "\n".join(floats)


def test_no_column_that_crosses_a_border_is_a_float() -> None:
    columns = importlib.import_module("tariffs.vocabulary.columns")
    frames = {name: declared for name, declared in vars(columns).items() if isinstance(declared, Mapping)}
    assert {"RAW_INTERVALS", "RAW_REGISTERS", "READINGS", "LINES"} <= set(frames)
    floats = [
        f"{name}.{column}"
        for name, declared in frames.items()
        for column, kind in declared.items()
        if kind in (pl.Float32, pl.Float64)
    ]
    assert "" == "\n".join(floats)


def test_an_amount_of_energy_or_money_in_a_frame_is_an_integer_or_exact_text() -> None:
    columns = importlib.import_module("tariffs.vocabulary.columns")
    endings = ("_kwh_e4", "_fen", "_e6", "_cny", "_kwh", "_cny_per_unit")
    wrong = [
        f"{name}.{column}: {kind}"
        for name, declared in vars(columns).items()
        if isinstance(declared, Mapping)
        for column, kind in declared.items()
        if column.endswith(endings) and kind not in (pl.Int64, pl.Int128, pl.String)
    ]
    assert "" == "\n".join(wrong)
