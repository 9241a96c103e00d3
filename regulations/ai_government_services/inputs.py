"""What a case of the services holds: records of cases, a policy, a confirmation, windows, help, a centre."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import nothing_listed, out_of_order, outside, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import Words


class Scope(Enum):
    """Which cases the figures of item 13 are of."""

    ALL_ITEMS = "all_items"
    FREQUENT_ITEMS = "frequent_items"


class ReturnRateOf(Enum):
    """What the rate of cases sent back is a rate of."""

    CASES_FILED = "cases_filed"
    CASES_SENT_BACK = "cases_sent_back"


class PolicyKind(Enum):
    """The kind of a policy for firms: one of those named, or another."""

    FUNDING = "funding"
    INTEREST_SUBSIDY = "interest_subsidy"
    TAX_AND_FEES = "tax_and_fees"
    HONOURS = "honours"
    TALENT = "talent"
    EMPLOYMENT = "employment"
    OTHER = "other"


class Way(Enum):
    """The way hoped for: 免申即享 or 直达快享."""

    WITHOUT_APPLICATION = "without_application"
    FAST_TRACK = "fast_track"


class HelpChannel(Enum):
    """A channel of human help."""

    ONLINE = "online"
    OFFLINE = "offline"


class Matter(Enum):
    """Whose matter it is."""

    FIRM = "firm"
    PERSON = "person"


class Centre(Enum):
    """The service centre of a district, or of a street or town."""

    DISTRICT = "district"
    STREET_OR_TOWN = "street_or_town"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case as recorded; what did not happen or is not known is left out.

    Raises  RecordProblems if a count or a time is below nothing, or a case that was not filed was sent back or done
    """

    frequent_item: bool
    filed: bool
    times_sent_back: int
    application_minutes: Decimal | None = None
    promised_on: date | None = None
    done_on: date | None = None
    first_response_seconds: Decimal | None = None
    bot_solved: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Figures below nothing; a case that was sent back or done and never filed."""
        problems = outside(given, 0, None, "times_sent_back", "application_minutes", "first_response_seconds")
        if given.get("filed") is False:
            if given.get("times_sent_back", 0) > 0:
                problems.append(Words("未收件（filed）不会被退回", "a case not filed is not sent back"))
            problems += [
                Words(f"未收件（filed）不应有 {name}", f"a case not filed has no {name}")
                for name in ("promised_on", "done_on")
                if name in given
            ]
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceQuality:
    """The records of some cases.

    Raises  RecordProblems if there is none
    """

    cases: tuple[CaseRecord, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "cases")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy for firms and the way hoped for; what is not known is left out."""

    new: bool
    kind: PolicyKind
    application_type: bool
    sought: Way
    universal: bool | None = None
    data_shareable: bool | None = None
    conditions_allow: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A service that is to be had on one click; what the person has not said yet is left out."""

    law_asks_application: bool
    wish_confirmed: bool | None = None
    sharing_authorised: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualWindow:
    """The reach of the remote virtual window in the Yangtze delta.

    Raises  RecordProblems if there are fewer items than none
    """

    items: int
    all_cities_covered: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A count below nothing."""
        return outside(given, 0, None, "items")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanHelp:
    """The help by people: whether it goes on without a break, how it is reached, how soon it answers, what it covers.

    Raises  RecordProblems if a figure is below nothing
    """

    uninterrupted: bool
    channels: tuple[HelpChannel, ...]
    first_response_seconds: Decimal
    frequent_items_covered: int
    policies_covered: bool

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Figures below nothing."""
        return outside(given, 0, None, "first_response_seconds", "frequent_items_covered")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreChoice:
    """A matter and the centre where it is brought; the way there is left out where not known.

    Raises  RecordProblems if the way takes less than no time
    """

    matter: Matter
    centre: Centre
    minutes_to_centre: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A time below nothing."""
        return outside(given, 0, None, "minutes_to_centre")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The readings of points that the text leaves open."""

    scope: Scope = Scope.ALL_ITEMS
    return_rate_of: ReturnRateOf = ReturnRateOf.CASES_FILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked.

    Raises  RecordProblems if no question is asked, or a case is done after the day judged
    """

    on: date
    service_quality: ServiceQuality | None = None
    policy: Policy | None = None
    confirmation: Confirmation | None = None
    virtual_window: VirtualWindow | None = None
    human_help: HumanHelp | None = None
    centre: CentreChoice | None = None
    options: Options = field(default_factory=Options)

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Cases done after the day judged."""
        if "service_quality" not in given or "on" not in given:
            return []
        done = {
            f"cases[{n}].done_on": each.done_on
            for n, each in enumerate(given["service_quality"].cases, start=1)
            if each.done_on is not None
        }
        return out_of_order({"on": given["on"], **done}, *((name, "on") for name in done))

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)
