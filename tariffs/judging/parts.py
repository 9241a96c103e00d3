"""An assessment from its parts: one for each question that a case asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tariffs.answers import Verdict
from tariffs.judging.assessment import (
    Assessment,
    Deadline,
    Figure,
    Judged,
    Notice,
    Reading,
    Ruling,
    earliest,
    first_change,
    judge,
    ruling,
)
from tariffs.judging.clauses import Clause, Term
from tariffs.vocabulary.errors import Words

ELSEWHERE: Final = Words("由其他标准判断，案例未给出", "another standard decides, and the case does not say")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ruling on one question, and what follows beside it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is put: the key of the case's table, and its words so that yes or no answers it."""

    key: str
    words: Words

    def ruled(self, reasons: Iterable[Judged], term: Term) -> Ruling:
        """The ruling where time changes nothing before the document ends."""
        return ruling(self.key, self.words, reasons, changes_on=term.first_day_after)

    def ruled_on(
        self, on: date, term: Term, reasons_on: Callable[[date], Iterable[Judged]], candidates: Iterable[date]
    ) -> Ruling:
        """The ruling on a day from the reasons of that day, and the first later day on which it would differ."""

        def verdict_on(day: date) -> Verdict:
            return ruling(self.key, self.words, reasons_on(day)).verdict

        changes_on = first_change(verdict_on, on, candidates, term)
        return ruling(self.key, self.words, reasons_on(on), changes_on=changes_on)


def stated(clause: Clause, found: bool | None, because: Words = ELSEWHERE) -> Judged:
    """A clause held against a fact; cannot tell, and why, where the case does not say."""
    return judge(clause, found, because=because if found is None else None)


def assembled(regulation: str, on: date, term: Term, parts: Sequence[Part]) -> Assessment:
    """The assessment of a case: its parts one after the other, a reading that several share once."""
    readings = {each.option: each for part in parts for each in part.readings}
    return Assessment(
        regulation=regulation,
        on=on,
        term=term,
        rulings=tuple(part.ruling for part in parts),
        figures=tuple(each for part in parts for each in part.figures),
        deadlines=tuple(each for part in parts for each in part.deadlines),
        notices=tuple(each for part in parts for each in part.notices),
        readings=tuple(readings.values()),
        changes_on=earliest([term.first_day_after, *(part.ruling.changes_on for part in parts)]),
    )
