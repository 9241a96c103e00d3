"""The case: what is known of a card and against a shop, what is asked, and the readings chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from regulations.small_food_filing.shop import Duties, Filing, Materials, Platform, Trade, without_ground
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import out_of_order, out_of_reach, outside, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import Words


class PenaltyKind(Enum):
    """What a penalty was for, or what it ordered."""

    FOOD_SAFETY = "food_safety"
    STOP_BUSINESS = "stop_business"
    CANCELLATION = "cancellation"
    OTHER_MATTER = "other_matter"


class LeaseBasis(Enum):
    """Which term of a lease is compared with the year."""

    REMAINING = "remaining"
    WHOLE_TERM = "whole_term"


class WindowEnd(Enum):
    """Whether the day of the same number twelve months later is still within twelve months."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card: its period begins on `valid_from`, the day of the filing or of the start of a renewed period.

    Raises  RecordProblems if days stand in a wrong order
    """

    valid_from: date
    renewals_used: int
    lease_starts_on: date | None = None
    lease_ends_on: date | None = None
    changed_on: date | None = None
    refiled_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order, a count below nothing, a lease without its end, a refiling without a change."""
        problems = outside(given, 0, None, "renewals_used")
        problems += out_of_order(
            given,
            ("valid_from", "lease_ends_on"),
            ("lease_starts_on", "lease_ends_on"),
            ("valid_from", "changed_on"),
            ("valid_from", "refiled_on"),
            ("changed_on", "refiled_on"),
            ("refiled_on", "lease_ends_on"),
        )
        if "lease_starts_on" in given and "lease_ends_on" not in given:
            problems.append(Words("有 lease_starts_on 须有 lease_ends_on", "lease_starts_on needs lease_ends_on"))
        if "refiled_on" in given and "changed_on" not in given:
            problems.append(Words("有 refiled_on 须有 changed_on", "refiled_on needs changed_on"))
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A renewal that is asked for; `expires_on` is the last day of the present period."""

    expires_on: date
    renewals_used: int
    applied_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A count below nothing."""
        return outside(given, 0, None, "renewals_used")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """A penalty and the day on which it was imposed."""

    imposed_on: date
    kind: PenaltyKind

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A day out of reach."""
        return out_of_reach(given)

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What there is against a filed shop; `breach_serious` and `other_law_cancels` only where there is a breach."""

    got_by_fraud: bool
    card_misused: bool
    complaints_found_true: int
    penalties: tuple[Penalty, ...]
    food_accident: bool
    changed_without_refiling: bool
    operated_after_expiry: bool
    other_breach: bool
    other_law_breached: bool
    great_social_effect: bool | None = None
    breach_serious: bool | None = None
    other_law_cancels: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A count below nothing, or what follows from a breach where none is told."""
        problems = outside(given, 0, None, "complaints_found_true")
        breaches = ("changed_without_refiling", "operated_after_expiry", "other_breach")
        problems += without_ground(given, breaches, "breach_serious")
        return problems + without_ground(given, ("other_law_breached",), "other_law_cancels")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessLicence:
    """Who asks for a business licence; `filed_on` begins the unbroken filing, renewals included.

    Raises  RecordProblems if the filing ends before it begins
    """

    filed_because_of_building: bool
    filed_on: date
    penalised_on: tuple[date, ...]
    filing_ended_on: date | None = None
    neighbours_object: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("filed_on", "filing_ended_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to do where the text leaves two readings."""

    lease_basis: LeaseBasis = LeaseBasis.REMAINING
    window_end: WindowEnd = WindowEnd.INCLUDED
    shift_end: ShiftEnd = ShiftEnd.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the readings chosen."""

    on: date
    filing: Filing | None = None
    materials: Materials | None = None
    card: Card | None = None
    renewal: Renewal | None = None
    standing: Standing | None = None
    duties: Duties | None = None
    platform: Platform | None = None
    trade: Trade | None = None
    business_licence: BusinessLicence | None = None
    options: Options = Options()

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Something that happened after the day judged, a lease whose start is needed."""
        problems: list[Words] = []
        options, card = given.get("options"), given.get("card")
        if options is not None and card is not None and _start_needed(options, card):
            problems.append(_START_NEEDED)
        if "on" in given:
            for name, day in _happened(given):
                problems += out_of_order({"on": given["on"], name: day}, (name, "on"))
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)


_START_NEEDED = Words(
    "lease_basis 为 whole_term 时，card 须有 lease_starts_on", "lease_basis whole_term needs lease_starts_on of card"
)


def _start_needed(options: Options, card: Card) -> bool:
    leased = card.lease_ends_on is not None and card.lease_starts_on is None
    return leased and options.lease_basis is LeaseBasis.WHOLE_TERM


def _happened(given: Mapping[str, Any]) -> list[tuple[str, date]]:
    """The days of what is told as having happened, by the name of their field."""
    single = (
        ("card", "valid_from"),
        ("card", "changed_on"),
        ("card", "refiled_on"),
        ("renewal", "applied_on"),
        ("business_licence", "filed_on"),
        ("business_licence", "filing_ended_on"),
    )
    days = [(f"{table}.{name}", getattr(given[table], name)) for table, name in single if table in given]
    if "standing" in given:
        days += [
            (f"standing.penalties[{n}].imposed_on", each.imposed_on)
            for n, each in enumerate(given["standing"].penalties, 1)
        ]
    if "business_licence" in given:
        fined = given["business_licence"].penalised_on
        days += [(f"business_licence.penalised_on[{n}]", day) for n, day in enumerate(fined, 1)]
    return [(name, day) for name, day in days if day is not None]
