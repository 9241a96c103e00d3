"""A sweep and a map against sizes evaluated one by one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import evaluated
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.npv_map import npv_map
from dispatch.sizing.sweep import SizeGrid, sweep_sizes
from tariffs.vocabulary.errors import RecordProblems, UsageError

GroundOf = Callable[..., Ground]
SizeOf = Callable[[str, str], Size]
TWO = (
    {"name": "market", "regime": "market", "signals": "p.csv"},
    {"name": "regulated", "regime": "regulated", "calls": 100},
)
GRID = SizeGrid(
    power_mw=(Decimal(10), Decimal(20)),
    duration_h=(Decimal(2), Decimal("3.3")),
    power_cost_cny_per_kw=(Decimal(50), Decimal(80)),
    energy_cost_cny_per_kwh=(Decimal(100), Decimal(300)),
)


def test_every_point_of_a_sweep_is_the_size_evaluated_by_itself(ground_with: GroundOf, uneven: Any) -> None:
    swept = sweep_sizes(ground_with(*TWO, prices=uneven), GRID, mesh_h=0.0)
    for row in swept.frame.iter_rows(named=True):
        costs = {key: Decimal(str(row[key])) for key in ("power_cost_cny_per_kw", "energy_cost_cny_per_kwh")}
        ground = ground_with(*TWO, prices=uneven, cost=costs)
        power, duration = Decimal(str(row["power_mw"])), Decimal(str(row["duration_h"]))
        known = evaluated(ground, ground.scenario(row["scenario"]), Size(power_mw=power, energy_mwh=power * duration))
        assert pytest.approx(known.measures.npv_fen / 100, abs=2.0) == row["npv_cny"]
    assert 2 * 2 * 2 * 2 * 2 == swept.frame.height


def test_powers_and_costs_share_the_years_of_their_duration(ground_with: GroundOf) -> None:
    # two scenarios of two durations, each year of the life alike
    assert 4 == sweep_sizes(ground_with(*TWO), GRID, mesh_h=0.0).planned_years


def test_rows_stand_by_scenario_power_duration_and_costs(ground_with: GroundOf) -> None:
    frame = sweep_sizes(ground_with(*TWO), GRID).frame
    assert [
        "scenario",
        "power_mw",
        "duration_h",
        "power_cost_cny_per_kw",
        "energy_cost_cny_per_kwh",
        "npv_cny",
    ] == frame.columns
    rows = frame.drop("npv_cny").rows()
    assert ("market", 10.0, 2.0, 50.0, 100.0) == rows[0]
    assert ("market", 10.0, 2.0, 50.0, 300.0) == rows[1]
    assert ("market", 10.0, 2.0, 80.0, 100.0) == rows[2]
    assert ("market", 10.0, 3.3, 50.0, 100.0) == rows[4]
    assert ("market", 20.0, 2.0, 50.0, 100.0) == rows[8]
    assert ("regulated", 20.0, 3.3, 80.0, 300.0) == rows[-1]


def test_what_is_left_out_stays_as_the_project_has_it(ground_with: GroundOf) -> None:
    frame = sweep_sizes(ground_with(*TWO), SizeGrid(power_mw=(Decimal(10),), duration_h=(Decimal(2),))).frame
    assert [("market", 50.0, 100.0), ("regulated", 50.0, 100.0)] == frame.select(
        "scenario", "power_cost_cny_per_kw", "energy_cost_cny_per_kwh"
    ).rows()
    assert pytest.approx(5_101_652.892562) == frame["npv_cny"][0]


def test_an_unknown_scenario_is_refused_with_the_nearest(ground_with: GroundOf) -> None:
    grid = SizeGrid(power_mw=(Decimal(10),), duration_h=(Decimal(2),), scenario=("markt",))
    with pytest.raises(UsageError) as refused:
        sweep_sizes(ground_with(*TWO), grid)
    assert "market" in refused.value.do.en


@pytest.mark.parametrize(("power", "duration", "cost"), [(0, 2, 50), (10, 0, 50), (10, 2, -1)])
def test_a_power_a_duration_or_a_cost_that_cannot_be_is_refused(power: int, duration: int, cost: int) -> None:
    with pytest.raises(RecordProblems):
        SizeGrid(power_mw=(Decimal(power),), duration_h=(Decimal(duration),), power_cost_cny_per_kw=(Decimal(cost),))


def test_a_station_too_small_for_the_regulated_prices_has_no_value_in_sweep_and_map(ground_with: GroundOf) -> None:
    ground = ground_with(*TWO)
    grid = SizeGrid(power_mw=(Decimal(9), Decimal(10)), duration_h=(Decimal(2),), scenario=("regulated",))
    assert [False, True] == [npv is not None for npv in sweep_sizes(ground, grid).frame["npv_cny"]]
    shown = npv_map(Curve(ground=ground), ground.scenario("regulated"), grid.power_mw, grid.duration_h)
    assert [False, True] == [npv is not None for npv in shown.npv_cny[0]]


def test_calls_that_cannot_be_made_leave_the_value_empty(ground_with: GroundOf) -> None:
    ground = ground_with({**TWO[0], "calls": 1_500})
    frame = sweep_sizes(ground, SizeGrid(power_mw=(Decimal(10),), duration_h=(Decimal(1), Decimal(4)))).frame
    # 212 days of 24 hours are 2,544 discharges of one hour at most, and 636 of four
    assert [True, False] == [npv is not None for npv in frame["npv_cny"]]


def test_a_map_covers_the_limits_of_the_size_with_the_values_of_a_sweep(ground_with: GroundOf) -> None:
    ground = ground_with(size={"min_power_mw": 9})
    shown = npv_map(Curve(ground=ground), ground.project.scenario[0])
    assert (9, 20, 12) == (shown.power_mw[0], shown.power_mw[-1], len(shown.power_mw))
    assert (1, 4, 7) == (shown.duration_h[0], shown.duration_h[-1], len(shown.duration_h))
    frame = sweep_sizes(ground, SizeGrid(power_mw=shown.power_mw, duration_h=shown.duration_h)).frame
    by_size = {(row[1], row[2]): row[5] for row in frame.rows()}
    for duration, line in zip(shown.duration_h, shown.npv_cny, strict=True):
        assert line == tuple(by_size[float(power), float(duration)] for power in shown.power_mw)


def test_a_map_of_one_power_and_one_duration_has_one_point(ground_with: GroundOf) -> None:
    one = {"min_power_mw": 20, "max_power_mw": 20, "min_duration_h": 2, "max_duration_h": 2}
    ground = ground_with(size=one)
    shown = npv_map(Curve(ground=ground), ground.project.scenario[0])
    assert pytest.approx(2 * 5_101_652.892562) == shown.npv_cny[0][0]
    assert (1, 1) == (len(shown.power_mw), len(shown.duration_h))
