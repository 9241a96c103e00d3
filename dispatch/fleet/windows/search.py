"""The least peak of a fleet and the least energy moved at it, from short runs of steps, with a proof for the whole.

1. A level that no schedule can stay below, from the fleet as one store.
2. Runs of steps above that level, each planned as if its stations may begin at any level and end at any: the least peak of a
   run is no more than that of the whole, so the level rises to it and the runs are cut anew.
3. At that peak each run moves the least energy, where a MWh left in a store is worth what it takes to charge it. So the
   runs add up to no more than the whole moves.
4. The stations are refilled between the runs. Where that succeeds, the whole reaches both bounds and they are its optimum;
   where it fails, two runs and the gap between them become one run, which begins and ends as freely.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.fleet.outcome import FleetFound, Reached
from dispatch.fleet.task import FleetTask
from dispatch.fleet.windows.cut import Cut, cut_to
from dispatch.fleet.windows.ground import OBJECTIVE, Ground, ground_of, slack_mw
from dispatch.fleet.windows.held import holds_rows
from dispatch.fleet.windows.planned import RunPlan, least_moved, least_peak
from dispatch.fleet.windows.refill import Refilled, Stuck, refilled
from dispatch.fleet.windows.runs import Run, demand, first_level, runs_above
from dispatch.outcome import Infeasible, Limits, NotApplicable, Rung, Status
from dispatch.solve import OutOfTime, WarmSolver, solver_name
from tariffs.vocabulary.errors import Words

Told = Callable[[Words], None]
LONGEST_SHARE: Final = 0.5
"""A run over more of the horizon than this takes nearly as long as the whole."""
MOVED_RATIO: Final = 1e-7
"""Energy moved as near its bound as this is proven least: sums of what a solver holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A fleet, when the search for its schedules began and what it may take."""

    ground: Ground
    limits: Limits
    started: float

    def left(self) -> Limits:
        """What is left for one program.

        Raises  OutOfTime if nothing is
        """
        if self.limits.time_limit_s is None:
            return self.limits
        left_s = self.limits.time_limit_s - (perf_counter() - self.started)
        if left_s <= 0.0:
            raise OutOfTime.before_any()
        return replace(self.limits, time_limit_s=left_s)


@dataclass(slots=True, kw_only=True)
class _Known:
    """What is known so far.

    Shape   no schedule stays below `peak_mw`; `worth`: MWh moved that one MWh inside each store stands for; `spans`:
            gaps that are planned with the runs beside them; `plans` are at that peak and worth
    """

    peak_mw: float
    worth: Floats
    spans: list[Run] = field(default_factory=list)
    plans: dict[Run, RunPlan] = field(default_factory=dict)
    programs: int = 0


def windows(task: FleetTask, limits: Limits, told: Told | None = None) -> FleetFound:
    """The schedules of least peak, and among them of least energy moved, proven for the whole horizon.

    Shape   `told` is called with words as the search goes on
    Raises  NotApplicable if the search would not be exact, or its proof fails: then the whole model is to be solved;
            OutOfTime
    """
    started = perf_counter()
    ground = ground_of(task)
    case, built_s = _Case(ground=ground, limits=limits, started=started), perf_counter() - started
    known = _Known(peak_mw=first_level(ground), worth=1.0 / ground.charge_efficiency)
    _raise_first(case, known)
    while True:
        plans = _plans(case, known)
        tried = refilled(ground, plans, known.peak_mw)
        if told is not None:
            told(_so_far(known, plans))
        if isinstance(tried, Stuck):
            _join(known, tried.gap)
            continue
        if not holds_rows(ground, tried, known.peak_mw + slack_mw(known.peak_mw)):
            raise NotApplicable(Words("其余时段充电突破其他限制", "charging between windows breaks another limit"))
        bounds = known.peak_mw, _moved_bound_mwh(ground, known, plans)
        if _moved_mwh(ground, tried) - bounds[1] <= MOVED_RATIO * max(1.0, abs(bounds[1])):
            return _found(case, known, tried, bounds, built_s)
        _revalue(ground, known, tried)


def _raise_first(case: _Case, known: _Known) -> None:
    """Raise the first level to what the run hardest for it allows: few others then raise it again."""
    runs = runs_above(case.ground, known.peak_mw, known.spans)
    _refuse_long(case.ground, runs)
    if runs:
        cut = cut_to(case.ground, max(runs, key=lambda run: demand(case.ground, run, known.peak_mw)))
        known.peak_mw = max(known.peak_mw, _least_peak(known, cut, WarmSolver(cut.matrix, case.left())))


def _plans(case: _Case, known: _Known) -> list[RunPlan]:
    """The plans of all runs at the first peak that every one of them can keep."""
    while True:
        runs = runs_above(case.ground, known.peak_mw, known.spans)
        _refuse_long(case.ground, runs)
        hardest_first = sorted(runs, key=lambda run: -demand(case.ground, run, known.peak_mw))
        if all(_keeps_peak(case, known, run) for run in hardest_first if run not in known.plans):
            return [known.plans[run] for run in runs]
        known.plans.clear()


def _keeps_peak(case: _Case, known: _Known, run: Run) -> bool:
    """Plan a run; where it cannot keep the peak, raise that to the least that it can keep."""
    cut = cut_to(case.ground, run)
    solver = WarmSolver(cut.matrix, case.left())
    known.programs += 1
    try:
        known.plans[run] = least_moved(case.ground, cut, solver, known.peak_mw, known.worth)
    except Infeasible:
        peak_mw = _least_peak(known, cut, solver)
    else:
        return True
    if peak_mw <= known.peak_mw:
        raise NotApplicable(Words("数值精度不足", "the figures are too close to tell"))
    known.peak_mw = peak_mw
    return False


def _least_peak(known: _Known, cut: Cut, solver: WarmSolver) -> float:
    known.programs += 1
    try:
        return least_peak(cut, solver)
    except Infeasible:
        raise NotApplicable(Words("部分时段没有可行计划", "some steps have no schedule at all")) from None


def _join(known: _Known, gap: Run) -> None:
    """Have a gap planned with the runs beside it."""
    if gap.first == gap.until or gap in known.spans:
        raise NotApplicable(Words("时窗之间充不回去", "the stations cannot be refilled between windows"))
    known.spans.append(gap)
    known.plans = {run: plan for run, plan in known.plans.items() if run.until < gap.first or run.first > gap.until}


def _refuse_long(ground: Ground, runs: Sequence[Run]) -> None:
    longest = max((run.until - run.first for run in runs), default=0)
    if longest > LONGEST_SHARE * ground.count:
        raise NotApplicable(Words(f"一个时窗就有 {longest} 个时段", f"one window alone takes {longest} of the steps"))


def _moved_mwh(ground: Ground, found: Refilled) -> float:
    return float((found.charge_mw.sum() + found.discharge_mw.sum()) * ground.hours)


def _moved_bound_mwh(ground: Ground, known: _Known, plans: Sequence[RunPlan]) -> float:
    """The least energy that the whole can move at the peak: that of the runs, and what the change of the levels takes."""
    is_planned = bool(plans) and plans[-1].run.until == ground.count
    end_mwh = 0.0 if is_planned else ground.low_mwh[:, -1]
    return sum(plan.cost_mwh for plan in plans) + float((known.worth * (end_mwh - ground.initial_mwh)).sum())


def _revalue(ground: Ground, known: _Known, found: Refilled) -> None:
    """Where a station ends above the least that it must hold, what it stores is worth nothing to it.

    Raises  NotApplicable if that was so already
    """
    end_mwh = ground.initial_mwh + ground.gained_mwh(found.charge_mw, found.discharge_mw).sum(axis=1)
    left_over = (end_mwh > ground.low_mwh[:, -1] + ground.level_slack_mwh) & (known.worth > 0.0)
    if not left_over.any():
        raise NotApplicable(Words("吞吐电量未能证明最小", "the energy moved is not proven least"))
    known.worth = np.where(left_over, 0.0, known.worth)
    known.plans.clear()


def _found(case: _Case, known: _Known, found: Refilled, bounds: tuple[float, float], built_s: float) -> FleetFound:
    left_mw = case.ground.load_mw + found.charge_mw.sum(axis=0) - found.discharge_mw.sum(axis=0)
    return FleetFound(
        rung=Rung.WINDOWS,
        charge_mw=found.charge_mw,
        discharge_mw=found.discharge_mw,
        goals=(
            Reached(label=OBJECTIVE, reached=-float(left_mw.max()), bound=-bounds[0]),
            Reached(label=OBJECTIVE, reached=-_moved_mwh(case.ground, found), bound=-bounds[1]),
        ),
        status=Status.OPTIMAL,
        certificate=_certificate(case.ground, known),
        solver=solver_name(),
        build_s=built_s,
        solve_s=perf_counter() - case.started - built_s,
    )


def _certificate(ground: Ground, known: _Known) -> Words:
    runs, steps = len(known.plans), sum(run.until - run.first for run in known.plans)
    of = f"{steps}/{ground.count}"
    return Words(
        f"{runs} 个时窗（{of} 个时段）各自证明：峰值、吞吐电量都不能再低；其余时段充得回去且不出新峰，"
        f"故两项在全时段均已证明最优（线性规划 {known.programs} 次，合并间隔 {len(known.spans)} 处）",
        f"{runs} windows ({of} steps), each by itself, allow no lower peak and no less energy moved; the stations are "
        f"refilled in the other steps without a new peak, so both are proven for the whole horizon "
        f"({known.programs} linear programs, {len(known.spans)} gaps joined)",
    )


def _so_far(known: _Known, plans: Sequence[RunPlan]) -> Words:
    peak = f"{known.peak_mw:,.1f}"
    return Words(
        f"峰值不低于 {peak} MW，{len(plans)} 个时窗，线性规划 {known.programs} 次",
        f"the peak is {peak} MW or more, {len(plans)} windows, {known.programs} linear programs",
    )
