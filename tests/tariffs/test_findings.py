"""Findings, their catalogues and their order; errors and their four parts."""

from datetime import datetime
from pathlib import Path

import pytest

from tariffs.vocabulary.errors import (
    DocumentError,
    HuchuError,
    InputError,
    PolicyNotCovered,
    Refused,
    SettingsError,
    Words,
    nearest,
)
from tariffs.vocabulary.findings import Catalogue, Finding, Severity, has_refusal
from tariffs.vocabulary.timegrid import ZONE

ENTRY = """[gap]
severity = "refusal"
zh = "缺 {count} 个"
en = "{count} missing"
do_zh = "补 {count}"
do_en = "add {count}"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    (tmp_path / "found.toml").write_text(ENTRY, encoding="utf-8")
    return Catalogue.load(tmp_path / "found.toml")


def test_evidence_fills_every_text_of_a_finding(catalogue: Catalogue) -> None:
    found = catalogue.finding("gap", file="m.csv", row=7, station_id="A", count=3)
    assert Words("缺 3 个", "3 missing") == found.message
    assert Words("补 3", "add 3") == found.action
    assert ("m.csv", 7, "A", {"count": "3"}) == (found.file, found.row, found.station_id, dict(found.evidence))


def test_a_caller_may_change_the_weight_of_one_finding(catalogue: Catalogue) -> None:
    assert Severity.REFUSAL is catalogue.finding("gap", count=1).severity
    assert Severity.WARNING is catalogue.finding("gap", count=1, severity=Severity.WARNING).severity


def test_evidence_with_braces_is_printed_as_it_stands(catalogue: Catalogue) -> None:
    assert "{0} {x} missing" == catalogue.finding("gap", count="{0} {x}").message.en


def test_an_unknown_code_or_absent_evidence_is_a_mistake_of_ours(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.finding("gab", count=1)
    with pytest.raises(KeyError):
        catalogue.finding("gap")


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        (ENTRY.replace('do_en = "add {count}"\n', ""), "must have exactly the keys"),
        (ENTRY + 'fr = "manque"\n', "must have exactly the keys"),
        (ENTRY.replace("refusal", "fatal"), "'fatal' is not a valid Severity"),
    ],
)
def test_a_catalogue_with_wrong_entries_does_not_load(tmp_path: Path, spoilt: str, complaint: str) -> None:
    (tmp_path / "found.toml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        Catalogue.load(tmp_path / "found.toml")


def test_findings_sort_refusals_first_then_by_station_instant_and_code(catalogue: Catalogue) -> None:
    def at(severity: Severity, station_id: str, hour: int | None) -> Finding:
        instant = None if hour is None else datetime(2025, 7, 1, hour, tzinfo=ZONE)
        return catalogue.finding("gap", severity=severity, station_id=station_id, interval_start=instant, count=1)

    expected = [
        at(Severity.REFUSAL, "B", 3),
        at(Severity.WARNING, "A", 1),
        at(Severity.WARNING, "A", 2),
        at(Severity.NOTICE, "A", None),
    ]
    assert expected == sorted([expected[n] for n in (2, 0, 3, 1)], key=Finding.sort_key)
    assert has_refusal(expected)
    assert not has_refusal(expected[1:])


@pytest.mark.parametrize("kind", [HuchuError, InputError, SettingsError, DocumentError, PolicyNotCovered])
def test_an_error_is_printed_in_four_parts_chinese_first(kind: type[HuchuError]) -> None:
    error = kind(Words("甲", "a"), found=Words("乙", "b"), do=Words("丙", "c"))
    expected = [
        f"{kind.__name__}: 甲 / a",
        "实际 Found: 乙 / b",
        "结果 Done: 没有得出结果 / there is no result",
        "办法 Do: 丙 / c",
    ]
    assert expected == str(error).splitlines()


def test_words_that_are_equal_in_both_languages_are_printed_once() -> None:
    assert "2025-07" == str(Words("2025-07", "2025-07"))


def test_a_refusal_carries_its_findings(catalogue: Catalogue) -> None:
    found = [catalogue.finding("gap", count=1)]
    refused = Refused(Words("甲", "a"), findings=found, found=Words("乙", "b"), do=Words("丙", "c"))
    assert tuple(found) == refused.findings


@pytest.mark.parametrize(("expected", "word"), [("peak", "paek"), ("peak", "peek"), ("", "zzz"), ("", "")])
def test_the_nearest_spelling_is_offered_only_where_it_is_near(expected: str, word: str) -> None:
    assert expected == nearest(word, ["peak", "other"])
