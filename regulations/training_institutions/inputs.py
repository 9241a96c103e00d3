"""The case: what an institution teaches and to whom, and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import nothing_listed, outside, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import Words


class Training(Enum):
    """What is taught."""

    SUBJECT = "subject"
    NON_SUBJECT_EDUCATION = "non_subject_education"
    SCIENCE = "science"
    ARTS = "arts"
    SPORTS = "sports"
    LANGUAGE = "language"
    SELF_STUDY_SUPPORT = "self_study_support"
    OTHER_HIGHER_NON_DEGREE = "other_higher_non_degree"
    VOCATIONAL_SKILL = "vocational_skill"
    VOCATIONAL_QUALIFICATION = "vocational_qualification"
    OTHER = "other"


class Audience(Enum):
    """Who is taught."""

    PRESCHOOL = "preschool"
    COMPULSORY = "compulsory"
    SENIOR_HIGH = "senior_high"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    ADULT = "adult"
    ELDERLY = "elderly"


class Mode(Enum):
    """Where it is taught."""

    ONLINE = "online"
    OFFLINE = "offline"
    BOTH = "both"


class Profit(Enum):
    """Whether the institution is for profit."""

    FOR_PROFIT = "for_profit"
    NON_PROFIT = "non_profit"


class Registrar(Enum):
    """Where the institution is registered."""

    MARKET_REGULATION = "market_regulation"
    CIVIL_AFFAIRS = "civil_affairs"
    OTHER = "other"
    NONE = "none"


class PrepaidTool(Enum):
    """What makes prepaid fees safe."""

    GUARANTEE_INSURANCE = "guarantee_insurance"
    SMART_CONTRACT = "smart_contract"
    NOTARIAL_DEPOSIT = "notarial_deposit"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One training that the institution gives; `share_ratio` is its part of all, by whatever measure one holds right.

    Raises  RecordProblems if the share lies outside 0 to 1
    """

    training: Training
    audience: Audience
    share_ratio: Decimal | None = None
    permit_needed: bool | None = None
    skill_based: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A share outside 0 to 1."""
        return outside(given, 0, 1, "share_ratio")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """An institution and what it teaches.

    Raises  RecordProblems if it teaches nothing, or the shares are not of one whole
    """

    in_city: bool
    open_to_public: bool
    mode: Mode
    profit: Profit
    activities: tuple[Activity, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """No training, shares of some only, or shares that do not add up to 1."""
        if given.get("activities") == ():
            return nothing_listed(given, "activities")
        if "activities" not in given or None in given["activities"]:
            return []
        shares = [each.share_ratio for each in given["activities"]]
        if None not in shares and sum(shares) != 1:
            return [
                Words(f"share_ratio 合计须为 1，不是 {sum(shares)}", f"share_ratio adds up to 1, not {sum(shares)}")
            ]
        if None in shares and any(share is not None for share in shares):
            return [Words("share_ratio 须全给或全略", "give share_ratio for all activities or for none")]
        return []

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Where an institution is registered."""

    profit: Profit
    registered_with: Registrar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The training that a fee is asked for."""

    training: Training
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaidFees:
    """What makes the prepaid fees safe; nothing is `[]`."""

    tools: tuple[PrepaidTool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked."""

    on: date
    institution: Institution | None = None
    registration: Registration | None = None
    fee: Fee | None = None
    prepaid_fees: PrepaidFees | None = None

    def __post_init__(self) -> None:
        refuse_silence(self)
