"""What a case tells of a firm: a record for each question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import by_place, nothing_listed, odd_amounts, outside, refuse_impossible
from tariffs.vocabulary.errors import Words


class Status(Enum):
    """What the firm is recognised as."""

    OTHER = "other"
    SPECIALISED = "specialised"
    LITTLE_GIANT = "little_giant"


class Industry(Enum):
    """The industry of a firm that comes above scale."""

    INDUSTRY = "industry"
    INTERNET = "internet"
    SOFTWARE = "software"
    OTHER = "other"


class Scale(Enum):
    """Where a firm stands in the year: above scale for the first time, above it before, or below."""

    FIRST_THIS_YEAR = "first_this_year"
    ALREADY_ABOVE = "already_above"
    BELOW = "below"


class ScaleReward(Enum):
    """The two rewards of item 2."""

    FIRST_TIME = "first_time"
    GROWTH = "growth"


class AeoBenefit(Enum):
    """What a firm hopes for as an AEO: one of the city's industrial field, or one of customs."""

    FEWER_INSPECTIONS = "fewer_inspections"
    CUSTOMS_CONVENIENCE = "customs_convenience"


class Talent(Enum):
    """Who applies for a senior title."""

    HIGH_LEVEL_RETURNEE = "high_level_returnee"
    OUTSTANDING_TALENT = "outstanding_talent"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleUp:
    """A firm that seeks a reward for its size; `qualified` and `grew_this_year` are left out where not known.

    Raises  RecordProblems if no reward is sought
    """

    industry: Industry
    scale: Scale
    sought: tuple[ScaleReward, ...]
    qualified: bool | None = None
    grew_this_year: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list of rewards."""
        return nothing_listed(given, "sought")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The output and the revenue of three years in a row, the earliest first, and the reward where one is set already.

    Shape   what is not known is left out
    Raises  RecordProblems if a figure is less than nothing
    """

    output_cny: tuple[Decimal, Decimal, Decimal] | None = None
    revenue_cny: tuple[Decimal, Decimal, Decimal] | None = None
    awarded_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Figures below nothing, or with more than two decimals."""
        by_year = by_place(given, "output_cny", "revenue_cny")
        return odd_amounts(by_year, *by_year) + odd_amounts(given, "awarded_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrading:
    """A project of technical upgrading; whether it is 特别重大 has no test in the text.

    Raises  RecordProblems if the investment is less than nothing
    """

    qualified: bool | None = None
    especially_major: bool | None = None
    approved_investment_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An odd investment."""
        return odd_amounts(given, "approved_investment_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """A contract for services; `relevant` is left out where nobody can say whether the text means them.

    Raises  RecordProblems if the contract is less than nothing
    """

    contract_cny: Decimal
    relevant: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An odd contract."""
        return odd_amounts(given, "contract_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan and the interest paid on it.

    Raises  RecordProblems if the interest is less than nothing
    """

    on_credit: bool
    interest_paid_cny: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Odd interest."""
        return odd_amounts(given, "interest_paid_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """What the fund guarantees for the firm already, and what the firm asks for beside it.

    Raises  RecordProblems if an amount is less than nothing
    """

    outstanding_cny: Decimal
    asked_cny: Decimal = Decimal(0)

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Odd amounts."""
        return odd_amounts(given, "outstanding_cny", "asked_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterSurcharge:
    """The surcharge on water beyond the quota, of a year.

    Raises  RecordProblems if the amount is less than nothing
    """

    of_year: int
    surcharge_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An odd year or amount."""
        return outside(given, date.min.year, date.max.year, "of_year") + odd_amounts(given, "surcharge_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aeo:
    """What the firm is as an AEO, of each of the two kinds, and what it hopes for."""

    sought: AeoBenefit
    of_industrial_field: bool
    of_customs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverseasFair:
    """A fair outside the mainland; left out where nobody knows whether it is on the list."""

    on_list: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeniorTitle:
    """A person who applies for a senior title; `recognised` as what `talent` says is left out where not known."""

    talent: Talent
    taken_on_by_firm: bool
    recognised: bool | None = None
