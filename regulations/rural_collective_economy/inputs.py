"""What is asked about the rural collective economy: the case and its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    more_than,
    not_to_the_fen,
    not_together,
    nothing_listed,
    odd_amounts,
    outside,
    read_of,
    refuse_impossible,
    refuse_silence,
    twice,
)
from tariffs.vocabulary.errors import RecordProblems, Words

MOST_VILLAGES: Final = 1_000_000
MOST_YEARS: Final = 100
EITHER: Final = Words("organisations 与 totals 须二选一", "give either organisations or totals, one of the two")


class Level(Enum):
    """At which level an organisation stands."""

    TOWN = "town"
    VILLAGE = "village"
    GROUP = "group"


class LandAct(Enum):
    """What is to happen with collective building land."""

    BACK_INTO_USE = "back_into_use"
    MARKET_ENTRY = "market_entry"
    REDUCTION = "reduction"
    OTHER = "other"


class PassedBy(Enum):
    """Which assembly has passed it."""

    MEMBERS = "members"
    REPRESENTATIVES = "representatives"
    NEITHER = "neither"


class Deal(Enum):
    """What is traded."""

    ASSET_OR_RESOURCE = "asset_or_resource"
    SMALL_WORKS = "small_works"
    PURCHASED_SERVICES = "purchased_services"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A collective organisation and its year; figures that are not known are left out.

    Raises  RecordProblems if an amount cannot be
    """

    name: str
    level: Level
    operating_income_cny: Decimal | None = None
    assets_cny: Decimal | None = None
    distributed_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Broken fen, assets or distributions below nothing; an income may be a loss."""
        return odd_amounts(given, "assets_cny", "distributed_cny") + not_to_the_fen(given, "operating_income_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The same as sums, where nobody has the single organisations.

    Raises  RecordProblems if an amount cannot be, or more villages stand at the line than there are
    """

    assets_cny: Decimal | None = None
    distributed_cny: Decimal | None = None
    villages: int | None = None
    villages_at_income: int | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Amounts that cannot be, a count without the other, more villages at the line than there are."""
        problems = odd_amounts(given, "assets_cny", "distributed_cny")
        problems += outside(given, 0, MOST_VILLAGES, "villages_at_income")
        problems += outside(given, 1, MOST_VILLAGES, "villages")
        problems += not_together(given, "villages", "villages_at_income")
        return problems + more_than(given, ("villages_at_income", "villages"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Where the city stands: the year whose end the figures describe, and organisations one by one or totals.

    Raises  RecordProblems if there are both or neither, or an organisation stands twice
    """

    figures_of: int
    organisations: tuple[Organisation, ...] | None = None
    totals: Totals | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Both or neither of organisations and totals, an organisation that stands twice, a year that cannot be."""
        problems = outside(given, EARLIEST_YEAR, LATEST_YEAR, "figures_of")
        if "organisations" in given and "totals" in given:
            problems.append(EITHER)
        names = [f"{each.name} ({each.level.value})" for each in read_of(given, "organisations")]
        return problems + nothing_listed(given, "organisations") + twice("organisations", names)

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if self.organisations is None and self.totals is None:
            raise RecordProblems([EITHER])


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Something that is to happen with collective building land."""

    act: LandAct
    passed_by: PassedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceContract:
    """A contract of a collective organisation on services in the countryside."""

    rural_service: bool
    given_to_third_party: bool
    states_jobs_for_farmers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceUse:
    """An operator that may be producing with collective resources."""

    produces_with_collective_resources: bool
    fee_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trading:
    """A deal of a collective organisation."""

    deal: Deal
    on_city_platform: bool
    by_public_bidding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """An organisation that may have gone without distributing; ability is left out where nobody has judged it.

    Raises  RecordProblems if the years are fewer than none or too many
    """

    level: Level
    years_without: int
    able_to_distribute: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Fewer years than none, or more than anybody counts."""
        return outside(given, 0, MOST_YEARS, "years_without")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked.

    Raises  RecordProblems if it asks nothing, or its figures are of a year whose end is still to come
    """

    on: date
    board: Board | None = None
    land: Land | None = None
    service_contract: ServiceContract | None = None
    resource_use: ResourceUse | None = None
    trading: Trading | None = None
    distribution: Distribution | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Figures of a year whose end is still to come."""
        if "on" not in given or "board" not in given or date(given["board"].figures_of, 12, 31) <= given["on"]:
            return []
        year, on = given["board"].figures_of, given["on"]
        return [
            Words(f"board.figures_of {year} 的年底晚于 on {on}", f"the end of board.figures_of {year} is after on {on}")
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)
