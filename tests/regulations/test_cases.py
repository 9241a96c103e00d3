"""Every variant of every case file of the regulations comes out as somebody who knows the text worked it out."""

import runpy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import regulations
from tariffs.judging.assessment import Assessment
from tariffs.judging.plausible import in_shanghai

SCRIPT = runpy.run_path(str(Path(__file__).resolve().parents[2] / "scripts" / "regulation_cases.py"))
WORKED = [each for name in regulations.names() for each in SCRIPT["variants"](name)]
KNOWN = {
    "absent",
    "verdict",
    "rulings",
    "reasons",
    "figures",
    "deadlines",
    "notices",
    "readings",
    "changes_on",
    "refused",
}
LEAST_FILES = 12


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Entries by name; those of one name one after the other."""
    joined: dict[str, str] = {}
    for name, entry in pairs:
        joined[name] = f"{joined[name]} {entry}" if name in joined else entry
    return joined


def _at(found: date | datetime) -> str:
    return in_shanghai(found).isoformat() if isinstance(found, datetime) else found.isoformat()


def _told(assessment: Assessment) -> dict[str, Any]:
    """What an assessment says, in the words of the case files."""
    rulings = assessment.rulings
    return {
        "verdict": assessment.verdict.value,
        "rulings": {each.question: each.verdict.value for each in rulings},
        "reasons": _joined([(f"{e.question}.{r.clause.id}", r.verdict.value) for e in rulings for r in e.reasons]),
        "figures": _joined([(each.id, f"{Decimal(each.quantity).normalize():f}") for each in assessment.figures]),
        "deadlines": _joined([(each.id, _at(each.at)) for each in assessment.deadlines]),
        "notices": {each.clause.id for each in assessment.notices if each.clause is not None},
        "readings": {each.option: each.choice for each in assessment.readings},
        "changes_on": "" if assessment.changes_on is None else assessment.changes_on.isoformat(),
    }


def _wanted(key: str, expected: Any) -> Any:
    match key:
        case "deadlines":
            return {name: at if isinstance(at, str) else _at(at) for name, at in expected.items()}
        case "changes_on":
            return expected if isinstance(expected, str) else expected.isoformat()
    return expected


@pytest.mark.parametrize("worked", WORKED, ids=lambda each: f"{each.regulation}/{each.file}/{each.name}")
def test_a_case_comes_out_as_it_was_worked_out(worked: Any) -> None:
    expect = dict(worked.expect)
    assert expect
    assert all(entry not in ({}, []) for entry in expect.values())
    assert set(expect) <= KNOWN
    for text in expect.pop("refused", []):
        assert text in worked.refusal
    if worked.assessment is None:
        assert {} == expect, worked.refusal
        assert "refused" in worked.expect, worked.refusal
        return
    assert "refused" not in worked.expect, "it was not refused"
    told = _told(worked.assessment)
    assert [] == [path for path in expect.pop("absent", []) if path.partition(".")[2] in told[path.partition(".")[0]]]
    for key, expected in expect.items():
        wanted = _wanted(key, expected)
        if isinstance(wanted, dict):
            assert wanted == {name: told[key].get(name) for name in wanted}, key
        elif key == "notices":
            assert set(wanted) <= told[key]
        else:
            assert wanted == told[key], key


@pytest.mark.parametrize("name", regulations.names())
def test_a_regulation_has_at_least_twelve_case_files(name: str) -> None:
    assert LEAST_FILES <= len({each.file for each in WORKED if each.regulation == name})


def test_every_case_file_says_which_clause_it_is_about() -> None:
    assert [] == [f"{each.regulation}/{each.file}" for each in WORKED if not each.clause.strip()]
