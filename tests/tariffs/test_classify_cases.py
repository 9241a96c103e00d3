"""The decision table against tests/cases/classify, and what it does with documents that cannot be used."""

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tariffs.award import award_end, award_terms
from tariffs.citation import Confirmation
from tariffs.decision_table import Decided, decided, texts_on
from tariffs.eligibility.classification import Plan, classified
from tariffs.eligibility.filing import paths_of, steps_of
from tariffs.stations import stations_from_table
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

FOLDER = Path(__file__).parent.parent / "cases" / "classify"
KEYS = {"name", "clause", "on", "worked", "given", "expect"}
STATION = {
    "id": "SH-CASE-01",
    "name": "case",
    "power_mw": 100,
    "energy_mwh": 200,
    "grid_connected_on": date(2025, 6, 30),
    "in_annual_plan_from": date(2025, 6, 30),
}


def _tables() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


CASES: list[dict[str, Any]] = [case for table in _tables() for case in table.get("case", [])]


def _decided(case: Mapping[str, Any]) -> Decided:
    assert set(case) <= KEYS
    given = case.get("given", {})
    assert set(given) <= {"station", "market_from"}
    row = {**STATION, **given.get("station", {})}
    (station,) = stations_from_table({"station": [row]}, where="stations.toml")
    return decided(station, texts_on(Library(), "shanghai", case["on"]), given.get("market_from"))


