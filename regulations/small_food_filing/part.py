"""What one question adds to the assessment, and how its facts are judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, Reading, Ruling, all_of, judge, ruling
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

ELSEWHERE: Final = Words("由其他标准判断，案例未给出", "another standard decides, and the case does not say")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ruling on one question, with the figures, days, notices and readings that go with it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()


def stated(clause: Clause, found: bool | None, because: Words = ELSEWHERE) -> Judged:
    """A clause held against a fact; cannot tell, and why, where the case does not say."""
    return judge(clause, found, because=because if found is None else None)


def settled(question: str, words: Words, reasons: Iterable[Judged], terms: Terms) -> Ruling:
    """The ruling of a question that time does not change before the document ends."""
    return ruling(question, words, reasons, changes_on=terms.term.first_day_after)


def items_met(clause: Clause, name: Words, reasons: Iterable[Judged]) -> Figure:
    """How many items of an article are met; an item with several reasons needs all of them."""
    by_item: dict[str, list[Verdict]] = {}
    for reason in reasons:
        by_item.setdefault(reason.clause.citation.article, []).append(reason.verdict)
    return Figure(
        id=clause.id,
        name=name,
        quantity=sum(all_of(verdicts) is Verdict.YES for verdicts in by_item.values()),
        unit=Unit.ITEM,
        clause=clause,
        how=Words(f"共 {clause.count} 项", f"of {clause.count}"),
    )
