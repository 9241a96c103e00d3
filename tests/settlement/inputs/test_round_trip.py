"""Orders and plans that the product writes are read back without a finding, to the last digit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.horizon import Horizon
from dispatch.schedules import Schedule
from huchu.schedules.orders import orders_frame
from huchu.schedules.plan_points import plan_frame
from settlement.export.tables import csv_bytes
from settlement.inputs.records import Leg
from tariffs.vocabulary.timegrid import ZONE, physical

QUARTER_KWH_E4 = {Leg.CHARGE: 20_000_000, Leg.DISCHARGE: 25_000_000}
"""A quarter at the rated 8 MW of charging and 10 MW of discharging, in 1e-4 kWh."""


def schedule(net_kwh_e4: list[int], minutes: int, first_minute: int = 0) -> Schedule:
    """A schedule of SH-1 from a minute of 1 July on, discharge positive."""
    first = datetime(2025, 7, 1, tzinfo=ZONE) + timedelta(minutes=first_minute)
    net = np.array(net_kwh_e4, dtype=np.int64)
    return Schedule(
        station_id="SH-1",
        horizon=Horizon(first_ms=physical(first), minutes=minutes, count=len(net)),
        charge_kwh_e4=np.maximum(-net, 0),
        discharge_kwh_e4=np.maximum(net, 0),
        stored_mwh=np.zeros(len(net)),
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """A day or so in steps of any length, within the powers and the energy of SH-1."""
    minutes = draw(st.sampled_from((5, 15, 30, 60)))
    most = {leg: energy * minutes // 15 for leg, energy in QUARTER_KWH_E4.items()}
    # at most two hours at full power in one direction hold 20 MWh; a pause ends each run
    runs = draw(
        st.lists(
            st.lists(st.integers(-most[Leg.CHARGE], most[Leg.DISCHARGE]), min_size=1, max_size=120 // minutes),
            min_size=1,
            max_size=8,
        )
    )
    energies = [energy for run in runs for energy in [*run, 0]]
    return schedule(energies, minutes, draw(st.integers(0, 20)) * 60)


def expected_orders(planned: Schedule) -> list[tuple[str, int, int, int]]:
    """Direction, start, end in milliseconds and energy of each unbroken run, by going through the steps one by one."""
    step_ms = planned.horizon.minutes * 60_000
    found: list[tuple[str, int, int, int]] = []
    for number, (charge, discharge) in enumerate(zip(planned.charge_kwh_e4, planned.discharge_kwh_e4, strict=True)):
        start = planned.horizon.first_ms + number * step_ms
        leg, energy = ("charge", int(charge)) if charge else ("discharge", int(discharge))
        if energy and found and found[-1][0] == leg and found[-1][2] == start:
            found[-1] = (leg, found[-1][1], start + step_ms, found[-1][3] + energy)
        elif energy:
            found.append((leg, start, start + step_ms, energy))
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=schedules())
def test_orders_that_we_write_are_read_back_exactly(planned: Schedule, outcome_of: Callable[..., Any]) -> None:
    found = outcome_of("orders", csv_bytes(orders_frame([planned])))
    assert () == found.findings
    assert expected_orders(planned) == [
        (each.direction.value, physical(each.start_at), physical(each.end_at), each.energy_kwh_e4)
        for each in found.inputs.orders
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=schedules())
def test_a_plan_that_we_write_is_read_back_quarter_by_quarter(
    planned: Schedule, outcome_of: Callable[..., Any]
) -> None:
    found = outcome_of("plan", csv_bytes(plan_frame([planned])))
    assert found.codes() <= {"plan_turns_in_quarter"}
    plan = found.inputs.plan
    assert 96 * len(planned.horizon.dates) == plan.height
    per_quarter = max(planned.horizon.minutes // 15, 1)
    for leg, energies in (("charge", planned.charge_kwh_e4), ("discharge", planned.discharge_kwh_e4)):
        # 0.01 kW over a quarter is 25 in 1e-4 kWh; each point was rounded by half of 0.01 kW at most
        read_kwh_e4 = 25 * plan[f"{leg}_kw_e2"].to_numpy()
        assert abs(int(read_kwh_e4.sum()) - int(energies.sum())) <= 12.5 * len(energies) * per_quarter


@pytest.mark.parametrize("minutes", [5, 15, 30, 60])
def test_full_power_without_a_break_is_no_finding(minutes: int, outcome_of: Callable[..., Any]) -> None:
    steps = 120 // minutes
    full = {leg: energy * minutes // 15 for leg, energy in QUARTER_KWH_E4.items()}
    planned = schedule([full[Leg.DISCHARGE]] * steps + [-full[Leg.CHARGE]] * steps, minutes)
    for kind, frame in (("orders", orders_frame([planned])), ("plan", plan_frame([planned]))):
        assert () == outcome_of(kind, csv_bytes(frame)).findings
    plan = outcome_of("plan", csv_bytes(plan_frame([planned]))).inputs.plan
    assert 8 * [1_000_000] == plan["discharge_kw_e2"].head(8).to_list()
    assert 8 * [800_000] == plan["charge_kw_e2"].slice(8, 8).to_list()
    assert 0 == plan.select(pl.col("charge_kw_e2", "discharge_kw_e2").slice(16).sum()).row(0)[0]
