"""The closed sets of the insurance: staff, kinds of papers, steps of the works, parties, and the readings."""

from enum import Enum


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


class Party(Enum):
    """Who claims, or disputes the cover."""

    OWNER = "owner"
    DEVELOPER = "developer"
    INSURER = "insurer"
    OTHER = "other"


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
