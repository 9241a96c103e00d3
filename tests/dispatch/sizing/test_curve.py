"""Years by duration: what is read off the curve against years planned exactly, and its laws."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from dispatch.sizing.curve import Curve, quick_years
from dispatch.sizing.evaluated import evaluated, quick_npv_cny
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.operated import operated
from dispatch.sizing.years import YearFigures

GroundOf = Callable[..., Ground]
SizeOf = Callable[[str, str], Size]
MARKET = {"name": "market", "regime": "market", "signals": "p.csv"}
REGULATED = {"name": "regulated", "regime": "regulated"}
LEASE = {"power_ratio": Decimal("0.5"), "price_cny_per_kw_year": 100, "years": 10}
AWARD = {"award": "own", "award_rate_cny_per_kwh": Decimal("0.35"), "award_years": 1}
CYCLES = {"calendar_fade_per_year": Decimal("0.04"), "cycle_life": [[Decimal("0.5"), 9000], [1, 4000]]}
OUT_OF_USE = {"calendar_fade_per_year": Decimal("0.2"), "least_energy_ratio": Decimal("0.7")}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "plain": (MARKET, {}),
    "losses": (
        MARKET,
        {"project": {"round_trip_efficiency": Decimal("0.85"), "self_discharge_per_day": Decimal("0.01")}},
    ),
    "floor": (MARKET, {"project": {"min_stored_ratio": Decimal("0.1"), "max_stored_ratio": Decimal("0.9")}}),
    "fade": (MARKET, {"project": {"life_years": 3}, "fade": CYCLES}),
    "augmented": (MARKET, {"project": {"life_years": 3}, "fade": CYCLES, "augmentation": {"in_years": [2, 3]}}),
    "out of use": ({**MARKET, "lease": LEASE}, {"project": {"life_years": 4}, "fade": OUT_OF_USE}),
    "growth": ({**MARKET, "price_growth_ratio": Decimal("0.1")}, {"project": {"life_years": 3}}),
    "growth beside a cost": (
        {**MARKET, "price_growth_ratio": Decimal("0.2")},
        {"project": {"life_years": 3}, "cost": {"variable_cost_cny_per_mwh": 80}},
    ),
    "growth beside an award": (
        {**MARKET, **AWARD, "price_growth_ratio": Decimal("0.2"), "award_years": 2},
        {"project": {"life_years": 3, "round_trip_efficiency": Decimal("0.8")}},
    ),
    "capped": ({**MARKET, "max_cycles_per_day": Decimal("0.5")}, {}),
    "calls": ({**MARKET, "calls": 300}, {"project": {"round_trip_efficiency": Decimal("0.6")}}),
    "regulated": (REGULATED, {"project": {"life_years": 3}, "fade": CYCLES}),
    "calls of the rated energy": (
        {**REGULATED, "calls": 230, "calls_of": "rated_energy"},
        {"project": {"life_years": 3, "round_trip_efficiency": Decimal("0.8")}, "fade": CYCLES},
    ),
    "award": ({**REGULATED, **AWARD}, {}),
}


def money_of(years: tuple[YearFigures, ...]) -> list[float]:
    """What energy, award, support and lease of each year come to, 元."""
    return [year.revenue_fen / 100 for year in years]


@pytest.mark.parametrize("case", CASES)
def test_without_a_mesh_every_year_is_the_exact_one_within_a_yuan_or_two(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, case: str
) -> None:
    scenario, changed = CASES[case]
    ground = ground_with(scenario, prices=uneven, **changed)
    known, size = ground.project.scenario[0], size_of("20", "50")
    exact, quick = operated(ground, known, size).years, quick_years(Curve(ground=ground, mesh_h=0.0), known, size)
    assert quick is not None
    # verified energies are whole 1e-4 kWh, which the cycles that are counted of them feel a little
    assert [pytest.approx(each, abs=2.0, rel=1e-6) for each in money_of(exact)] == money_of(quick)
    assert [pytest.approx(each.energy_ratio, abs=1e-5) for each in exact] == [each.energy_ratio for each in quick]
    calls = [each.season_calls for each in exact]
    assert [pytest.approx(each, abs=1e-2) for each in calls] == [each.season_calls for each in quick]


def test_twice_the_power_at_the_same_duration_is_twice_the_money(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any
) -> None:
    ground = ground_with(prices=uneven, project={"round_trip_efficiency": Decimal("0.81")})
    known = ground.project.scenario[0]
    one, two = (operated(ground, known, size_of(*size)).years for size in (("10", "25"), ("20", "50")))
    assert [pytest.approx(2 * each, abs=0.02) for each in money_of(one)] == money_of(two)
    curve = Curve(ground=ground)
    quick = [quick_years(curve, known, size_of(*size)) for size in (("10", "24"), ("20", "48"))]
    assert quick[0] is not None and quick[1] is not None
    assert [pytest.approx(2 * each, abs=0.02) for each in money_of(quick[0])] == money_of(quick[1])


@pytest.mark.parametrize("energy", ["22", "46", "63.7"])
def test_between_the_points_of_the_mesh_no_more_is_promised_than_there_is(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, energy: str
) -> None:
    ground = ground_with(prices=uneven, project={"life_years": 1, "round_trip_efficiency": Decimal("0.81")})
    known, size = ground.project.scenario[0], size_of("20", energy)
    lines, exact = (quick_npv_cny(Curve(ground=ground, mesh_h=mesh), known, size) for mesh in (0.5, 0.0))
    assert lines is not None and exact is not None
    assert 0.0 < exact - lines < 0.02 * exact


@pytest.mark.parametrize("energy", ["20", "50", "80"])
def test_at_the_points_of_the_mesh_the_curve_is_exact(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, energy: str
) -> None:
    ground = ground_with(prices=uneven, project={"life_years": 1})
    known, size = ground.project.scenario[0], size_of("20", energy)
    exact = evaluated(ground, known, size).measures.npv_fen / 100
    assert pytest.approx(exact, abs=1.0) == quick_npv_cny(Curve(ground=ground), known, size)


def test_below_the_first_point_of_the_mesh_a_duration_is_planned_as_it_is(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any
) -> None:
    ground = ground_with(prices=uneven, project={"life_years": 1})
    known, size = ground.project.scenario[0], size_of("20", "2")
    exact = evaluated(ground, known, size).measures.npv_fen / 100
    assert pytest.approx(exact, abs=1.0) == quick_npv_cny(Curve(ground=ground), known, size)


def test_what_was_planned_is_not_planned_again(ground_with: GroundOf, size_of: SizeOf) -> None:
    curve = Curve(ground=ground_with(project={"life_years": 5}))
    known = curve.ground.project.scenario[0]
    for power, energy in (("10", "20"), ("20", "40"), ("10", "21"), ("10", "24")):
        quick_npv_cny(curve, known, size_of(power, energy))
    # 2.00, and 2.25 and 2.50 around 2.1 and 2.4
    assert 3 == curve.planned_years


def test_a_mesh_keeps_the_schedules_of_the_first_year_while_prices_grow(ground_with: GroundOf, size_of: SizeOf) -> None:
    grown = {**MARKET, "price_growth_ratio": Decimal("0.1")}
    ground = ground_with(grown, project={"life_years": 4}, cost={"variable_cost_cny_per_mwh": 20})
    curves = Curve(ground=ground), Curve(ground=ground, mesh_h=0.0)
    for curve in curves:
        quick_npv_cny(curve, ground.project.scenario[0], size_of("10", "20"))
    assert [1, 4] == [curve.planned_years for curve in curves]


def test_a_year_whose_calls_cannot_be_made_has_no_figures(ground_with: GroundOf, size_of: SizeOf) -> None:
    curve = Curve(ground=ground_with({**MARKET, "calls": 5_000}))
    known = curve.ground.project.scenario[0]
    assert quick_years(curve, known, size_of("10", "20")) is None
    assert quick_npv_cny(curve, known, size_of("10", "20")) is None


def test_the_years_of_a_very_large_station_are_known_too(ground_with: GroundOf, size_of: SizeOf) -> None:
    ground = ground_with(size={"max_power_mw": 25_000})
    npv = quick_npv_cny(Curve(ground=ground), ground.project.scenario[0], size_of("25000", "50000"))
    # 2,500 times the 5,101,652.89 元 of 10 MW and 20 MWh
    assert pytest.approx(2_500 * 5_101_652.892562, rel=1e-9) == npv


def test_a_discharge_that_is_said_to_cost_more_is_made_less(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any
) -> None:
    ground = ground_with(prices=uneven, project={"life_years": 1})
    known, size = ground.project.scenario[0], size_of("10", "20")
    years = [quick_years(Curve(ground=ground, reluctance_cny_per_mwh=each), known, size) for each in (0.0, 100.0, 2e3)]
    energies = [life[0].discharge_kwh_e4 for life in years if life is not None]
    assert energies[0] > energies[1] > energies[2] == 0
