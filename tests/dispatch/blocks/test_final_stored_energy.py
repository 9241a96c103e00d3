"""What is left at the end is fixed. 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from typing import Any

import pytest

from dispatch.blocks import final_stored_energy
from dispatch.outcome import Infeasible
from dispatch.task import block


def test_energy_that_must_be_left_is_bought_at_the_cheapest(best: Any, station_of: Any) -> None:
    left = block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=4.0))
    assert pytest.approx(-4 * 10) == best(station_of(2), [12.0, 10.0], left).objective_cny


def test_more_than_can_be_charged_in_time_is_infeasible(best: Any, station_of: Any) -> None:
    left = block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=11.0))
    with pytest.raises(Infeasible):
        best(station_of(1), [12.0], left)
