"""Who wants to bid: a person, a unit, and what started the waiting times that run against them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import out_of_order, outside, refuse_impossible
from tariffs.vocabulary.errors import Words

Happened = Iterator[tuple[str, date | None]]
ONE_DAY: Final = timedelta(days=1)


class Residence(Enum):
    """On what a person's stay in the city rests."""

    HUKOU = "hukou"
    RESIDENCE_PROOF = "residence_proof"
    NEITHER = "neither"


class Car(Enum):
    """A motor vehicle of a person, by its registration; the last is somebody else's."""

    WITH_QUOTA = "with_quota"
    FREE_SPECIAL_PLATE = "free_special_plate"
    WITHOUT_QUOTA = "without_quota"
    ONLY_USED = "only_used"


class Penalty(Enum):
    """The heaviest penalty of a traffic offence, of those that the text names."""

    NONE = "none"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    DETAINED = "detained"


class UnitKind(Enum):
    """What kind of unit applies."""

    FIRM = "firm"
    FOREIGN_OFFICE = "foreign_office"
    PUBLIC_BODY = "public_body"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The last unbroken run of payments in the city, both days covered; `until_on` is left out where it still runs.

    Shape   `made_up_until_on` is the last day that was paid only afterwards (补缴), left out where none was;
            `earlier_full_year` is whether a run of a full year came before the break that this run follows
    Raises  RecordProblems if it ends before it starts, or was made up outside its days
    """

    from_on: date
    until_on: date | None = None
    made_up_until_on: date | None = None
    earlier_full_year: bool = False

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(
            given, ("from_on", "until_on"), ("from_on", "made_up_until_on"), ("made_up_until_on", "until_on")
        )

    @property
    def surely_from_on(self) -> date:
        """The first day of the payments that were made in time."""
        return self.from_on if self.made_up_until_on is None else self.made_up_until_on + ONE_DAY

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """A traffic offence on record.

    Raises  RecordProblems if its points are below nothing
    """

    on: date
    by_motor_vehicle: bool
    points: int = 0
    penalty: Penalty = Penalty.NONE

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Points below nothing."""
        return outside(given, 0, None, "points")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What started a time without applying; each is left out where it did not happen.

    Raises  RecordProblems if a quota was sold before it was entrusted, or a deal is told without the entrusting
    """

    entrusted_on: date | None = None
    deal_on: date | None = None
    gave_in_family_on: date | None = None
    false_papers_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order, a deal without entrusting."""
        problems = out_of_order(given, ("entrusted_on", "deal_on"))
        if "deal_on" in given and "entrusted_on" not in given:
            problems.append(Words("有 deal_on 须有 entrusted_on", "deal_on needs entrusted_on"))
        return problems

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "entrusted_on", self.entrusted_on
        yield "deal_on", self.deal_on
        yield "gave_in_family_on", self.gave_in_family_on
        yield "false_papers_on", self.false_papers_on

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who wants to bid; without `applied_on` an application on the day judged is judged.

    Shape   `other_conditions_met` is left out where it is not known whether others were approved; `licence_first_issued_on`
            starts the cycles in which points are summed, left out where it is not known
    """

    residence: Residence
    holds_certificate: bool
    cars: tuple[Car, ...]
    licence_valid: bool
    applied_on: date | None = None
    insurance: Paid | None = None
    income_tax: Paid | None = None
    offences: tuple[Offence, ...] = ()
    licence_first_issued_on: date | None = None
    other_conditions_met: bool | None = None
    waits: Waits | None = None

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        yield "applied_on", self.applied_on
        yield "licence_first_issued_on", self.licence_first_issued_on
        for name, paid in (("insurance", self.insurance), ("income_tax", self.income_tax)):
            if paid is not None:
                yield f"{name}.from_on", paid.from_on
                yield f"{name}.until_on", paid.until_on
                yield f"{name}.made_up_until_on", paid.made_up_until_on
        for number, offence in enumerate(self.offences, 1):
            yield f"offences[{number}].on", offence.on
        if self.waits is not None:
            yield from ((f"waits.{name}", day) for name, day in self.waits.happened())


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that wants to bid; `official_car_approval` is for public bodies, left out where it is not known."""

    kind: UnitKind
    registered_in_city: bool
    certificate_valid: bool
    official_car_approval: bool | None = None
    waits: Waits | None = None

    def happened(self) -> Happened:
        """The days that cannot be still to come."""
        if self.waits is not None:
            yield from ((f"waits.{name}", day) for name, day in self.waits.happened())
