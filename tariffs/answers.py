"""Answers that a text gives on a station or a project: yes, no or cannot tell, always with reasons and articles."""

from dataclasses import dataclass
from enum import Enum

from tariffs.citation import Citation
from tariffs.vocabulary.errors import Words


class Verdict(Enum):
    """What a text lets one say."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"
    NOT_IN_FORCE = "not_in_force"
    """the day lies outside the document's term, so there is no verdict"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and where it stands."""

    words: Words
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: which of its choices applies, whether that is a yes, and why.

    Shape   `choice` is a word of the question's own closed set; there is one reason at least
    """

    question: str
    choice: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
