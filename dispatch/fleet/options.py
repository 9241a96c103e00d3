"""What the user asks of a fleet beside what is asked of each station; readings of the plan as named settings."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from math import isfinite

from tariffs.vocabulary.errors import RecordProblems, Words


class FairCalls(Enum):
    """When the smallest share of the calls asked for is made as large as possible."""

    BEFORE_PEAK = "before_peak"
    """First of all: the calls are owed, the peak is shaved by what is left to choose."""
    AFTER_PEAK = "after_peak"
    """Among the plans of the least peak."""
    OFF = "off"
    """Not at all: every station makes all calls asked of it, or there is no plan."""


class Promise(Enum):
    """What wind and stations are to deliver together."""

    WIND_PLAN = "wind_plan"
    """The column `wind_plan_mw` of the signals."""
    LOAD = "load"
    """The column `load_mw` of the signals."""
    DAILY_MEAN = "daily_mean"
    """The mean wind power of each local day."""


class LossesCount(Enum):
    """Whether what the stores lose counts like curtailed wind."""

    AS_CURTAILED = "as_curtailed"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone or feeder: the most that its stations together may give to and take from the grid, MW.

    Shape   `members` are station ids
    Raises  RecordProblems if a limit is negative or no number
    """

    id: str
    members: tuple[str, ...]
    discharge_limit_mw: Decimal
    charge_limit_mw: Decimal

    def __post_init__(self) -> None:
        limits = (("discharge_limit_mw", self.discharge_limit_mw), ("charge_limit_mw", self.charge_limit_mw))
        problems = [
            Words(
                f"分区 {self.id} 的 {name} 须不小于 0，不是 {limit}",
                f"{name} of zone {self.id} must be at least 0, not {limit}",
            )
            for name, limit in limits
            if not (isfinite(limit) and limit >= 0)
        ]
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetOptions:
    """The options of a fleet.

    Shape   `promise` nothing: the first of wind plan, load and daily mean whose column is given
    Raises  RecordProblems if the worth of the peak is negative or no number
    """

    fair_calls: FairCalls = FairCalls.BEFORE_PEAK
    peak_worth_cny_per_mw: float | None = None
    promise: Promise | None = None
    losses: LossesCount = LossesCount.AS_CURTAILED
    zones: tuple[Zone, ...] = ()

    def __post_init__(self) -> None:
        worth = self.peak_worth_cny_per_mw
        if worth is not None and not (isfinite(worth) and worth >= 0):
            raise RecordProblems(
                [
                    Words(
                        f"peak_worth_cny_per_mw 须不小于 0，不是 {worth}",
                        f"peak_worth_cny_per_mw must be at least 0, not {worth}",
                    )
                ]
            )
