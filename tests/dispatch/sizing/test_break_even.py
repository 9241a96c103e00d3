"""Break-even figures: at the figure nothing is earned and nothing lost, and none is told where there is none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dispatch.sizing.break_even import BreakEven, break_evens, zero_of
from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import evaluated
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size

GroundOf = Callable[..., Ground]
SizeOf = Callable[[str, str], Size]
MARKET = {"name": "market", "regime": "market", "signals": "p.csv"}
YEARS = 1 / 1.1 + 1 / 1.21
"""What 1 元 in each of two years is worth today at 10 %."""


def told_of(ground: Ground, size: Size) -> dict[str, BreakEven]:
    found = break_evens(Curve(ground=ground), ground.project.scenario[0], size)
    return {each.name: each for each in found}


def npv_of(ground: Ground, size: Size) -> float:
    return evaluated(ground, ground.project.scenario[0], size).measures.npv_fen / 100


def test_the_cost_of_energy_that_just_earns_back(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 4,380,000 a year; 500,000 for power; the rest over 20,000 kWh
    found = told_of(ground_with(), size_of("10", "20"))["energy_cost"]
    assert pytest.approx((4_380_000 * YEARS - 500_000) / 20_000, rel=1e-5) == found.figure
    assert (100.0, False) == (found.now, found.earns_above)


def test_the_efficiency_that_just_earns_back(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 20 MWh sold at 700 and 20 / e bought at 100 on 365 days; 7,500,000 to be earned back in two years
    ground = ground_with(cost={"energy_cost_cny_per_kwh": 350})
    found = told_of(ground, size_of("10", "20"))["round_trip_efficiency"]
    bought = 365 * 20 * 700 - 7_500_000 / YEARS
    assert pytest.approx(365 * 20 * 100 / bought, rel=1e-4) == found.figure
    assert (1.0, True) == (found.now, found.earns_above)


def test_the_number_of_discharges_that_just_earns_back(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 365 discharges of 20 MWh earn 12,000 each; 2,500,000 to be earned back; any smaller number is a mix of days
    found = told_of(ground_with(), size_of("10", "20"))["full_discharges"]
    assert pytest.approx(2_500_000 / YEARS / 12_000, rel=1e-5) == found.figure
    assert (pytest.approx(365), 0.0, pytest.approx(365)) == (found.now, found.least, found.most)


def test_the_capacity_price_that_just_earns_back(ground_with: GroundOf, size_of: SizeOf) -> None:
    # no spread at all: 2,500,000 over 10,000 kW and two years
    found = told_of(ground_with(prices=[300.0]), size_of("10", "20"))["capacity_price"]
    assert pytest.approx(2_500_000 / YEARS / 10_000, rel=1e-5) == found.figure
    assert 0.0 == found.now


def test_the_capacity_price_of_a_scenario_s_own_kind_pays_by_duration(ground_with: GroundOf, size_of: SizeOf) -> None:
    national = {**MARKET, "capacity_support": "national_capacity_price", "net_load_peak_h": 4}
    ground = ground_with(national, prices=[300.0], project={"first_on": date(2026, 7, 1)})
    found = told_of(ground, size_of("10", "20"))["capacity_price"]
    # two hours of four: half the price
    assert pytest.approx(2 * 2_500_000 / YEARS / 10_000, rel=1e-5) == found.figure
    assert 165.0 == found.now


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("energy_cost", lambda figure: {"cost": {"energy_cost_cny_per_kwh": figure}}),
        ("round_trip_efficiency", lambda figure: {"project": {"round_trip_efficiency": figure, "life_years": 3}}),
    ],
)
def test_at_the_figure_the_exact_present_value_is_almost_zero(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, name: str, tables: Callable[[Decimal], dict[str, Any]]
) -> None:
    plain: dict[str, Any] = {
        "project": {"life_years": 3, "round_trip_efficiency": Decimal("0.9")},
        "finance": {"income_tax_ratio": Decimal("0.25"), "residual_ratio": Decimal("0.05"), "depreciation_years": 3},
        "cost": {"energy_cost_cny_per_kwh": 450},
    }
    found = told_of(ground_with(prices=uneven, **plain), size_of("10", "20"))[name]
    assert found.figure is not None
    changed = tables(Decimal(str(round(found.figure, 6))))
    merged = {table: {**plain.get(table, {}), **changed.get(table, {})} for table in {**plain, **changed}}
    # of some 9 million spent and earned back
    assert pytest.approx(0.0, abs=1_000) == npv_of(ground_with(prices=uneven, **merged), size_of("10", "20"))


def test_where_no_figure_will_do_none_is_told(ground_with: GroundOf, size_of: SizeOf) -> None:
    told = told_of(ground_with(prices=[300.0]), size_of("10", "20"))
    assert [None] * 3 == [told[name].figure for name in ("energy_cost", "round_trip_efficiency", "full_discharges")]
    assert [False] * 3 == [
        told[name].earns_throughout for name in ("energy_cost", "round_trip_efficiency", "full_discharges")
    ]


def test_where_every_figure_earns_none_is_told_either(ground_with: GroundOf, size_of: SizeOf) -> None:
    told = told_of(ground_with(cost={"power_cost_cny_per_kw": 0, "energy_cost_cny_per_kwh": 1}), size_of("10", "20"))
    assert (None, True) == (told["round_trip_efficiency"].figure, told["round_trip_efficiency"].earns_throughout)
    assert (None, True) == (told["capacity_price"].figure, told["capacity_price"].earns_throughout)


@pytest.mark.parametrize("changed", [{"with_settings": False}, {"project": {"first_on": date(2031, 1, 1)}}])
def test_without_documents_on_support_no_capacity_price_is_told(
    ground_with: GroundOf, size_of: SizeOf, changed: dict[str, Any]
) -> None:
    assert "capacity_price" not in told_of(ground_with(**changed), size_of("10", "20"))


@pytest.mark.parametrize("root", [0.001, 0.5, 3.0, 9.999])
def test_a_zero_is_found_wherever_it_lies(root: float) -> None:
    assert pytest.approx(root, rel=1e-5) == zero_of(lambda figure: figure**3 - root**3, 0.0, 10.0)
    assert pytest.approx(root, rel=1e-5) == zero_of(lambda figure: root - figure, 0.0, 10.0)


def test_a_figure_at_which_nothing_can_be_operated_counts_as_a_loss() -> None:
    assert pytest.approx(4.0, rel=1e-5) == zero_of(lambda figure: 1.0 if figure > 4 else None, 0.0, 10.0)
    assert zero_of(lambda _figure: None, 0.0, 10.0) is None
