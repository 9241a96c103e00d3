"""What is asked after a defect: the claim, payment, refusal, the warranty of a repair, a dispute over the cover."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulations.latent_defect_insurance.choices import Party
from tariffs.judging.plausible import out_of_order, refuse_impossible
from tariffs.vocabulary.errors import Words


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
