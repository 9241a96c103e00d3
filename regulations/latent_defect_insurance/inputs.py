"""The case: the day judged, the questions asked with what they ask of claims, and the readings chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from regulations.latent_defect_insurance.underwriting_inputs import Contract, Insurer, Premium, Quotation, Staff
from regulations.latent_defect_insurance.works_inputs import (
    Acceptance,
    DesignFiles,
    Liability,
    NoticesAhead,
    OrderedTests,
    ResultsOfTests,
    Uploads,
)
from tariffs.judging.periods import ShiftEnd
from tariffs.judging.plausible import in_shanghai, out_of_order, refuse_impossible, refuse_silence
from tariffs.vocabulary.errors import Words

DONE: Final = {
    "liability": ("completion_filed_on", "claims_briefed_on", "jointly_checked_on", "owners_notified_on"),
    "claim": ("completion_filed_on", "defect_on", "reported_on", "given_up_on", "repaired_on", "paid_on"),
    "payment": ("agreed_on", "paid_on"),
    "refusal": ("found_on", "notified_on"),
    "repair_warranty": ("reported_on", "repaired_on", "defect_again_on"),
    "dispute": ("asked_on",),
}
"""Days of what has been done, by question; none of them lies after the day judged."""
DONE_ITEMS: Final = {
    "uploads": ("uploaded_on",),
    "design_files": ("uploaded_on",),
    "notices_ahead": ("notified_on",),
    "test_results": ("got_at", "told_at"),
}


class Party(Enum):
    """Who claims, or disputes the cover."""

    OWNER = "owner"
    DEVELOPER = "developer"
    INSURER = "insurer"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A defect that is claimed for.

    Shape   `starts_on` and `ends_on` are the contract's period; `in_cover` is left out where only the contract can say;
            `given_up_on` is the day on which claims against the liable party were given up, left out where they were not
    Raises  RecordProblems if days are in a wrong order
    """

    claimant: Party
    defect_on: date
    reported_on: date
    starts_on: date
    ends_on: date
    exclusion_proved: bool
    in_cover: bool | None = None
    completion_filed_on: date | None = None
    given_up_on: date | None = None
    repaired_on: date | None = None
    paid_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(
            given,
            ("defect_on", "reported_on"),
            ("starts_on", "ends_on"),
            ("completion_filed_on", "starts_on"),
            ("reported_on", "repaired_on"),
            ("reported_on", "paid_on"),
        )

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """An agreement on payment, and the day it was paid, which is left out where it is not yet.

    Raises  RecordProblems if it was paid before it was agreed
    """

    agreed_on: date
    paid_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("agreed_on", "paid_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A finding that the cover does not hold, and the notice to the owner, which is left out where not sent yet.

    Raises  RecordProblems if the notice came before the finding
    """

    found_on: date
    notified_on: date | None = None
    reasons_stated: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("found_on", "notified_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairWarranty:
    """A repair that the insurance covered, and a defect that shows again.

    Shape   `repaired_on` is the end of the repair; `defect_again_on` is left out where the day judged is asked about
    Raises  RecordProblems if days are in a wrong order
    """

    reported_on: date
    repaired_on: date
    liability_ends_on: date
    same_part: bool
    same_item: bool
    defect_again_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("reported_on", "repaired_on"), ("repaired_on", "defect_again_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A wish for an appraisal of whether a defect is covered; what is not settled yet is left out.

    Raises  RecordProblems if days are in a wrong order
    """

    party: Party
    asked_on: date
    contract_from_on: date
    contract_until_on: date
    in_writing: bool
    appraiser_qualified: bool | None = None
    chosen_together: bool | None = None
    appraiser_independent: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("contract_from_on", "contract_until_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


class LiabilityStart(Enum):
    """On which day the insurer's liability starts after the contractor's years."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


class BriefingDay(Enum):
    """How the months before the claims period bound the claims briefing."""

    LATEST = "latest"
    EXACT = "exact"
    WITHIN = "within"


class ShareOfTests(Enum):
    """Whether the least share of tests counts over all kinds or for each kind."""

    TOTAL = "total"
    EACH_KIND = "each_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Readings where the text leaves two; without `test_share` both ways of counting tests must agree."""

    shift_end: ShiftEnd = ShiftEnd.NEXT_WORKING_DAY
    liability_start: LiabilityStart = LiabilityStart.NEXT_DAY
    claims_briefing: BriefingDay = BriefingDay.LATEST
    test_share: ShareOfTests | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the readings chosen.

    Raises  RecordProblems if it asks nothing, or tells of something done after the day judged
    """

    on: date
    staff: Staff | None = None
    insurer: Insurer | None = None
    quotation: Quotation | None = None
    premium: Premium | None = None
    contract: Contract | None = None
    uploads: Uploads | None = None
    design_files: DesignFiles | None = None
    notices_ahead: NoticesAhead | None = None
    acceptance: Acceptance | None = None
    tests: OrderedTests | None = None
    test_results: ResultsOfTests | None = None
    liability: Liability | None = None
    claim: Claim | None = None
    payment: Payment | None = None
    refusal: Refusal | None = None
    repair_warranty: RepairWarranty | None = None
    dispute: Dispute | None = None
    options: Options | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Things done after the day judged."""
        if "on" not in given:
            return []
        days = {name: day for name, day in _done(given) if day is not None}
        return out_of_order(days | {"on": given["on"]}, *((name, "on") for name in days))

    def __post_init__(self) -> None:
        refuse_impossible(self)
        refuse_silence(self)


def _done(given: Mapping[str, Any]) -> Iterator[tuple[str, date | None]]:
    for question, names in DONE.items():
        if question in given:
            yield from ((f"{question}.{name}", getattr(given[question], name)) for name in names)
    for question, names in DONE_ITEMS.items():
        if question in given:
            for number, item in enumerate(given[question].items, start=1):
                yield from ((f"{question}.items[{number}].{name}", _day(item, name)) for name in names)


def _day(item: Any, name: str) -> date | None:
    found = getattr(item, name)
    return in_shanghai(found).date() if name.endswith("_at") and found is not None else found
