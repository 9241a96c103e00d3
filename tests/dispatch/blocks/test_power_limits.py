"""Neither power exceeds its limit. The station: 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest


def test_a_cheap_hour_and_a_dear_one_are_used_at_full_power(best: Any, station_of: Any) -> None:
    outcome = best(station_of(2), [10.0, 50.0])
    assert pytest.approx([10.0, 0.0]) == outcome.charge_mw
    assert pytest.approx([0.0, 10.0]) == outcome.discharge_mw
    assert pytest.approx(10 * 50 - 10 * 10) == outcome.objective_cny


def test_an_outage_in_the_dear_hour_halves_what_is_worth_charging(best: Any, station_of: Any) -> None:
    half_out = replace(station_of(2), discharge_limit_mw=np.array([10.0, 5.0]))
    outcome = best(half_out, [10.0, 50.0])
    assert pytest.approx(5 * 50 - 5 * 10) == outcome.objective_cny


def test_a_quarter_of_an_hour_moves_a_quarter_of_the_energy(best: Any, station_of: Any) -> None:
    assert pytest.approx(100.0) == best(station_of(2, 15), [10.0, 50.0]).objective_cny
