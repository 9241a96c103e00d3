"""What several regulations say alike is put into parts once, and told once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tariffs.judging.assessment import Deadline, judge
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Term, Unit
from tariffs.judging.parts import (
    Part,
    Question,
    answered,
    assembled,
    chosen,
    figure,
    gaps,
    joined,
    target_day,
)
from tariffs.judging.periods import ShiftEnd, shift_reading
from tariffs.vocabulary.errors import Words

HOW = Words("如何", "how")
ON = date(2025, 3, 1)
Made = Callable[..., Clause]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case with two questions."""

    on: date = ON
    first: int | None = None
    second: int | None = None


def _part(clause: Clause, *deadlines: Deadline, key: str = "first") -> Part:
    term = Term(effective_from=date(2025, 1, 1), effective_until=None, citation=clause.citation)
    return Part(ruling=Question(key=key, words=HOW).ruled([judge(clause, True)], term), deadlines=deadlines)


def _at(clause: Clause, day: date) -> Deadline:
    return Deadline(id="last_day", name=HOW, at=day, clause=clause, how=HOW)


@pytest.fixture(name="clause")
def clause_fixture(clause_of: Made) -> Clause:
    """A clause that asks for six tenths at least."""
    return clause_of(mark=Decimal("0.6"), boundary=Boundary.AT_LEAST)


def test_a_deadline_that_several_parts_have_is_told_once(clause: Clause) -> None:
    same, other = _at(clause, date(2025, 4, 1)), _at(clause, date(2025, 5, 1))
    parts = [_part(clause, same), _part(clause, other, same)]
    term = Term(effective_from=date(2025, 1, 1), effective_until=None, citation=clause.citation)
    assert (same, other) == assembled("rules", ON, term, parts).deadlines


def test_two_persons_with_one_last_day_in_one_part_have_it_twice(clause: Clause) -> None:
    same = _at(clause, date(2025, 4, 1))
    term = Term(effective_from=date(2025, 1, 1), effective_until=None, citation=clause.citation)
    assert (same, same) == assembled("rules", ON, term, [_part(clause, same, same)]).deadlines


def test_the_questions_that_are_asked_are_answered_in_their_order(clause: Clause) -> None:
    def answer(asked: int, met: Clause) -> Part:
        return _part(met, key=str(asked))

    answers = {"second": answer, "first": answer}
    assert ["2", "1"] == [each.ruling.question for each in answered(Asked(first=1, second=2), answers, clause)]
    assert ["1"] == [each.ruling.question for each in answered(Asked(first=1), answers, clause)]


def test_a_figure_that_misses_its_mark_has_its_gap_told_in_the_unit_of_the_clause(clause: Clause) -> None:
    told = list(gaps([judge(clause, Decimal("0.4")), judge(clause, Decimal("0.6"))], HOW))
    name = Words("条的差距", "clause: gap")
    assert [figure("clause_gap", name, Decimal("0.2"), Unit.RATIO, clause, HOW)] == told


def test_targets_are_due_at_the_end_of_the_year_named(clause_of: Made) -> None:
    clause = clause_of(mark=Decimal(2027), boundary=Boundary.EXACTLY)
    assert date(2027, 12, 31) == target_day(clause).at


def test_a_reading_is_told_in_the_words_of_its_choice(clause: Clause) -> None:
    told = chosen("end", ShiftEnd.NONE, {ShiftEnd.NONE: HOW}, clause)
    assert ("end", "none", HOW) == (told.option, told.choice, told.words)
    assert "a last day of rest does not move" == shift_reading(ShiftEnd.NONE, clause).words.en


@pytest.mark.parametrize(("names", "told"), [((), ""), (("a",), "a"), (("a", "b"), "a, b")])
def test_names_are_told_one_after_the_other(names: tuple[str, ...], told: str) -> None:
    assert told == joined(Words(each, each) for each in names).en
