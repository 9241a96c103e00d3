"""Who or what competes for the award, and by whom it is recommended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import more_than, nothing_listed, outside, refuse_impossible, twice
from tariffs.vocabulary.errors import RecordProblems, Words

TOGETHER: Final = Words(
    "[academicians] 与 recommender = academicians 须同时给出",
    "[academicians] and recommender = academicians go together",
)


class Award(Enum):
    """The six awards: three for units, three grades for patents."""

    CREATION = "creation"
    PROTECTION = "protection"
    USE = "use"
    PATENT_FIRST = "patent_first"
    PATENT_SECOND = "patent_second"
    PATENT_THIRD = "patent_third"


UNIT_AWARDS = (Award.CREATION, Award.PROTECTION, Award.USE)


class Tie(Enum):
    """What ties the applying patentee to the city."""

    REGISTERED = "registered"
    HUKOU = "hukou"
    RESIDENCE_PERMIT = "residence_permit"
    NONE = "none"


class PatentKind(Enum):
    """What kind of patent was granted."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    DECLASSIFIED_DEFENCE = "declassified_defence"
    SECRET = "secret"


class Dispute(Enum):
    """Legal disputes on the patent up to the closing day."""

    NONE = "none"
    PENDING = "pending"
    ENDED = "ended"


class EarlierAward(Enum):
    """Awards that the patent itself has had."""

    CHINA_PATENT_AWARD = "china_patent_award"
    INNOVATION_AWARD = "innovation_award"
    CITY_INVENTION_PATENT_AWARD = "city_invention_patent_award"


class Recommender(Enum):
    """Who recommends."""

    JOINT_MEETING_MEMBER = "joint_meeting_member"
    DISTRICT = "district"
    ACADEMICIANS = "academicians"


class Candidate(Enum):
    """Who or what is recommended."""

    UNIT = "unit"
    PATENT = "patent"


class Publisher(Enum):
    """Who published the candidate before it was recommended."""

    RECOMMENDER = "recommender"
    APPLICANT_DISTRICT = "applicant_district"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit that wants to enter; `good_credit` is left out where nobody can say.

    Raises  RecordProblems if it names no award, one twice, or a patent grade
    """

    awards: tuple[Award, ...]
    in_city_unit: bool
    awarded_before: bool
    good_credit: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An entry for no award, for one twice, or for a patent grade."""
        awards = given.get("awards")
        if awards is None or None in awards:
            return []
        problems = nothing_listed(given, "awards") + twice("awards", [each.value for each in awards])
        if not set(awards) <= set(UNIT_AWARDS):
            problems.append(
                Words("awards 只能是 creation、protection、use", "awards are creation, protection or use only")
            )
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMerit:
    """What experts find on a unit: the conditions of its award in the text's order, left out where not found yet.

    Raises  RecordProblems if the award is a patent grade
    """

    award: Award
    first_condition_met: bool | None = None
    second_condition_met: bool | None = None
    third_condition_met: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A patent grade."""
        if given.get("award", Award.USE) in UNIT_AWARDS:
            return []
        return [Words("award 须为 creation、protection、use 之一", "award is one of creation, protection, use")]

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentEntry:
    """A patent that is to enter, up to the closing day of the call.

    Shape   `granted_on` is the day of the grant's announcement, left out where not granted yet; `entry_count` is the
            most entries of one of the patentees, `same_group_count` those of the very same group, both with this one
    Raises  RecordProblems if counts cannot be
    """

    closing_on: date
    kind: PatentKind
    tie: Tie
    applicant_is_patentee: bool
    patentee_count: int
    applicant_count: int
    entry_count: int
    earlier_awards: tuple[EarlierAward, ...]
    right_valid: bool
    product_filed: bool
    granted_on: date | None = None
    all_consent: bool | None = None
    dispute: Dispute | None = None
    same_group_count: int | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below one, or more applicants than patentees."""
        problems = outside(given, 1, None, "patentee_count", "applicant_count", "entry_count", "same_group_count")
        return problems + more_than(given, ("applicant_count", "patentee_count"), ("same_group_count", "entry_count"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentMerit:
    """What experts find on a patent, left out where not found yet."""

    stable_and_well_written: bool | None = None
    novel_or_distinct: bool | None = None
    used_with_benefit: bool | None = None
    well_protected: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Academicians:
    """The academicians who recommend together.

    Shape   `times_this_round` is the most that one of them has recommended in the round, this time included
    Raises  RecordProblems if counts cannot be
    """

    count: int
    same_field: bool
    patent_in_field: bool
    patent_count: int
    times_this_round: int
    earlier_rounds: bool

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below one."""
        return outside(given, 1, None, "count", "patent_count", "times_this_round")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation; `place_limit` is left out where the call fixes no places.

    Raises  RecordProblems if counts cannot be, or academicians stand with another recommender, or lack
    """

    recommender: Recommender
    candidate: Candidate
    checked: bool
    published_by: Publisher
    recommended_count: int
    place_limit: int | None = None
    academicians: Academicians | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below nothing, or academicians with another recommender."""
        problems = outside(given, 1, None, "recommended_count") + outside(given, 0, None, "place_limit")
        if (
            "academicians" in given
            and given.get("recommender", Recommender.ACADEMICIANS) is not Recommender.ACADEMICIANS
        ):
            problems.append(TOGETHER)
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if self.recommender is Recommender.ACADEMICIANS and self.academicians is None:
            raise RecordProblems([TOGETHER])
