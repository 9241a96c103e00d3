"""What is asked of the works: uploads, notices ahead, the start of liability, steps that are barred, tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import in_shanghai, nothing_listed, out_of_order, outside, refuse_impossible
from tariffs.vocabulary.errors import RecordProblems, Words

NO_START: Final = Words("completion_filed_on 与 starts_on 须有其一", "give completion_filed_on or starts_on")
CONFIRMATION: Final = Words(
    "plan_confirmed_by 与 plan_confirmed_on 须同时给出", "plan_confirmed_by and plan_confirmed_on go together"
)


class UploadKind(Enum):
    """What is uploaded within working days of its event."""

    POLICY = "policy"
    BRIEFING = "briefing"
    FINAL_REPORT = "final_report"
    USER_DOCUMENTS = "user_documents"
    HOUSEHOLD_REPORT = "household_report"
    PREVIEW_REPORT = "preview_report"


class AheadKind(Enum):
    """What the developer gives notice of ahead."""

    HOUSEHOLD_ACCEPTANCE = "household_acceptance"
    PREVIEW = "preview"


class Step(Enum):
    """A step of the works that open points may bar."""

    DRAWING_REVIEW = "drawing_review"
    HOUSEHOLD_ACCEPTANCE = "household_acceptance"
    PREVIEW = "preview"
    FINAL_REPORT = "final_report"
    COMPLETION = "completion"


class Client(Enum):
    """Who ordered or confirmed tests."""

    INSURER = "insurer"
    RISK_BODY = "risk_body"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Papers, the day of their event and of their upload, which is left out where it is not made yet.

    Raises  RecordProblems if they were uploaded before the event
    """

    kind: UploadKind
    happened_on: date
    uploaded_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("happened_on", "uploaded_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """Uploads to the platform.

    Raises  RecordProblems if there is none
    """

    items: tuple[Upload, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "items")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFile:
    """A design file: the day it passed the review or was made, of its upload, and of the start of its part of the works.

    Raises  RecordProblems if it was uploaded before it was there
    """

    needs_review: bool
    ready_on: date
    uploaded_on: date | None = None
    works_start_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("ready_on", "uploaded_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFiles:
    """Design files, of which those that need no review are uploaded before their part of the works.

    Raises  RecordProblems if there is none
    """

    items: tuple[DesignFile, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "items")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAhead:
    """A household acceptance or pre-view, and the day of notice, which is left out where none was given yet.

    Raises  RecordProblems if the notice came after it
    """

    kind: AheadKind
    planned_on: date
    notified_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("notified_on", "planned_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesAhead:
    """Notices ahead of household acceptance and pre-view.

    Raises  RecordProblems if there is none
    """

    items: tuple[NoticeAhead, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "items")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """The way into the insurer's liability; days of steps are left out where not taken yet.

    Shape   `starts_on` as the contract names it counts before a start worked out from the completion filing
    Raises  RecordProblems if neither is given, or days are in a wrong order
    """

    completion_filed_on: date | None = None
    starts_on: date | None = None
    claims_briefed_on: date | None = None
    jointly_checked_on: date | None = None
    owners_notified_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Days in a wrong order."""
        return out_of_order(given, ("completion_filed_on", "starts_on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if self.completion_filed_on is None and self.starts_on is None:
            raise RecordProblems([NO_START])


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A step of the works and what may bar it; a fact that the step does not need, or that is not known, is left out."""

    step: Step
    serious_design_risk_open: bool | None = None
    serious_construction_risk_open: bool | None = None
    household_passed: bool | None = None
    preview_defects_open: bool | None = None
    final_report_received: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfTest:
    """The tests of one kind: those of the developer for acceptance, and those ordered for risk control.

    Raises  RecordProblems if a count is below nothing
    """

    kind: str
    developer_count: int
    ordered_count: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below nothing."""
        return outside(given, 0, None, "developer_count", "ordered_count")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedTests:
    """The tests of a site, and the confirmation of their plan; days are left out where not come yet.

    Raises  RecordProblems if there is no kind, or a confirmation lacks its day or who gave it
    """

    kinds: tuple[KindOfTest, ...]
    ordered_by: Client
    plan_confirmed_by: Client | None = None
    plan_confirmed_on: date | None = None
    testing_began_on: date | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "kinds")

    def __post_init__(self) -> None:
        refuse_impossible(self)
        if (self.plan_confirmed_by is None) != (self.plan_confirmed_on is None):
            raise RecordProblems([CONFIRMATION])


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultOfTest:
    """A result, the instant it was got and that it was told, which is left out where not told yet.

    Raises  RecordProblems if it was told before it was got
    """

    passed: bool
    got_at: datetime
    told_at: datetime | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Instants in a wrong order."""
        instants = {name: in_shanghai(at) for name, at in given.items() if isinstance(at, datetime)}
        return out_of_order(instants, ("got_at", "told_at"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsOfTests:
    """Results that whoever ordered the tests is told.

    Raises  RecordProblems if there is none
    """

    items: tuple[ResultOfTest, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An empty list."""
        return nothing_listed(given, "items")

    def __post_init__(self) -> None:
        refuse_impossible(self)
