"""Dated documents carry their source, and tell exactly what they change."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "tariffs" / "documents", ROOT / "regulations" / "documents")
HEADER = {"effective_from", "effective_until", "checked_on", "confirmation", "changed", "citation"}
CITATION = {"document_number", "title", "issuer", "published_on"}
DATED = sorted(path for folder in FOLDERS for path in folder.rglob("*.toml") if path.stem[:1].isdigit())
PAIRS = [pair for pair in pairwise(DATED) if pair[0].parent == pair[1].parent]


def _tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _figures(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every figure with its path; the entries of a list of tables are told apart by their formula, else by their place."""
    for key, entry in table.items():
        path = f"{above}{key}"
        if isinstance(entry, Mapping):
            yield from _figures(entry, f"{path}.")
        elif isinstance(entry, list) and entry and all(isinstance(each, Mapping) for each in entry):
            for number, each in enumerate(entry):
                yield from _figures(each, f"{path}.{each.get('formula', number)}.")
        else:
            yield path, entry


def _body(path: Path) -> dict[str, Any]:
    return dict(_figures({key: entry for key, entry in _tables(path).items() if key not in HEADER}))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The paths of all figures that differ, have come or have gone."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def uncovered(declared: list[str], real: set[str]) -> list[str]:
    """What a list of changes gets wrong: a difference that it does not name, or a name without a difference.

    A name may be that of a figure or of the small table right above it.
    """
    named = {path: {path, path.rpartition(".")[0]} for path in real}
    silent = [f"not declared: {path}" for path, names in named.items() if not names & set(declared)]
    empty = [f"no difference: {name}" for name in declared if not any(name in names for names in named.values())]
    return sorted(silent + empty)


def test_there_are_documents_and_one_has_two_versions() -> None:
    assert DATED
    assert PAIRS


@pytest.mark.parametrize("path", DATED, ids=_name)
def test_a_document_is_named_for_the_day_from_which_it_counts(path: Path) -> None:
    assert date.fromisoformat(path.stem) == _tables(path)["effective_from"]


@pytest.mark.parametrize("path", DATED, ids=_name)
def test_a_document_has_a_citation_and_a_check_date(path: Path) -> None:
    tables = _tables(path)
    assert set(tables["citation"]) == CITATION
    assert all(tables["citation"].values())
    assert isinstance(tables["checked_on"], date)
    assert tables["checked_on"] >= tables["citation"]["published_on"]


@pytest.mark.parametrize("path", DATED, ids=_name)
def test_every_table_of_a_document_names_an_article_and_says_what_it_means(path: Path) -> None:
    body = _body(path)
    tables = {figure.rpartition(".")[0] for figure in body if figure.rpartition(".")[2] == "article"}
    meant = {figure.rpartition(".")[0] for figure in body if figure.rpartition(".")[2] == "meaning"}
    assert tables
    assert tables == meant
    assert "" == "\n".join(figure for figure in body if not any(figure.startswith(f"{table}.") for table in tables))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: _name(pair[1]))
def test_the_declared_changes_of_a_version_are_the_real_ones(pair: tuple[Path, Path]) -> None:
    before, after = pair
    real = differences(_body(before), _body(after))
    assert "" == "\n".join(uncovered(_tables(after)["changed"], real))


@pytest.mark.parametrize("path", sorted(set(DATED) - {after for _, after in PAIRS}), ids=_name)
def test_the_first_version_of_a_document_changes_nothing(path: Path) -> None:
    assert [] == _tables(path)["changed"]


def test_a_change_that_is_not_declared_and_a_declared_one_that_is_none_are_both_found() -> None:
    before = {"tax.rate_ratio": 1, "tax.article": "a", "item.fee.price.peak": 3}
    after = {"tax.rate_ratio": 2, "tax.article": "a", "item.fee.price.peak": 4}
    real = differences(before, after)
    assert [] == uncovered(["tax.rate_ratio", "item.fee.price"], real)
    assert ["no difference: tax.article", "not declared: item.fee.price.peak"] == uncovered(
        ["tax.rate_ratio", "tax.article"], real
    )
