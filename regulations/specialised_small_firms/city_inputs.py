"""What a case tells of procurement, of clusters and of the city: a record for each question."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from tariffs.judging.plausible import (
    by_place,
    more_than,
    not_to_the_fen,
    nothing_listed,
    odd_amounts,
    out_of_order,
    outside,
    refuse_impossible,
)
from tariffs.vocabulary.errors import RecordProblems, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of government procurement; a day left out counts as the day judged.

    Raises  RecordProblems if more is kept than the price, or it is awarded before it is announced
    """

    works: bool
    under_tendering_law: bool
    price_cny: Decimal
    suits_small_firms: bool | None = None
    reserved_cny: Decimal | None = None
    announced_on: date | None = None
    awarded_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Odd amounts, more kept than there is, days in a wrong order."""
        problems = odd_amounts(given, "price_cny", "reserved_cny") + out_of_order(given, ("announced_on", "awarded_on"))
        return problems + more_than(given, ("reserved_cny", "price_cny"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procurement:
    """The projects whose share for small and medium firms is asked about.

    Raises  RecordProblems if there is none
    """

    projects: tuple[Project, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "projects")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster of small firms of one trade; whether its results are outstanding has no test in the text."""

    results_outstanding: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCircle:
    """How far each place lies from its nearest station.

    Raises  RecordProblems if there is no place, or one at less than no distance
    """

    nearest_station_km: tuple[Decimal, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list, or a distance below nothing."""
        far = by_place(given, "nearest_station_km")
        return nothing_listed(given, "nearest_station_km") + outside(far, 0, None, *far)

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Where the city stands; what is not known is left out.

    Raises  RecordProblems if nothing is known, or a figure is below nothing
    """

    specialised_firms: int | None = None
    fund_group_cny: Decimal | None = None
    listing_pool: int | None = None
    roadshows_in_month: int | None = None
    loans_total_cny: Decimal | None = None
    credit_loans_total_cny: Decimal | None = None
    guarantees_total_cny: Decimal | None = None
    stations: int | None = None
    star_partners: int | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Figures below nothing, amounts with more than two decimals."""
        amounts = [name for name in given if name.endswith("_cny")]
        return outside(given, 0, None, *given) + not_to_the_fen(given, *amounts)

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if all(getattr(self, each.name) is None for each in fields(self)):
            raise RecordProblems([Words("[targets] 至少 1 项", "give at least 1 figure of [targets]")])
