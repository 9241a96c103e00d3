"""What is asked about the rural collective economy: the case and its questions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import MAXYEAR, date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import not_to_the_fen, outside, refuse_impossible
from tariffs.vocabulary.errors import RecordProblems, Words

EARLIEST_YEAR: Final = 1949
MOST_CNY: Final = 1_000_000_000_000_000
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
        """Amounts beyond all measure or broken fen, assets or distributions below nothing; an income may be a loss."""
        amounts = _wrong_amounts(given, 0, "assets_cny", "distributed_cny")
        return amounts + _wrong_amounts(given, -MOST_CNY, "operating_income_cny")

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
        problems = _wrong_amounts(given, 0, "assets_cny", "distributed_cny")
        problems += outside(given, 0, MOST_VILLAGES, "villages_at_income")
        problems += outside(given, 1, MOST_VILLAGES, "villages")
        if ("villages" in given) != ("villages_at_income" in given):
            problems.append(
                Words("villages 与 villages_at_income 须同时给出", "villages and villages_at_income go together")
            )
        elif "villages" in given and given["villages_at_income"] > given["villages"]:
            problems.append(
                Words(
                    f"villages_at_income {given['villages_at_income']} 多于 villages {given['villages']}",
                    f"villages_at_income {given['villages_at_income']} is more than villages {given['villages']}",
                )
            )
        return problems

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
        problems = outside(given, EARLIEST_YEAR, MAXYEAR, "figures_of")
        if "organisations" in given and "totals" in given:
            problems.append(EITHER)
        listed = [each for each in given.get("organisations", ()) if each is not None]
        if "organisations" in given and not given["organisations"]:
            problems.append(Words("organisations 不得为空", "organisations must not be empty"))
        counted = Counter((each.level, each.name) for each in listed)
        return problems + [
            Words(
                f"organisations 中 {name}（{level.value}）出现 {times} 次",
                f"{name} ({level.value}) stands {times} times in organisations",
            )
            for (level, name), times in counted.items()
            if times > 1
        ]

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
        _refuse_silence(self)


def _wrong_amounts(given: Mapping[str, Any], least: int, *names: str) -> list[Words]:
    within = {name: given[name] for name in names if name in given and abs(given[name]) <= MOST_CNY}
    return outside(given, least, MOST_CNY, *names) + not_to_the_fen(within, *names)


QUESTIONS = {each.name for each in fields(Inputs)} - {"on"}


def _refuse_silence(inputs: Inputs) -> None:
    # not among what cannot be, so that a question that could not be read is not taken for one that was not asked
    if all(getattr(inputs, name) is None for name in QUESTIONS):
        listed = " | ".join(f"[{name}]" for name in sorted(QUESTIONS))
        raise RecordProblems([Words(f"须至少有一问：{listed}", f"ask at least one question: {listed}")])