def _differences(case: Mapping[str, Any], found: Decided) -> list[str]:
    expect = dict(case["expect"])
    chosen = {answer.question: answer.choice for answer in found.answers}
    rate = found.award_rate_cny_per_kwh
    chosen["award_rate"] = "" if rate is None else f"{rate:f}"
    reasons = {answer.question: "\n".join(each.words.en for each in answer.reasons) for answer in found.answers}
    wrong = [
        f"{question}: {part!r} is not said in {reasons[question]!r}"
        for question, part in expect.pop("says", {}).items()
        if part not in reasons[question]
    ]
    steps = [step.id for step in found.steps]
    if expect.pop("steps", steps) != steps:
        wrong.append(f"steps: {steps} came")
    by = {step.id: step.decided_by.en for step in found.steps}
    wrong += [f"{step}: {by[step]} came" for step, who in expect.pop("decided_by", {}).items() if by[step] != who]
    return wrong + [
        f"{name}: {choice} expected, {chosen[name]} came" for name, choice in expect.items() if chosen[name] != choice
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_comes_out_as_expected(case: dict[str, Any]) -> None:
    assert "" == "\n".join(_differences(case, _decided(case)))


def test_every_expectation_that_is_made_wrong_is_noticed() -> None:
    missed = []
    for case in CASES:
        found = _decided(case)
        for key in case["expect"]:
            wrong = deepcopy(case)
            entry = wrong["expect"][key]
            if isinstance(entry, dict):
                entry[next(iter(entry))] = "something else"
            else:
                wrong["expect"][key] = [*entry, "more"] if isinstance(entry, list) else f"{entry}1"
            if not _differences(wrong, found):
                missed.append(f"{case['name']}: {key}")
    assert "" == "\n".join(missed)


def test_every_answer_has_a_reason_in_both_languages_with_an_article() -> None:
    for case in CASES:
        for answer in _decided(case).answers:
            assert answer.reasons
            assert all(reason.words.zh and reason.words.en and reason.citation.article for reason in answer.reasons)


def test_figures_of_the_award_are_told_to_come_from_a_public_copy() -> None:
    version = Library().in_force("shanghai/award", date(2025, 7, 1))
    assert Confirmation.PUBLIC_COPY is version.header.confirmation


def test_three_years_from_a_leap_day_end_before_the_first_of_march() -> None:
    terms = award_terms(Library().in_force("shanghai/award", date(2025, 7, 1)))
    assert date(2027, 3, 1) == award_end(terms, date(2024, 2, 29))


def test_before_the_plan_nothing_is_decided() -> None:
    with pytest.raises(PolicyNotCovered, match="2024-12-31"):
        texts_on(Library(), "shanghai", date(2024, 12, 31))


def test_after_the_plan_nothing_is_decided() -> None:
    with pytest.raises(PolicyNotCovered, match="2031-01-01"):
        texts_on(Library(), "shanghai", date(2031, 1, 1))


def test_a_filing_level_that_is_not_known_refuses_the_document(put: Any) -> None:
    body = """[filing_level]
article = "-"
meaning = "own"
independent = "village"
thermal_paired = "city"
user_side = "city"
"""
    folder = put("shanghai/station_filing", "2025-01-01", body)
    version = Library((folder,)).in_force("shanghai/station_filing", date(2025, 7, 1))
    with pytest.raises(DocumentError, match="does not know village"):
        paths_of("independent", version)


def test_a_document_without_steps_lists_none(put: Any) -> None:
    folder = put("shanghai/station_filing", "2025-01-01", '[filing_level]\narticle = "-"\n')
    version = Library((folder,)).in_force("shanghai/station_filing", date(2025, 7, 1))
    assert () == steps_of("independent", version)


def test_a_missing_article_refuses_the_document(put: Any) -> None:
    pricing = Library().in_force("shanghai/storage_pricing", date(2025, 7, 1))
    folder = put("shanghai/station_filing", "2025-01-01", '[land_path]\narticle = "-"\n')
    filing = Library((folder,)).in_force("shanghai/station_filing", date(2025, 7, 1))
    (station,) = stations_from_table({"station": [STATION]}, where="stations.toml")
    with pytest.raises(DocumentError, match="no article of filing_level"):
        classified(station, Plan(pricing=pricing, filing=filing, national=None), date(2025, 7, 1))


def _subsidy(library: Library, on: date, **changes: Any) -> tuple[str, str]:
    (station,) = stations_from_table({"station": [{**STATION, **changes}]}, where="stations.toml")
    answers = decided(station, texts_on(library, "shanghai", on)).answers
    found = next(answer for answer in answers if answer.question == "capacity_subsidy")
    return found.choice, "\n".join(reason.words.en for reason in found.reasons)


def test_without_the_national_document_nothing_overrides_the_subsidy() -> None:
    library = Library(known_on=date(2026, 1, 29))
    choice, says = _subsidy(library, date(2026, 5, 1), national_capacity_price_from=date(2026, 4, 1))
    assert "eligible" == choice
    assert "national" not in says


def test_the_day_and_number_of_the_national_price_are_those_of_its_document(put: Any) -> None:
    folder = put("national/capacity_price", "2025-10-01", '[capacity_price]\narticle = "-"\n')
    number = Library((folder,)).in_force("national/capacity_price", date(2025, 10, 1)).header.citation.document_number
    library = Library((folder, *Library().folders))
    assert "national" not in _subsidy(library, date(2025, 9, 30))[1]
    assert f"exists since 2025-10-01 ({number})" in _subsidy(library, date(2025, 10, 1))[1]
    listed = {"national_capacity_price_from": date(2025, 10, 1)}
    choice, says = _subsidy(library, date(2025, 10, 1), **listed)
    assert ("overridden", True) == (choice, number in says)


def test_a_no_of_the_award_does_not_list_what_is_not_checked() -> None:
    (station,) = stations_from_table(
        {"station": [{**STATION, "power_mw": 9, "catalogue": "independent"}]}, where="stations.toml"
    )
    answers = decided(station, texts_on(Library(), "shanghai", date(2025, 7, 1))).answers
    (award,) = (answer for answer in answers if answer.question == "award")
    assert "no" == award.choice
    assert not any("not checked" in reason.words.en for reason in award.reasons)


@pytest.mark.parametrize(
    ("key", "figure", "says"),
    [
        ("rate_cny_per_kwh", "{ independent = 0.35 }", "has exactly independent | user_side"),
        ("award_years", "0", "must be positive"),
        ("connected_until", "2023-12-31", "lies before connected_from"),
    ],
)
def test_terms_of_the_award_that_cannot_be_are_refused(put: Any, key: str, figure: str, says: str) -> None:
    shipped = Path(__file__).parents[2] / "tariffs" / "documents" / "shanghai" / "award" / "2025-05-13.toml"
    body = shipped.read_text(encoding="utf-8").split("[award]")[1]
    lines = [line for line in body.splitlines() if not line.startswith(f"{key} ")]
    folder = put("shanghai/award", "2025-05-13", "\n".join(["[award]", *lines, f"{key} = {figure}", ""]))
    with pytest.raises(DocumentError, match=says.replace("|", r"\|")):
        award_terms(Library((folder,)).in_force("shanghai/award", date(2025, 7, 1)))
