"""`huchu dispatch`: schedules written whole, or a refusal that says what would do."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import highspy
import pytest

from huchu.cli import dispatch
from huchu.cli.request import Asked, Request
from tariffs.vocabulary.errors import HuchuError, InputError, Refused, UsageError

SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
STATION = """[[station]]
id = "{id}"
name = "站 {id}"
power_mw = 100
charge_power_mw = {charge}
energy_mwh = 200
round_trip_efficiency = 0.8
grid_connected_on = 2025-05-01
in_annual_plan = true
"""
REGULATED = [
    "findings.csv",
    "orders.csv",
    "plan.csv",
    "schedule.csv",
    "schedule.parquet",
    "stored_worth.csv",
    "summary.json",
]
MARKET = [name for name in REGULATED if name not in ("orders.csv", "plan.csv")]
PRICES = (100, 50, 300, 400, 100, 500)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Settings, one station, and six hours of prices on 30 September, a season day, and 1 October."""
    (tmp_path / "huchu.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "stations.toml").write_text(STATION.format(id="A", charge=100), encoding="utf-8")
    hours = ("2025-09-30T21", "2025-09-30T22", "2025-09-30T23", "2025-10-01T00", "2025-10-01T01", "2025-10-01T02")
    rows = [f"{hour}:00:00+08:00,{price}\n" for hour, price in zip(hours, PRICES, strict=True)]
    (tmp_path / "signals.csv").write_text("interval_start,price_cny_per_mwh\n" + "".join(rows), encoding="utf-8")
    return tmp_path


def market(folder: Path, **changes: Any) -> Request:
    request = Request(stations=folder / "stations.toml", signals=folder / "signals.csv", out=folder / "out")
    return replace(request, **changes)


def regulated(folder: Path, **changes: Any) -> Request:
    request = Request(
        stations=folder / "stations.toml", from_at="2025-09-29", until_at="2025-10-02", out=folder / "out"
    )
    return replace(request, **changes)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def summary(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "out/summary.json").read_text(encoding="utf-8"))
    return told


def test_a_plan_at_market_prices_is_written_whole(folder: Path) -> None:
    dispatch.run(market(folder), None)
    assert MARKET == names(folder / "out")
    rows = table(folder / "out/schedule.csv")
    assert ["station_id", "interval_start", "charge_mw", "discharge_mw", "stored_mwh"] == list(rows[0])
    assert 6 == len(rows)
    assert Decimal(0) == Decimal(rows[-1]["stored_mwh"])


def test_the_summary_has_the_keys_of_the_contract_and_the_revenue_of_the_schedule(folder: Path) -> None:
    dispatch.run(market(folder), None)
    told = summary(folder)
    contract = "objective rung objective_value best_bound gap status calls revenue_cny build_s solve_s verify_s solver"
    assert set(contract.split()) <= set(told)
    rows = table(folder / "out/schedule.csv")
    net = [Decimal(row["discharge_mw"]) - Decimal(row["charge_mw"]) for row in rows]
    earned = sum((power * price for power, price in zip(net, PRICES, strict=True)), start=Decimal(0))
    assert abs(earned - Decimal(told["revenue_cny"])) <= Decimal("0.01")


def test_with_regulated_prices_orders_and_plan_are_written_too(folder: Path) -> None:
    dispatch.run(regulated(folder), None)
    assert REGULATED == names(folder / "out")
    # two season days at one cycle each, 207.75 in and 498.60 out; and 250 MWh bought at the end of the season for 415.50
    ordered = sum(
        Decimal(row["energy_kwh"]) for row in table(folder / "out/orders.csv") if row["direction"] == "discharge"
    )
    assert Decimal(600_000) == ordered
    expected = 400 * Decimal("498.60") + 200 * Decimal("415.50") - 750 * Decimal("207.75")
    assert abs(expected - Decimal(summary(folder)["revenue_cny"])) <= Decimal("0.02")


