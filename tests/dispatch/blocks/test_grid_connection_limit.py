"""The connection point carries store and wind together. 10 MW, 20 MWh, no losses; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.blocks import grid_connection_limit
from dispatch.task import block


@pytest.mark.parametrize(
    ("wind", "traded_mwh"), [([0.0, 0.0], 3.0), ([0.0, 2.0], 1.0), ([2.0, 0.0], 3.0), ([0.0, -4.0], 3.0)]
)
def test_wind_takes_from_what_the_store_may_give(
    best: Any, station_of: Any, wind: list[float], traded_mwh: float
) -> None:
    """Limit 3 MW: the store takes 3 (5 with 2 of wind) and gives 3 less the wind; the wind's own money is not counted."""
    shared = block("grid_connection_limit", grid_connection_limit.Terms(limit_mw=3.0, wind_mw=np.array(wind)))
    assert pytest.approx(traded_mwh * 40) == best(station_of(2), [10.0, 50.0], shared).objective_cny


def test_own_use_flows_through_the_connection_point_too(best: Any, station_of: Any) -> None:
    """1 MW of own use: 2 MW are left for charging; out of them 1 MW is sold: 50 - 3 * 10."""
    modest = replace(station_of(2), auxiliary_mw=1.0)
    shared = block("grid_connection_limit", grid_connection_limit.Terms(limit_mw=3.0, wind_mw=np.zeros(2)))
    outcome = best(modest, [10.0, 50.0], block("auxiliary_use"), shared)
    assert pytest.approx([2.0, 0.0]) == outcome.charge_mw
    assert pytest.approx(50 - 3 * 10) == outcome.objective_cny
