"""Schedules under an award that ends at 600 kWh a year for each kWh, against sums by hand and a program with a count."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dispatch.sizing.curve import Curve, quick_years
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.operated import operated

GroundOf = Callable[..., Ground]
SizeOf = Callable[[str, str], Size]
ONE_YEAR = {"life_years": 1, "round_trip_efficiency": Decimal("0.85")}


def scenario(rate: str, scheduled_for: str = "energy_and_award") -> dict[str, Any]:
    return {
        "name": "market",
        "regime": "market",
        "signals": "p.csv",
        "award": "own",
        "award_rate_cny_per_kwh": Decimal(rate),
        "award_years": 1,
        "scheduled_for": scheduled_for,
    }


def earned_cny(ground: Ground, size: Size) -> float:
    return operated(ground, ground.project.scenario[0], size).years[0].revenue_fen / 100


def test_where_a_discharge_pays_by_its_award_alone_as_many_are_made_as_are_awarded(
    ground_with: GroundOf, size_of: SizeOf
) -> None:
    # each MWh sold at 300 takes 1 / 0.85 bought at 300, and has 350: 600 times 10 MWh
    each = 350 + 300 - 300 / 0.85
    ground = ground_with(scenario("0.35"), prices=[300.0], project=ONE_YEAR)
    # the last day may not fit: less than one day of twelve discharges
    assert 0.975 * 6_000 * each < earned_cny(ground, size_of("10", "10")) <= 6_000 * each + 1


def test_where_more_pays_without_an_award_than_is_awarded_the_award_changes_nothing(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any
) -> None:
    lossless = {"life_years": 1}
    with_it, without = (
        operated(ground, ground.project.scenario[0], size_of("10", "10")).years[0]
        for ground in (
            ground_with(scenario("0.35"), prices=uneven, project=lossless),
            ground_with(scenario("0.35", "energy"), prices=uneven, project=lossless),
        )
    )
    assert without.discharge_kwh_e4 > 6_000 * 10_000_000
    assert without.revenue_fen == with_it.revenue_fen
    # 6,000 MWh at 350
    assert 210_000_000 == with_it.award_fen


@pytest.mark.parametrize("rate", ["0.02", "0.1", "0.35", "1"])
def test_no_counted_share_of_the_award_and_no_neglect_of_it_earns_more(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any, rate: str
) -> None:
    size = size_of("10", "10")
    ground = ground_with(scenario(rate), prices=uneven, project=ONE_YEAR)
    neglected = ground_with(scenario(rate, "energy"), prices=uneven, project=ONE_YEAR)
    assert earned_cny(ground, size) >= earned_cny(neglected, size) - 1


def test_a_higher_award_never_earns_less(ground_with: GroundOf, size_of: SizeOf, uneven: Any) -> None:
    grounds = [ground_with(scenario(rate), prices=uneven, project=ONE_YEAR) for rate in ("0.05", "0.1", "0.2", "0.4")]
    earned = [earned_cny(ground, size_of("10", "20")) for ground in grounds]
    assert sorted(earned) == earned


def test_what_is_earned_is_the_best_of_a_program_that_counts_discharges(
    ground_with: GroundOf, size_of: SizeOf, uneven: Any
) -> None:
    # 1 MW and 1 MWh without losses at a wear of 150 元/MWh: at most one discharge for each two hours, 600 awarded
    ground = ground_with(
        scenario("0.14"), prices=uneven, project={"life_years": 1}, cost={"variable_cost_cny_per_mwh": 150}
    )
    year = operated(ground, ground.project.scenario[0], size_of("10", "10")).years[0]
    found = (year.revenue_fen / 100 - 150 * year.discharge_kwh_e4 / 10_000_000) / 10
    assert best_counted(uneven, wear=150.0, award=140.0, awarded=600) * (1 - 1e-4) <= found
    assert found <= best_counted(uneven, wear=150.0, award=140.0, awarded=600) + 1


def best_counted(price: Any, *, wear: float, award: float, awarded: int) -> float:
    """The most that 1 MWh earns by whole discharges of an hour: a state for each number made, up to one above all awarded."""
    most = 1_000
    empty, full = np.full(most + 1, -np.inf), np.full(most + 1, -np.inf)
    empty[0] = 0.0
    paid = np.where(np.arange(most) < awarded, award, 0.0)
    for each in np.asarray(price, float):
        charged = np.maximum(full, empty - each)
        emptied = empty.copy()
        emptied[1:] = np.maximum(empty[1:], full[:-1] + each - wear + paid)
        empty, full = emptied, charged
    assert int(np.argmax(empty)) < most
    return float(empty.max())


def test_the_curve_knows_the_award_by_the_rated_energy(ground_with: GroundOf, size_of: SizeOf, uneven: Any) -> None:
    faded = {"calendar_fade_per_year": Decimal("0.1")}
    ground = ground_with(
        {**scenario("0.35"), "award_years": 2},
        prices=uneven,
        project={**ONE_YEAR, "life_years": 2},
        fade=faded,
    )
    known, size = ground.project.scenario[0], size_of("20", "20")
    exact, quick = operated(ground, known, size).years, quick_years(Curve(ground=ground, mesh_h=0.0), known, size)
    assert quick is not None
    assert [pytest.approx(year.revenue_fen / 100, rel=1e-4) for year in exact] == [
        year.revenue_fen / 100 for year in quick
    ]
