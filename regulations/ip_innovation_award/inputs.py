"""The case: the day judged, and a record for each question asked of the award."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from regulations.ip_innovation_award.candidates import (
    Award,
    PatentEntry,
    PatentMerit,
    Recommendation,
    UnitEntry,
    UnitMerit,
)
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import (
    not_above_nothing,
    not_to_the_fen,
    odd_amounts,
    out_of_order,
    outside,
    refuse_impossible,
    refuse_silence,
)
from tariffs.vocabulary.errors import Words

TOLD: Final = ("decided_on", "objector_told_on", "applicant_told_on", "recommender_told_on")


class Screening(Enum):
    """What the search for grounds of invalidity found."""

    CLEAR = "clear"
    RISK_FOUND = "risk_found"


class Role(Enum):
    """Whose conduct is judged."""

    RECOMMENDER = "recommender"
    CANDIDATE = "candidate"
    EXPERT = "expert"
    WINNER = "winner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many of each award are to be given in a round.

    Raises  RecordProblems if a count is below nothing
    """

    creation: int
    protection: int
    use: int
    patent_first: int
    patent_second: int
    patent_third: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below nothing."""
        return outside(given, 0, None, *(award.value for award in Award))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How far a candidate has come; a stage that is not over yet is left out."""

    award: Award
    formal_check: bool | None = None
    first_round: bool | None = None
    screening: Screening | None = None
    second_round: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalNotice:
    """The notice inside the unit before an application.

    Shape   `until_on` is its last day, left out while it runs; a day to come is one that is planned

    Raises  RecordProblems if it ends before it starts
    """

    started_on: date
    until_on: date | None = None
    applied_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("started_on", "until_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """The notice of those to be awarded.

    Shape   `until_on` is its last day, left out while it runs; a day to come is one that is planned

    Raises  RecordProblems if it ends before it starts
    """

    started_on: date
    until_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("started_on", "until_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The decision on an objection and the days on which each side was told; left out where not told yet.

    Raises  RecordProblems if somebody was told before the decision
    """

    received_on: date
    in_public_notice: bool
    decided_on: date
    objector_told_on: date | None = None
    applicant_told_on: date | None = None
    recommender_told_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(
            given,
            ("received_on", "decided_on"),
            ("decided_on", "objector_told_on"),
            ("decided_on", "applicant_told_on"),
            ("decided_on", "recommender_told_on"),
        )

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A split of prize money in 元.

    Raises  RecordProblems if an amount cannot be
    """

    inventors_cny: Decimal
    helpers_cny: Decimal
    patentees_cny: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Amounts below nothing or with parts of a fen."""
        return odd_amounts(given, "inventors_cny", "helpers_cny", "patentees_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """Prize money in 元, and how it is to be split; left out where that is not settled.

    Raises  RecordProblems if an amount cannot be, or the parts do not add up
    """

    award: Award
    total_cny: Decimal
    split: Split | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Nothing to split, parts of a fen, or parts that do not add up to the whole."""
        problems = not_to_the_fen(given, "total_cny") + not_above_nothing(given, "total_cny")
        total, split = given.get("total_cny"), given.get("split")
        if total is None or split is None:
            return problems
        parts = split.inventors_cny + split.helpers_cny + split.patentees_cny
        if parts != total:
            problems.append(
                Words(f"split 合计 {parts}，不是 total_cny {total}", f"split adds up to {parts}, not total_cny {total}")
            )
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraud:
    """Conduct that is judged: for a recommender or candidate false papers, for a winner fraud, for an expert partiality.

    Shape   `serious` counts for a recommender only, left out where nobody can say
    Raises  RecordProblems if an amount cannot be
    """

    role: Role
    proven: bool
    serious: bool | None = None
    prize_received_cny: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Amounts below nothing or with parts of a fen."""
        return odd_amounts(given, "prize_received_cny")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound:
    """The year of the last round.

    Raises  RecordProblems if there is no such year
    """

    last_round_year: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A year before the first."""
        return outside(given, 1, None, "last_round_year")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Readings where the text is silent: whether a period for doing something moves off a rest day."""

    shift_end: ShiftEnd = ShiftEnd.NEXT_WORKING_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the readings chosen.

    Raises  RecordProblems if it asks nothing, or tells of a day or year after the one judged
    """

    on: date
    unit_entry: UnitEntry | None = None
    unit_merit: UnitMerit | None = None
    patent_entry: PatentEntry | None = None
    patent_merit: PatentMerit | None = None
    recommendation: Recommendation | None = None
    quota: Quota | None = None
    review: Review | None = None
    internal_notice: InternalNotice | None = None
    public_notice: PublicNotice | None = None
    objection: Objection | None = None
    prize: Prize | None = None
    fraud: Fraud | None = None
    next_round: NextRound | None = None
    options: Options | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Grants, decisions and rounds after the day judged."""
        if "on" not in given:
            return []
        days = {"on": given["on"]}
        if "patent_entry" in given:
            days["patent_entry.granted_on"] = given["patent_entry"].granted_on
        days |= {f"objection.{name}": getattr(given["objection"], name) for name in TOLD if "objection" in given}
        known = {name: day for name, day in days.items() if day is not None}
        problems = out_of_order(known, *((name, "on") for name in known if name != "on"))
        if "next_round" in given and given["next_round"].last_round_year > given["on"].year:
            problems.append(
                Words(
                    f"next_round.last_round_year {given['next_round'].last_round_year} 晚于 on {given['on']}",
                    f"next_round.last_round_year {given['next_round'].last_round_year} is after on {given['on']}",
                )
            )
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)
