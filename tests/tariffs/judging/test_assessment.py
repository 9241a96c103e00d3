"""Verdicts are put together from reasons, soft ones aside, and change on the first day on which they differ."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tariffs.answers import Verdict
from tariffs.citation import Citation, Confirmation
from tariffs.judging.assessment import Reading, all_of, any_of, first_change, judge, ruling
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Term, Unit
from tariffs.judging.parts import Part, Question, assembled, stated
from tariffs.vocabulary.errors import Words

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.CANNOT_TELL
CITATION = Citation(
    series="rules",
    effective_from=date(2025, 1, 1),
    document_number="own",
    title="own",
    article="第一条",
    checked_on=date(2025, 1, 1),
    confirmation=Confirmation.USER,
)
TERM = Term(effective_from=date(2025, 1, 1), effective_until=date(2025, 12, 31), citation=CITATION)


def _clause(*, soft: bool = False, bars: bool = False, mark: str | None = None) -> Clause:
    return Clause(
        id="clause",
        name=Words("条", "clause"),
        meaning="own",
        citation=CITATION,
        quantity=None if mark is None else Decimal(mark),
        unit=None if mark is None else Unit.MONTH,
        boundary=None if mark is None else Boundary.AT_LEAST,
        soft=soft,
        bars=bars,
    )


@pytest.mark.parametrize(
    ("verdicts", "every", "one"),
    [
        ((), YES, NO),
        ((YES, YES), YES, YES),
        ((YES, OPEN), OPEN, YES),
        ((NO, OPEN), NO, OPEN),
        ((YES, NO, OPEN), NO, YES),
        ((NO, NO), NO, NO),
    ],
)
def test_verdicts_are_put_together(verdicts: tuple[Verdict, ...], every: Verdict, one: Verdict) -> None:
    assert every is all_of(verdicts)
    assert one is any_of(verdicts)


def test_what_is_not_known_cannot_be_told() -> None:
    assert OPEN is judge(_clause(), None).verdict
    assert OPEN is judge(_clause(mark="3"), None).verdict


def test_a_fact_meets_a_clause_and_is_held_against_one_that_bars() -> None:
    assert (YES, NO) == tuple(judge(_clause(), fact).verdict for fact in (True, False))
    assert (NO, YES) == tuple(judge(_clause(bars=True), fact).verdict for fact in (True, False))


def test_a_figure_that_misses_its_mark_has_a_gap_and_one_that_meets_it_none() -> None:
    assert Decimal(2) == judge(_clause(mark="36"), 34).gap
    assert judge(_clause(mark="36"), 36).gap is None


def test_a_soft_clause_is_shown_and_does_not_count() -> None:
    made = ruling("case", Words("问", "question"), [judge(_clause(soft=True, mark="9"), 1), judge(_clause(), True)])
    assert YES is made.verdict
    assert (NO, YES) == tuple(reason.verdict for reason in made.reasons)


def test_the_first_change_is_the_first_candidate_that_differs() -> None:
    turning = date(2025, 6, 1)
    candidates = [turning + timedelta(days=step) for step in (-5, 0, 5)]
    found = first_change(lambda day: YES if day >= turning else NO, date(2025, 3, 1), candidates, TERM)
    assert turning == found


def test_a_verdict_that_time_does_not_change_ends_with_the_document() -> None:
    assert date(2026, 1, 1) == first_change(lambda _: YES, date(2025, 3, 1), [date(2025, 4, 1)], TERM)
    endless = Term(effective_from=date(2025, 1, 1), effective_until=None, citation=CITATION)
    assert first_change(lambda _: YES, date(2025, 3, 1), [date(2025, 4, 1)], endless) is None


def test_an_assessment_has_the_parts_of_all_questions_and_changes_with_the_first() -> None:
    turning, later = date(2025, 6, 1), date(2025, 9, 1)
    shared = Reading(option="shift_end", choice="none", words=Words("不顺延", "does not move"))

    def part(key: str, day: date) -> Part:
        question = Question(key=key, words=Words("问", "question"))
        reasons = lambda on: [judge(_clause(), on >= day)]  # noqa: E731
        return Part(ruling=question.ruled_on(date(2025, 3, 1), TERM, reasons, [day]), readings=(shared,))

    made = assembled("rules", date(2025, 3, 1), TERM, [part("second", later), part("first", turning)])
    assert ["second", "first"] == [each.question for each in made.rulings]
    assert [later, turning] == [each.changes_on for each in made.rulings]
    assert turning == made.changes_on
    assert (shared,) == made.readings
    assert NO is made.verdict


def test_a_ruling_that_time_does_not_change_stands_until_the_document_ends() -> None:
    made = Question(key="first", words=Words("问", "question")).ruled([judge(_clause(), True)], TERM)
    assert (YES, date(2026, 1, 1)) == (made.verdict, made.changes_on)


def test_a_fact_that_is_left_out_is_said_to_be_left_to_another_standard() -> None:
    assert "another standard decides, and the case does not say" == getattr(stated(_clause(), None).because, "en", "")
    assert stated(_clause(), True).because is None
