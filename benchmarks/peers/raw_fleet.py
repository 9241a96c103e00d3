"""The peer of the fleet: the least peak as sparse columns of numpy, handed to HiGHS in one call, dual simplex."""

from typing import Any

import highspy
import numpy as np

from benchmarks.fleet_case import FleetCase, Floats, load_mw, stations_of


def plan(case: FleetCase) -> tuple[Floats, Floats]:
    """Charging and discharging power by station and step, MW, at the least peak; how much is moved is left to chance.

    Raises  RuntimeError if HiGHS proves no optimum
    """
    highs = passed(case)
    solve(highs)
    return powers(highs, case)


def least_moved(case: FleetCase) -> tuple[Floats, Floats]:
    """The same in two stages: the peak fixed, then the least sum of charged and discharged energy, from the first basis.

    Raises  RuntimeError if HiGHS proves no optimum
    """
    highs, cells = passed(case), case.stations * case.steps
    solve(highs)
    peak = 3 * cells
    highs.changeColBounds(peak, -highspy.kHighsInf, highs.getInfo().objective_function_value)
    highs.changeColsCost(2 * cells, np.arange(2 * cells, dtype=np.int32), np.ones(2 * cells))
    highs.changeColCost(peak, 0.0)
    solve(highs)
    return powers(highs, case)


def passed(case: FleetCase) -> Any:
    """A solver that holds the model: columns charge, discharge, stored (each station by station) and the peak."""
    untyped: Any = highspy
    highs = untyped.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(*_model(case))
    return highs


def solve(highs: Any) -> None:
    """Solve what a solver holds.

    Raises  RuntimeError if HiGHS proves no optimum
    """
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"raw HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")


def powers(highs: Any, case: FleetCase) -> tuple[Floats, Floats]:
    """Charging and discharging power by station and step of a solved model, MW."""
    cells = case.stations * case.steps
    columns = np.array(highs.getSolution().col_value)
    shape = (case.stations, case.steps)
    return columns[:cells].reshape(shape), columns[cells : 2 * cells].reshape(shape)


def _model(case: FleetCase) -> tuple[Any, ...]:
    fleet, count, cells = stations_of(case), case.steps, case.stations * case.steps
    index, coefficient, starts = _columns(case)
    power_mw, full_mwh = np.repeat(fleet.power_mw, count), fleet.full_mwh
    stored_lower = np.repeat(full_mwh * fleet.min_stored_ratio, count)
    stored_upper = np.repeat(full_mwh * fleet.max_stored_ratio, count)
    initial_mwh, ends = full_mwh * fleet.initial_stored_ratio, np.arange(count - 1, cells, count)
    stored_lower[ends] = stored_upper[ends] = initial_mwh
    before = np.zeros(cells)
    before[::count] = initial_mwh
    return (
        3 * cells + 1,
        cells + count,
        len(index),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.concatenate([np.zeros(3 * cells), [1.0]]),
        np.concatenate([np.zeros(2 * cells), stored_lower, [-np.inf]]),
        np.concatenate([power_mw, power_mw, stored_upper, [np.inf]]),
        np.concatenate([before, load_mw(case)]),
        np.concatenate([before, np.full(count, np.inf)]),
        starts,
        index,
        coefficient,
        np.zeros(3 * cells + 1, np.int32),
    )


def _columns(case: FleetCase) -> tuple[Any, ...]:
    """Rows stored[t] - stored[t-1] - efficiency * charge[t] + discharge[t] / efficiency = 0 of every station, then
    rows peak + sum of discharge[t] - sum of charge[t] >= load[t] of every step.
    """
    fleet, count, cells = stations_of(case), case.steps, case.stations * case.steps
    balance = np.arange(cells, dtype=np.int32)
    over = cells + balance % count
    one, gained = np.ones(cells), -np.repeat(fleet.charge_efficiency, count)
    given = 1.0 / np.repeat(fleet.discharge_efficiency, count)
    pairs = np.column_stack([balance, over]).ravel()
    last = 2 * np.arange(count - 1, cells, count) + 1  # the last step has no step after it
    stored = np.delete(np.column_stack([balance, balance + 1]).ravel(), last)
    chained = np.delete(np.tile([1.0, -1.0], cells), last)
    lengths = np.full(3 * cells + 1, 2)
    lengths[2 * cells + count - 1 : 3 * cells : count] = 1
    lengths[-1] = count
    index = np.concatenate([pairs, pairs, stored, cells + np.arange(count)]).astype(np.int32)
    legs = [np.column_stack([gained, -one]).ravel(), np.column_stack([given, one]).ravel()]
    coefficient = np.concatenate([*legs, chained, np.ones(count)])
    return index, coefficient, np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
