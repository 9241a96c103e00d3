"""Reading project.toml: every problem is told, with the file, the key and the way out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch.sizing.inputs.project import Project, Size, project_from_table, read_project
from dispatch.sizing.inputs.scenario import Regime
from tariffs.vocabulary.errors import InputError

Table = dict[str, Any]
TableOf = Callable[..., Table]
ScenarioOf = Callable[..., Table]
SAMPLE = Path(__file__).parents[3] / "huchu" / "samples" / "size" / "project.toml"

OUT_OF_RANGE: tuple[tuple[str, str, Any], ...] = (
    ("project", "life_years", 0),
    ("project", "life_years", 61),
    ("project", "round_trip_efficiency", Decimal("1.01")),
    ("project", "round_trip_efficiency", Decimal(0)),
    ("project", "min_stored_ratio", Decimal("-0.1")),
    ("project", "self_discharge_per_day", Decimal(2)),
    ("project", "in_building_ratio", Decimal(2)),
    ("project", "id", "甲"),
    ("project", "first_on", date(9990, 1, 1)),
    ("size", "max_power_mw", Decimal(0)),
    ("size", "max_power_mw", Decimal(100_001)),
    ("size", "min_power_mw", Decimal(-1)),
    ("size", "min_duration_h", Decimal(0)),
    ("size", "max_duration_h", Decimal(49)),
    ("size", "max_energy_mwh", Decimal(0)),
    ("size", "max_investment_cny", Decimal(0)),
    ("size", "power_step_mw", Decimal(0)),
    ("size", "energy_step_mwh", Decimal("0.0001")),
    ("cost", "power_cost_cny_per_kw", Decimal(-1)),
    ("cost", "energy_cost_cny_per_kwh", Decimal(10_000_001)),
    ("cost", "fixed_investment_cny", Decimal(-1)),
    ("cost", "fixed_cost_cny_per_kw_year", Decimal(-1)),
    ("cost", "fixed_cost_cny_per_kwh_year", Decimal(-1)),
    ("cost", "fixed_cost_cny_per_year", Decimal(-1)),
    ("cost", "variable_cost_cny_per_mwh", Decimal(-1)),
    ("cost", "cost_growth_ratio", Decimal(2)),
    ("finance", "discount_ratio", Decimal("-0.6")),
    ("finance", "income_tax_ratio", Decimal("1.1")),
    ("finance", "residual_ratio", Decimal(-1)),
    ("finance", "vat_ratio", Decimal(2)),
    ("finance", "loss_carry_years", -1),
    ("finance", "depreciation_years", 0),
    ("fade", "calendar_fade_per_year", Decimal("0.6")),
    ("fade", "end_of_life_ratio", Decimal(1)),
    ("fade", "least_energy_ratio", Decimal(2)),
    ("fade", "cycle_life", [[Decimal(2), 100]]),
    ("fade", "cycle_life", [[Decimal("0.5"), 100], [Decimal(1), 200]]),
    ("augmentation", "in_years", [1]),
    ("augmentation", "in_years", [2, 2]),
    ("augmentation", "in_years", [3]),
    ("augmentation", "to_ratio", Decimal(0)),
    ("augmentation", "below_ratio", Decimal(2)),
    ("augmentation", "price_growth_ratio", Decimal(-1)),
)
OUT_OF_RANGE_IN_SCENARIO: tuple[tuple[str, Any], ...] = (
    ("name", "市场"),
    ("price_growth_ratio", Decimal("1.1")),
    ("calls", Decimal(-1)),
    ("max_cycles_per_day", Decimal(0)),
    ("capacity_support_cny_per_kw_year", Decimal(-1)),
    ("capacity_support_cny_per_kw_year", Decimal("0.0000001")),
    ("capacity_support_years", 0),
    ("net_load_peak_h", Decimal(25)),
    ("award_years", 0),
    ("award_rate_cny_per_kwh", Decimal(11)),
    ("market_from_year", 1),
)


def refusal_of(table: Table) -> InputError:
    with pytest.raises(InputError) as refused:
        project_from_table(table)
    return refused.value


def test_the_sample_project_is_read_as_it_stands() -> None:
    project = read_project(SAMPLE)
    assert Decimal("0.87") == project.project.round_trip_efficiency
    assert date(2041, 6, 30) == project.project.last_on
    assert ("regulated_then_market", "regulated_210") == tuple(each.name for each in project.scenario[:2])
    assert [Regime.REGULATED] * 4 + [Regime.MARKET] == [project.scenario[0].regime_in(year) for year in range(1, 6)]


def test_an_unknown_key_is_told_with_the_nearest_spelling_and_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace("life_years  ", "live_years  "), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_project(path)
    assert "mine.toml" in refused.value.what.en
    assert "live_years" in refused.value.found.en
    assert "life_years" in refused.value.found.en


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.toml"):
        read_project(tmp_path / "absent.toml")


def test_a_file_without_a_project_says_what_shows_one() -> None:
    refused = refusal_of({"station": []})
    assert "[project]" in refused.what.en
    assert "--example" in refused.do.en


@pytest.mark.parametrize(("table", "key"), [("cost", "power_cost_cny_per_kw"), ("finance", "discount_ratio")])
def test_a_key_that_is_missing_is_named(project_table: TableOf, table: str, key: str) -> None:
    given = project_table()
    del given[table][key]
    assert f"project.toml.{table} lacks {key}" in refusal_of(given).found.en


@pytest.mark.parametrize("table", ["size", "cost", "finance", "scenario"])
def test_a_table_that_is_missing_is_named(project_table: TableOf, table: str) -> None:
    given = project_table()
    del given[table]
    assert f"project.toml lacks {table}" in refusal_of(given).found.en


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [("project", "life_years", "20"), ("cost", "power_cost_cny_per_kw", True), ("size", "max_power_mw", "big")],
)
def test_a_wrong_type_is_told_with_its_key(project_table: TableOf, table: str, key: str, wrong: object) -> None:
    assert f"{table}.{key}" in refusal_of(project_table(**{table: {key: wrong}})).found.en


@pytest.mark.parametrize(("table", "key", "wrong"), OUT_OF_RANGE)
def test_a_figure_out_of_its_range_is_named(project_table: TableOf, table: str, key: str, wrong: object) -> None:
    refused = refusal_of(project_table(**{table: {key: wrong}}))
    assert (key if key != "in_years" or wrong != [3] else "energy is added in [3]") in refused.found.en


@pytest.mark.parametrize(("key", "wrong"), OUT_OF_RANGE_IN_SCENARIO)
def test_a_figure_of_a_scenario_out_of_its_range_is_named(
    project_table: TableOf, market_scenario: ScenarioOf, key: str, wrong: object
) -> None:
    assert key in refusal_of(project_table(market_scenario(**{key: wrong}))).found.en


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ({"regime": "market"}, "need signals"),
        ({"regime": "regulated", "signals": "p.csv"}, "signals are of no use"),
        ({"regime": "regulated", "market_from_year": 2}, "need signals"),
        ({"regime": "market", "signals": "p.csv", "market_from_year": 2}, "market_from_year goes with regulated"),
        ({"regime": "regulated", "award": "own"}, "award_rate_cny_per_kwh goes with"),
        ({"regime": "regulated", "award_rate_cny_per_kwh": Decimal(1)}, "award_rate_cny_per_kwh goes with"),
        ({"regime": "regulated", "capacity_support": "local_subsidy"}, "needs capacity_support_cny_per_kw_year"),
        ({"regime": "regulated", "capacity_support": "national_capacity_price"}, "needs net_load_peak_h"),
        ({"regime": "regulated", "calls_of": "rated_energy"}, "goes with a number of calls"),
        ({"regime": "regulated", "price_growth_ratio": Decimal("0.1")}, "price_growth_ratio plays no part"),
        ({"regime": "regulated", "capacity_support_cny_per_kw_year": 100}, "plays no part"),
        ({"regime": "regulated", "award_years": 3}, "award_years plays no part"),
        ({"regime": "regulated", "net_load_peak_h": 3}, "net_load_peak_h plays no part"),
        ({"regime": "free"}, "regulated"),
    ],
)
def test_what_does_not_go_together_in_a_scenario_is_told(project_table: TableOf, scenario: Table, told: str) -> None:
    assert told in refusal_of(project_table({"name": "a", **scenario})).found.en


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ({"min_power_mw": 30}, "min_power_mw 30 is above max_power_mw 20"),
        ({"min_duration_h": 5}, "min_duration_h 5 is above max_duration_h 4"),
        ({"max_power_mw": Decimal("0.05")}, "no multiple of power_step_mw 0.1"),
        ({"max_power_mw": Decimal("5.05"), "min_power_mw": Decimal("5.05")}, "no multiple of power_step_mw 0.1"),
        ({"max_power_mw": 30_000}, "is 120000 MWh, at most 100000 MWh"),
    ],
)
def test_limits_of_size_that_leave_nothing_are_told(project_table: TableOf, size: Table, told: str) -> None:
    assert told in refusal_of(project_table(size=size)).found.en


def test_many_problems_are_told_at_once(project_table: TableOf, market_scenario: ScenarioOf) -> None:
    given = project_table(
        market_scenario(),
        market_scenario(calls=-1),
        cost={"power_cost_cny_per_kw": -1},
        finance={"tax": 1},
        size={"max_power_mw": 0},
    )
    told = refusal_of(given).found.en
    assert [] == [word for word in ("calls", "power_cost_cny_per_kw", "tax", "max_power_mw") if word not in told]


def test_a_scenario_that_is_given_twice_is_told(project_table: TableOf, market_scenario: ScenarioOf) -> None:
    assert (
        "the scenario market is given twice" in refusal_of(project_table(market_scenario(), market_scenario())).found.en
    )


def test_no_scenario_at_all_is_told(project_table: TableOf) -> None:
    assert "there is no [[scenario]]" in refusal_of({**project_table(), "scenario": []}).found.en


def test_a_lease_is_read_and_its_price_has_six_decimals_at_most(
    project_table: TableOf, market_scenario: ScenarioOf
) -> None:
    lease = {"power_ratio": Decimal("0.5"), "price_cny_per_kw_year": Decimal("150.1234567"), "years": 1}
    assert (
        "price_cny_per_kw_year has at most 6 decimals"
        in refusal_of(project_table(market_scenario(lease=lease))).found.en
    )


def test_a_year_of_operation_begins_on_its_anniversary_also_on_a_leap_day(project_of: Callable[..., Project]) -> None:
    plant = project_of(project={"first_on": date(2028, 2, 29)}).project
    assert (date(2028, 2, 29), date(2029, 2, 28)) == plant.year(1)
    assert (date(2029, 2, 28), date(2030, 2, 28)) == plant.year(2)


def test_the_station_of_a_size_has_the_share_of_its_energy_that_is_left(project_of: Callable[..., Project]) -> None:
    station = project_of().project.station(Size(power_mw=Decimal(10), energy_mwh=Decimal(25)), Decimal("0.8"))
    assert (Decimal(10), Decimal(20)) == (station.power_mw, station.energy_mwh)
