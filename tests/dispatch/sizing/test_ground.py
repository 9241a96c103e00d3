"""The ground of a project: whose prices each scenario has, and what is refused of them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dispatch.sizing.ground import Ground, ground_of
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.typical import kind_of, typical_year
from tariffs.vocabulary.errors import InputError, SettingsError, UsageError

GroundOf = Callable[..., Ground]
ProjectOf = Callable[..., Project]
FrameOf = Callable[..., pl.DataFrame]
ScenarioOf = Callable[..., dict[str, Any]]


def test_two_scenarios_that_name_one_file_share_what_is_read_of_it(
    project_of: ProjectOf, prices_of: FrameOf, market_scenario: ScenarioOf, tmp_path: Path
) -> None:
    prices_of().write_parquet(tmp_path / "p.parquet")
    two = project_of(market_scenario(signals="p.parquet"), market_scenario(name="other", signals="p.parquet"))
    ground = ground_of(two, folder=tmp_path)
    assert ground.markets["market"] is ground.markets["other"]


def test_a_frame_takes_the_place_of_the_file_of_its_scenario_only(
    project_of: ProjectOf, prices_of: FrameOf, market_scenario: ScenarioOf, tmp_path: Path
) -> None:
    prices_of([300]).write_parquet(tmp_path / "p.parquet")
    two = project_of(market_scenario(signals="p.parquet"), market_scenario(name="other", signals="p.parquet"))
    ground = ground_of(two, folder=tmp_path, signals={"other": prices_of([400])})
    first = {name: known.charge_price_e6 for name, known in ground.markets.items()}
    assert {"market": 300_000, "other": 400_000} == {
        name: price[0] for name, price in first.items() if price is not None
    }


def test_a_pandas_frame_and_a_polars_frame_say_the_same(project_of: ProjectOf, prices_of: FrameOf) -> None:
    frame = prices_of()
    ours, theirs = (ground_of(project_of(), signals={"market": each}) for each in (frame, frame.to_pandas()))
    known = ours.markets["market"], theirs.markets["market"]
    assert known[0].horizon == known[1].horizon
    assert known[0].charge_price_e6 is not None and known[1].charge_price_e6 is not None
    assert known[0].charge_price_e6.tolist() == known[1].charge_price_e6.tolist()


def test_prices_for_a_scenario_that_is_not_there_are_refused_with_the_nearest_name(
    project_of: ProjectOf, prices_of: FrameOf
) -> None:
    with pytest.raises(UsageError) as refused:
        ground_of(project_of(), signals={"markt": prices_of(), "market": prices_of()})
    assert "write market" == refused.value.do.en


def test_a_file_of_prices_that_is_missing_is_named(project_of: ProjectOf, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"prices\.csv"):
        ground_of(project_of(), folder=tmp_path)


def test_signals_without_prices_are_refused(project_of: ProjectOf, prices_of: FrameOf) -> None:
    load = prices_of().rename({"price_cny_per_mwh": "load_mw"})
    with pytest.raises(InputError) as refused:
        ground_of(project_of(), signals={"market": load})
    assert "market" in refused.value.what.en
    assert "price_cny_per_mwh" in refused.value.found.en


@pytest.mark.parametrize("days", [359, 367])
def test_prices_of_too_few_or_too_many_days_are_refused_with_their_number(
    project_of: ProjectOf, prices_of: FrameOf, days: int
) -> None:
    with pytest.raises(InputError) as refused:
        ground_of(project_of(), signals={"market": prices_of(days=days)})
    assert f"{days} days from 2026-01-01" in refused.value.found.en
    assert "360 to 366 days" in refused.value.do.en


@pytest.mark.parametrize(("days", "share"), [(360, Decimal(365) / 360), (364, Decimal(365) / 364), (365, 1), (366, 1)])
def test_days_that_are_missing_are_made_up_for_in_proportion(
    ground_with: GroundOf, prices_of: FrameOf, days: int, share: Decimal
) -> None:
    ground = ground_with(prices=prices_of(days=days))
    scenario = ground.project.scenario[0]
    typical = typical_year(ground, kind_of(ground, scenario, 1), Size(power_mw=Decimal(20), energy_mwh=Decimal(40)))
    assert pytest.approx(float(share)) == float(typical.share)


@pytest.mark.parametrize(
    "scenario",
    [
        {"name": "a", "regime": "regulated"},
        {"name": "a", "regime": "market", "signals": "p.csv", "calls": 10},
        {
            "name": "a",
            "regime": "market",
            "signals": "p.csv",
            "capacity_support": "local_subsidy",
            "capacity_support_cny_per_kw_year": 100,
        },
    ],
)
def test_without_settings_what_needs_them_is_refused_by_name(ground_with: GroundOf, scenario: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="the scenario a needs settings"):
        ground_with(scenario, with_settings=False)


def test_a_market_scenario_needs_no_settings(ground_with: GroundOf) -> None:
    assert ground_with(with_settings=False).around.settings is None


def test_prices_that_grow_beyond_all_markets_are_refused(ground_with: GroundOf, market_scenario: ScenarioOf) -> None:
    # 700 x 2^9 is 358,400, above 200,000; 700 x 2^8 is below
    grown = market_scenario(price_growth_ratio=Decimal(1))
    with pytest.raises(InputError, match="price_growth_ratio 1 is too large"):
        ground_with(grown, project={"life_years": 10})
    assert 9 == ground_with(grown, project={"life_years": 9}).project.project.life_years


def test_an_unknown_scenario_is_refused_with_the_nearest_name(ground_with: GroundOf) -> None:
    with pytest.raises(UsageError) as refused:
        ground_with().scenario("markets")
    assert ("there is no scenario markets", "for example market") == (refused.value.what.en, refused.value.do.en)
