"""What happens to quotas: the auction's steps, certificates, filings, transfers, changes of holder and false papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from regulations.car_quota_auction.bidders import Happened, Person
from tariffs.judging.plausible import not_to_the_fen, out_of_order, outside, refuse_impossible
from tariffs.vocabulary.errors import Words


class Holder(Enum):
    """Whose quota it is."""

    PERSON = "person"
    UNIT = "unit"


class Source(Enum):
    """Where a quota that is auctioned comes from."""

    NEW = "new"
    MOTORCYCLE = "motorcycle"
    IN_USE = "in_use"
    OTHER = "other"


class Use(Enum):
    """What a certificate is to be used for."""

    REGISTER = "register"
    ENTRUST = "entrust"


class Cause(Enum):
    """A special cause that kept a holder from entrusting: none, one that is claimed, one that was accepted."""

    NONE = "none"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"


class Way(Enum):
    """How a quota is to leave its holder."""

    TRANSFER = "transfer"
    ENTRUST = "entrust"
    RENAMED = "renamed"
    FAMILY = "family"
    MERGER_OR_SPLIT = "merger_or_split"


class Change(Enum):
    """Why the holder changes without an auction."""

    RENAMED = "renamed"
    FAMILY = "family"
    MERGER_OR_SPLIT = "merger_or_split"
    OTHER = "other"


class Tie(Enum):
    """What the receiver is to the giver."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Auction:
    """The steps around an auction; each is judged where the day that it runs from is given.

    Raises  RecordProblems if no step can be judged, or a step lies before the day that it runs from
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
        """Steps in a wrong order, steps without the day that they run from, nothing to judge."""
        if not given:
            return [Words("auction 须至少给出一步", "give one step of the auction at least")]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCar:
    """A car to be registered with a certificate.

    Raises  RecordProblems if it has no seat
    """

    invoice_names_holder: bool
    small_and_private: bool
    seats: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A car without a seat."""
        return outside(given, 1, None, "seats")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate and what it is to be used for; `told` is whether the holder was reminded, left out where not known."""

    issued_on: date
    holder: Holder
    use: Use
    told: bool | None = None
    special_cause: Cause = Cause.NONE
    car: NewCar | None = None

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "issued_on", self.issued_on


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnergy:
    """A certificate beside a new-energy car on a free special quota; without `filed_on` a filing on the day judged.

    Raises  RecordProblems if it was filed before it was issued, or the car went before the filing
    """

    holder: Holder
    certificate_issued_on: date
    owns_new_energy_car: bool
    filed_on: date | None = None
    car_gone_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order, a car that went and is still owned."""
        problems = out_of_order(given, ("certificate_issued_on", "filed_on"), ("filed_on", "car_gone_on"))
        if "car_gone_on" in given and "filed_on" not in given:
            problems.append(Words("有 car_gone_on 须有 filed_on", "car_gone_on needs filed_on"))
        if "car_gone_on" in given and given.get("owns_new_energy_car") is True:
            problems.append(
                Words(
                    "有 car_gone_on 则 owns_new_energy_car 须为 false", "with car_gone_on owns_new_energy_car is false"
                )
            )
        return problems

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "certificate_issued_on", self.certificate_issued_on
        yield "filed_on", self.filed_on
        yield "car_gone_on", self.car_gone_on

    def __post_init__(self) -> None:
        refuse_impossible(self)


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
        return [
            *outside(given, 0, None, "price_cny"),
            *outside(given, 1, None, "quantity"),
            *not_to_the_fen(given, "price_cny"),
        ]

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
            *outside(given, 0, None, "bid_cny"),
            *not_to_the_fen(given, "bid_cny"),
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
class Transfer:
    """A quota in use and how it is to leave its holder."""

    in_use_from_on: date
    way: Way

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "in_use_from_on", self.in_use_from_on


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChange:
    """A change of holder without auction; `tie` and `receiver` are for a change in the family.

    Raises  RecordProblems if a change in the family does not say what the receiver is to the giver
    """

    change: Change
    tie: Tie | None = None
    receiver: Person | None = None
    changed_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A change in the family without the tie."""
        if given.get("change") is Change.FAMILY and "tie" not in given:
            return [Words('change = "family" 须有 tie', 'change = "family" needs tie')]
        return []

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "changed_on", self.changed_on
        if self.receiver is not None:
            yield from ((f"receiver.{name}", day) for name, day in self.receiver.happened())

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraud:
    """An application and its papers; `conditions_met` is whether the applicant qualifies anyhow, left out where not known."""

    false_papers: bool
    quota_obtained: bool
    car_registered: bool
    found_on: date
    conditions_met: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A car registered without a quota."""
        if given.get("car_registered") is True and given.get("quota_obtained") is False:
            return [Words("car_registered 须先 quota_obtained", "car_registered needs quota_obtained")]
        return []

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "found_on", self.found_on

    def __post_init__(self) -> None:
        refuse_impossible(self)
