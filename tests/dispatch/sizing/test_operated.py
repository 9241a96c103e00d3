"""A life operated year by year: what it moves and earns, against sums by hand and a program over whole MWh of its own."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from dispatch.outcome import NoSchedule
from dispatch.sizing.evaluated import evaluated
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.operated import Operated, operated

GroundOf = Callable[..., Ground]
ScenarioOf = Callable[..., dict[str, Any]]
SizeOf = Callable[[str, str], Size]


def life_of(ground: Ground, size: Size) -> Operated:
    return operated(ground, ground.project.scenario[0], size)


def best_earned(price: Sequence[float], hours: int) -> float:
    """The most that 1 MW without losses earns at hourly prices, in whole MWh: charge, rest or discharge each hour."""
    worth = np.full(hours + 1, -np.inf)
    worth[0] = 0.0
    for each in price:
        charged, given = np.full(hours + 1, -np.inf), np.full(hours + 1, -np.inf)
        charged[1:], given[:-1] = worth[:-1] - each, worth[1:] + each
        worth = np.maximum(worth, np.maximum(charged, given))
    return float(worth.max())


def test_a_year_of_equal_days_earns_the_spread_of_each(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 20 MWh bought at 100 and sold at 700 on each of 365 days: 730,000 paid and 5,110,000 earned
    first, second = life_of(ground_with(), size_of("10", "20")).years
    assert (-73_000_000, 511_000_000) == (first.charge_fen, first.discharge_fen)
    assert (73_000_000_000, 73_000_000_000) == (first.charge_kwh_e4, first.discharge_kwh_e4)
    assert (-73_000_000, 511_000_000) == (second.charge_fen, second.discharge_fen)
    assert (date(2026, 1, 1), date(2027, 1, 1)) == (first.first_on, second.first_on)


@pytest.mark.parametrize("hours", [1, 2, 4])
def test_a_year_of_uneven_days_earns_what_a_program_over_whole_mwh_finds(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, hours: int
) -> None:
    ground = ground_with(prices=uneven, project={"life_years": 1})
    (year,) = life_of(ground, size_of("10", str(10 * hours))).years
    assert pytest.approx(10 * best_earned(uneven, hours), abs=1) == (year.charge_fen + year.discharge_fen) / 100


def test_a_regulated_year_earns_the_plan_s_prices_once_a_day(
    ground_with: GroundOf, regulated_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    # benchmark 0.4155: in season 0.7 of it on 212 days, else 0.1 of it on 153, for 20,000 kWh each; and twice the last
    # charge of a season, at 0.5, is sold on the first day after it in place of one at 0.9
    earned = 20_000 * Decimal("0.4155") * (Decimal("0.7") * 212 + Decimal("0.1") * 153 + 2 * Decimal("0.4"))
    ground = ground_with(regulated_scenario(), project={"life_years": 1})
    (year,) = life_of(ground, size_of("10", "20")).years
    assert earned == Decimal(year.charge_fen + year.discharge_fen) / 100
    assert pytest.approx(212) == year.season_calls


def test_364_days_are_counted_as_a_whole_year(ground_with: GroundOf, prices_of: Any, size_of: SizeOf) -> None:
    # 12,000 元 a day of 364, times 365 / 364
    (year,) = life_of(ground_with(prices=prices_of(days=364), project={"life_years": 1}), size_of("10", "20")).years
    assert 365 * 12_000 * 100 == year.charge_fen + year.discharge_fen


def test_a_leap_year_of_prices_stays_whole(ground_with: GroundOf, prices_of: Any, size_of: SizeOf) -> None:
    prices = prices_of(days=366, first_on=date(2028, 1, 1))
    (year,) = life_of(ground_with(prices=prices, project={"life_years": 1}), size_of("10", "20")).years
    assert 366 * 12_000 * 100 == year.charge_fen + year.discharge_fen


def test_quarter_hours_that_repeat_an_hour_earn_the_same(
    ground_with: GroundOf, prices_of: Any, size_of: SizeOf, uneven: Any
) -> None:
    ground = ground_with(prices=prices_of(np.repeat(uneven, 4), minutes=15), project={"life_years": 1})
    (year,) = life_of(ground, size_of("10", "20")).years
    assert pytest.approx(10 * best_earned(uneven, 2), abs=1) == (year.charge_fen + year.discharge_fen) / 100


@pytest.mark.parametrize("price", [300.0, -100.0])
def test_prices_that_never_change_earn_nothing(ground_with: GroundOf, size_of: SizeOf, price: float) -> None:
    ground = ground_with(prices=[price], project={"round_trip_efficiency": Decimal(1), "life_years": 1})
    (year,) = life_of(ground, size_of("10", "20")).years
    assert 0 == year.charge_fen + year.discharge_fen


def test_energy_that_fades_and_is_made_up_moves_in_proportion(ground_with: GroundOf, size_of: SizeOf) -> None:
    # a tenth lost each year; made up to the whole before year 3: 20, 18, 20 (4 of them new), then 18 MWh a day
    ground = ground_with(
        project={"life_years": 4},
        fade={"calendar_fade_per_year": Decimal("0.1")},
        augmentation={"in_years": [3], "energy_cost_cny_per_kwh": 500},
    )
    known = evaluated(ground, ground.project.scenario[0], size_of("10", "20"))
    years = known.operated.years
    assert [1.0, 0.9, 1.0, 0.88] == [year.energy_ratio for year in years]
    assert [0.0, 0.0, pytest.approx(4.0), 0.0] == [year.added_mwh for year in years]
    daily = [20, 18, 20, Decimal("17.6")]
    assert [energy * 365 * 600 * 100 for energy in daily] == [year.charge_fen + year.discharge_fen for year in years]
    # 4,000 kWh at 500 元, at the end of year 2
    assert (0, 0, -200_000_000, 0, 0) == known.cash_flow.column("augmentation_fen")


def test_cycles_fade_the_energy_by_their_depth(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 365 whole cycles a year of 3,650 until 0.8 is left: 0.02 of the energy when new in each year
    ground = ground_with(
        project={"life_years": 3}, fade={"cycle_life": [[1, 3650]], "end_of_life_ratio": Decimal("0.8")}
    )
    ratios = [year.energy_ratio for year in life_of(ground, size_of("10", "20")).years]
    assert [1.0, pytest.approx(0.98, abs=1e-5), pytest.approx(0.96, abs=1e-5)] == ratios


def test_a_store_below_its_least_energy_earns_nothing_from_then_on(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    lease = {"power_ratio": Decimal("0.5"), "price_cny_per_kw_year": 100, "years": 10}
    ground = ground_with(
        market_scenario(lease=lease),
        project={"life_years": 3},
        fade={"calendar_fade_per_year": Decimal("0.2"), "least_energy_ratio": Decimal("0.7")},
    )
    life = life_of(ground, size_of("10", "20"))
    assert [True, True, False] == [each.in_use for each in life.health]
    assert [50_000_000, 50_000_000, 0] == [year.capacity_lease_fen for year in life.years]
    assert 0 == life.years[2].revenue_fen
    assert 2 == len(life.planned)


def test_prices_that_grow_earn_more_in_each_year(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(price_growth_ratio=Decimal("0.1")), project={"life_years": 3})
    earned = [year.charge_fen + year.discharge_fen for year in life_of(ground, size_of("10", "20")).years]
    assert [438_000_000, 481_800_000, 529_980_000] == earned


def test_years_that_are_alike_are_planned_once(ground_with: GroundOf, size_of: SizeOf) -> None:
    life = life_of(ground_with(project={"life_years": 5}), size_of("10", "20"))
    assert 5 == len(life.planned)
    assert all(one is another for one, another in pairwise(life.planned))


@pytest.mark.parametrize(
    ("plant", "earned"),
    [
        # 20 MWh sold take 20 / 0.8 bought: 365 x (20 x 700 - 25 x 100)
        ({"round_trip_efficiency": Decimal("0.8")}, 4_197_500),
        # a tenth is never used: 18 MWh are sold
        ({"min_stored_ratio": Decimal("0.1")}, 3_942_000),
    ],
)
def test_losses_and_a_floor_of_stored_energy_cost_what_they_should(
    ground_with: GroundOf, size_of: SizeOf, plant: dict[str, Any], earned: int
) -> None:
    (year,) = life_of(ground_with(project={"life_years": 1, **plant}), size_of("10", "20")).years
    assert pytest.approx(earned, abs=1) == (year.charge_fen + year.discharge_fen) / 100


@pytest.mark.parametrize("calls_of", ["usable_energy", "rated_energy"])
def test_calls_are_counted_by_the_energy_that_they_are_asked_of(
    ground_with: GroundOf, regulated_scenario: ScenarioOf, size_of: SizeOf, calls_of: str
) -> None:
    # 230 asked, more than the 212 that are made anyway; a tenth is gone in year 2
    ground = ground_with(
        regulated_scenario(calls=230, calls_of=calls_of), fade={"calendar_fade_per_year": Decimal("0.1")}
    )
    assert [pytest.approx(230)] * 2 == [year.season_calls for year in life_of(ground, size_of("10", "20")).years]


def test_without_settings_no_calls_are_known(ground_with: GroundOf, size_of: SizeOf) -> None:
    assert np.isnan(life_of(ground_with(with_settings=False), size_of("10", "20")).years[0].season_calls)


def test_calls_that_cannot_be_made_are_refused_with_what_could_be(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(calls=5_000), project={"life_years": 1})
    with pytest.raises(NoSchedule, match="5000 calls cannot be reached"):
        life_of(ground, size_of("10", "20"))


def test_the_cash_flow_and_its_value_follow_from_the_years(ground_with: GroundOf, size_of: SizeOf) -> None:
    # 10,000 kW x 50 and 20,000 kWh x 100: 2,500,000; 4,380,000 a year at 10 % for two: 3,981,818.18 + 3,619,834.71
    ground = ground_with()
    known = evaluated(ground, ground.project.scenario[0], size_of("10", "20"))
    assert (-250_000_000, 438_000_000, 438_000_000) == known.cash_flow.net_fen
    assert 510_165_289 == known.measures.npv_fen
