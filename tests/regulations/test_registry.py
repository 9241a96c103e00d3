"""The folder is the registry: names, terms on a day, a case from a table, and no verdict outside the document's term."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import regulations
from tariffs.answers import Verdict
from tariffs.versions import Library
from tariffs.vocabulary.errors import InputError, PolicyNotCovered, UsageError

NAME = "lodging_registration"


def _case(**changed: Any) -> dict[str, Any]:
    return tomllib.loads(regulations.example(NAME), parse_float=Decimal) | changed


def test_a_name_that_is_not_there_offers_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        regulations.leaf("lodging_registrations")
    assert "did you mean lodging_registration" == refused.value.do.en


def test_a_regulation_is_an_attribute_of_the_package() -> None:
    assert regulations.leaf(NAME) is getattr(regulations, NAME)
    with pytest.raises(AttributeError, match="no_such_regulation"):
        getattr(regulations, "no_such_regulation")  # noqa: B009


def test_a_regulation_assesses_inputs_with_the_terms_of_the_day() -> None:
    inputs = regulations.read_case(NAME, _case())
    terms = regulations.terms_on(NAME, inputs.on)
    assert regulations.assess(NAME, inputs) == regulations.leaf(NAME).assess(inputs, terms)


@pytest.mark.parametrize("on", [date(2025, 3, 31), date(2030, 4, 1)])
def test_outside_the_term_there_is_no_verdict_and_no_terms(on: date) -> None:
    table = _case(on=on)
    del table["lodging"]
    found = regulations.assess(NAME, regulations.read_case(NAME, table))
    assert Verdict.NOT_IN_FORCE is found.verdict
    assert () == found.rulings
    with pytest.raises(PolicyNotCovered):
        regulations.terms_on(NAME, on)


@pytest.mark.parametrize("on", [date(2025, 4, 1), date(2030, 3, 31)])
def test_the_first_and_the_last_day_of_the_term_belong_to_it(on: date) -> None:
    table = _case(on=on)
    del table["lodging"]
    assert Verdict.NOT_IN_FORCE is not regulations.assess(NAME, regulations.read_case(NAME, table)).verdict


def test_a_case_that_cannot_be_read_tells_everything_at_once() -> None:
    table = _case(surprise=1)
    table["lodging"] |= {"persn": "foreigner", "registered_at": "soon"}
    del table["lodging"]["person"]
    with pytest.raises(InputError) as refused:
        regulations.read_case(NAME, table)
    told = refused.value.found.en
    wanted = ("does not know surprise", "did you mean person", "lacks person", "registered_at must be an instant")
    assert [] == [part for part in wanted if part not in told]


def test_an_own_version_of_a_document_comes_before_the_shipped_one(tmp_path: Path) -> None:
    shipped = regulations.DOCUMENTS / NAME / "2025-04-01.toml"
    (tmp_path / NAME).mkdir()
    own = shipped.read_text(encoding="utf-8").replace("quantity = 24\n", "quantity = 48\n")
    (tmp_path / NAME / "2025-04-01.toml").write_text(own, encoding="utf-8")
    library = Library((tmp_path, *regulations.LIBRARY.folders))
    terms = regulations.terms_on(NAME, date(2025, 5, 1), library)
    assert 48 == terms.register_within.count
