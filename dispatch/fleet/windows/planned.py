"""A run planned by itself: the least peak that it allows, and the least energy moved at a peak."""

from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats
from dispatch.fleet.windows.cut import Cut
from dispatch.fleet.windows.ground import Ground, slack_mw
from dispatch.fleet.windows.runs import Run
from dispatch.solve import WarmSolver


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """The powers of a run, MW, and what it asks of the levels around it, MWh inside the stores.

    Shape   powers: a row a station, a figure a step; a station may start anywhere from `start_low_mwh` to
            `start_high_mwh` and has `change_mwh` more at the end; `cost_mwh` is the least that the energy moved can be,
            less what the change of the levels is worth
    """

    run: Run
    charge_mw: Floats
    discharge_mw: Floats
    start_low_mwh: Floats
    start_high_mwh: Floats
    change_mwh: Floats
    cost_mwh: float


def least_peak(cut: Cut, solver: WarmSolver) -> float:
    """The least peak of a run, MW: no schedule of the whole horizon has a lower one.

    Raises  Infeasible if the stations cannot be run at all
    """
    cost = np.zeros(cut.matrix.cost.size)
    cost[cut.peak] = -1.0
    return -solver.solve(cost=cost, upper=cut.matrix.upper).objective


def least_moved(ground: Ground, cut: Cut, solver: WarmSolver, peak_mw: float, worth: Floats) -> RunPlan:
    """The powers that move the least energy at a peak; each MWh inside a store is worth so many MWh moved.

    Raises  Infeasible if the run has no schedule at that peak
    """
    cost, hours = np.zeros(cut.matrix.cost.size), ground.hours
    cost[cut.charge] = (-hours * (1.0 - worth * ground.charge_efficiency))[:, None]
    cost[cut.discharge] = (-hours * (1.0 + worth / ground.discharge_efficiency))[:, None]
    if cut.run.until == ground.count:
        cost[cut.stored[:, -1]] -= worth
    upper = cut.matrix.upper.copy()
    upper[cut.peak] = peak_mw + slack_mw(peak_mw)
    found = solver.solve(cost=cost, upper=upper)
    steps = cut.run.steps
    charge_mw = np.clip(found.x[cut.charge], 0.0, ground.most_charge_mw[:, steps])
    discharge_mw = np.clip(found.x[cut.discharge], 0.0, ground.most_discharge_mw[:, steps])
    charge_mw, discharge_mw = _one_way(ground, charge_mw, discharge_mw)
    return _trimmed(ground, _plan(ground, cut.run, charge_mw, discharge_mw, -found.objective))


def _plan(ground: Ground, run: Run, charge_mw: Floats, discharge_mw: Floats, cost_mwh: float) -> RunPlan:
    since_mwh = np.cumsum(ground.gained_mwh(charge_mw, discharge_mw), axis=1)
    low = (ground.low_mwh[:, run.steps] - since_mwh).max(axis=1)
    high = (ground.high_mwh[:, run.steps] - since_mwh).min(axis=1)
    if run.first:
        low = np.maximum(low, ground.low_mwh[:, run.first - 1])
        high = np.minimum(high, ground.high_mwh[:, run.first - 1])
    else:
        low = high = ground.initial_mwh
    return RunPlan(
        run=run,
        charge_mw=charge_mw,
        discharge_mw=discharge_mw,
        start_low_mwh=low,
        start_high_mwh=high,
        change_mwh=since_mwh[:, -1],
        cost_mwh=cost_mwh,
    )


def _one_way(ground: Ground, charge_mw: Floats, discharge_mw: Floats) -> tuple[Floats, Floats]:
    """The same levels without charging and discharging at once: no station takes more from the grid than before."""
    into, out = ground.charge_efficiency[:, None], ground.discharge_efficiency[:, None]
    net_mw = charge_mw * into - discharge_mw / out
    at_once = (charge_mw > 0.0) & (discharge_mw > 0.0)
    charge = np.where(at_once, np.maximum(net_mw, 0.0) / into, charge_mw)
    discharge = np.where(at_once, np.maximum(-net_mw, 0.0) * out, discharge_mw)
    return charge, discharge


def _trimmed(ground: Ground, plan: RunPlan) -> RunPlan:
    """The plan without what it charges and needs neither later in the run nor to start where it does."""
    steps, charge_mw = plan.run.steps, plan.charge_mw.copy()
    since_mwh = np.cumsum(ground.gained_mwh(charge_mw, plan.discharge_mw), axis=1)
    spare_mwh = np.maximum(plan.start_low_mwh[:, None] + since_mwh - ground.low_mwh[:, steps], 0.0)
    # from here on, the least that is to spare at any later step
    spare_mwh = np.minimum.accumulate(spare_mwh[:, ::-1], axis=1)[:, ::-1]
    per_mw, cut_mwh = ground.hours * ground.charge_efficiency, np.zeros(len(charge_mw))
    for step in np.flatnonzero(charge_mw.any(axis=0)).tolist():
        less_mw = np.clip((spare_mwh[:, step] - cut_mwh) / per_mw, 0.0, charge_mw[:, step])
        charge_mw[:, step] -= less_mw
        cut_mwh += less_mw * per_mw
    return _plan(ground, plan.run, charge_mw, plan.discharge_mw, plan.cost_mwh)
