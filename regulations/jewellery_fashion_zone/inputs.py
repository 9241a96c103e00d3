"""What a case of the jewellery and fashion zone holds: the claims, the turnover of the zone, the readings chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import nothing_listed, odd_amounts, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import RecordProblems, Words


class Kind(Enum):
    """What support is claimed for; each is named like the clause that speaks of it."""

    PROMOTION_MEETING = "promotion_meeting"
    TRAINING = "training"
    TESTING_STANDARD = "testing_standard"
    ACCREDITATION = "accreditation"
    TESTING_BRANCH = "testing_branch"
    FUNCTIONAL_BODY = "functional_body"
    DESIGN_CENTRE = "design_centre"
    PATENT_OR_PRIZE = "patent_or_prize"
    STUDIO = "studio"
    FLAGSHIP_SHOP = "flagship_shop"
    HEADQUARTERS = "headquarters"
    FIRST_IN_SHANGHAI = "first_in_shanghai"
    OTHER_PROMOTION = "other_promotion"
    TESTING_SEAT_HERE = "testing_seat_here"
    PROFESSIONAL_SERVICES = "professional_services"
    TRADING = "trading"
    CUSTOM_MAKING = "custom_making"
    BLENDING = "blending"


class Place(Enum):
    """Where a promotion meeting is held or a branch is set up."""

    OVERSEAS = "overseas"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    MAINLAND = "mainland"


class Standard(Enum):
    """What kind of testing standard is made or revised."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    TRADE = "trade"


class CapBasis(Enum):
    """What a claim under a cap comes to at most."""

    CAP_ALONE = "cap_alone"
    COST_WITHIN_CAP = "cost_within_cap"


class GrantCount(Enum):
    """How often a testing body may have each of the three grants."""

    EACH_CASE = "each_case"
    ONCE_A_BODY = "once_a_body"


class DayThatCounts(Enum):
    """Which day of a claim must lie in the term of the text."""

    EVENT = "event"
    CLAIM = "claim"


NEEDS_PLACE: Final = (Kind.PROMOTION_MEETING, Kind.TESTING_BRANCH)
OF_TESTING_BODIES: Final = (Kind.TESTING_STANDARD, Kind.ACCREDITATION, Kind.TESTING_BRANCH)
ENCOURAGED_ONLY: Final = (Kind.TRADING, Kind.CUSTOM_MAKING, Kind.BLENDING)
STATED: Final = ("promotion_meeting", "training", "testing_standard", "accreditation", "testing_branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event, body or case that support is claimed for; not claimed yet where `claimed_on` is left out.

    Shape   a claim may be made before its event: for one that is planned
    Raises  RecordProblems if it costs less than nothing or lacks what its kind turns on
    """

    kind: Kind
    event_on: date
    claimed_on: date | None = None
    place: Place | None = None
    standard: Standard | None = None
    qualified: bool | None = None
    cost_cny: Decimal | None = None
    body: str | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An odd cost."""
        return odd_amounts(given, "cost_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)
        kind = self.kind.value
        problems = []
        if self.kind in NEEDS_PLACE and self.place is None:
            problems.append(Words(f"{kind} 须有 place", f"{kind} needs place"))
        if self.kind is Kind.TESTING_STANDARD and self.standard is None:
            problems.append(Words(f"{kind} 须有 standard", f"{kind} needs standard"))
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The claims of one applicant.

    Raises  RecordProblems if there is none
    """

    claims: tuple[Claim, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "claims")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The turnover of the zone in a year; what is not known is left out.

    Raises  RecordProblems if nothing is known, or a turnover is less than nothing
    """

    yearly_sales_cny: Decimal | None = None
    yearly_retail_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Turnovers below nothing."""
        return odd_amounts(given, "yearly_sales_cny", "yearly_retail_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if self.yearly_sales_cny is None and self.yearly_retail_cny is None:
            raise RecordProblems(
                [Words("须有 yearly_sales_cny 或 yearly_retail_cny", "give yearly_sales_cny or yearly_retail_cny")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The readings of points that the text leaves open."""

    cap_basis: CapBasis = CapBasis.CAP_ALONE
    testing_grant: GrantCount = GrantCount.EACH_CASE
    day_that_counts: DayThatCounts = DayThatCounts.EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked.

    Raises  RecordProblems if no question is asked
    """

    on: date
    support: Support | None = None
    targets: Targets | None = None
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        refuse_silence(self)
