"""The peer of a sweep of sizes: one linear program a point as sparse rows of numpy, each solved anew by HiGHS."""

from typing import Any

import highspy
import numpy as np

from benchmarks.dispatch_case import EFFICIENCY, Floats


def yearly_revenue_cny(price_cny_per_mwh: Floats, power_mw: float, energy_mwh: float) -> float:
    """The most that a station earns in a year of hourly prices, 元, empty at both ends.

    Raises  RuntimeError if HiGHS proves no optimum
    """
    untyped: Any = highspy
    highs = untyped.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(*_model(price_cny_per_mwh, power_mw, energy_mwh))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"raw HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
    return -float(highs.getInfo().objective_function_value)


def _model(price: Floats, power_mw: float, energy_mwh: float) -> tuple[Any, ...]:
    """Columns charge, discharge, stored at the end of each hour; a row an hour: what is stored is what comes in less out."""
    count = len(price)
    hour = np.arange(count, dtype=np.int32)
    stored = np.stack([hour, np.minimum(hour + 1, count - 1)], axis=1).ravel()[: 2 * count - 1]
    index = np.concatenate([hour, hour, stored])
    each = np.tile([1.0, -1.0], count)[: 2 * count - 1]
    coefficient = np.concatenate([np.full(count, -EFFICIENCY), np.full(count, 1 / EFFICIENCY), each])
    starts = np.concatenate([np.arange(2 * count), 2 * count + 2 * np.arange(count)]).astype(np.int32)
    full = np.full(count, energy_mwh / EFFICIENCY)
    full[-1] = 0.0
    nothing = np.zeros(count)
    return (
        3 * count,
        count,
        len(index),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.concatenate([price, -price, nothing]),
        np.zeros(3 * count),
        np.concatenate([np.full(2 * count, power_mw), full]),
        nothing,
        nothing,
        starts,
        index.astype(np.int32),
        coefficient,
        np.zeros(3 * count, dtype=np.int32),
    )
