"""`huchu size` as users start it: what is printed, what is written, what is refused.

A store without losses of 10 MW / 10 MWh at 100 元/kWh. Every day has twelve hours at 200 元/MWh and then twelve at 600: a
cycle a day buys 10 MWh for 2,000 元 and sells them for 6,000, so that each of the two years earns 365 x 4,000 = 1,460,000 元
on 1,000,000 元 invested, without tax and interest. Every figure below is worked by hand from that.
"""

import csv
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from huchu.cli.main import app
from tariffs import read_stations

Ask = Callable[..., Result]
PROJECT = """[project]
id = "P-1"
name = "小项目"
first_on = 2026-01-01
life_years = 2
round_trip_efficiency = 1.0

[size]
max_power_mw = 10
min_duration_h = 1
max_duration_h = 2

[cost]
power_cost_cny_per_kw = 0
energy_cost_cny_per_kwh = 100

[finance]
discount_ratio = 0
income_tax_ratio = 0
residual_ratio = 0

[[scenario]]
name = "spread"
title_zh = "价差"
title_en = "spread"
regime = "market"
signals = "spread.csv"

[[scenario]]
name = "flat"
regime = "market"
signals = "flat.csv"
"""
REGULATED = """
[[scenario]]
name = "regulated"
regime = "regulated"
calls = 0
"""
SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
HOURS = 365 * 24
GIVEN = ("--size", "10:10")
TABLES = {
    "break_even.csv",
    "cash_flow.csv",
    "findings.csv",
    "npv_map.csv",
    "scenarios.csv",
    "schedule.csv",
    "schedule.parquet",
    "sensitivity.csv",
    "sizing.xlsx",
    "stations.toml",
    "summary.json",
    "years.csv",
}
DRAWN = {"cash_flow.png", "npv_map.png", "scenarios.png", "sizing.pdf", "tornado.png"}


def put_prices(path: Path, morning: int, evening: int) -> None:
    first = datetime.fromisoformat("2026-01-01T00:00:00+08:00")
    rows = [f"{(first + timedelta(hours=n)).isoformat()},{evening if n % 24 >= 12 else morning}" for n in range(HOURS)]
    path.write_text("\n".join(["interval_start,price_cny_per_mwh", *rows, ""]), encoding="utf-8")


