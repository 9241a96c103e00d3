"""Capacity support, leases and the award of a year, against sums worked by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dispatch.sizing.awards import award_terms_of
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.operated import award_fen
from dispatch.sizing.supports import claim_in, lease_fen, support_fen, support_price_cny
from tariffs.support_claims import Claim
from tariffs.vocabulary.errors import InputError

GroundOf = Callable[..., Ground]
ScenarioOf = Callable[..., dict[str, Any]]
SizeOf = Callable[[str, str], Size]
SUBSIDY = {"capacity_support": "local_subsidy", "capacity_support_cny_per_kw_year": 100}
NATIONAL = {"capacity_support": "national_capacity_price", "net_load_peak_h": 4}
LATER = {"first_on": date(2026, 7, 1), "life_years": 4}


def lease(ratio: str, years: int = 2, *, new_energy: bool = True) -> dict[str, Any]:
    return {
        "power_ratio": Decimal(ratio),
        "price_cny_per_kw_year": 150,
        "years": years,
        "lessee_is_new_energy": new_energy,
    }


def support_of(ground: Ground, size: Size, years: int = 4) -> list[int]:
    """Support of the years of a life, 元."""
    scenario = ground.project.scenario[0]
    paid = [support_fen(ground, scenario, size, year) for year in range(1, years + 1)]
    assert not any(amount % 100 for amount in paid)
    return [amount // 100 for amount in paid]


def test_a_subsidy_is_paid_for_each_kw_in_every_year(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    # 20,000 kW x 100
    assert [2_000_000] * 4 == support_of(ground_with(market_scenario(**SUBSIDY), project=LATER), size_of("20", "40"))


def test_support_ends_after_its_years(ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf) -> None:
    ground = ground_with(market_scenario(**SUBSIDY, capacity_support_years=2), project=LATER)
    assert [2_000_000, 2_000_000, 0, 0] == support_of(ground, size_of("20", "40"))


@pytest.mark.parametrize(
    ("energy", "paid"),
    # 165 元/kW from 2026 on: 20,000 kW x 165 = 3,300,000, times hours over 4, at most the whole
    [("20", 825_000), ("40", 1_650_000), ("79", 3_258_750), ("80", 3_300_000), ("100", 3_300_000)],
)
def test_the_national_price_is_paid_by_duration_over_the_longest_peak(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf, energy: str, paid: int
) -> None:
    ground = ground_with(market_scenario(**NATIONAL), project=LATER)
    assert [paid] * 4 == support_of(ground, size_of("20", energy))


def test_one_s_own_price_takes_the_place_of_that_of_the_document(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(**NATIONAL, capacity_support_cny_per_kw_year=330), project=LATER)
    assert [3_300_000] * 4 == support_of(ground, size_of("20", "40"))
    assert Fraction(330) == support_price_cny(ground, ground.project.scenario[0], size_of("20", "40"), 1)


def test_before_the_national_price_is_in_force_none_is_paid(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    # in force from 2026-01-30: not on the first day of the first year, but on that of the second
    ground = ground_with(market_scenario(**NATIONAL), project={"first_on": date(2026, 1, 1)})
    scenario, size = ground.project.scenario[0], size_of("20", "80")
    assert [0, 3_300_000] == support_of(ground, size, 2)
    assert [Claim.NO_NATIONAL_PRICE, Claim.ELIGIBLE] == [claim_in(ground, scenario, size, year) for year in (1, 2)]


def test_the_national_price_is_paid_beyond_the_term_of_the_plan(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(**NATIONAL), project={"first_on": date(2031, 1, 1)})
    assert [3_300_000] * 2 == support_of(ground, size_of("20", "80"), 2)


def test_a_station_outside_the_yearly_plan_has_no_subsidy(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(**SUBSIDY), project={**LATER, "in_annual_plan": False})
    assert [0] * 4 == support_of(ground, size_of("20", "40"))
    assert Claim.NOT_LISTED is claim_in(ground, ground.project.scenario[0], size_of("20", "40"), 1)


@pytest.mark.parametrize("kind", [SUBSIDY, NATIONAL])
def test_a_lease_to_new_energy_takes_the_support_while_it_runs(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf, kind: dict[str, Any]
) -> None:
    whole = ground_with(market_scenario(**kind, lease=lease("1")), project=LATER)
    paid = 2_000_000 if kind is SUBSIDY else 3_300_000
    assert [0, 0, paid, paid] == support_of(whole, size_of("20", "80"))


def test_a_lease_to_somebody_else_leaves_the_support(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(**SUBSIDY, lease=lease("1", new_energy=False)), project=LATER)
    assert [2_000_000] * 4 == support_of(ground, size_of("20", "40"))


def test_a_lease_pays_for_its_share_of_the_power_in_its_years(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf
) -> None:
    ground = ground_with(market_scenario(lease=lease("0.4")), project=LATER)
    scenario, size = ground.project.scenario[0], size_of("20", "40")
    # 8,000 kW x 150 = 1,200,000
    assert [120_000_000, 120_000_000, 0, 0] == [lease_fen(scenario, size, year) for year in range(1, 5)]


def test_without_a_lease_and_support_nothing_is_paid(ground_with: GroundOf, size_of: SizeOf) -> None:
    ground = ground_with()
    scenario, size = ground.project.scenario[0], size_of("20", "40")
    assert (0, 0) == (lease_fen(scenario, size, 1), support_fen(ground, scenario, size, 1))
    assert claim_in(ground, scenario, size, 1) is None


@pytest.mark.parametrize(
    ("discharged_mwh", "paid_cny"),
    # 0.35 元/kWh; at most 600 kWh a year for each of 40,000 kWh: 24,000 MWh, 8,400,000 元
    [(10_000, 3_500_000), (24_000, 8_400_000), (30_000, 8_400_000)],
)
def test_the_award_is_paid_for_each_kwh_up_to_its_cap(
    ground_with: GroundOf, market_scenario: ScenarioOf, size_of: SizeOf, discharged_mwh: int, paid_cny: int
) -> None:
    ground = ground_with(
        market_scenario(award="own", award_rate_cny_per_kwh=Decimal("0.35")), project={"life_years": 4}
    )
    scenario, size, energy = ground.project.scenario[0], size_of("20", "40"), discharged_mwh * 10_000_000
    assert [paid_cny * 100] * 3 + [0] == [award_fen(ground, scenario, size, year, energy) for year in range(1, 5)]


def test_the_document_has_a_rate_for_a_station_of_its_catalogue(
    ground_with: GroundOf, market_scenario: ScenarioOf
) -> None:
    listed = {"first_on": date(2025, 6, 1), "catalogue": "independent", "in_building_ratio": Decimal("0.5")}
    ground = ground_with(market_scenario(award="document"), project=listed)
    found = award_terms_of(ground, ground.project.scenario[0])
    assert found is not None
    # 0.35, and 0.20 for the half inside a building
    assert (Decimal("0.45"), 3, Decimal(600)) == (found.rate_cny_per_kwh, found.years, found.max_kwh_per_kwh_year)


@pytest.mark.parametrize("plant", [{"first_on": date(2025, 9, 1), "catalogue": "independent"}, {"catalogue": "none"}])
def test_where_the_document_has_no_rate_it_is_refused_with_the_way_out(
    ground_with: GroundOf, market_scenario: ScenarioOf, plant: dict[str, Any]
) -> None:
    ground = ground_with(market_scenario(award="document"), project=plant)
    with pytest.raises(InputError) as refused:
        award_terms_of(ground, ground.project.scenario[0])
    assert "market" in refused.value.what.en
    assert 'award = "own"' in refused.value.do.en
