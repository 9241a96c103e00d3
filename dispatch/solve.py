"""The only file that names a solver: a matrix in, a solution out."""

from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np

from dispatch.arrays import Floats
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits, Report, Status
from tariffs.vocabulary.errors import HuchuError, UsageError, Words

PROVEN_GAP_RATIO: Final = 1e-8
"""An objective as near its bound as this is proven: a fen in a million 元."""
CLOSEST: Final = {
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    # closer than this, at 1e-8 and below, the solver called plans best that were not
    "mip_feasibility_tolerance": 1e-7,
}
"""How closely a solver holds rows and bounds when asked to."""
CROSSED_RATIO: Final = 1e-9
"""Bounds that cross by less than this share are equal, but for rounding."""


class OutOfTime(HuchuError):
    """Time was up before there was any schedule."""

    @classmethod
    def before_any(cls, status: str = "time limit") -> "OutOfTime":
        """The refusal, with the solver's word for how it ended."""
        return cls(
            Words("求解器未及时找到可行方案", "the solver found no schedule in time"),
            found=Words(f"状态 {status}", f"status {status}"),
            do=Words("放宽 --time-limit，或换一种求解方式", "raise --time-limit, or choose another way of solving"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What a solver found, in the order of the matrix.

    Shape   `row_dual`: what one more of a row's right-hand side adds to the objective; `column_dual`: the same of a
            variable's binding bound; both without entries where there are integers
    """

    x: Floats
    row_dual: Floats
    column_dual: Floats
    objective: float
    bound: float
    status: Status
    seconds: float
    nodes: int


class WarmSolver:
    """A matrix inside the solver, to be solved again and again from the last basis.

    Shape   `closely`: rows and bounds are held as closely as the solver can, for a matrix in which a figure that was
            reached is then kept
    """

    def __init__(self, matrix: Matrix, limits: Limits | None = None, *, closely: bool = False) -> None:
        self.limits = limits or Limits()
        self._highs = _loaded(matrix, self.limits)
        for name, tolerance in CLOSEST.items() if closely else ():
            self._highs.setOptionValue(name, tolerance)
        self._is_mip = bool(matrix.is_integer.any())

    def solve(
        self,
        *,
        cost: Floats | None = None,
        lower: Floats | None = None,
        upper: Floats | None = None,
        row_lower: Floats | None = None,
        row_upper: Floats | None = None,
    ) -> Solution:
        """The solution with some figures replaced, and kept so; the others stay as they were.

        Raises  Infeasible if no solution meets the rows and bounds
        """
        highs, lp = self._highs, self._highs.getLp()
        if cost is not None:
            highs.changeColsCost(cost.size, _every(cost), cost)
        if lower is not None or upper is not None:
            bounds = _uncrossed(_or(lower, lp.col_lower_), _or(upper, lp.col_upper_))
            highs.changeColsBounds(bounds[0].size, _every(bounds[0]), *bounds)
        if row_lower is not None or row_upper is not None:
            bounds = _uncrossed(_or(row_lower, lp.row_lower_), _or(row_upper, lp.row_upper_))
            highs.changeRowsBounds(bounds[0].size, _every(bounds[0]), *bounds)
        return _run(highs, self._is_mip)


def solve(matrix: Matrix, limits: Limits, start: Floats | None = None, report: Report | None = None) -> Solution:
    """The best x of a matrix; `start` is a first guess for one with integers.

    Raises  Infeasible if no x meets the rows and bounds; UsageError if the objective has no limit
    """
    highs = _loaded(matrix, limits)
    is_mip = bool(matrix.is_integer.any())
    if start is not None and is_mip:
        chosen = np.flatnonzero(matrix.is_integer).astype(np.int32)
        highs.setSolution(chosen.size, chosen, np.rint(start[chosen]))
    if report is not None and is_mip:
        highs.cbMipInterrupt.subscribe(lambda event: _tell(report, event.data_out))
    return _run(highs, is_mip)


def solver_name() -> str:
    """Name and version of the solver."""
    return f"HiGHS {_empty().version()}"


def _empty() -> Any:
    untyped: Any = highspy.Highs
    return untyped()


def _loaded(matrix: Matrix, limits: Limits) -> Any:
    highs = _empty()
    options: dict[str, Any] = {
        "output_flag": False,
        "mip_rel_gap": max(limits.gap, PROVEN_GAP_RATIO),
        "time_limit": limits.time_limit_s,
    }
    for name, setting in options.items():
        if setting is not None:
            highs.setOptionValue(name, setting)
    lower, upper = _uncrossed(matrix.lower, matrix.upper)
    row_lower, row_upper = _uncrossed(matrix.row_lower, matrix.row_upper)
    highs.passModel(
        matrix.cost.size,
        matrix.row_lower.size,
        matrix.index.size,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        matrix.offset,
        matrix.cost,
        lower,
        upper,
        row_lower,
        row_upper,
        matrix.starts.astype(np.int32),
        matrix.index.astype(np.int32),
        matrix.coefficient,
        matrix.is_integer.astype(np.int32),
    )
    return highs


def _run(highs: Any, is_mip: bool) -> Solution:
    seconds = highs.getRunTime()
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        highs.setOptionValue("presolve", "off")
        highs.run()
    status, told, found = highs.getModelStatus(), highs.getInfo(), highs.getSolution()
    _refuse_unsolved(highs, status, told, is_mip=is_mip)
    objective = float(told.objective_function_value)
    bound = float(told.mip_dual_bound) if is_mip else objective
    proven = (
        Status.WITHIN_GAP
        if abs(bound - objective) > 2 * PROVEN_GAP_RATIO * max(1.0, abs(objective))
        else Status.OPTIMAL
    )
    return Solution(
        x=np.array(found.col_value),
        row_dual=np.array([] if is_mip else found.row_dual),
        column_dual=np.array([] if is_mip else found.col_dual),
        objective=objective,
        bound=bound,
        status=proven if status == highspy.HighsModelStatus.kOptimal else Status.TIME_LIMIT,
        seconds=highs.getRunTime() - seconds,
        nodes=max(int(told.mip_node_count), 0) if is_mip else 0,
    )


def _refuse_unsolved(highs: Any, status: Any, told: Any, *, is_mip: bool) -> None:
    """Go on only with an optimum, or with a schedule found when time was up."""
    kind = highspy.HighsModelStatus
    if status == kind.kInfeasible:
        raise Infeasible
    if status in (kind.kUnbounded, kind.kUnboundedOrInfeasible):
        raise UsageError(
            Words("目标没有上限", "the objective has no limit"),
            found=Words("求解器判定无界", "the solver says unbounded"),
            do=Words("列出限制功率与储能的约束", "list the blocks that limit power and stored energy"),
        )
    found = told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status != kind.kOptimal and not (is_mip and found):
        raise OutOfTime.before_any(highs.modelStatusToString(status))


def _uncrossed(lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Bounds that do not cross, those that do by rounding made equal."""
    crossed = lower > upper
    if not crossed.any():
        return lower, upper
    if np.any((lower - upper)[crossed] > CROSSED_RATIO * np.maximum(1.0, np.abs(upper[crossed]))):
        raise Infeasible
    return np.where(crossed, upper, lower), upper


def _tell(report: Report, event: Any) -> None:
    """Report what the solver knows so far, once it knows anything."""
    if np.isfinite(event.mip_dual_bound) and np.isfinite(event.mip_primal_bound):
        report(event.mip_dual_bound, event.mip_primal_bound, event.mip_gap, event.running_time)


def _or(figures: Floats | None, otherwise: Any) -> Floats:
    return np.array(otherwise) if figures is None else figures


def _every(figures: Floats) -> Any:
    return np.arange(figures.size, dtype=np.int32)