def test_what_the_season_leaves_over_is_sold_on_the_first_day_that_pays_the_same(folder: Path) -> None:
    dispatch.run(regulated(folder, until_at="2025-10-08"), None)
    sold = [row["start_at"] for row in table(folder / "out/orders.csv") if row["direction"] == "discharge"]
    assert "2025-10-01" == sold[-1][:10]


def test_the_default_calls_are_the_plans_pro_rata(folder: Path) -> None:
    dispatch.run(regulated(folder), None)
    station = summary(folder)["stations"][0]
    assert pytest.approx(2 * 210 / 212, abs=1e-6) == float(station["calls_wanted"])
    assert ["2.0000"] == [season["calls_by_discharge"] for season in station["seasons"]]
    codes = {row["code"] for row in table(folder / "out/findings.csv")}
    assert {"calls_by_default", "daily_cap_by_default", "ties_by_periods"} <= codes


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    dispatch.run(regulated(folder), None)
    dispatch.run(regulated(folder, out=folder / "again"), None)
    for name in REGULATED:
        if name != "summary.json":
            assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes()


def test_calls_out_of_reach_name_the_largest_number_and_it_works(folder: Path) -> None:
    # three hours of the season: at most one hour's discharge of what the two before took in
    with pytest.raises(HuchuError) as refused:
        dispatch.run(market(folder, asked=Asked(calls=5.0)), None)
    most = re.search(r"at most ([0-9.]+) calls", refused.value.found.en)
    assert most
    assert refused.value.what.en.startswith("A: ")
    assert ["findings.csv"] == names(folder / "out")
    assert ["plan_refused"] == [r["code"] for r in table(folder / "out/findings.csv") if r["severity"] == "refusal"]
    dispatch.run(market(folder, asked=Asked(calls=float(most[1]))), None)
    assert float(most[1]) - 1e-4 <= float(summary(folder)["calls"])
    with pytest.raises(HuchuError):
        dispatch.run(market(folder, asked=Asked(calls=float(most[1]) + 0.2), force=True), None)