def put_project(folder: Path, text: str = PROJECT) -> None:
    put_prices(folder / "spread.csv", 200, 600)
    put_prices(folder / "flat.csv", 300, 300)
    (folder / "project.toml").write_text(text, encoding="utf-8")


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["size", *arguments])


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `huchu size` in a folder of its own with the project and its prices."""
    monkeypatch.chdir(tmp_path)
    put_project(tmp_path)
    return typed


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The folder and the screen of one run for 10 MW / 10 MWh."""
    folder = tmp_path_factory.mktemp("sized")
    put_project(folder)
    return folder / "out", typed(str(folder / "project.toml"), *GIVEN, "--out", str(folder / "out"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def summary(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return told


def test_every_file_of_a_result_is_written(sized: tuple[Path, Result]) -> None:
    folder, result = sized
    assert 0 == result.exit_code, result.stderr
    assert TABLES | DRAWN == {path.name for path in folder.iterdir()}


def test_the_screen_says_the_size_and_what_it_is_worth(sized: tuple[Path, Result]) -> None:
    """2 x 1,460,000 - 1,000,000 = 1,920,000; the rate solves 1 = 1.46 x + 1.46 x^2, x = 1 / (1 + rate)."""
    screen = sized[1].stdout
    for shown in ("10 MW / 10 MWh (1.00 h)", "1,920,000.00 元", "114.17%", "336.99 元", "136.99", "0.7"):
        assert shown in screen


def test_each_scenario_has_a_row_with_exact_measures(sized: tuple[Path, Result]) -> None:
    """LCOS (1,000,000 + 2 x 730,000) / 7,300 MWh = 336.99, without energy bought 136.99; payback 1 / 1.46 years."""
    spread, flat = rows(sized[0] / "scenarios.csv")
    expected = {
        "scenario": "spread",
        "is_base": "true",
        "power_mw": "10",
        "energy_mwh": "10",
        "duration_h": "1",
        "npv_cny": "1920000.00",
        "lcos_cny_per_mwh": "336.99",
        "storage_cost_cny_per_mwh": "136.99",
        "payback_years": "0.6849",
        "discounted_payback_years": "0.6849",
        "best_energy_mwh": "20",
        "best_npv_cny": "3840000.00",
    }
    assert expected == {name: spread[name] for name in expected}
    assert ("-1000000.00", "", "", "") == tuple(
        flat[name] for name in ("npv_cny", "irr_ratio", "lcos_cny_per_mwh", "payback_years")
    )


def test_the_cash_flow_has_a_row_for_the_investment_and_one_a_year(sized: tuple[Path, Result]) -> None:
    flow = [row for row in rows(sized[0] / "cash_flow.csv") if row["scenario"] == "spread"]
    assert ["-1000000.00", "1460000.00", "1460000.00"] == [row["net_cny"] for row in flow]
    assert ["0.0000", "3650000.0000", "3650000.0000"] == [row["discharge_kwh"] for row in flow]
    assert ("-730000.00", "2190000.00") == (flow[1]["charge_cny"], flow[1]["discharge_cny"])


def test_the_years_have_their_energies_and_amounts(sized: tuple[Path, Result]) -> None:
    first = rows(sized[0] / "years.csv")[0]
    expected = {
        "scenario": "spread",
        "year_no": "1",
        "first_on": "2026-01-01",
        "regime": "market",
        "energy_ratio": "1",
        "charge_kwh": "3650000.0000",
        "discharge_kwh": "3650000.0000",
        "season_calls": "",
        "revenue_cny": "1460000.00",
    }
    assert expected == {name: first[name] for name in expected}


def test_the_map_is_proportional_to_power_and_energy(sized: tuple[Path, Result]) -> None:
    """Each MWh earns 2 x 365 x 400 - 100,000 = 192,000 元, whatever the power."""
    shown = rows(sized[0] / "npv_map.csv")
    assert shown
    for row in shown:
        assert 192_000 * float(row["energy_mwh"]) == pytest.approx(float(row["npv_cny"]), abs=1)


def test_the_break_even_cost_of_energy_is_two_years_of_margin(sized: tuple[Path, Result]) -> None:
    """2 x 365 x 400 元 a MWh are 292 元 for each kWh."""
    figures = {row["assumption"]: row for row in rows(sized[0] / "break_even.csv")}
    energy = figures["energy_cost"]
    assert "100" == energy["now"]
    assert 292.0 == pytest.approx(float(energy["break_even"]), abs=0.01)


def test_the_sensitivity_to_the_cost_of_energy_is_a_fifth_of_it(sized: tuple[Path, Result]) -> None:
    found = {row["driver"]: row for row in rows(sized[0] / "sensitivity.csv")}
    cost = found["energy_cost"]
    assert ("2120000.00", "1720000.00", "200000.00") == (
        cost["npv_low_cny"],
        cost["npv_high_cny"],
        cost["swing_cny"],
    )


def test_the_summary_has_the_answer_the_readings_and_the_digests(sized: tuple[Path, Result]) -> None:
    told = summary(sized[0])
    assert ({"power_mw": "10", "energy_mwh": "10", "duration_h": "1"}, "1920000.00", True) == (
        told["size"],
        told["measures"]["npv_cny"],
        told["is_given"],
    )
    assert ["project.toml", "spread.csv", "flat.csv"] == [each["name"] for each in told["inputs"]]
    assert ("with_vat", "usable_energy") == (
        told["readings"]["vat_basis"],
        told["readings"]["scenarios"]["spread"]["calls_of"],
    )
    assert ["flat", "spread"] == sorted({row["scenario"] for row in told["cash_flow"]})


def test_the_station_of_the_chosen_size_can_be_read_back(sized: tuple[Path, Result]) -> None:
    (station,) = read_stations(sized[0] / "stations.toml")
    assert ("P-1", "小项目", "10", "10") == (
        station.id,
        station.name,
        str(station.power_mw),
        str(station.energy_mwh),
    )
    assert station.in_annual_plan


def test_the_schedule_is_that_of_the_first_year(sized: tuple[Path, Result]) -> None:
    planned = rows(sized[0] / "schedule.csv")
    assert HOURS == len(planned)
    assert 3650.0 == pytest.approx(sum(float(row["discharge_mw"]) for row in planned))


def test_the_best_size_is_the_largest_where_every_mwh_earns_money(ask: Ask) -> None:
    """Power costs nothing and each MWh earns, so that all 10 MW for 2 h are built; worth 20 x 192,000 元."""
    result = ask("project.toml", "--json", "--no-plot")
    told = json.loads(result.stdout)
    assert (0, "done", "size-project", False) == (result.exit_code, told["status"], told["out"], told["is_given"])
    assert ("20", "3840000.00", "spread") == (told["size"]["energy_mwh"], told["measures"]["npv_cny"], told["scenario"])
    linear = told["linear_program"]
    assert ("optimal", "20", "3840000.00") == (linear["status"], linear["energy_mwh"], linear["present_value_cny"])
    assert {path.name for path in Path("size-project").iterdir()} == TABLES


def test_a_size_that_loses_money_is_shown_and_said_not_to_be_worth_building(ask: Ask) -> None:
    result = ask("project.toml", "--scenario", "flat", "--no-plot")
    assert 0 == result.exit_code
    assert "no size earns back what it costs" in result.stdout
    assert "size_not_worth_building" in result.stderr


def test_a_scenario_that_cannot_be_operated_is_told_and_the_others_stand(ask: Ask) -> None:
    Path("project.toml").write_text(PROJECT + REGULATED, encoding="utf-8")
    Path("huchu.toml").write_text(SETTINGS, encoding="utf-8")
    result = ask("project.toml", "--size", "5:5", "--no-plot", "--out", "out")
    assert 0 == result.exit_code, result.stderr
    spread, _, regulated = rows(Path("out/scenarios.csv"))
    assert ("960000.00", "", "", True) == (
        spread["npv_cny"],
        spread["refusal"],
        regulated["npv_cny"],
        "10 MW" in regulated["refusal"],
    )
    assert "scenario_not_judged" in result.stderr


def test_a_result_is_overwritten_with_force_only(ask: Ask) -> None:
    Path("out").mkdir()
    Path("out/years.csv").write_text("x", encoding="utf-8")
    refused = ask("project.toml", *GIVEN, "--no-plot", "--out", "out")
    assert (1, "x") == (refused.exit_code, Path("out/years.csv").read_text(encoding="utf-8"))
    assert 0 == ask("project.toml", *GIVEN, "--no-plot", "--out", "out", "--force").exit_code
    assert 4 == len(rows(Path("out/years.csv")))


def test_stations_of_the_user_are_no_result_even_with_force(ask: Ask) -> None:
    Path("out").mkdir()
    Path("out/stations.toml").write_text("[[station]]\n", encoding="utf-8")
    refused = ask("project.toml", *GIVEN, "--no-plot", "--out", "out", "--force")
    assert (1, "[[station]]\n") == (refused.exit_code, Path("out/stations.toml").read_text(encoding="utf-8"))


def test_a_sweep_has_a_row_a_point_and_the_best_of_each_scenario(ask: Ask) -> None:
    grid = "power=5:10:5,duration=1:2:0.5,energy_cost=100:200:100"
    result = ask("project.toml", "--sweep", grid, "--json")
    told, points = json.loads(result.stdout), rows(Path("sweep-project/sweep.csv"))
    assert (0, 24, 24) == (result.exit_code, told["points"], len(points))
    assert ["spread", "10", "2", "0", "100", "3840000.00"] == list(told["best"][0].values())
    first = points[0]
    assert ("5", "1", "100", "960000.00") == (
        first["power_mw"],
        first["duration_h"],
        first["energy_cost_cny_per_kwh"],
        first["npv_cny"],
    )
    assert told["points_a_minute"] > 0


def test_a_sweep_of_named_scenarios_has_those_only(ask: Ask) -> None:
    result = ask("project.toml", "--sweep", "power=10,duration=1", "--scenario", "flat", "--out", "out")
    assert 0 == result.exit_code
    assert [("flat", "-1000000.00")] == [(row["scenario"], row["npv_cny"]) for row in rows(Path("out/sweep.csv"))]
    assert "1 points from 1 planned years" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--size", "100"), "write MW:MWh"),
        (("--size", "0:4"), "--size '0' cannot be used"),
        (("--size", "nan:4"), "--size 'nan' cannot be used"),
        (("--scenario", "spred"), "for example spread"),
        (("--scenario", "spread", "--scenario", "flat"), "keep one --scenario"),
        (("--sweep", "powr=1,duration=1"), "write power"),
        (("--sweep", "power=1"), "first:last:step"),
        (("--sweep", "power=1,power=2,duration=1"), "is not understood"),
        (("--sweep", "power=1:2:0,duration=1"), "--sweep power '0' cannot be used"),
        (("--sweep", "power=2:1:1,duration=1"), "--sweep power '1' cannot be used"),
        (("--sweep", "power=1:100:0.0001,duration=1"), "990,001 points"),
        (("--sweep", "power=1,duration=1", "--size", "1:1"), "--sweep, --size"),
        (("--time-limit", "nan"), "--time-limit 'nan' cannot be used"),
        (("--gap", "2"), "--gap '2' cannot be used"),
    ],
)
def test_words_that_are_not_understood_are_wrong_usage(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    result = ask("project.toml", *arguments, "--out", "out")
    assert (2, "") == (result.exit_code, result.stdout)
    assert said in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("max_power_mw", "max_powr_mw", "did you mean max_power_mw"),
        ('"spread.csv"', '"nowhere.csv"', "nowhere.csv cannot be read"),
        ('"flat.csv"', '"day.csv"', "prices must cover one year"),
        ('"flat.csv"', '"load.csv"', "has no prices"),
        ("discount_ratio = 0", "discount_ratio = 6", "discount_ratio lies between -0.5 and 1, not 6"),
        ("[project]", "[projekt]", "huchu size --example shows a sample"),
        ('regime = "market"\nsignals = "flat.csv"', 'regime = "regulated"', "no huchu.toml"),
    ],
)
def test_a_project_that_cannot_be_judged_is_refused_and_nothing_is_written(
    ask: Ask, before: str, after: str, said: str
) -> None:
    assert before in PROJECT
    Path("project.toml").write_text(PROJECT.replace(before, after), encoding="utf-8")
    hours = "".join(f"2026-01-01T{hour:02d}:00+08:00,{hour}\n" for hour in range(24))
    Path("day.csv").write_text(f"interval_start,price_cny_per_mwh\n{hours}", encoding="utf-8")
    Path("load.csv").write_text(f"interval_start,load_mw\n{hours}", encoding="utf-8")
    result = ask("project.toml", *GIVEN, "--out", "out")
    assert 1 == result.exit_code
    assert said in result.stderr
    assert not Path("out").exists()


