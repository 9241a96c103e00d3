"""The answer to one question with what goes beside it."""

from dataclasses import dataclass

from tariffs.judging.assessment import Figure, Notice, Reading, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A ruling, and the figures, notices and readings that come with it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()
