"""A case on car quotas: the day judged, a table for each question asked, and the named readings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any

from regulations.car_quota_auction.bidders import Person, Unit, Waits
from regulations.car_quota_auction.quotas import Auction, Certificate, Fraud, HolderChange, NewEnergy, Reserve, Transfer
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import refuse_impossible
from tariffs.vocabulary.errors import Words


class NoticeDays(Enum):
    """How the days before the auction are counted: back from it, or that many clear days between."""

    COUNTED_BACK = "counted_back"
    CLEAR_DAYS = "clear_days"


class WaitingFrom(Enum):
    """Where the waiting time after entrusting a quota starts."""

    ENTRUSTING = "entrusting"
    DEAL = "deal"


class ReserveRounding(Enum):
    """To what the average price is rounded, half up."""

    YUAN = "yuan"
    FEN = "fen"
    HUNDRED_YUAN = "hundred_yuan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The named readings of points that the text leaves open."""

    notice_days: NoticeDays = NoticeDays.COUNTED_BACK
    waiting_from: WaitingFrom = WaitingFrom.ENTRUSTING
    reserve_rounding: ReserveRounding = ReserveRounding.YUAN
    shift_end: ShiftEnd = ShiftEnd.NONE


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked.

    Raises  RecordProblems if nothing is asked, or a table tells of a day that is still to come
    """

    on: date
    person: Person | None = None
    unit: Unit | None = None
    waiting: Waits | None = None
    auction: Auction | None = None
    certificate: Certificate | None = None
    new_energy: NewEnergy | None = None
    reserve_price: Reserve | None = None
    transfer: Transfer | None = None
    holder_change: HolderChange | None = None
    fraud: Fraud | None = None
    options: Options = DEFAULTS

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A case that asks nothing, or facts that lie after the day judged."""
        asked = [name for name in given if name not in _NO_QUESTION]
        if not asked:
            return [_NOTHING_ASKED]
        if "on" not in given:
            return []
        return [
            Words(f"{name}.{field} {day} 晚于 on {given['on']}", f"{name}.{field} {day} is after on {given['on']}")
            for name in asked
            for field, day in given[name].happened()
            if day is not None and day > given["on"]
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)


_NO_QUESTION = frozenset({"on", "options"})
_QUESTIONS = [field.name for field in fields(Inputs) if field.name not in _NO_QUESTION]
_NOTHING_ASKED = Words(
    f"须至少有一个问题：{'、'.join(_QUESTIONS)}", f"ask one question at least: {', '.join(_QUESTIONS)}"
)
