"""The case files of the counting rules hold: tests/cases/call_counting."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from activities import MadeUp, Rated, e4, energies_of, judged

from settlement.activity import CountingTerms
from settlement.tally import Tally, added
from tariffs.settings import CallCounting
from tariffs.vocabulary.errors import SettingsError
from tariffs.vocabulary.timegrid import parse_months

FOLDER = Path(__file__).parents[2] / "cases" / "call_counting"
KEYS = {"name", "clause", "worked", "month", "given", "expect"}
GIVEN = {"terms", "station", "change", "readings", "orders"}


def _cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        found.extend((path.stem, case) for case in table["case"])
    return found


CASES = _cases()


def _rated(table: Mapping[str, Any], from_on: date) -> Rated:
    return Rated(from_on=from_on, reference_kwh_e4=e4(table["reference_kwh"]), power_kw_e4=e4(table["power_kw"]))


def _made_up(given: Mapping[str, Any]) -> MadeUp:
    assert set(given) <= GIVEN
    standard = {"reference_kwh": "200000", "power_kw": "100000"}
    ratings = [_rated({**standard, **given.get("station", {})}, date(2000, 1, 1))]
    if "change" in given:
        ratings.append(_rated(given["change"], given["change"]["from_on"]))
    orders = [
        judged(each["start"], each["energy_kwh"], each["outcome"], direction=each.get("direction", "discharge"))
        for each in given.get("orders", ())
    ]
    return MadeUp(
        energies=energies_of(given.get("readings", ())),
        ratings=tuple(ratings),
        orders=tuple(orders) if "orders" in given else None,
    )


def _terms(table: Mapping[str, Any]) -> CountingTerms:
    figures = {key: each if isinstance(each, bool) else Decimal(each) for key, each in table.items()}
    return CountingTerms(**figures)  # type: ignore[arg-type]


def _counted(rule: str, case: Mapping[str, Any]) -> list[str]:
    """Calls to date after each month of a case, as text."""
    leaf = import_module(f"settlement.call_counting.{rule}")
    station, terms = _made_up(case["given"]), _terms(case["given"].get("terms", {}))
    tallies: list[Tally] = []
    counts = []
    for month in parse_months(case["month"]):
        activity = station.activity(month.first_day, month.end, tallies[-1] if tallies else None)
        tallies.append(leaf.tally(activity, terms))
        counts.append(str(leaf.calls(added(tallies), terms)))
    return counts


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}: {case['name']}" for rule, case in CASES])
def test_a_case_counts_as_it_says(rule: str, case: dict[str, Any]) -> None:
    assert set(case) == KEYS
    if "error" in case["expect"]:
        with pytest.raises(SettingsError) as refused:
            _counted(rule, case)
        assert case["expect"]["error"] in str(refused.value)
    else:
        assert [str(Fraction(count)) for count in case["expect"]["calls"]] == _counted(rule, case)


def test_every_counting_rule_of_the_settings_has_its_cases() -> None:
    assert {rule.value for rule in CallCounting} == {path.stem for path in FOLDER.glob("*.toml")}


def test_every_case_says_where_its_rule_stands_and_how_its_numbers_were_worked_out() -> None:
    assert [] == [case["name"] for _, case in CASES if not (case["clause"].strip() and case["worked"].strip())]
