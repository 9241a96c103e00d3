"""The cases of tests/cases/pairing judged through the program's own functions, each on its day."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from huchu.cli.pairing_judged import Inputs, judged
from huchu.cli.pairing_tables import standing_rows
from tariffs.claims import Span
from tariffs.eligibility.wind_pairing import Choices
from tariffs.projects import projects_from_table
from tariffs.settings import PairingUpgradeBase
from tariffs.stations import stations_from_table
from tariffs.versions import Library
from tariffs.vocabulary.errors import HuchuError

FOLDER = Path(__file__).parent.parent / "cases" / "pairing"
KEYS = {"name", "clause", "worked", "on", "given", "expect"}
GIVEN = {"project", "station", "storage", "leases", "settings"}
PROJECT = (
    'id="W"\nname="风场"\ndeveloper="developer"\nkind="onshore"\nconstruction_started_on=2025-01-15\ncapacity_mw=100'
)
STATION = 'id="S"\nname="站"\npower_mw=50\nenergy_mwh=200\ngrid_connected_on=2025-01-01\nin_annual_plan=true'
LEASE = "lessee_is_new_energy=true\nduration_h=4\nfrom_on=2025-01-01\nuntil_on=2030-12-31\nprice_cny_per_kw_year=200"
ROW = 'station_id="S"\nfrom_on=2025-01-01'
CASES = [
    case
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["case"]
]


def outcome(case: Mapping[str, Any]) -> Mapping[str, str] | HuchuError:
    """The row of the project on the day of the case, or the error."""
    given, on = case["given"], case["on"]
    assert set(case) == KEYS and set(given) <= GIVEN
    row = {**tomllib.loads(PROJECT), **given.get("project", {})}
    if row["kind"] == "onshore":
        row.setdefault("concentrated", True)
    row["storage"] = [{**tomllib.loads(ROW), **each} for each in given.get("storage", ())]
    station = {**tomllib.loads(STATION), **given.get("station", {})}
    station["lease"] = [{**tomllib.loads(LEASE), **each} for each in given.get("leases", ())]
    wanted = given.get("settings", {})
    choices = Choices(
        enforced=wanted.get("pairing_enforced", False),
        upgrade_base=PairingUpgradeBase(wanted.get("pairing_upgrade_base", "")),
    )
    try:
        inputs = Inputs(
            file=projects_from_table({"project": [row]}, where="projects.toml"),
            stations=stations_from_table({"station": [station]}, where="stations.toml"),
            library=Library(),
            choices=choices,
        )
        found = judged(inputs, Span(first_on=on, last_on=on))
    except HuchuError as error:
        return error
    (only,) = standing_rows(found)
    return only


def differences(case: Mapping[str, Any], came: Mapping[str, str] | HuchuError) -> list[str]:
    """Everything in which the outcome is not what the case expects."""
    expect = case["expect"]
    if "error" in expect:
        error = expect["error"]
        same = type(came).__name__ == error["kind"] and error["says"] in str(came)
        return [] if same else [f"{error} expected, {came} came"]
    if isinstance(came, HuchuError):
        return [str(came)]
    inside = {"says": came["reason"], "article": came["article"]}
    found = [
        f"{text} is not in {inside[key]}" for key, text in expect.items() if key in inside and text not in inside[key]
    ]
    exact = {key: text for key, text in expect.items() if key not in inside}
    return found + [f"{key}: {text} expected, {came[key]} came" for key, text in exact.items() if came[key] != text]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_comes_out_as_it_was_worked_by_hand(case: Mapping[str, Any]) -> None:
    assert [] == differences(case, outcome(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_with_any_other_expectation_would_fail(case: Mapping[str, Any]) -> None:
    came = outcome(case)
    for key, expected in case["expect"].items():
        other = {**expected, "says": "something else"} if isinstance(expected, dict) else f"{expected}1"
        assert differences({**case, "expect": {key: other}}, came), key


def test_every_verdict_has_a_case() -> None:
    verdicts = {case["expect"].get("verdict") for case in CASES}
    assert {"met", "short", "shown_only", "cannot_tell", "no_rule"} <= verdicts
