"""The tables of `huchu size`: exact text, nothing that a spreadsheet would run, empty cells where there is nothing.

The store is that of tests/huchu/test_size.py: 10 MW / 10 MWh without losses, prices of 200 and 600 元/MWh half a day each, so
that a year earns 1,460,000 元 on 1,000,000 元.
"""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from dispatch.sizing.inputs.project import Project, Size, project_from_table
from dispatch.sizing.report import Judged, SizingReport, size_project
from huchu.output import STATIONS_HEADING
from huchu.sizes.exact import float_text, near_cny_text, plain_text, ratio_text
from huchu.sizes.result import sheets_of
from huchu.sizes.station_file import stations_text
from huchu.sizes.summary import headline_of, summary_of
from huchu.sizes.tables import cash_flow_table, npv_map_table, scenarios_table, years_table
from tariffs.schema import toml_tables
from tariffs.stations import stations_from_table
from tariffs.vocabulary.errors import Words

PROJECT = """[project]
id = "P-1"
name = "{name}"
first_on = 2026-01-01
life_years = 2
charge_efficiency = 1.0
discharge_efficiency = 1.0
catalogue = "independent"
[size]
max_power_mw = 10
max_duration_h = 2
[cost]
power_cost_cny_per_kw = 0
energy_cost_cny_per_kwh = 100
[finance]
discount_ratio = 0
income_tax_ratio = 0
residual_ratio = 0
[[scenario]]
name = "first"
title_zh = "=1+1"
regime = "market"
signals = "none.csv"
[[scenario]]
name = "second"
regime = "market"
signals = "none.csv"
"""
SIZE = Size(power_mw=Decimal(10), energy_mwh=Decimal(10))


def project(name: str = "站") -> Project:
    return project_from_table(toml_tables(PROJECT.format(name=name).encode(), "project.toml"))


@pytest.fixture(scope="module")
def report() -> SizingReport:
    starts = pl.datetime_range(
        datetime(2025, 12, 31, 16, tzinfo=UTC), datetime(2026, 12, 31, 15, tzinfo=UTC), "1h", eager=True
    )
    prices = pl.DataFrame(
        {
            "interval_start": starts.dt.convert_time_zone("Asia/Shanghai"),
            "price_cny_per_mwh": np.tile(np.repeat([200.0, 600.0], 12), 365),
        }
    )
    return size_project(project(), signals={"first": prices, "second": prices}, scenario="second", size=SIZE)


@pytest.fixture
def refused(report: SizingReport) -> SizingReport:
    """The same with a first scenario in which the size cannot be operated and no size is best."""
    first = Judged(scenario=report.judged[0].scenario, at_size=None, best=None, refusal=Words("=太小", "=too small"))
    return replace(report, judged=(first, report.judged[1]))


def test_a_title_that_a_spreadsheet_would_run_is_quoted(report: SizingReport) -> None:
    assert "'=1+1" == scenarios_table(report)["title_zh"][0]


def test_the_scenario_that_chose_the_size_is_marked(report: SizingReport) -> None:
    assert ["false", "true"] == scenarios_table(report)["is_base"].to_list()


def test_a_scenario_that_cannot_be_operated_has_its_reason_and_no_figures(refused: SizingReport) -> None:
    row = scenarios_table(refused).row(0, named=True)
    assert "'=太小 / =too small" == row["refusal"]
    assert {""} == {row[name] for name in ("npv_cny", "irr_ratio", "payback_years", "best_power_mw", "best_npv_cny")}
    assert ["second"] == cash_flow_table(refused)["scenario"].unique().to_list()
    assert ["second"] == years_table(refused)["scenario"].unique().to_list()


def test_the_summary_says_of_a_refused_scenario_why_and_nothing_else(refused: SizingReport) -> None:
    told = headline_of(refused)["scenarios"][0]
    assert ({"zh": "=太小", "en": "=too small"}, None, None, None) == (
        told["refusal"],
        told["measures"],
        told["present_cny"],
        told["best"],
    )


def test_present_values_of_the_summary_add_up_to_the_net_present_value(report: SizingReport) -> None:
    told = summary_of(report)["scenarios"][1]
    assert Decimal("1920000.00") == sum(Decimal(amount) for amount in told["present_cny"].values())
    assert "1920000.00" == told["measures"]["npv_cny"]


def test_the_workbook_begins_with_the_scenario_of_the_size(report: SizingReport, refused: SizingReport) -> None:
    assert ["second", "first"] == [sheet.name for sheet in sheets_of(report)]
    assert ["second"] == [sheet.name for sheet in sheets_of(refused)]


def test_the_map_is_empty_where_a_size_cannot_be(report: SizingReport) -> None:
    holes = replace(report.map, npv_cny=tuple((None, *along[1:]) for along in report.map.npv_cny))
    table = npv_map_table(replace(report, map=holes))
    least = table["power_mw"][0]
    assert [""] == table.filter(pl.col("power_mw") == least)["npv_cny"].unique().to_list()
    assert "" not in table.filter(pl.col("power_mw") != least)["npv_cny"].to_list()


@pytest.mark.parametrize("name", ['站 "甲"', "back\\slash", "line\tend \x7f"])
def test_a_station_of_any_name_can_be_read_back(name: str) -> None:
    known = project()
    named = replace(known, project=replace(known.project, name=name))
    text = stations_text(named, Size(power_mw=Decimal("12.50"), energy_mwh=Decimal(30)))
    (station,) = stations_from_table(toml_tables(text.encode(), "stations.toml"), where="stations.toml")
    assert text.startswith(STATIONS_HEADING)
    assert (name, Decimal("12.5"), known.project.first_on) == (station.name, station.power_mw, station.award_from)
    assert known.project.station(Size(power_mw=Decimal("12.5"), energy_mwh=Decimal(30))).in_annual_plan


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (plain_text(Decimal("1E+2")), "100"),
        (plain_text(Decimal("0.50")), "0.5"),
        (float_text(-0.00001, 4), "0"),
        (float_text(float("nan"), 4), ""),
        (ratio_text(0.1234567891), "0.12345679"),
        (ratio_text(None), ""),
        (near_cny_text(-1.239), "-1.24"),
        (near_cny_text(None), ""),
    ],
)
def test_figures_are_plain_decimal_text(text: str, shown: str) -> None:
    assert shown == text
