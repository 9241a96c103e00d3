"""Every bad input is refused with its code and row; the good one beside it passes."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from settlement.inputs.catalogue import CATALOGUE

BAD_INPUTS: list[Any] = runpy.run_path(str(Path(__file__).with_name("bad_inputs.py")))["BAD_INPUTS"]
NUMBERED = [pytest.param(each, id=f"{place}-{each.kind}-{each.code}") for place, each in enumerate(BAD_INPUTS)]


@pytest.mark.parametrize("bad", NUMBERED)
def test_a_bad_input_is_refused_with_its_code_and_row(bad: Any, outcome_of: Callable[..., Any]) -> None:
    found = outcome_of(bad.kind, bad.bad)
    assert found.inputs is None
    assert (bad.code, bad.row) in found.places()


@pytest.mark.parametrize("bad", NUMBERED)
def test_the_good_input_beside_a_bad_one_passes(bad: Any, outcome_of: Callable[..., Any]) -> None:
    found = outcome_of(bad.kind, bad.good)
    assert [] == found.places()
    assert bad.code not in found.codes()


def test_there_is_a_bad_input_for_every_refusal_of_the_catalogue() -> None:
    refusals = {code for code, entry in CATALOGUE.entries.items() if entry["severity"] == "refusal"}
    elsewhere = {"input_format_unknown"}
    assert elsewhere == refusals - {bad.code for bad in BAD_INPUTS}
    assert len(BAD_INPUTS) >= 60
