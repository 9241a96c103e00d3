"""Clauses carry the boundary word of the text, and a document that does not fit its terms is refused as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Term, Unit, amount_words, terms_of
from tariffs.judging.working_days import WorkingDays
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError

CLAUSE = """[clause.{id}]
article = "第一条"
meaning = "own"
name_zh = "间距"
name_en = "distance"
{rest}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of a table of the terms' own."""

    name: str
    step_m: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms with one clause."""

    term: Term
    distance: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class WiderTerms:
    """Terms with a calendar and a table of their own."""

    term: Term
    distance: Clause
    working_days: WorkingDays
    step: tuple[Step, ...]


@pytest.fixture
def version(put: Callable[..., Path]) -> Callable[..., Version]:
    """A version of a document whose body is given."""

    def made(body: str, until: str = "2026-12-31") -> Version:
        return Library((put("rules", "2025-01-01", body, until=until),)).in_force("rules", date(2025, 6, 1))

    return made


def _clause(version: Callable[..., Version], rest: str) -> Clause:
    return terms_of(Terms, version(CLAUSE.format(id="distance", rest=rest))).distance


@pytest.mark.parametrize(
    ("boundary", "below", "at", "above"),
    [
        (Boundary.AT_LEAST, False, True, True),
        (Boundary.ABOVE, False, False, True),
        (Boundary.AT_MOST, True, True, False),
        (Boundary.BELOW, True, False, False),
        (Boundary.EXACTLY, False, True, False),
    ],
)
def test_a_boundary_word_includes_or_excludes_its_number(
    version: Callable[..., Version], boundary: Boundary, below: bool, at: bool, above: bool
) -> None:
    clause = _clause(version, f'quantity = 25\nunit = "m"\nboundary = "{boundary.value}"')
    assert (below, at, above) == tuple(clause.met_by(Decimal(each)) for each in ("24.99", "25", "25.01"))
    barring = _clause(version, f'quantity = 25\nunit = "m"\nboundary = "{boundary.value}"\nbars = true')
    assert (not below, not at, not above) == tuple(barring.met_by(Decimal(each)) for each in ("24.99", "25", "25.01"))


def test_a_clause_says_what_it_needs_in_both_languages(version: Callable[..., Version]) -> None:
    clause = _clause(version, 'quantity = 0.6\nunit = "ratio"\nboundary = "above"')
    assert ("超过 60%", "more than 60%") == (clause.needed.zh, clause.needed.en)
    barring = _clause(version, 'quantity = 3\nunit = "time"\nboundary = "at_least"\nbars = true')
    assert ("低于 3 次", "less than 3 times") == (barring.needed.zh, barring.needed.en)
    informing = _clause(version, 'quantity = 6\nunit = "item"')
    assert ("6 项", "6 items") == (informing.needed.zh, informing.needed.en)
    assert ("否", "no") == (_clause(version, "bars = true").needed.zh, _clause(version, "bars = true").needed.en)


def test_a_clause_carries_its_article_and_the_terms_their_end(version: Callable[..., Version]) -> None:
    terms = terms_of(Terms, version(CLAUSE.format(id="distance", rest="")))
    assert "第一条" == terms.distance.citation.article
    assert date(2027, 1, 1) == terms.term.first_day_after
    assert terms_of(Terms, version(CLAUSE.format(id="distance", rest=""), until="")).term.first_day_after is None


def test_a_clause_without_a_figure_has_no_mark(version: Callable[..., Version]) -> None:
    with pytest.raises(DocumentError, match="has no usable figure"):
        _clause(version, "").mark  # noqa: B018


def test_a_count_that_is_not_whole_is_refused(version: Callable[..., Version]) -> None:
    with pytest.raises(DocumentError, match="has no usable figure"):
        _clause(version, 'quantity = 2.5\nunit = "day"').count  # noqa: B018


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "lacks clause.distance"),
        (CLAUSE.format(id="distanse", rest=""), "clause.distanse is unknown; did you mean distance"),
        (CLAUSE.format(id="distance", rest="quantity = 2"), "quantity and unit go together"),
        (CLAUSE.format(id="distance", rest='boundary = "above"'), "a boundary needs a quantity"),
        (CLAUSE.format(id="distance", rest='quantity = 2\nunit = "miles"'), "unit is one of"),
        (CLAUSE.format(id="distance", rest="") + '[steps]\nname = "x"', "steps is unknown"),
    ],
)
def test_a_document_that_does_not_fit_the_terms_is_refused(
    version: Callable[..., Version], body: str, told: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        terms_of(Terms, version(body))
    assert told in refused.value.found.en


def test_terms_may_have_a_calendar_and_tables_of_their_own(version: Callable[..., Version]) -> None:
    body = CLAUSE.format(id="distance", rest="") + '[[step]]\nname = "first"\nstep_m = 2.5\n'
    terms = terms_of(WiderTerms, version(body))
    assert (Step(name="first", step_m=Decimal("2.5")),) == terms.step
    assert terms.working_days.includes(date(2025, 1, 26))


@pytest.mark.parametrize(
    ("quantity", "unit", "zh", "en"),
    [
        ("0.4", Unit.RATIO, "40%", "40%"),
        ("1500000", Unit.CNY, "1,500,000 元", "1,500,000 yuan"),
        ("40000.01", Unit.CNY, "40,000.01 元", "40,000.01 yuan"),
        ("24.990", Unit.METRE, "24.99 米", "24.99 m"),
        ("100", Unit.NUMBER, "100", "100"),
        ("2027", Unit.CALENDAR_YEAR, "2027 年", "2027"),
        ("12345", Unit.LABEL, "12345", "12345"),
        ("1", Unit.TIME, "1 次", "1 time"),
        ("2", Unit.PERSON, "2 人", "2 persons"),
    ],
)
def test_a_figure_is_shown_with_its_unit(quantity: str, unit: Unit, zh: str, en: str) -> None:
    words = amount_words(Decimal(quantity), unit)
    assert (zh, en) == (words.zh, words.en)
