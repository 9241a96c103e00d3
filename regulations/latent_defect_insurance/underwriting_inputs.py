"""What is asked of the insurer before and when it insures: staff, organisation, quotation, premium, order of steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import not_above_nothing, not_to_the_fen, odd_amounts, outside, refuse_impossible
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import HOURS_PER_DAY


class Licence(Enum):
    """What makes a person fit for risk control."""

    FIRST_CLASS = "first_class"
    SENIOR_TITLE = "senior_title"
    NEITHER = "neither"


class Degree(Enum):
    """The highest degree of a person."""

    BELOW_BACHELOR = "below_bachelor"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Ground(Enum):
    """What a rate floats by."""

    RISK = "risk"
    QUALIFICATION = "qualification"
    CREDIT = "credit"
    CLAIMS_RECORD = "claims_record"
    DESIGN_CONTROL = "design_control"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskStaff:
    """A person of the risk staff, with the years of works behind it.

    Raises  RecordProblems if the years are below nothing
    """

    licence: Licence
    degree: Degree
    works_years: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Years below nothing."""
        return outside(given, 0, None, "works_years")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLead:
    """A project manager, with the years in works, finance, insurance or the like.

    Raises  RecordProblems if the years are below nothing
    """

    trade_years: Decimal
    passed_by_insurer: bool

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Years below nothing."""
        return outside(given, 0, None, "trade_years")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The risk staff and the project managers of an insurer; `fit_for_business` is left out where nobody can say."""

    risk_staff: tuple[RiskStaff, ...]
    managers: tuple[ProjectLead, ...]
    real_name_listed: bool
    fit_for_business: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurer:
    """The organisation of an insurer; `experienced` is left out where nobody can say.

    Raises  RecordProblems if the hotline has more hours than a day
    """

    independent_department: bool
    separate_accounts: bool
    claims_team: bool
    hotline_hours: int
    experienced: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Hours that no day has."""
        return outside(given, 0, HOURS_PER_DAY, "hotline_hours")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation; `uploaded` is left out before the first entry of data."""

    formal_letter: bool
    signed_by_head: bool
    stamped: bool
    uploaded: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor on the base rate and the ground it stands for; 1 where the ground was weighed without effect.

    Raises  RecordProblems if it is not above nothing
    """

    ground: Ground
    factor: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Nothing, or below."""
        return not_above_nothing(given, "factor")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premium:
    """What a premium is made of, none of which is in the text.

    Shape   `real_sum_cny` and `adjusted` are left out until the real cost is known; `price_clearly_low` where nobody can say
    Raises  RecordProblems if an amount or the rate cannot be
    """

    insured_sum_cny: Decimal
    base_rate: Decimal
    factors: tuple[Factor, ...]
    estimated_at_design: bool
    area_under_measured: bool
    decoration_left_out: bool
    fees_siphoned: bool
    price_clearly_low: bool | None = None
    real_sum_cny: Decimal | None = None
    adjusted: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Amounts or rates of nothing or below, a rate above the whole, parts of a fen."""
        problems = not_above_nothing(given, "insured_sum_cny", "base_rate", "real_sum_cny")
        if given.get("base_rate", 0) > 1:
            problems.append(
                Words(
                    f"base_rate 不超过 1，不是 {given['base_rate']}",
                    f"base_rate is at most 1, not {given['base_rate']}",
                )
            )
        return problems + not_to_the_fen(given, "insured_sum_cny", "real_sum_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The days of the steps around the contract, left out where a step is not taken yet; planned days may stand too.

    Shape   `premium_received_cny` is what had been received when the policy was issued, or has been if it is not
    Raises  RecordProblems if an amount cannot be
    """

    risk_body_chosen_on: date | None = None
    contract_on: date | None = None
    drawing_design_on: date | None = None
    policy_on: date | None = None
    premium_due_cny: Decimal | None = None
    premium_received_cny: Decimal | None = None
    briefed_on: date | None = None
    works_start_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Amounts below nothing or with parts of a fen."""
        return odd_amounts(given, "premium_due_cny", "premium_received_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)
