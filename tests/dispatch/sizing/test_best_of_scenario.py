"""The best size under a scenario, against every size of a small grid evaluated one by one."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from dispatch.sizing.best import best_of_scenario
from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import evaluated, quick_npv_cny
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Project, Size
from tariffs.vocabulary.errors import InputError

GroundOf = Callable[..., Ground]
MARKET = {"name": "market", "regime": "market", "signals": "p.csv"}
REGULATED = {"name": "regulated", "regime": "regulated"}
COARSE = {"power_step_mw": 2, "energy_step_mwh": 4}
DEAR_ENERGY = {"power_cost_cny_per_kw": 100, "energy_cost_cny_per_kwh": 330}
LISTED = {"first_on": date(2026, 7, 1), "round_trip_efficiency": Decimal("0.87")}
Changed = dict[str, dict[str, Any]]
CASES: dict[str, tuple[dict[str, Any], Changed]] = {
    "cheap": (MARKET, {"size": COARSE}),
    "dear energy and a limit of investment": (
        MARKET,
        {"size": {**COARSE, "max_investment_cny": 9_000_000}, "cost": DEAR_ENERGY},
    ),
    "steps of power far apart": (
        MARKET,
        {"size": {"power_step_mw": 7, "energy_step_mwh": 1, "max_investment_cny": 9_000_000}, "cost": DEAR_ENERGY},
    ),
    "steps of energy far apart": (
        MARKET,
        {"size": {"power_step_mw": 2, "energy_step_mwh": 9, "max_investment_cny": 9_000_000}, "cost": DEAR_ENERGY},
    ),
    "a limit of energy": (MARKET, {"size": {**COARSE, "max_energy_mwh": 31}, "cost": DEAR_ENERGY}),
    "one duration and a limit of investment": (
        MARKET,
        {
            "size": {
                "power_step_mw": 1,
                "energy_step_mwh": 1,
                "min_duration_h": Decimal("2.3"),
                "max_duration_h": Decimal("2.3"),
                "max_investment_cny": 12_000_000,
            },
            "cost": DEAR_ENERGY,
        },
    ),
    "tax, no losses carried and a fixed cost": (
        MARKET,
        {
            "size": COARSE,
            "cost": {**DEAR_ENERGY, "fixed_investment_cny": 2_000_000},
            "finance": {"income_tax_ratio": Decimal("0.25"), "loss_carry_years": 0, "depreciation_years": 1},
        },
    ),
    "a capacity price up to its longest peak": (
        {**MARKET, "capacity_support": "national_capacity_price", "net_load_peak_h": Decimal("2.6")},
        {
            "size": {"power_step_mw": 4, "energy_step_mwh": 2},
            "cost": {"power_cost_cny_per_kw": 100, "energy_cost_cny_per_kwh": 400},
        },
    ),
    "fade": (
        MARKET,
        {
            "size": {"power_step_mw": 5, "energy_step_mwh": 5},
            "cost": DEAR_ENERGY,
            "fade": {"calendar_fade_per_year": Decimal("0.03"), "cycle_life": [[Decimal("0.5"), 8000], [1, 3000]]},
            "project": {"round_trip_efficiency": Decimal("0.9")},
        },
    ),
    "regulated": (
        REGULATED,
        {
            "size": {"min_power_mw": 10, "power_step_mw": 5, "energy_step_mwh": 5},
            "cost": {"power_cost_cny_per_kw": 10, "energy_cost_cny_per_kwh": 20},
            "project": LISTED,
        },
    ),
    "regulated with an award": (
        {**REGULATED, "award": "own", "award_rate_cny_per_kwh": Decimal("0.35")},
        {
            "size": {"min_power_mw": 10, "power_step_mw": 5, "energy_step_mwh": 5},
            "cost": {"power_cost_cny_per_kw": 100, "energy_cost_cny_per_kwh": 100},
            "project": LISTED,
        },
    ),
}


def sizes_of(project: Project) -> Iterator[Size]:
    """Every size in whole steps that keeps the limits, told apart from them here once more."""
    limits, cost = project.size, project.cost
    powers = [limits.power_step_mw * n for n in range(1, int(limits.max_power_mw / limits.power_step_mw) + 1)]
    most_mwh = limits.max_power_mw * limits.max_duration_h
    energies = [limits.energy_step_mwh * n for n in range(1, int(most_mwh / limits.energy_step_mwh) + 1)]
    for power, energy in product(powers, energies):
        spent = 1000 * (cost.power_cost_cny_per_kw * power + cost.energy_cost_cny_per_kwh * energy)
        is_within = (
            power >= limits.min_power_mw
            and limits.min_duration_h * power <= energy <= limits.max_duration_h * power
            and energy <= (limits.max_energy_mwh or most_mwh)
            and spent + cost.fixed_investment_cny <= (limits.max_investment_cny or Decimal("inf"))
        )
        if is_within:
            yield Size(power_mw=power, energy_mwh=energy)


@pytest.mark.parametrize("case", CASES)
def test_no_size_in_whole_steps_is_worth_more_than_the_best(ground_with: GroundOf, uneven: Any, case: str) -> None:
    scenario, changed = CASES[case]
    ground = ground_with(scenario, prices=uneven, **changed)
    known, exact = ground.project.scenario[0], Curve(ground=ground, mesh_h=0.0)
    npvs = {size: quick_npv_cny(exact, known, size) for size in sizes_of(ground.project)}
    found = best_of_scenario(Curve(ground=ground), known, with_linear=False)
    top = max(npv for npv in npvs.values() if npv is not None)
    assert top > 0
    assert found.size in npvs
    assert pytest.approx(top, abs=1.0) == found.npv_cny
    assert found.is_worth_building


@pytest.mark.parametrize("case", ["dear energy and a limit of investment", "a capacity price up to its longest peak"])
def test_the_linear_program_agrees_where_all_is_linear(ground_with: GroundOf, uneven: Any, case: str) -> None:
    scenario, changed = CASES[case]
    changed = {**changed, "size": {**changed["size"], "power_step_mw": 1, "energy_step_mwh": 1}}
    if "capacity_support" in scenario:
        scenario = {**scenario, "capacity_support_cny_per_kw_year": 165}
        changed = {**changed, "project": {"first_on": date(2026, 7, 1)}}
    ground = ground_with(scenario, prices=uneven, **changed)
    found = best_of_scenario(Curve(ground=ground), ground.project.scenario[0])
    assert found.linear is not None
    # whole steps of 1 MW and 1 MWh leave a little of what any size could earn
    assert found.npv_cny <= found.linear.present_value_cny * (1 + 1e-6)
    assert found.npv_cny >= 0.97 * found.linear.present_value_cny


def test_the_present_value_of_the_best_is_that_of_its_verified_years(ground_with: GroundOf, uneven: Any) -> None:
    ground = ground_with(prices=uneven, project={"round_trip_efficiency": Decimal("0.85")}, cost=DEAR_ENERGY)
    known = ground.project.scenario[0]
    found = best_of_scenario(Curve(ground=ground), known, with_linear=False)
    assert pytest.approx(evaluated(ground, known, found.size).measures.npv_fen / 100, abs=2.0) == found.npv_cny


def test_constant_prices_are_not_worth_building_for(ground_with: GroundOf) -> None:
    ground = ground_with(prices=[300.0])
    found = best_of_scenario(Curve(ground=ground), ground.project.scenario[0])
    # the largest value for each MW at the most power: the shortest; 20 MW x 50,000 and 20 MWh x 100,000
    assert (False, "20 MW / 20 MWh") == (
        found.is_worth_building,
        f"{found.size.power_mw:f} MW / {found.size.energy_mwh:.0f} MWh",
    )
    assert pytest.approx(-3_000_000) == found.npv_cny


def test_what_must_be_built_and_loses_is_built_as_small_as_may_be(ground_with: GroundOf) -> None:
    ground = ground_with(size={"min_power_mw": 5, "max_energy_mwh": 20}, prices=[300.0])
    found = best_of_scenario(Curve(ground=ground), ground.project.scenario[0], with_linear=False)
    assert (5, 5) == (found.size.power_mw, found.size.energy_mwh)
    assert not found.is_worth_building
    assert pytest.approx(-750_000) == found.npv_cny


def test_limits_that_leave_no_size_are_refused(ground_with: GroundOf) -> None:
    ground = ground_with(size={"min_power_mw": 10, "max_investment_cny": 1_000_000})
    with pytest.raises(InputError, match="no size"):
        best_of_scenario(Curve(ground=ground), ground.project.scenario[0], with_linear=False)


def test_a_power_that_is_given_is_the_power_of_the_best(ground_with: GroundOf, uneven: Any) -> None:
    ground = ground_with(prices=uneven, size={"min_power_mw": 15, "max_power_mw": 15}, cost=DEAR_ENERGY)
    found = best_of_scenario(Curve(ground=ground), ground.project.scenario[0], with_linear=False)
    assert 15 == found.size.power_mw
