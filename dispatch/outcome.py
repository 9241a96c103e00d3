"""What a way of solving gives back: powers, the objective and what is known about its optimality."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from dispatch.arrays import Floats
from tariffs.vocabulary.errors import HuchuError, Words

Report = Callable[[float, float, float, float], None]
"""Told while a solver runs: best bound and best objective so far in 元, relative gap, seconds."""


class Rung(Enum):
    """A way of solving; `auto` takes the fastest that is exact for the case."""

    AUTO = "auto"
    PROGRAM = "program"
    LAZY = "lazy"
    WARM = "warm"
    WINDOWS = "windows"
    LP = "lp"
    MILP = "milp"


class Status(Enum):
    """How far a solution is proven."""

    OPTIMAL = "optimal"
    WINDOWS_OPTIMAL = "windows_optimal"
    """Each window of a rolling horizon for what it could see; nothing is proven of the whole."""
    WITHIN_GAP = "within_gap"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a solver may stop: relative gap, seconds; nothing means proven optimal and no limit."""

    gap: float = 0.0
    time_limit_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A solved task.

    Shape   powers in MW and `stored_worth_cny_per_mwh` (value of one more MWh inside the store at the end of each
            step) have one figure a step; `call_price_cny` is what one more required call costs; nothing where a way of
            solving does not know it
    """

    rung: Rung
    charge_mw: Floats
    discharge_mw: Floats
    objective_cny: float
    best_bound_cny: float
    status: Status
    solver: str
    build_s: float
    solve_s: float
    call_price_cny: float | None = None
    stored_worth_cny_per_mwh: Floats | None = None
    binaries: int = 0

    @property
    def gap_ratio(self) -> float:
        """Distance of the objective from its bound, relative to max(1, |objective|)."""
        return abs(self.best_bound_cny - self.objective_cny) / max(1.0, abs(self.objective_cny))


class NotApplicable(Exception):
    """A way of solving cannot be exact for the task, and why; the ladder takes the next one.

    Shape   `crowded_day` is the number of the day that is too short for what it should move, where that is why
    """

    def __init__(self, why: Words, crowded_day: int | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.crowded_day = crowded_day


class Infeasible(Exception):
    """No schedule meets the constraints; `explain` says which one and by how much."""


class NoSchedule(HuchuError):
    """There is no schedule: the constraint in words and the largest figure that would do."""
