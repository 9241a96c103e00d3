"""Never both legs in one step. 10 MW, 20 MWh, efficiencies 0.8 and 0.8, empty at both ends; figures by hand."""

from dataclasses import replace
from typing import Any

import pytest

from dispatch.blocks import final_stored_energy
from dispatch.task import block

EMPTY = block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=0.0))


def test_without_the_block_a_negative_price_pays_for_losses(best: Any, station_of: Any) -> None:
    """10 MW taken at -10 and 6.4 MW given at -10 in the same hour: 100 - 64."""
    lossy = replace(station_of(1), charge_efficiency=0.8, discharge_efficiency=0.8)
    assert pytest.approx(36.0) == best(lossy, [-10.0], EMPTY).objective_cny


def test_with_the_block_the_same_hour_earns_nothing(best: Any, station_of: Any) -> None:
    lossy = replace(station_of(1), charge_efficiency=0.8, discharge_efficiency=0.8)
    outcome = best(lossy, [-10.0], EMPTY, block("exclusive_modes"))
    assert pytest.approx(0.0) == outcome.objective_cny
    assert 1 == outcome.binaries


def test_two_hours_of_negative_prices_allow_one_cycle(best: Any, station_of: Any) -> None:
    """Charge 10 in the first hour and give 6.4 in the second, at -20 and -10."""
    lossy = replace(station_of(2), charge_efficiency=0.8, discharge_efficiency=0.8)
    outcome = best(lossy, [-20.0, -10.0], EMPTY, block("exclusive_modes"))
    assert pytest.approx(10 * 20 - 6.4 * 10) == outcome.objective_cny


def test_no_binary_is_spent_where_doing_both_never_pays(best: Any, station_of: Any) -> None:
    assert 0 == best(station_of(4), [10.0, 50.0, 10.0, 50.0], block("exclusive_modes")).binaries
