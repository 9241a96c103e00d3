"""The case files hold: every one of them is settled as it says, and would be noticed if it were not."""

from pathlib import Path
from typing import Any

import pytest
from case_files import Outcome, case_files, differences, read_cases, settled_case, spoiled

CASES = read_cases()
EXPECTED_FILES = {
    "charge_energy",
    "discharge_energy",
    "exempted_charges",
    "network_charges",
    "market_energy",
    "assessment",
    "capacity_price",
    "adjustment",
    "capacity_lease",
    "capacity_subsidy",
    "discharge_award",
    "shortfall",
    "cycle_margin",
    "equivalent_discharge",
    "tax_split",
    "rounding",
    "seasons",
    "prorating",
    "obligation_year",
    "eligibility",
    "partial_month",
    "price_versions",
}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']}: {case['name']}" for case in CASES])
def test_a_case_is_settled_as_it_says_and_a_wrong_expectation_is_noticed(case: dict[str, Any], tmp_path: Path) -> None:
    outcome: Outcome = settled_case(case, tmp_path)
    assert [] == differences(case, outcome)
    unnoticed = [key for key, wrong in spoiled(case) if not differences(wrong, outcome)]
    assert [] == unnoticed


def test_every_case_says_where_its_rule_stands_and_how_its_numbers_were_worked_out() -> None:
    silent = [case["name"] for case in CASES if not (case["clause"].strip() and case["worked"].strip())]
    assert [] == silent


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [(case["file"], case["name"]) for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_every_charge_item_counting_rule_and_rule_has_its_file() -> None:
    assert {path.stem for path in case_files()} >= EXPECTED_FILES
