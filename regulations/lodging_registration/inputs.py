"""A case on lodging: the day judged, the stay, the channel that somebody means to use, and the named reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import in_shanghai, out_of_order, out_of_reach, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import Words


class Person(Enum):
    """Who lodges."""

    FOREIGNER = "foreigner"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    EXEMPT = "exempt"


class Place(Enum):
    """Where one lodges."""

    HOTEL = "hotel"
    URBAN = "urban"
    RURAL = "rural"


class Channel(Enum):
    """How one registers: at a police station, at the police's window in a community centre, on line, otherwise."""

    WINDOW = "window"
    COMMUNITY_WINDOW = "community_window"
    SELF_SERVICE = "self_service"
    OTHER = "other"


class Through(Enum):
    """Who registers."""

    SELF = "self"
    HOST = "host"
    AGENT = "agent"


class Papers(Enum):
    """The state of the identity paper."""

    VALID = "valid"
    NEWBORN = "newborn"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """A stay; `place` is left out where nobody can say whether it is rural.

    Raises  RecordProblems if it is registered before moving in
    """

    person: Person
    moved_in_at: datetime
    place: Place | None = None
    registered_at: datetime | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Instants in a wrong order."""
        instants = {name: at for name, at in given.items() if isinstance(at, datetime)}
        beyond = out_of_reach(instants)
        if beyond:
            # the ends of the calendar have no hour in Shanghai
            return beyond
        here = {name: in_shanghai(at) for name, at in instants.items()}
        return out_of_order(here, ("moved_in_at", "registered_at"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChoice:
    """A channel that somebody means to use.

    Shape   left out where not known: whether the paper is on the list of the exit-entry department, whether the receipt or
            proof is in hand where there is no paper, whether the host or agent has a valid paper; and the place
    """

    person: Person
    channel: Channel
    through: Through
    papers: Papers
    false_statement_before: bool
    place: Place | None = None
    paper_on_list: bool | None = None
    proof_in_hand: bool | None = None
    other_paper_valid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The named reading of a point that the text leaves open."""

    shift_end: ShiftEnd = ShiftEnd.NONE


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked.

    Raises  RecordProblems if nothing is asked, or the stay or its registration lies after the day judged
    """

    on: date
    lodging: Lodging | None = None
    channel: ChannelChoice | None = None
    options: Options = DEFAULTS

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A day before the stay or its registration."""
        lodging = given.get("lodging")
        if lodging is None or "on" not in given:
            return []
        days = {"on": given["on"], "lodging.moved_in_at": in_shanghai(lodging.moved_in_at).date()}
        if lodging.registered_at is not None:
            days["lodging.registered_at"] = in_shanghai(lodging.registered_at).date()
        return out_of_order(days, ("lodging.moved_in_at", "on"), ("lodging.registered_at", "on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)
