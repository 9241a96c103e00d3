"""What comes in, less losses, is what goes out. The station: 10 MW, 20 MWh, empty at the start; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest


def test_losses_are_counted_on_both_legs(best: Any, station_of: Any) -> None:
    """10 MWh charged at 0.8 are 8 inside, and at 0.5 give 4."""
    lossy = replace(station_of(2), charge_efficiency=0.8, discharge_efficiency=0.5)
    outcome = best(lossy, [10.0, 50.0])
    assert pytest.approx([0.0, 4.0]) == outcome.discharge_mw
    assert pytest.approx(4 * 50 - 10 * 10) == outcome.objective_cny


def test_half_of_what_is_stored_is_lost_in_a_step_that_keeps_half(best: Any, station_of: Any) -> None:
    leaking = replace(station_of(2), kept_ratio=0.5)
    assert pytest.approx(5 * 50 - 10 * 10) == best(leaking, [10.0, 50.0]).objective_cny


def test_what_is_stored_at_the_start_can_be_sold_after_the_first_loss(best: Any, station_of: Any) -> None:
    holding = replace(station_of(1), kept_ratio=0.5, initial_stored_mwh=12.0)
    assert pytest.approx(6 * 50) == best(holding, [50.0]).objective_cny


def test_one_more_stored_mwh_is_worth_what_it_sells_for(best: Any, station_of: Any) -> None:
    """10 MWh are charged at most and 20 could be sold at 50: so could another MWh, whether there early or late."""
    strong = replace(station_of(2), discharge_limit_mw=np.array([20.0, 20.0]))
    assert pytest.approx([50.0, 50.0]) == best(strong, [10.0, 50.0]).stored_worth_cny_per_mwh
