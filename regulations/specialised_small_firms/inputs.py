"""What a case of the small firms holds: what the firm is, the questions asked, the readings chosen."""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum

from regulations.specialised_small_firms.city_inputs import Cluster, Procurement, ServiceCircle, Targets
from regulations.specialised_small_firms.firm_inputs import (
    Aeo,
    Growth,
    Guarantee,
    Loan,
    OverseasFair,
    ScaleUp,
    SeniorTitle,
    Services,
    Status,
    Upgrading,
    WaterSurcharge,
)
from tariffs.judging.plausible import refuse_silence
from tariffs.vocabulary.errors import RecordProblems, Words


class Measure(Enum):
    """Which figure of a firm must grow."""

    OUTPUT = "output"
    REVENUE = "revenue"


class ProcurementBase(Enum):
    """What the share kept for small and medium firms is a share of."""

    EACH_PROJECT = "each_project"
    SUM_OF_SUITED = "sum_of_suited"


class ProcurementDay(Enum):
    """Which day of a project must lie before the share's end."""

    ANNOUNCED = "announced"
    AWARDED = "awarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The readings of points that the text leaves open."""

    growth_measure: Measure = Measure.OUTPUT
    procurement_base: ProcurementBase = ProcurementBase.EACH_PROJECT
    procurement_day: ProcurementDay = ProcurementDay.ANNOUNCED


WITHOUT_STATUS = ("scale_up", "procurement", "service_circle", "cluster", "targets")
"""The questions whose answer does not turn on what the firm is recognised as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, what the firm is, and the questions asked.

    Raises  RecordProblems if no question is asked, or one that turns on the status without it
    """

    on: date
    status: Status | None = None
    scale_up: ScaleUp | None = None
    growth: Growth | None = None
    upgrading: Upgrading | None = None
    digital_services: Services | None = None
    professional_services: Services | None = None
    credit_loan: Loan | None = None
    guarantee: Guarantee | None = None
    water_surcharge: WaterSurcharge | None = None
    aeo: Aeo | None = None
    overseas_fair: OverseasFair | None = None
    senior_title: SeniorTitle | None = None
    cluster: Cluster | None = None
    procurement: Procurement | None = None
    service_circle: ServiceCircle | None = None
    targets: Targets | None = None
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        refuse_silence(self, "status")
        beside = ("on", "status", "options", *WITHOUT_STATUS)
        questions = [each.name for each in fields(Inputs) if each.name not in beside]
        turning = [name for name in questions if getattr(self, name) is not None]
        if turning and self.status is None:
            raise RecordProblems(
                [Words(f"{'、'.join(turning)} 须有 status", f"{', '.join(turning)}: status is needed")]
            )
