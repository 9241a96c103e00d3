"""The year that stands for a year of operation: whose prices it has, how far they grew, what is asked of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Regime
from dispatch.sizing.typical import TypicalYear, kind_of, typical_year
from tariffs.vocabulary.errors import Refused

GroundOf = Callable[..., Ground]
ScenarioOf = Callable[..., dict[str, Any]]
OWN = {"award": "own", "award_rate_cny_per_kwh": Decimal("0.35")}


def year_of(ground: Ground, year_no: int = 1, energy_ratio: str = "1") -> TypicalYear:
    kind = kind_of(ground, ground.project.scenario[0], year_no)
    return typical_year(ground, kind, Size(power_mw=Decimal(20), energy_mwh=Decimal(40)), Decimal(energy_ratio))


def test_the_regime_of_a_year_is_regulated_until_the_market_begins(
    ground_with: GroundOf, regulated_scenario: ScenarioOf
) -> None:
    ground = ground_with(regulated_scenario(market_from_year=3, signals="p.csv"), project={"life_years": 4})
    regimes = [kind_of(ground, ground.project.scenario[0], year).regime for year in range(1, 5)]
    assert [Regime.REGULATED, Regime.REGULATED, Regime.MARKET, Regime.MARKET] == regimes


def test_the_award_is_paid_for_the_years_of_the_document_or_for_one_s_own(
    ground_with: GroundOf, market_scenario: ScenarioOf
) -> None:
    def awarded(**changed: Any) -> list[bool]:
        ground = ground_with(market_scenario(**OWN, **changed), project={"life_years": 5})
        return [kind_of(ground, ground.project.scenario[0], year).is_awarded for year in range(1, 6)]

    assert [True, True, True, False, False] == awarded()
    assert [True, False, False, False, False] == awarded(award_years=1)


def test_market_prices_grow_from_year_to_year_and_those_of_the_first_stay(
    ground_with: GroundOf, market_scenario: ScenarioOf
) -> None:
    ground = ground_with(market_scenario(price_growth_ratio=Decimal("0.1")), project={"life_years": 3})
    # 100 and 700 元/MWh: in year 3 times 1.21
    first, third = (year_of(ground, year).billed.prices for year in (1, 3))
    assert (100_000, 700_000) == (first.charge_e6.min(), first.discharge_e6.max())
    assert (121_000, 847_000) == (third.charge_e6.min(), third.discharge_e6.max())


def test_regulated_prices_do_not_grow(ground_with: GroundOf, regulated_scenario: ScenarioOf) -> None:
    grown = regulated_scenario(price_growth_ratio=Decimal("0.1"), market_from_year=3, signals="p.csv")
    ground = ground_with(grown, project={"life_years": 3})
    factors = [kind_of(ground, ground.project.scenario[0], year).price_factor for year in (1, 2, 3)]
    assert [1, 1, Fraction(121, 100)] == factors


def test_the_award_steers_the_schedule_and_never_the_bill(ground_with: GroundOf, market_scenario: ScenarioOf) -> None:
    typical = year_of(ground_with(market_scenario(**OWN)))
    terms: Any = typical.steered.objective.terms
    added = terms.discharge_price_cny_per_mwh - terms.charge_price_cny_per_mwh
    assert [pytest.approx(350.0)] * 2 == [added.min(), added.max()]
    assert (typical.billed.prices.charge_e6 == typical.billed.prices.discharge_e6).all()


def test_a_schedule_that_is_for_energy_only_does_not_see_the_award(
    ground_with: GroundOf, market_scenario: ScenarioOf
) -> None:
    typical = year_of(ground_with(market_scenario(**OWN, scheduled_for="energy")))
    assert typical.steered is typical.billed


@pytest.mark.parametrize(("calls_of", "asked"), [("usable_energy", 150.0), ("rated_energy", 200.0)])
def test_calls_of_the_rated_energy_are_more_discharges_of_what_is_left(
    ground_with: GroundOf, regulated_scenario: ScenarioOf, calls_of: str, asked: float
) -> None:
    # three quarters left: 150 discharges of the rated energy are 200 of what is left
    ground = ground_with(regulated_scenario(calls=150, calls_of=calls_of))
    assert pytest.approx(asked) == year_of(ground, energy_ratio="0.75").billed.calls_wanted


def test_the_plan_asks_for_its_calls_pro_rata_unless_told_otherwise(
    ground_with: GroundOf, regulated_scenario: ScenarioOf
) -> None:
    # the first year of operation has the 212 season days of a whole obligation year or a leap day's less: 210 asked
    assert pytest.approx(210, abs=0.1) == year_of(ground_with(regulated_scenario())).billed.calls_wanted
    assert 0 == year_of(ground_with(regulated_scenario(calls=0))).billed.calls_wanted


def test_a_market_asks_for_no_calls(ground_with: GroundOf) -> None:
    assert 0 == year_of(ground_with()).billed.calls_wanted


def test_prices_older_than_the_station_are_as_good_as_any(ground_with: GroundOf) -> None:
    typical = year_of(ground_with(project={"first_on": date(2030, 5, 1)}))
    assert 20.0 == typical.billed.station.charge_limit_mw.min()


def test_a_station_below_ten_megawatts_is_refused_at_the_regulated_prices(
    ground_with: GroundOf, regulated_scenario: ScenarioOf
) -> None:
    ground = ground_with(regulated_scenario())
    kind = kind_of(ground, ground.project.scenario[0], 1)
    with pytest.raises(Refused) as refused:
        typical_year(ground, kind, Size(power_mw=Decimal(9), energy_mwh=Decimal(18)))
    assert "below 10 MW" in refused.value.found.en
