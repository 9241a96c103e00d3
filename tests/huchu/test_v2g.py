"""`huchu v2g` as users start it: what is printed, what is written, what is refused.

Two cars of 10 kW are there from 18:00 to 22:00 and ask for 10 and 30 kWh. Every figure below is worked by hand.
"""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from huchu.cli.main import app

Ask = Callable[..., Result]
HEADER = "session_id,arrival_at,departure_at,energy_kwh,charge_power_kw"
TWO_CARS = (
    "A,2025-07-01T18:00+08:00,2025-07-01T22:00+08:00,10,10",
    "B,2025-07-01T18:00+08:00,2025-07-01T22:00+08:00,30,10",
)
FILES = {
    "busiest_day.png",
    "envelope.csv",
    "envelope.png",
    "findings.csv",
    "session_energies.csv",
    "session_schedule.csv",
    "session_schedule.parquet",
    "summary.json",
    "v2g_plan.csv",
}


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `huchu v2g` in a folder of its own with the two cars, prices and loads of the day."""
    monkeypatch.chdir(tmp_path)
    put_sessions(TWO_CARS, tmp_path)
    put_hours("prices.csv", "price_cny_per_mwh", [500] * 19 + [100, 500, 100, 500, 500], tmp_path)

    def asked(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["v2g", *arguments])

    return asked


def put_sessions(rows: Sequence[str], folder: Path, header: str = HEADER) -> None:
    (folder / "sessions.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def put_hours(name: str, column: str, figures: Sequence[float], folder: Path) -> None:
    rows = [f"2025-07-01T{hour:02d}:00+08:00,{figure}" for hour, figure in enumerate(figures)]
    (folder / name).write_text("\n".join([f"interval_start,{column}", *rows, ""]), encoding="utf-8")


def put_plan(evening_kw: Sequence[float], folder: Path) -> None:
    put_hours("plan.csv", "power_kw", [0] * 18 + [*evening_kw] + [0] * (6 - len(evening_kw)), folder)


def record(result: Result) -> dict[str, Any]:
    assert 0 == result.exit_code, result.stderr
    return dict(json.loads(result.stdout))


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def four_parts(result: Result, code: int = 1) -> str:
    assert code == result.exit_code, result.stdout
    parts = [line for line in result.stderr.splitlines() if line]
    assert all(any(line.startswith(name) for line in parts) for name in ("实际 / Found", "结果 / Done", "办法 / Do"))
    return result.stderr


def test_the_cheapest_plan_beats_charging_at_once(ask: Ask) -> None:
    """In the two cheap hours A takes its 10 kWh and B 20: 30 x 0.1 + 10 x 0.5. At once: 10 x 0.1 + 30 x 0.5."""
    told = record(ask("sessions.csv", "--signals", "prices.csv", "--json", "--no-plot"))
    assert ("cost", "16.00", "8.00") == (told["objective"], told["before"]["cost_cny"], told["after"]["cost_cny"])


def test_the_lowest_peak_is_the_mean_where_the_cars_allow_it(ask: Ask) -> None:
    """40 kWh in four hours; at once both charge in the first hour."""
    told = record(ask("sessions.csv", "--step", "60", "--json", "--no-plot"))
    assert ("peak", "20.0000", "10.0000") == (told["objective"], told["before"]["peak_kw"], told["after"]["peak_kw"])


def test_the_peak_counts_the_load(ask: Ask, tmp_path: Path) -> None:
    """A load of 100 kW, 108 at 18:00: 108 + 20 at once; 148 kWh for four hours are 112 each, 4 at 18:00."""
    put_hours("load.csv", "load_mw", [0.1] * 18 + [0.108] + [0.1] * 5, tmp_path)
    told = record(ask("sessions.csv", "--signals", "load.csv", "--json", "--no-plot"))
    assert ("128.0000", "112.0000") == (told["before"]["peak_kw"], told["after"]["peak_kw"])


def test_the_folder_holds_every_table_and_picture(ask: Ask, tmp_path: Path) -> None:
    assert 0 == ask("sessions.csv", "--signals", "prices.csv").exit_code
    assert {path.name for path in (tmp_path / "v2g-sessions").iterdir()} == FILES


def test_no_picture_is_drawn_where_none_is_wanted(ask: Ask, tmp_path: Path) -> None:
    assert 0 == ask("sessions.csv", "--no-plot").exit_code
    assert {name for name in FILES if not name.endswith(".png")} == {
        path.name for path in (tmp_path / "v2g-sessions").iterdir()
    }


def test_every_car_of_the_table_has_what_it_asked_for(ask: Ask, tmp_path: Path) -> None:
    ask("sessions.csv", "--signals", "prices.csv", "--no-plot")
    rows = rows_of(tmp_path / "v2g-sessions" / "session_energies.csv")
    assert [("A", "10", "10", "0"), ("B", "30", "30", "0")] == [
        (row["session_id"], row["asked_kwh"], row["got_kwh"], row["short_kwh"]) for row in rows
    ]


def test_the_cars_add_up_to_the_plan_of_the_store(ask: Ask, tmp_path: Path) -> None:
    ask("sessions.csv", "--signals", "prices.csv", "--no-plot")
    plan = {
        row["interval_start"]: float(row["power_kw"]) for row in rows_of(tmp_path / "v2g-sessions" / "v2g_plan.csv")
    }
    cars = dict.fromkeys(plan, 0.0)
    for row in rows_of(tmp_path / "v2g-sessions" / "session_schedule.csv"):
        cars[row["interval_start"]] += float(row["power_kw"])
    assert 40.0 == sum(plan.values())
    assert plan == cars


def test_the_schedule_says_the_same_in_both_forms(ask: Ask, tmp_path: Path) -> None:
    ask("sessions.csv", "--signals", "prices.csv", "--no-plot")
    text = rows_of(tmp_path / "v2g-sessions" / "session_schedule.csv")
    typed = pl.read_parquet(tmp_path / "v2g-sessions" / "session_schedule.parquet")
    assert [(row["session_id"], float(row["power_kw"])) for row in text] == list(
        zip(typed["session_id"], typed["power_kw"], strict=True)
    )


def test_the_envelope_of_the_evening_is_what_two_cars_allow(ask: Ask, tmp_path: Path) -> None:
    """By the end of the second hour B must have 10 kWh, and A and B can have 10 and 20."""
    ask("sessions.csv", "--step", "60", "--no-plot")
    row = next(row for row in rows_of(tmp_path / "v2g-sessions" / "envelope.csv") if "T19:00" in row["interval_start"])
    assert ("2", "0", "20", "10", "30") == tuple(list(row.values())[1:6])


def test_a_plan_written_by_the_program_is_followed_as_it_is(ask: Ask, tmp_path: Path) -> None:
    ask("sessions.csv", "--signals", "prices.csv", "--no-plot", "--out", "first")
    told = record(ask("sessions.csv", "--plan", "first/v2g_plan.csv", "--no-plot", "--json", "--out", "second"))
    assert "given" == told["objective"]
    assert (tmp_path / "first" / "v2g_plan.csv").read_bytes() == (tmp_path / "second" / "v2g_plan.csv").read_bytes()


def test_a_plan_inside_the_four_figures_of_a_store_can_still_be_impossible(ask: Ask, tmp_path: Path) -> None:
    """0, 20, 0, 20 kW keep every step and every total; but B must have 10 of its 30 kWh in the two hours without."""
    put_plan((0, 20, 0, 20), tmp_path)
    said = four_parts(ask("sessions.csv", "--plan", "plan.csv"))
    either = "40.0000 kWh in all, where at most 30.0000", " 0.0000 kWh in all, where at least 10.0000"
    assert any(f"{sentence} kWh is possible" in said for sentence in either)
    assert ["findings.csv"] == [path.name for path in (tmp_path / "v2g-sessions").iterdir()]


def test_a_plan_for_hours_without_a_car_is_refused(ask: Ask, tmp_path: Path) -> None:
    put_plan((10, 10, 10, 10, 5), tmp_path)
    assert "2025-07-01T22:00:00+08:00" in four_parts(ask("sessions.csv", "--plan", "plan.csv"))


def test_a_car_that_cannot_get_what_it_asks_for_gets_the_most_and_is_named(ask: Ask, tmp_path: Path) -> None:
    """B asks for 50 kWh of four hours of 10 kW; A is not touched by it."""
    put_sessions([TWO_CARS[0], TWO_CARS[1].replace(",30,", ",50,")], tmp_path)
    ran = ask("sessions.csv", "--no-plot")
    assert 0 == ran.exit_code
    assert "1 car(s) (B) leave short, by 10.0 kWh in all" in ran.stdout
    rows = rows_of(tmp_path / "v2g-sessions" / "session_energies.csv")
    assert [("A", "0"), ("B", "10")] == [(row["session_id"], row["short_kwh"]) for row in rows]


def test_a_day_without_any_car_is_refused(ask: Ask) -> None:
    said = four_parts(ask("sessions.csv", "--from", "2025-07-02", "--until", "2025-07-03"))
    assert "no car is parked within the horizon" in said


def test_least_cost_without_prices_is_refused(ask: Ask) -> None:
    assert "least cost needs prices" in four_parts(ask("sessions.csv", "--objective", "cost"), code=2)


def test_signals_that_end_before_the_last_car_leaves_are_refused(ask: Ask, tmp_path: Path) -> None:
    put_hours("prices.csv", "price_cny_per_mwh", [100] * 20, tmp_path)
    said = four_parts(ask("sessions.csv", "--signals", "prices.csv"))
    assert "prices.csv does not cover the horizon" in said


def test_a_step_that_is_not_that_of_the_signals_is_refused(ask: Ask) -> None:
    said = four_parts(ask("sessions.csv", "--signals", "prices.csv", "--step", "15"), code=2)
    assert "60 分钟" in said


def test_every_wrong_row_is_listed_before_the_refusal(ask: Ask, tmp_path: Path) -> None:
    put_sessions([TWO_CARS[0].replace("T22", "T17"), TWO_CARS[1].replace(",30,", ",x,")], tmp_path)
    said = four_parts(ask("sessions.csv"))
    assert "sessions.csv:2" in said
    assert "sessions.csv:3" in said


def test_a_wrong_cell_of_a_plan_is_refused_with_its_row(ask: Ask, tmp_path: Path) -> None:
    put_plan((10, 10, 10, 10), tmp_path)
    path = tmp_path / "plan.csv"
    path.write_text(path.read_text().replace("T19:00+08:00,10", "T19:00+08:00,ten"))
    assert "plan.csv:21" in four_parts(ask("sessions.csv", "--plan", "plan.csv"))


def test_a_log_of_charging_needs_the_power_of_the_chargers(ask: Ask, tmp_path: Path) -> None:
    header = "arrival,departure,requested_energy (kWh),delivered_energy (kWh),station_id,estimated_departure,claimed"
    row = "2025-07-01 08:00:00+08:00,2025-07-01 12:00:00+08:00,14.0,7.0,CA-1,2025-07-01 12:00:00+08:00,True"
    put_sessions([row], tmp_path, header)
    assert "--power-kw" in four_parts(ask("sessions.csv"))
    told = record(ask("sessions.csv", "--power-kw", "7", "--energy", "delivered", "--no-plot", "--json"))
    assert "7.0000" == told["got_kwh"]


def put_evening_peak(folder: Path) -> None:
    """Both cars ask for 10 kWh, and the load is 115 kW at 19:00 and 100 kW else."""
    put_sessions([row.replace(",30,", ",10,") for row in TWO_CARS], folder)
    put_hours("load.csv", "load_mw", [0.1] * 19 + [0.115] + [0.1] * 4, folder)


def test_a_peak_that_no_charging_adds_to_stays_where_no_car_discharges(ask: Ask, tmp_path: Path) -> None:
    put_evening_peak(tmp_path)
    told = record(ask("sessions.csv", "--signals", "load.csv", "--json", "--no-plot"))
    assert "115.0000" == told["after"]["peak_kw"]


def test_cars_that_discharge_lower_the_peak_of_the_load(ask: Ask, tmp_path: Path) -> None:
    """(415 + 20) / 4 = 108.75: 6.25 kW are given at 19:00, and 8.75 kW drawn in the other hours."""
    put_evening_peak(tmp_path)
    told = record(ask("sessions.csv", "--signals", "load.csv", "--discharge-power-kw", "10", "--json", "--no-plot"))
    assert ("exact", "108.7500", "6.2500") == (
        told["envelope"],
        told["after"]["peak_kw"],
        told["after"]["discharged_kwh"],
    )


def test_with_losses_the_envelope_is_an_inner_one_and_less_is_given(ask: Ask, tmp_path: Path) -> None:
    """115 - g = 100 + c and 3 c - g / 0.81 = 20: g = 25 / (3 + 1 / 0.81) = 5.9038, the peak is 109.0962 kW."""
    put_evening_peak(tmp_path)
    ratios = ("--discharge-power-kw", "10", "--charge-efficiency", "0.9", "--discharge-efficiency", "0.9")
    told = record(ask("sessions.csv", "--signals", "load.csv", *ratios, "--json", "--no-plot"))
    assert "inner" == told["envelope"]
    assert 109.0962 == pytest.approx(float(told["after"]["peak_kw"]), abs=1e-3)
    assert 5.9038 == pytest.approx(float(told["after"]["discharged_kwh"]), abs=1e-3)


def test_the_plain_store_is_told_only_where_it_is_asked_for(ask: Ask, tmp_path: Path) -> None:
    assert None is record(ask("sessions.csv", "--json", "--no-plot", "--out", "one"))["store_lost_power_ratio"]
    told = record(ask("sessions.csv", "--step", "60", "--store", "--json", "--no-plot", "--out", "two"))
    assert 0 < float(told["store_lost_power_ratio"]) < 1
    row = rows_of(tmp_path / "two" / "envelope.csv")[19]
    assert float(row["power_min_kw"]) <= float(row["store_power_min_kw"])
    assert float(row["store_power_max_kw"]) <= float(row["power_max_kw"])


@pytest.mark.parametrize("upper", [True, False])
def test_a_plan_along_an_edge_of_the_plain_store_can_be_followed(ask: Ask, tmp_path: Path, upper: bool) -> None:
    """As much as the four figures allow in each step, or as little."""
    ask("sessions.csv", "--step", "60", "--store", "--no-plot", "--out", "asked")
    had, powers = 0.0, []
    for row in rows_of(tmp_path / "asked" / "envelope.csv"):
        low = max(float(row["store_power_min_kw"]), float(row["store_energy_min_kwh"]) - had)
        high = min(float(row["store_power_max_kw"]), float(row["store_energy_max_kwh"]) - had)
        powers.append(high if upper else low)
        had += powers[-1]
    assert 40.0 == had
    put_hours("edge.csv", "power_kw", powers, tmp_path)
    assert 0 == ask("sessions.csv", "--plan", "edge.csv", "--no-plot").exit_code


def test_a_plan_that_is_given_has_no_objective(ask: Ask, tmp_path: Path) -> None:
    put_plan((10, 10, 10, 10), tmp_path)
    said = four_parts(ask("sessions.csv", "--plan", "plan.csv", "--objective", "peak"), code=2)
    assert "--plan or --objective" in said


def test_the_same_inputs_give_the_same_files(ask: Ask, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        assert 0 == ask("sessions.csv", "--signals", "prices.csv", "--out", folder.name).exit_code
    one, two = ({name: (folder / name).read_bytes() for name in FILES if name != "summary.json"} for folder in folders)
    assert one == two


def test_a_result_is_not_overwritten_unless_told(ask: Ask, tmp_path: Path) -> None:
    assert 0 == ask("sessions.csv", "--no-plot").exit_code
    before = (tmp_path / "v2g-sessions" / "summary.json").read_bytes()
    assert "exists" in four_parts(ask("sessions.csv", "--no-plot"))
    assert before == (tmp_path / "v2g-sessions" / "summary.json").read_bytes()
    assert 0 == ask("sessions.csv", "--no-plot", "--force").exit_code


def test_the_file_of_sessions_is_never_taken_for_a_result(ask: Ask, tmp_path: Path) -> None:
    assert "sessions.csv" in four_parts(ask("sessions.csv", "--out", ".", "--force"))
    assert (tmp_path / "sessions.csv").is_file()
