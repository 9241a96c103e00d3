"""Both legs at a share of the benchmark price. 10 MW, 20 MWh, no losses; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.lazy import lazy
from dispatch.objectives import regulated_revenue
from dispatch.outcome import Limits
from dispatch.task import block, objective

CHAIN = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")


def test_a_cycle_earns_the_difference_of_the_two_shares(station_of: Any, task_of: Any) -> None:
    """Benchmark 400 元/MWh, 0.5 of it paid and 1.2 of it earned, 10 MWh: 10 * 400 * 0.7."""
    task = task_of(station_of(2), [block(name) for name in CHAIN], [0.0, 0.0])
    terms = regulated_revenue.Terms(
        benchmark_cny_per_mwh=np.full(2, 400.0),
        charge_price_ratio=np.full(2, 0.5),
        discharge_price_ratio=np.full(2, 1.2),
    )
    regulated = replace(task, objective=objective("regulated_revenue", terms))
    assert pytest.approx(2800.0) == lazy(regulated, Limits()).objective_cny
