"""The store is never emptier and never fuller than it may be. 10 MW, 20 MWh, no losses; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest


def test_no_more_is_charged_than_the_store_may_hold(best: Any, station_of: Any) -> None:
    small = replace(station_of(2), max_stored_mwh=np.array([6.0, 6.0]))
    assert pytest.approx(6 * 50 - 6 * 10) == best(small, [10.0, 50.0]).objective_cny


def test_the_store_is_not_emptied_below_its_floor(best: Any, station_of: Any) -> None:
    floored = replace(station_of(1), min_stored_mwh=np.array([2.0]), initial_stored_mwh=5.0)
    assert pytest.approx(3 * 50) == best(floored, [50.0]).objective_cny
