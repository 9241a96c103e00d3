"""Leased power and energy stay free. 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.blocks import leased_reserve
from dispatch.task import Block, block


def leased(power_mw: float, energy_mwh: float) -> Block:
    terms = leased_reserve.Terms(leased_power_mw=np.full(2, power_mw), leased_energy_mwh=np.full(2, energy_mwh))
    return block("leased_reserve", terms)


def test_leased_power_is_not_used(best: Any, station_of: Any) -> None:
    assert pytest.approx(2 * 40) == best(station_of(2), [10.0, 50.0], leased(8.0, 0.0)).objective_cny


def test_leased_energy_is_room_in_the_store_with_losses_on_the_way_out(best: Any, station_of: Any) -> None:
    """8 MWh to be given at 0.5 need 16 MWh inside: 4 of 20 are left, which give 2."""
    lossy = replace(station_of(2), discharge_efficiency=0.5)
    assert pytest.approx(2 * 50 - 4 * 10) == best(lossy, [10.0, 50.0], leased(4.0, 8.0)).objective_cny
