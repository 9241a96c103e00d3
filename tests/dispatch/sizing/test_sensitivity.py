"""Each driver of a tornado against the project with that one figure changed, evaluated directly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dispatch.sizing.changed import efficiency_of, with_efficiency
from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import evaluated
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.sensitivity import Driver, Sensitivity, sensitivity

GroundOf = Callable[..., Ground]
SizeOf = Callable[[str, str], Size]
Changed = dict[str, Any]
SCENARIO: Changed = {
    "name": "market",
    "regime": "market",
    "signals": "p.csv",
    "capacity_support": "local_subsidy",
    "capacity_support_cny_per_kw_year": 100,
    "award": "own",
    "award_rate_cny_per_kwh": Decimal("0.1"),
    "award_years": 1,
    "lease": {
        "power_ratio": Decimal("0.5"),
        "price_cny_per_kw_year": Decimal("150.123457"),
        "years": 6,
        "lessee_is_new_energy": False,
    },
}
TABLES: dict[str, Changed] = {
    "project": {"life_years": 6, "round_trip_efficiency": Decimal("0.85"), "first_on": date(2026, 7, 1)},
    "cost": {
        "power_cost_cny_per_kw": 50,
        "energy_cost_cny_per_kwh": 100,
        "variable_cost_cny_per_mwh": 30,
        "fixed_cost_cny_per_kw_year": 5,
        "fixed_cost_cny_per_kwh_year": 3,
    },
    "finance": {"income_tax_ratio": Decimal("0.25"), "residual_ratio": Decimal("0.05")},
    "fade": {"calendar_fade_per_year": Decimal("0.02"), "cycle_life": [[1, 6000]]},
}
TABLE_CHANGES: tuple[tuple[str, str, str, Any, Any], ...] = (
    ("energy_cost", "cost", "energy_cost_cny_per_kwh", 80, 120),
    ("power_cost", "cost", "power_cost_cny_per_kw", 40, 60),
    ("fixed_cost_per_kw", "cost", "fixed_cost_cny_per_kw_year", 4, 6),
    ("fixed_cost_per_kwh", "cost", "fixed_cost_cny_per_kwh_year", Decimal("2.4"), Decimal("3.6")),
    ("variable_cost", "cost", "variable_cost_cny_per_mwh", 24, 36),
    ("discount_ratio", "finance", "discount_ratio", Decimal("0.08"), Decimal("0.12")),
    ("life_years", "project", "life_years", 1, 11),
    ("round_trip_efficiency", "project", "round_trip_efficiency", Decimal("0.82"), Decimal("0.88")),
)
SCENARIO_CHANGES: tuple[tuple[str, Changed, Changed], ...] = (
    ("capacity_support", {"capacity_support_cny_per_kw_year": 80}, {"capacity_support_cny_per_kw_year": 120}),
    ("award", {"award_rate_cny_per_kwh": Decimal("0.08")}, {"award_rate_cny_per_kwh": Decimal("0.12")}),
    (
        "lease",
        {"lease": {**SCENARIO["lease"], "price_cny_per_kw_year": Decimal("120.098766")}},
        {"lease": {**SCENARIO["lease"], "price_cny_per_kw_year": Decimal("180.148148")}},
    ),
)


@pytest.fixture(scope="module")
def base(ground_with: GroundOf, uneven: Any) -> Ground:
    return ground_with(SCENARIO, prices=uneven, **TABLES)


@pytest.fixture(scope="module")
def told(base: Ground, size_of: SizeOf) -> Sensitivity:
    return sensitivity(Curve(ground=base, mesh_h=0.0), base.project.scenario[0], size_of("20", "40"))


def driver_of(told: Sensitivity, name: str) -> Driver:
    return next(each for each in told.drivers if each.name == name)


def npv_of(ground: Ground, size: Size) -> float:
    return evaluated(ground, ground.project.scenario[0], size).measures.npv_fen / 100


def of_driver(told: Sensitivity, name: str) -> tuple[Any, Any]:
    found = driver_of(told, name)
    return found.npv_low_cny, found.npv_high_cny


def close(npv: float) -> Any:
    return pytest.approx(npv, abs=5.0)


def test_the_base_is_the_exact_present_value(told: Sensitivity, base: Ground, size_of: SizeOf) -> None:
    assert close(npv_of(base, size_of("20", "40"))) == told.npv_cny


@pytest.mark.parametrize("change", TABLE_CHANGES, ids=lambda change: change[0])
def test_a_figure_that_is_changed_gives_the_value_of_the_project_with_it(
    ground_with: GroundOf, uneven: Any, size_of: SizeOf, told: Sensitivity, change: tuple[str, str, str, Any, Any]
) -> None:
    name, table, key, *figures = change
    changed = [{**TABLES, table: {**TABLES[table], key: figure}} for figure in figures]
    direct = [npv_of(ground_with(SCENARIO, prices=uneven, **each), size_of("20", "40")) for each in changed]
    assert tuple(close(npv) for npv in direct) == of_driver(told, name)


@pytest.mark.parametrize(("name", "low", "high"), SCENARIO_CHANGES)
def test_a_figure_of_the_scenario_that_is_changed_gives_its_value(
    ground_with: GroundOf, uneven: Any, size_of: SizeOf, told: Sensitivity, name: str, low: Changed, high: Changed
) -> None:
    grounds = [ground_with({**SCENARIO, **each}, prices=uneven, **TABLES) for each in (low, high)]
    assert tuple(close(npv_of(each, size_of("20", "40"))) for each in grounds) == of_driver(told, name)


def test_the_spread_of_prices_widens_about_their_mean(
    ground_with: GroundOf, uneven: Any, size_of: SizeOf, told: Sensitivity
) -> None:
    mean = float(np.mean(uneven))
    grounds = [ground_with(SCENARIO, prices=np.round(mean + by * (uneven - mean), 3), **TABLES) for by in (0.8, 1.2)]
    assert tuple(pytest.approx(npv_of(each, size_of("20", "40")), rel=1e-6) for each in grounds) == of_driver(
        told, "price_spread"
    )


def test_the_level_of_prices_moves_them_all(
    ground_with: GroundOf, uneven: Any, size_of: SizeOf, told: Sensitivity
) -> None:
    grounds = [ground_with(SCENARIO, prices=np.round(by * uneven, 3), **TABLES) for by in (0.8, 1.2)]
    assert tuple(pytest.approx(npv_of(each, size_of("20", "40")), rel=1e-6) for each in grounds) == of_driver(
        told, "price_level"
    )


def test_fade_is_halved_and_half_as_large_again(
    ground_with: GroundOf, uneven: Any, size_of: SizeOf, told: Sensitivity
) -> None:
    fades = [
        {"calendar_fade_per_year": Decimal("0.01"), "cycle_life": [[1, 12_000]]},
        {"calendar_fade_per_year": Decimal("0.03"), "cycle_life": [[1, 4_000]]},
    ]
    grounds = [ground_with(SCENARIO, prices=uneven, **{**TABLES, "fade": each}) for each in fades]
    assert tuple(close(npv_of(each, size_of("20", "40"))) for each in grounds) == of_driver(told, "fade")


def test_every_driver_that_plays_a_part_is_there_and_the_largest_is_first(told: Sensitivity) -> None:
    names = {name for name, *_ in (*TABLE_CHANGES, *SCENARIO_CHANGES)} | {"price_spread", "price_level", "fade"}
    assert names == {each.name for each in told.drivers}
    swings = [each.swing_cny(told.npv_cny) for each in told.drivers]
    assert sorted(swings, reverse=True) == swings


def test_a_regulated_project_without_support_has_neither_prices_nor_support_to_change(
    ground_with: GroundOf, size_of: SizeOf
) -> None:
    ground = ground_with({"name": "regulated", "regime": "regulated"})
    told = sensitivity(Curve(ground=ground), ground.project.scenario[0], size_of("20", "40"))
    assert {"energy_cost", "power_cost", "discount_ratio", "round_trip_efficiency"} == {
        each.name for each in told.drivers
    }


@pytest.mark.parametrize(
    ("tables", "name", "low_is_known", "high_is_known"),
    [
        ({"finance": {"discount_ratio": Decimal(1)}}, "discount_ratio", True, False),
        ({"finance": {"discount_ratio": Decimal("-0.5")}}, "discount_ratio", False, True),
        ({"fade": {"calendar_fade_per_year": Decimal("0.4")}}, "fade", True, False),
        ({"project": {"life_years": 58}}, "life_years", True, False),
        ({"cost": {"power_cost_cny_per_kw": 9_000_000}}, "power_cost", True, False),
        ({"project": {"round_trip_efficiency": Decimal("0.02")}}, "round_trip_efficiency", False, True),
    ],
)
def test_a_figure_that_no_project_may_have_gives_nothing_at_its_end(
    ground_with: GroundOf,
    size_of: SizeOf,
    tables: dict[str, Changed],
    name: str,
    low_is_known: bool,
    high_is_known: bool,
) -> None:
    ground = ground_with(**tables)
    told = sensitivity(Curve(ground=ground), ground.project.scenario[0], size_of("10", "20"))
    low, high = of_driver(told, name)
    assert (low_is_known, high_is_known) == (low is not None, high is not None)


def test_a_store_without_losses_has_no_better_one(ground_with: GroundOf, size_of: SizeOf) -> None:
    ground = ground_with()
    told = sensitivity(Curve(ground=ground), ground.project.scenario[0], size_of("10", "20"))
    found = driver_of(told, "round_trip_efficiency")
    assert ("97.0%", "100.0%") == (found.low, found.high)
    assert pytest.approx(told.npv_cny) == found.npv_high_cny


def test_calls_that_are_too_many_at_the_next_point_of_the_mesh_do_not_stop_it(
    ground_with: GroundOf, size_of: SizeOf
) -> None:
    # 24 / 2.1 x 212 / 2 is 1,211 calls at 2.1 h and 1,130 at 2.25
    ground = ground_with({"name": "market", "regime": "market", "signals": "p.csv", "calls": 1_150})
    told = sensitivity(Curve(ground=ground), ground.project.scenario[0], size_of("10", "21"))
    assert pytest.approx(npv_of(ground, size_of("10", "21")), abs=5.0) == told.npv_cny


@pytest.mark.parametrize(
    ("charge", "discharge", "asked"),
    [("0.9", "0.9", "0.64"), ("0.99", "0.8", "1"), ("0.99", "0.8", "0.9"), ("0.5", "1", "0.6")],
)
def test_a_changed_round_trip_is_exactly_what_the_two_efficiencies_make(
    project_of: Callable[..., Project], charge: str, discharge: str, asked: str
) -> None:
    project = project_of()
    both = {"charge_efficiency": Decimal(charge), "discharge_efficiency": Decimal(discharge)}
    plant = replace(project.project, round_trip_efficiency=None, **both)
    changed = with_efficiency(replace(project, project=plant), Decimal(asked)).project
    assert pytest.approx(Decimal(asked)) == efficiency_of(changed)
    assert changed.charge_efficiency is not None and changed.charge_efficiency <= 1
    assert changed.discharge_efficiency is not None and changed.discharge_efficiency <= 1
