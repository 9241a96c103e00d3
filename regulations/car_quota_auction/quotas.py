"""What happens to a quota: its certificate, a filing, a transfer, a change of holder, false papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from regulations.car_quota_auction.bidders import Happened, Person
from tariffs.judging.plausible import out_of_order, outside, refuse_impossible
from tariffs.vocabulary.errors import Words


class Holder(Enum):
    """Whose quota it is."""

    PERSON = "person"
    UNIT = "unit"


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
