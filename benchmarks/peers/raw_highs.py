"""The peer that nothing goes below: the model as sparse rows of numpy, handed to HiGHS in one call."""

from typing import Any

import highspy
import numpy as np

from benchmarks.dispatch_case import (
    EFFICIENCY,
    ENERGY_MWH,
    FULL_MWH,
    POWER_MW,
    Case,
    Floats,
    in_season,
    price_cny_per_mwh,
)

TIME_LIMIT_S = 90.0


def plan(case: Case) -> tuple[Floats, Floats]:
    """Charging and discharging power of each step, MW; binaries everywhere if the case is exclusive.

    Raises  RuntimeError if HiGHS proves no optimum within the time limit
    """
    untyped: Any = highspy
    highs = untyped.Highs()
    options = {"output_flag": False, "mip_rel_gap": 0.0, "time_limit": TIME_LIMIT_S}
    for name, setting in options.items():
        highs.setOptionValue(name, setting)
    highs.passModel(*_model(case))
    highs.run()
    if highs.getModelStatus() != untyped.HighsModelStatus.kOptimal:
        raise RuntimeError(f"raw HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
    count = case.steps
    columns = np.array(highs.getSolution().col_value)
    return columns[:count], columns[count : 2 * count]


def _model(case: Case) -> tuple[Any, ...]:
    """Columns: charge, discharge, stored and, if exclusive, charging (0 or 1) of every step."""
    count, price_cny = case.steps, case.hours * price_cny_per_mwh(case)
    parts = [_balance(case), *_calls(case), *_modes(case)]
    lengths, index, coefficient, row_lower, row_upper = (np.concatenate(part) for part in zip(*parts, strict=True))
    modes = count * case.exclusive
    stored_upper = np.full(count, FULL_MWH)
    stored_upper[-1] = 0.0
    return (
        3 * count + modes,
        len(lengths),
        len(index),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        np.concatenate([-price_cny, price_cny, np.zeros(count + modes)]),
        np.zeros(3 * count + modes),
        np.concatenate([np.full(2 * count, POWER_MW), stored_upper, np.ones(modes)]),
        row_lower,
        row_upper,
        np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32),
        index.astype(np.int32),
        coefficient,
        np.repeat(np.array([0, 1], np.int32), [3 * count, modes]),
    )


def _balance(case: Case) -> tuple[Any, ...]:
    """Rows stored[t] - stored[t-1] - h * efficiency * charge[t] + h / efficiency * discharge[t] = 0."""
    step, count = np.arange(case.steps), case.steps
    index = np.column_stack([step, count + step, 2 * count + step - 1, 2 * count + step]).ravel()
    row = [-case.hours * EFFICIENCY, case.hours / EFFICIENCY, -1.0, 1.0]
    lengths = np.full(count, 4)
    lengths[0] = 3  # the store is empty before the first step
    nothing = np.zeros(count)
    return lengths, np.delete(index, 2), np.delete(np.tile(row, count), 2), nothing, nothing


def _calls(case: Case) -> list[tuple[Any, ...]]:
    """One row: season discharge over rated energy is at least the calls."""
    if not case.calls:
        return []
    season = case.steps + np.flatnonzero(in_season(case))
    coefficient = np.full(len(season), case.hours / ENERGY_MWH)
    return [([len(season)], season, coefficient, [case.calls], [np.inf])]


def _modes(case: Case) -> list[tuple[Any, ...]]:
    """Rows charge[t] <= limit * charging[t] and discharge[t] <= limit * (1 - charging[t])."""
    if not case.exclusive:
        return []
    step, count = np.arange(case.steps), case.steps
    charging, pairs, below = 3 * count + step, np.full(count, 2), np.full(count, -np.inf)
    return [
        (pairs, np.column_stack([leg * count + step, charging]).ravel(), np.tile([1.0, sign], count), below, side)
        for leg, sign, side in ((0, -POWER_MW, np.zeros(count)), (1, POWER_MW, np.full(count, POWER_MW)))
    ]
