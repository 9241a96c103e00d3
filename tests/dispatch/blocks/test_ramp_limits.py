"""Net power changes by no more than the ramp allows. 10 MW, 20 MWh, no losses; figures by hand."""

from typing import Any

import pytest

from dispatch.blocks import ramp_limits
from dispatch.task import block


def test_the_step_from_charging_to_discharging_is_a_ramp(best: Any, station_of: Any) -> None:
    """0.05 MW a minute are 3 MW an hour: 1.5 MW in, then 1.5 MW out."""
    slow = block("ramp_limits", ramp_limits.Terms(ramp_mw_per_min=0.05))
    outcome = best(station_of(2), [10.0, 50.0], slow)
    assert pytest.approx(1.5 * 40) == outcome.objective_cny


def test_the_first_step_may_start_at_any_power(best: Any, station_of: Any) -> None:
    slow = block("ramp_limits", ramp_limits.Terms(ramp_mw_per_min=0.05))
    assert pytest.approx([10.0]) == best(station_of(1), [-10.0], slow).charge_mw
