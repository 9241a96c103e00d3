"""The grid meter sees own use. 10 MW, 20 MWh, no losses, empty at the start, own use 1 MW; figures by hand."""

from dataclasses import replace
from typing import Any

import pytest

from dispatch.task import block


def test_own_use_is_bought_while_charging_and_taken_off_what_is_sold(best: Any, station_of: Any) -> None:
    modest = replace(station_of(2), auxiliary_mw=1.0)
    outcome = best(modest, [10.0, 50.0], block("auxiliary_use"))
    assert pytest.approx(9 * 50 - 11 * 10) == outcome.objective_cny
    assert pytest.approx([0.0, 10.0]) == outcome.discharge_mw


def test_nothing_is_bought_and_sold_at_once_where_selling_is_dearer(best: Any, station_of: Any) -> None:
    """Own use is bought at 10; buying 11 and selling 10 at 60 would be a trade without a store."""
    modest = replace(station_of(1), auxiliary_mw=1.0)
    outcome = best(modest, [10.0], block("auxiliary_use"), block("exclusive_modes"), discharge_price=[60.0])
    assert pytest.approx(-10.0) == outcome.objective_cny
