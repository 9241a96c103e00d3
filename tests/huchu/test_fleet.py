"""`huchu dispatch` with one goal of several stations: figures worked by hand, files whole, refusals that name the station."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import highspy
import pytest

from huchu.cli import dispatch as alone
from huchu.cli.fleet import command as fleet
from huchu.cli.request import Asked, Request
from huchu.output import refuse_existing
from settlement.inputs.read import InputPaths, read_inputs
from tariffs.reading.options import ReadOptions
from tariffs.stations import read_stations
from tariffs.vocabulary.errors import HuchuError, InputError, Refused, UsageError

SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
STATION = """[[station]]
id = "{id}"
name = "站 {id}"
power_mw = 10
energy_mwh = {energy}
charge_power_mw = {charge}
charge_efficiency = {efficiency}
discharge_efficiency = 1.0
grid_connected_on = 2018-05-01
in_annual_plan_from = 2025-05-01
"""
ZONE = """[[zone]]
id = "{id}"
name = "北"
discharge_limit_mw = {limit}
charge_limit_mw = {charge}
"""
LOADS = (100, 100, 130, 130)
TABLES = ["findings.csv", "fleet.csv", "fleet_calls.csv", "schedule.csv", "schedule.parquet", "summary.json"]
REGULATED = sorted([*TABLES, "orders.csv", "plan.csv"])


def station(station_id: str, *, energy: int = 20, charge: int = 10, efficiency: float = 1.0, zone: str = "") -> str:
    text = STATION.format(id=station_id, energy=energy, charge=charge, efficiency=efficiency)
    return text + (f'zone = "{zone}"\n' if zone else "")


def zone(discharge: int, charge: int = 100, zone_id: str = "N") -> str:
    return ZONE.format(id=zone_id, limit=discharge, charge=charge)


def write_signals(folder: Path, day: str = "2025-07-01", **columns: tuple[float, ...]) -> None:
    rows = [
        ",".join([f"{day}T{hour:02d}:00:00+08:00", *map(str, figures)])
        for hour, figures in enumerate(zip(*columns.values(), strict=True))
    ]
    text = "\n".join([",".join(["interval_start", *columns]), *rows]) + "\n"
    (folder / "signals.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two stations of 10 MW and 20 MWh without losses, empty at both ends, and four hours of load on a season day."""
    (tmp_path / "stations.toml").write_text(station("A") + station("B"), encoding="utf-8")
    write_signals(tmp_path, load_mw=LOADS)
    return tmp_path


