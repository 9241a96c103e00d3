"""So many full discharges a local day. 10 MW, 20 MWh, no losses, empty at the start; figures by hand."""

from dataclasses import replace
from typing import Any

import pytest

from dispatch.blocks import daily_cycle_cap
from dispatch.horizon import Horizon
from dispatch.task import block
from tariffs.vocabulary.units import HOURS_PER_DAY, MS_PER_DAY


def test_half_a_cycle_a_day_is_ten_mwh_a_day(best: Any, station_of: Any) -> None:
    """24 hours from noon on lie on two local days: 10 MWh on each, 40 元 earned with every MWh."""
    station = station_of(HOURS_PER_DAY)
    noon_ms = station.horizon.first_ms + MS_PER_DAY // 2
    from_noon = replace(station, horizon=Horizon(first_ms=noon_ms, minutes=60, count=HOURS_PER_DAY))
    cap = block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=0.5))
    outcome = best(from_noon, [10.0, 50.0] * 12, cap)
    assert pytest.approx(2 * 10 * 40) == outcome.objective_cny
    assert pytest.approx(10.0) == outcome.discharge_mw[:12].sum()
