"""What one question of the regulation yields: its ruling, and the figures, days and notices that come with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, Reading, Ruling, first_change, ruling
from tariffs.judging.clauses import Term
from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The ruling on one question, with all that follows beside it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is put: the key of the case's table, and its words."""

    key: str
    words: Words

    def ruled(
        self, reasons_on: Callable[[date], Iterable[Judged]], on: date, term: Term, candidates: Iterable[date] = ()
    ) -> Ruling:
        """The ruling on a day from the reasons of that day, and the first later day on which it would differ."""

        def verdict_on(day: date) -> Verdict:
            return ruling(self.key, self.words, reasons_on(day)).verdict

        changes_on = first_change(verdict_on, on, candidates, term)
        return ruling(self.key, self.words, reasons_on(on), changes_on=changes_on)