def test_bad_signals_leave_nothing_but_findings_with_their_rows(folder: Path) -> None:
    lines = (folder / "signals.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace(",300", ",nan")
    (folder / "signals.csv").write_text("".join(lines), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        dispatch.run(market(folder), None)
    assert ["findings.csv"] == names(folder / "out")
    assert ["4"] == [row["row"] for row in table(folder / "out/findings.csv") if row["severity"] == "refusal"]
    assert "out/findings.csv" in refused.value.done.en


def test_an_earlier_result_is_kept_unless_forced(folder: Path) -> None:
    dispatch.run(market(folder), None)
    with pytest.raises(InputError, match="overwrite with --force"):
        dispatch.run(market(folder), None)
    dispatch.run(market(folder, force=True), None)
    assert MARKET == names(folder / "out")


def test_force_never_deletes_what_is_no_result(folder: Path) -> None:
    with pytest.raises(InputError, match="what is not a result is not overwritten"):
        dispatch.run(market(folder, out=folder, force=True), None)
    assert ["huchu.toml", "signals.csv", "stations.toml"] == names(folder)


def test_refused_stations_may_be_skipped_and_are_named(folder: Path) -> None:
    both = STATION.format(id="A", charge=100) + STATION.format(id="B", charge=9)
    (folder / "stations.toml").write_text(both, encoding="utf-8")
    with pytest.raises(Refused, match="regulated prices"):
        dispatch.run(regulated(folder), None)
    assert ["findings.csv"] == names(folder / "out")
    done = dispatch.run(regulated(folder, skip_refused=True), None)
    assert ("B",) == done.refused
    assert {"A"} == {row["station_id"] for row in table(folder / "out/schedule.csv")}
    assert ["B"] == [row["station_id"] for row in table(folder / "out/findings.csv") if row["severity"] == "refusal"]


def test_when_every_station_is_refused_nothing_is_written(folder: Path) -> None:
    (folder / "stations.toml").write_text(STATION.format(id="B", charge=9), encoding="utf-8")
    with pytest.raises(Refused):
        dispatch.run(regulated(folder, skip_refused=True), None)
    assert ["findings.csv"] == names(folder / "out")


@pytest.mark.parametrize("ending", [".lp", ".mps"])
def test_the_model_is_exported_beside_the_plan(folder: Path, ending: str) -> None:
    model = folder / f"model{ending}"
    dispatch.run(market(folder, export=model), None)
    assert "energy_balance" in model.read_text(encoding="utf-8")
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(model))
    solver.run()
    # a file may state a maximum as the minimum of its negative
    solved = abs(solver.getInfo().objective_function_value)
    assert pytest.approx(float(summary(folder)["objective_value"]), rel=1e-7) == solved
    with pytest.raises(InputError, match="exists"):
        dispatch.run(market(folder, export=model, out=folder / "other"), None)


def test_a_refused_plan_says_that_its_model_was_written(folder: Path) -> None:
    with pytest.raises(HuchuError) as refused:
        dispatch.run(market(folder, export=folder / "model.lp", asked=Asked(calls=5.0)), None)
    assert "model.lp" in refused.value.done.en
    assert (folder / "model.lp").is_file()


def test_a_constraint_of_the_users_own_is_kept_and_said_to_be_unverified(folder: Path) -> None:
    (folder / "small.py").write_text(
        "from pyomo.core import Constraint\n"
        "def add(model, station, terms):\n"
        "    model.small = Constraint(model.steps, rule=lambda m, t: m.discharge_mw[t] <= 10)\n",
        encoding="utf-8",
    )
    dispatch.run(market(folder, asked=Asked(own_blocks=(folder / "small.py",))), None)
    assert Decimal(10) == max(Decimal(row["discharge_mw"]) for row in table(folder / "out/schedule.csv"))
    assert "not_verified" in {row["code"] for row in table(folder / "out/findings.csv")}


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        ("--rung", {"asked": Asked(rung="quick")}),
        ("--max-cycles-per-day", {"asked": Asked(max_cycles_per_day="many")}),
        ("--final-stored-ratio", {"asked": Asked(final_stored_ratio="half")}),
        ("--rolling", {"asked": Asked(rolling="48")}),
        ("problem", {"asked": Asked(calls=-1.0)}),
        ("--from", {"from_at": "soon"}),
        ("--step", {"step_minutes": 15}),
        ("objective", {"asked": Asked(objective="profit")}),
        ("windows", {"asked": Asked(rung="windows")}),
        ("station", {"only": ("Z",)}),
    ],
)
def test_words_that_are_not_understood_are_wrong_usage(folder: Path, what: str, changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=what):
        dispatch.run(market(folder, **changes), None)
    assert not (folder / "out").exists()


def test_without_signals_the_horizon_must_be_given(folder: Path) -> None:
    with pytest.raises(UsageError, match="horizon"):
        dispatch.run(regulated(folder, until_at=None), None)


def test_the_command_prints_one_json_object(folder: Path, huchu: Callable[..., Any]) -> None:
    ran = huchu("dispatch", "--signals", "signals.csv", "--no-plot", "--json", "--out", "out", cwd=folder)
    assert 0 == ran.code
    told = json.loads(ran.out)
    assert ("done", "program") == (told["status"], told["stations"][0]["rung"])


def test_the_command_draws_both_pictures_and_says_where_they_lie(folder: Path, huchu: Callable[..., Any]) -> None:
    ran = huchu("dispatch", "--from", "2025-09-29", "--until", "2025-10-02", "--lang", "en", cwd=folder)
    assert 0 == ran.code
    assert "results in dispatch-2025-09-29" in ran.out
    pictures = [folder / "dispatch-2025-09-29" / name for name in ("schedule.png", "heat_map.png")]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_a_refusal_has_four_parts_and_exit_code_one(folder: Path, huchu: Callable[..., Any]) -> None:
    ran = huchu("dispatch", "--signals", "signals.csv", "--calls", "5", "--lang", "en", cwd=folder)
    assert 1 == ran.code
    assert all(part in ran.err for part in ("NoSchedule:", "Found:", "Done:", "Do:"))
    assert ["findings.csv"] == names(folder / "dispatch-signals")
