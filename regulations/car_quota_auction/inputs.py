"""A case on car quotas: the day judged, a table for each question asked, and the named readings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from regulations.car_quota_auction.bidders import Happened, Person, Unit, Waits
from regulations.car_quota_auction.quotas import Certificate, Fraud, Holder, HolderChange, NewEnergy, Transfer
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import (
    not_to_the_fen,
    out_of_order,
    out_of_reach,
    outside,
    refuse_impossible,
    refuse_silence,
)
from tariffs.vocabulary.errors import RecordProblems, Words

MOST_CNY: Final = 1_000_000_000
MOST_QUOTAS: Final = 1_000_000_000
"""What lies beyond is a slip of the pen, and products of such figures would not be exact."""


class Source(Enum):
    """Where a quota that is auctioned comes from."""

    NEW = "new"
    MOTORCYCLE = "motorcycle"
    IN_USE = "in_use"
    OTHER = "other"


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
class Auction:
    """The steps around an auction; each is judged where the day that it runs from is given.

    Raises  RecordProblems if no day and no source is given, or a step lies before the day that it runs from
    """

    auction_on: date | None = None
    source: Source | None = None
    notice_on: date | None = None
    collected_on: date | None = None
    checked_on: date | None = None
    told_on: date | None = None
    objected_on: date | None = None
    objection_received_on: date | None = None
    reviewed_on: date | None = None
    pay_by_on: date | None = None
    paid_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Steps in a wrong order, steps without the day that they run from."""
        problems = out_of_order(
            given,
            ("notice_on", "auction_on"),
            ("collected_on", "checked_on"),
            ("told_on", "objected_on"),
            ("objected_on", "objection_received_on"),
            ("objection_received_on", "reviewed_on"),
        )
        starts = {
            "notice_on": "auction_on",
            "checked_on": "collected_on",
            "objected_on": "told_on",
            "reviewed_on": "objection_received_on",
        }
        return problems + [
            Words(f"有 {step} 须有 {start}", f"{step} needs {start}")
            for step, start in starts.items()
            if step in given and start not in given
        ]

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "notice_on", self.notice_on
        yield "collected_on", self.collected_on
        yield "checked_on", self.checked_on
        yield "told_on", self.told_on
        yield "objected_on", self.objected_on
        yield "objection_received_on", self.objection_received_on
        yield "reviewed_on", self.reviewed_on
        yield "paid_on", self.paid_on

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if all(getattr(self, field.name) is None for field in fields(self)):
            raise RecordProblems([Words("auction 须至少给出一步", "give one step of the auction at least")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Quotas sold at one price in a person auction.

    Raises  RecordProblems if the price is below nothing or finer than a fen, or none was sold
    """

    sold_on: date
    price_cny: Decimal
    quantity: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Prices and counts that cannot be."""
        return _odd_amount(given, "price_cny") + outside(given, 1, MOST_QUOTAS, "quantity")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """An auction whose reserve price is asked: the deals are those of the person auctions of its month.

    Raises  RecordProblems if a deal lies in another month, or the bid cannot be
    """

    auction: Holder
    auction_on: date
    deals: tuple[Deal, ...] = ()
    bid_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Deals of another month, a bid that cannot be."""
        month = given.get("auction_on")
        return [
            *_odd_amount(given, "bid_cny"),
            *(
                Words(
                    f"deals[{number}].sold_on {deal.sold_on} 不在拍卖当月 {month:%Y-%m}",
                    f"deals[{number}].sold_on {deal.sold_on} is not in the month of the auction {month:%Y-%m}",
                )
                for number, deal in enumerate(given.get("deals") or (), 1)
                if month is not None
                and deal is not None
                and (deal.sold_on.year, deal.sold_on.month) != (month.year, month.month)
            ),
        ]

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        for number, deal in enumerate(self.deals, 1):
            yield f"deals[{number}].sold_on", deal.sold_on

    def __post_init__(self) -> None:
        refuse_impossible(self)


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
        """Facts that lie after the day judged, or of another age."""
        days = {
            f"{name}.{field}": day
            for name in QUESTIONS
            if name in given
            for field, day in given[name].happened()
            if day is not None
        }
        on = given.get("on", date.max)
        return out_of_reach(days) + [
            Words(f"{name} {day} 晚于 on {on}", f"{name} {day} is after on {on}")
            for name, day in days.items()
            if day > on
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)


QUESTIONS: Final = tuple(field.name for field in fields(Inputs) if field.name not in ("on", "options"))


def _odd_amount(given: Mapping[str, Any], name: str) -> list[Words]:
    return outside(given, 0, MOST_CNY, name) + not_to_the_fen(given, name)
