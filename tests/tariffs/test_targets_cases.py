"""The targets of the plan against tests/cases/targets, and what happens to documents that cannot be used."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tariffs.eligibility.targets import SCALE, Target, TargetKind, growth, pile_power_mw, targets_of
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

FOLDER = Path(__file__).parent.parent / "cases" / "targets"
ON = date(2025, 7, 1)


def _cases(name: str) -> list[dict[str, Any]]:
    (table,) = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal).values()
    assert table
    return list(table)


def _shipped() -> dict[str, Target]:
    return dict(targets_of(Library().in_force("shanghai/storage_targets", ON)))


def _or_none(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.parametrize("case", _cases("growth"), ids=lambda case: case["name"])
def test_growth_comes_out_as_expected(case: dict[str, Any]) -> None:
    (from_year, from_mw), (until_year, until_mw) = case["from"], case["until"]
    found = growth(from_year, Decimal(from_mw), until_year, Decimal(until_mw))
    cagr = None if found.cagr_ratio is None else (found.cagr_ratio * 100).quantize(Decimal("0.01"))
    assert Decimal(case["gap_mw"]) == found.gap_mw
    assert _or_none(case["yearly_mw"]) == found.yearly_mw
    assert _or_none(case["cagr_percent"]) == cagr


@pytest.mark.parametrize("case", _cases("marks"), ids=lambda case: case["name"])
def test_a_mark_is_met_or_not_as_expected(case: dict[str, Any]) -> None:
    assert case["met"] is _shipped()[case["target"]].met_by(Decimal(case["quantity"]))


@pytest.mark.parametrize("case", _cases("piles"), ids=lambda case: case["name"])
def test_the_power_of_piles_comes_out_as_expected(case: dict[str, Any]) -> None:
    found = pile_power_mw(case["piles"], Decimal(case["pile_kw"]), Decimal(case["share"]))
    assert Decimal(case["power_mw"]) == found


def test_growth_over_its_years_ends_where_it_should() -> None:
    found = growth(2026, Decimal(800), 2030, Decimal(2000))
    assert found.cagr_ratio is not None
    ended = Decimal(800) * (1 + found.cagr_ratio) ** 4
    assert abs(ended - 2000) < Decimal("0.000001")


def test_a_target_in_words_is_neither_met_nor_missed() -> None:
    assert _shipped()["sharp_load"].met_by(Decimal(0)) is None


def test_targets_of_both_years_stand_in_the_document_with_their_articles() -> None:
    found = _shipped()
    assert [2026, 2030] == [found[name].table.target_year for name in SCALE]
    assert {TargetKind.TARGET, TargetKind.STRIVE, TargetKind.SOFT, TargetKind.WORDS} == {
        target.table.target_kind for target in found.values()
    }
    assert "二（二）" == found["v2g_piles"].citation.article


def test_before_the_plan_there_are_no_targets() -> None:
    with pytest.raises(PolicyNotCovered, match="2024-12-31"):
        Library().in_force("shanghai/storage_targets", date(2024, 12, 31))


TABLE = """[target.{name}]
article = "-"
meaning = "own"
name_zh = "自定"
name_en = "own"
target_year = 2026
target_kind = "strive"
{figures}
"""


def test_a_document_without_the_marks_of_power_is_refused(put: Any) -> None:
    folder = put("shanghai/storage_targets", "2025-01-01", TABLE.format(name="parks", figures="min_quantity = 2"))
    version = Library((folder,)).in_force("shanghai/storage_targets", ON)
    with pytest.raises(DocumentError, match="no applied_scale, applied_scale_of_term, v2g_piles"):
        targets_of(version)


def test_a_target_with_two_least_figures_is_refused(put: Any) -> None:
    body = TABLE.format(name="parks", figures="min_quantity = 2\nabove_quantity = 2")
    folder = put("shanghai/storage_targets", "2025-01-01", body)
    version = Library((folder,)).in_force("shanghai/storage_targets", ON)
    with pytest.raises(DocumentError, match="min_quantity or above_quantity"):
        targets_of(version)
