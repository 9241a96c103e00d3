"""Full discharges on season days. 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.blocks import season_calls
from dispatch.outcome import Infeasible
from dispatch.task import Block, block

EXCLUSIVE = block("exclusive_modes")


def calls_of(calls: float, in_season: list[float]) -> Block:
    return block("season_calls", season_calls.Terms(calls=calls, in_season=np.array(in_season)))


def test_a_quarter_call_is_met_at_a_loss_and_priced(best: Any, station_of: Any) -> None:
    """5 MWh bought at 50 and sold at 10; a whole call more would cost 20 MWh * 40."""
    outcome = best(station_of(2), [50.0, 10.0], EXCLUSIVE, calls_of(0.25, [1.0, 1.0]))
    assert pytest.approx(-5 * 40) == outcome.objective_cny
    assert pytest.approx(20 * 40) == outcome.call_price_cny


def test_calls_that_pay_by_themselves_cost_nothing(best: Any, station_of: Any) -> None:
    assert pytest.approx(0.0) == best(station_of(2), [10.0, 50.0], calls_of(0.25, [1.0, 1.0])).call_price_cny


def test_a_discharge_out_of_season_is_no_call(best: Any, station_of: Any) -> None:
    """The dear hour is out of season: 5 MWh are sold in the second hour, the other 5 in the third."""
    outcome = best(station_of(3), [10.0, 20.0, 50.0], EXCLUSIVE, calls_of(0.25, [0.0, 1.0, 0.0]))
    assert pytest.approx(5 * 20 + 5 * 50 - 10 * 10) == outcome.objective_cny


def test_own_use_inside_the_meter_is_no_call(best: Any, station_of: Any) -> None:
    """Of 10 MW discharged for an hour 1 MW is own use: 9 of 20 MWh are given."""
    modest = replace(station_of(2), auxiliary_mw=1.0)
    with pytest.raises(Infeasible):
        best(modest, [10.0, 50.0], block("auxiliary_use"), calls_of(0.46, [1.0, 1.0]))
    assert best(modest, [10.0, 50.0], block("auxiliary_use"), calls_of(0.45, [1.0, 1.0]))


def test_without_exclusive_modes_a_call_is_made_out_of_nothing(best: Any, station_of: Any) -> None:
    """5 MWh in and out in one hour, at one price and without losses, cost nothing; no schedule would do so."""
    assert pytest.approx(0.0) == best(station_of(2), [50.0, 10.0], calls_of(0.25, [1.0, 1.0])).objective_cny
