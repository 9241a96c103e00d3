"""Wear is paid on every MWh discharged. 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from typing import Any

import pytest

from dispatch.blocks import wear_cost
from dispatch.task import block


@pytest.mark.parametrize(("wear", "earned"), [(15.0, 10 * (40 - 15)), (45.0, 0.0)])
def test_a_cycle_is_made_where_it_earns_more_than_it_wears(
    best: Any, station_of: Any, wear: float, earned: float
) -> None:
    worn = block("wear_cost", wear_cost.Terms(wear_cost_cny_per_mwh=wear))
    assert pytest.approx(earned) == best(station_of(2), [10.0, 50.0], worn).objective_cny