@pytest.fixture
def regulated(folder: Path) -> Path:
    """The same where the regulated prices apply."""
    (folder / "huchu.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def request(folder: Path, objective: str = "peak_shaving", **asked: Any) -> Request:
    return Request(
        stations=folder / "stations.toml",
        signals=folder / "signals.csv",
        out=folder / "out",
        asked=Asked(objective=objective, **asked),
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def summary(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "out/summary.json").read_text(encoding="utf-8"))
    return told


def codes(folder: Path) -> set[str]:
    return {row["code"] for row in table(folder / "out/findings.csv")}


def test_the_peak_is_cut_to_where_charging_meets_it(folder: Path) -> None:
    # c MW more in each of the first two hours, c less in the last two: 100 + c = 130 - c
    fleet.run(request(folder), None)
    assert TABLES == names(folder / "out")
    told = summary(folder)
    assert ("115.000000", "115.000000", "optimal") == tuple(
        told[key] for key in ("objective_value", "best_bound", "status")
    )
    assert {"before_mw": "130.000000", "after_mw": "115.000000", "cut_mw": "15.000000"} == told["peak"]
    assert ("peak_mw", "115.000000") == (told["goals"][0]["goal"], told["goals"][0]["reached"])
    # 30 MWh in, 30 MWh out
    assert "60.000000" == told["throughput_mwh"]


def test_the_table_of_the_fleet_adds_up_exactly(folder: Path) -> None:
    fleet.run(request(folder), None)
    rows = table(folder / "out/fleet.csv")
    assert ["interval_start", "load_mw", "net_discharge_mw", "load_after_mw"] == list(rows[0])
    assert [115, 115, 115, 115] == pytest.approx([float(row["load_after_mw"]) for row in rows], abs=1e-5)
    net = [Decimal(row["net_discharge_mw"]) for row in rows]
    assert [Decimal(load) for load in LOADS] == [
        Decimal(row["load_after_mw"]) + given for row, given in zip(rows, net, strict=True)
    ]
    by_hour = dict.fromkeys((row["interval_start"] for row in rows), Decimal(0))
    for row in table(folder / "out/schedule.csv"):
        by_hour[row["interval_start"]] += Decimal(row["discharge_mw"]) - Decimal(row["charge_mw"])
    assert net == list(by_hour.values())


def test_without_prices_there_is_no_figure_of_money(folder: Path) -> None:
    fleet.run(request(folder), None)
    told = summary(folder)
    assert [None, None, None] == [told["revenue_cny"], *(each["revenue_cny"] for each in told["stations"])]
    assert "no_prices_no_settings" in codes(folder)


def test_one_station_may_serve_the_goal_alone(folder: Path) -> None:
    # 10 MWh each hour at most: 130 - 10
    fleet.run(replace(request(folder), only=("A",)), None)
    assert "120.000000" == summary(folder)["objective_value"]


def test_a_zone_limits_its_stations_together(folder: Path) -> None:
    text = station("A", zone="N") + station("B", zone="N") + zone(4)
    (folder / "stations.toml").write_text(text, encoding="utf-8")
    fleet.run(request(folder), None)
    told = summary(folder)
    assert "126.000000" == told["objective_value"]
    expected = {"zone_id": "N", "discharge_limit_mw": "4", "charge_limit_mw": "100", "stations": ["A", "B"]}
    assert [expected] == told["zones"]
    assert ["N", "N"] == [each["zone"] for each in told["stations"]]


def test_zones_that_bind_nobody_or_a_part_are_told(folder: Path) -> None:
    text = station("A", zone="N") + station("B", zone="N") + zone(4) + zone(5, zone_id="S")
    (folder / "stations.toml").write_text(text, encoding="utf-8")
    fleet.run(replace(request(folder), only=("A",)), None)
    told = {row["code"]: row["message"] for row in table(folder / "out/findings.csv")}
    assert "1 of the 2 stations of zone N are planned" in told["zone_in_part"]
    assert "zone S has no stations" in told["zone_without_stations"]


def test_stations_planned_each_by_itself_are_told_that_zones_do_not_bind(folder: Path) -> None:
    text = station("A", zone="N") + zone(4)
    (folder / "stations.toml").write_text(text, encoding="utf-8")
    write_signals(folder, price_cny_per_mwh=(100, 100, 200, 200))
    alone.run(request(folder, "market_revenue"), None)
    assert "zones_not_used" in codes(folder)


@pytest.mark.parametrize(
    ("fair_calls", "peak_mw", "shares"),
    [("before_peak", 120, (1, 1)), ("after_peak", 115, (0.75, 0.75)), ("off", 120, (1, 1))],
)
def test_calls_come_before_the_peak_or_after_it(
    regulated: Path, fair_calls: str, peak_mw: int, shares: tuple[float, ...]
) -> None:
    # a call of each takes 20 MW in both first hours: 120; the least peak, 115, leaves 30 of 40 MWh, shared alike
    fleet.run(request(regulated, fair_calls=fair_calls, calls=1.0), None)
    told = summary(regulated)
    assert f"{peak_mw}.000000" == told["objective_value"]
    assert fair_calls == told["readings"]["fair_calls"]
    rows = table(regulated / "out/fleet_calls.csv")
    assert ["station_id", "calls", "calls_asked", "share"] == list(rows[0])
    assert list(shares) == pytest.approx([float(row["share"]) for row in rows], abs=1e-5)
    assert ["1.0000", "1.0000"] == [row["calls_asked"] for row in rows]


def test_at_the_regulated_prices_orders_and_plan_are_read_back_by_settling(regulated: Path) -> None:
    fleet.run(request(regulated), None)
    out = regulated / "out"
    assert REGULATED == names(out)
    stations = read_stations(regulated / "stations.toml")
    read = read_inputs(InputPaths(orders=out / "orders.csv", plan=out / "plan.csv"), stations, ReadOptions())
    ordered = sum(order.energy_kwh_e4 for order in read.orders or () if order.direction.value == "discharge")
    discharged = sum(Decimal(row["discharge_mw"]) for row in table(out / "schedule.csv"))
    assert discharged * 1000 * 10**4 == ordered
    assert read.gives("plan")
    assert summary(regulated)["revenue_cny"] is not None


def test_prices_of_the_signals_bring_no_orders(regulated: Path) -> None:
    write_signals(regulated, load_mw=LOADS, price_cny_per_mwh=(100, 100, 200, 200))
    fleet.run(request(regulated), None)
    assert TABLES == names(regulated / "out")
    # 15 MWh in each hour: 30 * (200 - 100)
    assert "3000.00" == summary(regulated)["revenue_cny"]


@pytest.mark.parametrize(("worth", "expected", "peak_mw"), [(1000.0, "-112000", 115), (100.0, "-8000", 120)])
def test_the_worth_of_the_peak_decides_how_much_is_earned(
    folder: Path, worth: float, expected: str, peak_mw: int
) -> None:
    # from 20 MW to 15 MW in each hour: the peak falls from 120 to 115 MW, revenue from 4,000 to 3,000 yuan
    write_signals(folder, load_mw=LOADS, price_cny_per_mwh=(100, 100, 200, 200))
    fleet.run(request(folder, "peak_and_revenue", peak_worth_cny_per_mw=worth), None)
    told = summary(folder)
    assert f"{expected}.000000" == told["objective_value"]
    assert f"{peak_mw}.000000" == told["peak"]["after_mw"]
    assert f"{worth:g}" == told["readings"]["peak_worth_cny_per_mw"]


@pytest.mark.parametrize(("losses", "missed"), [("as_curtailed", "10.000000"), ("not", "5.000000")])
def test_what_the_store_loses_counts_as_the_reading_says(folder: Path, losses: str, missed: str) -> None:
    # 20 MWh of wind, 10 MW promised in two hours: 10 MWh stored give 5, so 5 are missing and 5 are lost
    (folder / "stations.toml").write_text(station("A", efficiency=0.5), encoding="utf-8")
    write_signals(folder, wind_mw=(20, 0))
    fleet.run(request(folder, "wind_following", promise="daily_mean", losses=losses), None)
    told = summary(folder)
    assert missed == told["objective_value"]
    assert {"promise": "daily_mean", "losses": losses} == {key: told["readings"][key] for key in ("promise", "losses")}
    rows = table(folder / "out/fleet.csv")
    columns = "interval_start wind_mw net_discharge_mw promised_mw delivered_mw curtailed_mw shortfall_mw"
    assert columns.split() == list(rows[0])
    assert [("10", "0", "0"), ("5", "0", "5")] == [
        (row["delivered_mw"], row["curtailed_mw"], row["shortfall_mw"]) for row in rows
    ]


def test_the_promise_that_applies_by_default_is_told(folder: Path) -> None:
    write_signals(folder, wind_mw=(20, 0), wind_plan_mw=(10, 10))
    fleet.run(request(folder, "wind_following"), None)
    assert ("wind_plan", "0.000000") == (summary(folder)["readings"]["promise"], summary(folder)["objective_value"])
    assert "promise_wind_plan" in codes(folder)


def test_every_refused_station_is_named_or_skipped(regulated: Path) -> None:
    text = station("A") + station("B", charge=9) + station("C", charge=9)
    (regulated / "stations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        fleet.run(request(regulated), None)
    assert "B" in refused.value.what.en
    assert "1 more refused: C" in refused.value.found.en
    assert ["findings.csv"] == names(regulated / "out")
    done = fleet.run(replace(request(regulated), skip_refused=True), None)
    assert ("B", "C") == done.refused
    assert {"A"} == {row["station_id"] for row in table(regulated / "out/schedule.csv")}
    refusals = [row["station_id"] for row in table(regulated / "out/findings.csv") if row["severity"] == "refusal"]
    assert ["B", "C"] == refusals


def test_a_station_without_a_schedule_is_named_or_skipped(regulated: Path) -> None:
    # two hours of charging at 10 MW fill 20 MWh, never 40
    (regulated / "stations.toml").write_text(station("A") + station("C", energy=40), encoding="utf-8")
    asked = request(regulated, fair_calls="off", calls=1.0)
    with pytest.raises(HuchuError) as refused:
        fleet.run(asked, None)
    assert refused.value.what.en.startswith("C: ")
    assert ["findings.csv"] == names(regulated / "out")
    done = fleet.run(replace(asked, skip_refused=True), None)
    assert ("C",) == done.refused
    assert ["A"] == [each["station_id"] for each in summary(regulated)["stations"]]


def test_when_every_station_is_refused_nothing_is_written(regulated: Path) -> None:
    (regulated / "stations.toml").write_text(station("B", charge=9), encoding="utf-8")
    with pytest.raises(Refused):
        fleet.run(replace(request(regulated), skip_refused=True), None)
    assert ["findings.csv"] == names(regulated / "out")


def test_a_zone_too_small_for_any_schedules_is_refused_with_one_that_does(folder: Path) -> None:
    text = station("A", zone="N") + station("B", zone="N") + zone(100, charge=4)
    (folder / "stations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(HuchuError) as refused:
        fleet.run(request(folder, final_stored_ratio="1"), None)
    # 40 MWh into the stores in four hours
    assert "10.00 MW" in refused.value.do.en


@pytest.mark.parametrize(
    ("objective", "asked", "what"),
    [
        ("peak_shaving", {"fair_calls": "first"}, "--fair-calls does not know first"),
        ("wind_following", {"promise": "plan"}, "--promise does not know plan"),
        ("wind_following", {"losses": "curtailed"}, "--losses does not know curtailed"),
        ("peak_and_revenue", {"peak_worth_cny_per_mw": -1.0}, "problem"),
        ("peak_and_revenue", {}, "go together"),
        ("peak_shaving", {"peak_worth_cny_per_mw": 1.0}, "--peak-worth is for peak_and_revenue only"),
        ("peak_shaving", {"promise": "load"}, "--promise is for wind_following only"),
        ("peak_shaving", {"losses": "not"}, "--losses is for wind_following only"),
        ("peak_shaving", {"rung": "warm"}, "warm"),
        ("peak_shaving", {"rolling": "48:24"}, "do not roll"),
        ("wind_following", {}, "needs the column wind_mw"),
    ],
)
def test_words_that_do_not_fit_are_wrong_usage(folder: Path, objective: str, asked: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        fleet.run(request(folder, objective, **asked), None)
    assert not (folder / "out").exists()


@pytest.mark.parametrize("objective", [None, "market_revenue"])
def test_options_of_a_fleet_say_nothing_to_stations_planned_each_by_itself(folder: Path, objective: str) -> None:
    with pytest.raises(UsageError, match="--fair-calls is for peak_shaving, wind_following, peak_and_revenue only"):
        alone.run(request(folder, objective, fair_calls="off"), None)


@pytest.mark.parametrize(("what", "changes"), [("--jobs", {"jobs": 2}), ("--cluster", {"cluster": "local"})])
def test_one_goal_is_not_planned_apart(folder: Path, what: str, changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=what):
        fleet.run(replace(request(folder), **changes), None)


def test_the_model_is_exported_with_its_first_goal(folder: Path) -> None:
    model = folder / "model.lp"
    fleet.run(replace(request(folder), export=model), None)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(model))
    solver.run()
    assert pytest.approx(115.0, rel=1e-7) == abs(solver.getInfo().objective_function_value)
    with pytest.raises(InputError, match="exists"):
        fleet.run(replace(request(folder), export=model, out=folder / "other"), None)


def test_the_model_that_is_exported_is_without_the_skipped_stations(regulated: Path) -> None:
    (regulated / "stations.toml").write_text(station("A") + station("C", energy=40), encoding="utf-8")
    asked = replace(request(regulated, fair_calls="off", calls=1.0), skip_refused=True)
    model = regulated / "model.lp"
    fleet.run(replace(asked, export=model), None)
    text = model.read_text(encoding="utf-8")
    assert "station(0)" in text
    assert "station(1)" not in text


def test_two_runs_give_the_same_bytes(regulated: Path) -> None:
    fleet.run(request(regulated), None)
    fleet.run(replace(request(regulated), out=regulated / "again"), None)
    for name in REGULATED:
        if name != "summary.json":
            assert (regulated / "out" / name).read_bytes() == (regulated / "again" / name).read_bytes()


def test_the_command_draws_writes_and_says_where(regulated: Path, huchu: Callable[..., Any]) -> None:
    ran = huchu("dispatch", "--signals", "signals.csv", "--objective", "peak_shaving", "--lang", "en", cwd=regulated)
    assert 0 == ran.code
    assert "results in dispatch-signals" in ran.out
    out = regulated / "dispatch-signals"
    pictures = ("fleet.png", "fleet_heat_map.png", "fleet_calls.png")
    assert sorted([*REGULATED, *pictures]) == names(out)
    assert all((out / name).read_bytes().startswith(b"\x89PNG") for name in pictures)
    refuse_existing(out, force=True)


def test_the_command_tells_programs_one_object_and_that_a_part_is_missing(
    regulated: Path, huchu: Callable[..., Any]
) -> None:
    (regulated / "stations.toml").write_text(station("A") + station("B", charge=9), encoding="utf-8")
    words = ("dispatch", "--signals", "signals.csv", "--objective", "peak_shaving", "--no-plot", "--json")
    ran = huchu(*words, cwd=regulated)
    assert (1, "refused") == (ran.code, json.loads(ran.out)["status"])
    ran = huchu(*words, "--skip-refused", cwd=regulated)
    told = json.loads(ran.out)
    assert (3, "done_in_part", ["B"]) == (ran.code, told["status"], told["refused"])
    assert "peak_shaving" == told["fleet"]["objective"]
