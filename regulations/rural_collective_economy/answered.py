"""The answer to one question with what goes beside it."""

from dataclasses import dataclass

from tariffs.judging.assessment import Deadline, Figure, Notice, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A ruling, and the figures, days and notices that come with it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    notices: tuple[Notice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
