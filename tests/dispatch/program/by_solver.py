"""The same tasks written straight into a solver's matrix, apart from everything in the product."""

import highspy
import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Infeasible
from dispatch.task import Task

DONE = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


def solved(task: Task, *, binaries: bool) -> float:
    """The best objective in 元: charge, discharge, stored energy and, if asked for, one binary a step.

    Raises  Infeasible if there is no schedule
    """
    rows = _Rows()
    _balance(task, rows)
    _calls_and_cap(task, rows)
    count = task.station.horizon.count
    if binaries:
        for step in range(count):
            charge, discharge = task.station.charge_limit_mw[step], task.station.discharge_limit_mw[step]
            rows.add({step: 1.0, 3 * count + step: -charge}, -np.inf, 0.0)
            rows.add({count + step: 1.0, 3 * count + step: discharge}, -np.inf, discharge)
    return _optimum(task, rows, binaries)


class _Rows:
    """Rows of a matrix, one after the other."""

    def __init__(self) -> None:
        self.starts, self.index, self.coefficient = [0], list[int](), list[float]()
        self.lower, self.upper = list[float](), list[float]()

    def add(self, entries: dict[int, float], lower: float, upper: float) -> None:
        self.index += entries.keys()
        self.coefficient += entries.values()
        self.starts.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)


def prices(task: Task) -> tuple[Floats, Floats]:
    """What a MWh costs and earns in each step, wear taken off."""
    terms, wear = task.objective.terms, task.terms("wear_cost")
    if task.objective.name == "regulated_revenue":
        paid, due = terms.charge_price_ratio, terms.discharge_price_ratio  # type: ignore[attr-defined]
        both = terms.benchmark_cny_per_mwh * paid, terms.benchmark_cny_per_mwh * due  # type: ignore[attr-defined]
    else:
        both = terms.charge_price_cny_per_mwh, terms.discharge_price_cny_per_mwh  # type: ignore[attr-defined]
    return both[0], both[1] - (0.0 if wear is None else wear.wear_cost_cny_per_mwh)


def _balance(task: Task, rows: _Rows) -> None:
    station, count = task.station, task.station.horizon.count
    for step in range(count):
        entries = {
            step: -station.hours * station.charge_efficiency,
            count + step: station.hours / station.discharge_efficiency,
            2 * count + step: 1.0,
        }
        before = station.kept_ratio * station.initial_stored_mwh if step == 0 else 0.0
        if step:
            entries[2 * count + step - 1] = -station.kept_ratio
        rows.add(entries, before, before)


def _calls_and_cap(task: Task, rows: _Rows) -> None:
    station, count = task.station, task.station.horizon.count
    cycles = station.hours / station.energy_mwh
    calls, cap = task.terms("season_calls"), task.terms("daily_cycle_cap")
    if calls is not None:
        counted = {count + step: cycles[step] for step in range(count) if calls.in_season[step]}
        rows.add(counted, calls.calls, np.inf)
    if cap is not None:
        days = station.horizon.day_of_step
        for day in range(int(days[-1]) + 1):
            steps = np.flatnonzero(days == day)
            rows.add({count + int(step): cycles[step] for step in steps}, -np.inf, cap.cycles_per_day)


def _optimum(task: Task, rows: _Rows, binaries: bool) -> float:
    station, count = task.station, task.station.horizon.count
    paid, due = prices(task)
    zeros, ones = np.zeros(count), np.ones(count)
    flags = (zeros, ones) if binaries else ()
    lower = np.concatenate([zeros, zeros, station.min_stored_mwh, *flags[:1]])
    upper = np.concatenate([station.charge_limit_mw, station.discharge_limit_mw, station.max_stored_mwh, *flags[1:]])
    final = task.terms("final_stored_energy")
    if final is not None:
        lower[3 * count - 1] = upper[3 * count - 1] = final.final_stored_mwh
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = lower.size, len(rows.lower)
    lp.col_cost_ = np.concatenate([-station.hours * paid, station.hours * due, zeros, *flags[:1]])
    lp.col_lower_, lp.col_upper_ = lower, upper
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(rows.starts), np.array(rows.index)
    lp.a_matrix_.value_ = np.array(rows.coefficient)
    if binaries:
        kinds = [highspy.HighsVarType.kContinuous] * (3 * count) + [highspy.HighsVarType.kInteger] * count
        lp.integrality_ = np.array(kinds)
    return _run(lp)


def _run(lp: highspy.HighsLp) -> float:
    highs = highspy.Highs()
    exact = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-9, "mip_feasibility_tolerance": 1e-9}
    tight = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
    for name, setting in {"output_flag": False, **exact, **tight}.items():
        highs.setOptionValue(name, setting)
    highs.passModel(lp)
    highs.run()
    assert highs.getModelStatus() in DONE
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        raise Infeasible
    return float(highs.getInfo().objective_function_value)