def test_a_station_too_small_for_the_regulated_prices_leaves_nothing_but_findings(ask: Ask) -> None:
    Path("project.toml").write_text(PROJECT + REGULATED, encoding="utf-8")
    Path("huchu.toml").write_text(SETTINGS, encoding="utf-8")
    result = ask("project.toml", "--size", "5:5", "--scenario", "regulated", "--out", "out")
    assert 1 == result.exit_code
    assert ["not_eligible_for_plan"] == [row["code"] for row in rows(Path("out/findings.csv"))]
    assert ["findings.csv"] == [path.name for path in Path("out").iterdir()]


def test_calls_that_cannot_be_made_are_refused_with_the_most_that_can(ask: Ask) -> None:
    """One cycle a day on 122 + 90 season days."""
    Path("project.toml").write_text(
        PROJECT + REGULATED.replace("calls = 0", "calls = 400\nmax_cycles_per_day = 1"), encoding="utf-8"
    )
    Path("huchu.toml").write_text(SETTINGS, encoding="utf-8")
    result = ask("project.toml", *GIVEN, "--scenario", "regulated", "--out", "out")
    assert 1 == result.exit_code
    for said in ("at most 212", "write fewer calls in that scenario"):
        assert said in result.stderr
    assert not Path("out").exists()


def test_no_project_is_wrong_usage(ask: Ask) -> None:
    result = ask()
    assert (2, True) == (result.exit_code, "huchu init DIR --size" in result.stderr)
