"""`huchu classify` as users start it: what is printed, what is written, what is refused."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from huchu.cli.main import app

Ask = Callable[..., Result]
STATION = """[[station]]
id = "{id}"
name = "站 {id}"
power_mw = 100
energy_mwh = 200
grid_connected_on = 2025-06-30
in_annual_plan_from = 2025-06-30
{more}
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `huchu classify` in a folder of its own, on 1 July 2025 unless told otherwise."""
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str, on: str = "2025-07-01") -> Result:
        return CliRunner().invoke(app, ["classify", "--on", on, *arguments])

    return asked


def put(stations: Sequence[tuple[str, str]], folder: Path) -> None:
    text = "".join(STATION.format(id=name, more=more) for name, more in stations)
    (folder / "stations.toml").write_text(text, encoding="utf-8")


def answers(result: Result, number: int = 0) -> dict[str, Any]:
    return dict(json.loads(result.stdout)["stations"][number]["answers"])


def test_a_station_is_told_in_both_languages_with_articles(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    ran = ask()
    assert 0 == ran.exit_code
    assert "电站类型 / kind of station  ->  独立储能电站 / independent" in ran.stdout
    assert "〔沪府办发〔2024〕28号 二（一）〕" in ran.stdout


def test_figures_that_were_read_in_a_public_copy_are_told_so(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    assert "〔沪发改规范〔2025〕5号；公开转载文本 / a public copy of the text〕" in ask().stdout


def test_json_holds_choices_verdicts_reasons_and_exact_figures(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", 'charge_power_mw = 9.999\ncatalogue = "independent"')], tmp_path)
    ran = ask("--json")
    (station,) = json.loads(ran.stdout)["stations"]
    assert ("9.999", "100", "0.35") == (
        station["charge_power_mw"],
        station["power_mw"],
        station["award_rate_cny_per_kwh"],
    )
    assert ("no", "no") == (station["answers"]["independent"]["choice"], station["answers"]["independent"]["verdict"])
    assert "二（一）" == station["answers"]["independent"]["reasons"][0]["article"]


def test_steps_are_those_of_the_kind(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", 'host = "user"\nconnected_to_public_grid = false')], tmp_path)
    ran = ask("--steps")
    assert "区级备案，随用户项目" in ran.stdout
    assert "年度建设计划" not in ran.stdout.split("办理步骤")[1]


def test_a_station_of_no_told_kind_has_no_steps_to_list(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "agc = false")], tmp_path)
    assert "没有步骤可列" in ask("--steps").stdout


def test_steps_stand_in_json_only_when_asked_for(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    assert "steps" not in json.loads(ask("--json").stdout)["stations"][0]
    assert 15 == len(json.loads(ask("--json", "--steps").stdout)["stations"][0]["steps"])


def test_many_stations_are_told_in_a_table(ask: Ask, tmp_path: Path) -> None:
    put([(f"A-{number}", "") for number in range(6)], tmp_path)
    lines = ask().stdout.splitlines()
    assert 6 == sum(line.startswith("A-") and "政策电价" in line for line in lines)


def test_only_the_stations_named_are_told(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", ""), ("B-2", "")], tmp_path)
    ran = ask("--json", "--only", "B-2")
    assert ["B-2"] == [each["station_id"] for each in json.loads(ran.stdout)["stations"]]


def test_the_settings_beside_the_stations_say_when_the_market_begins(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    (tmp_path / "huchu.toml").write_text(
        'season_calendar = "jun_sep_dec_feb"\nobligation_year_from = "06-01"\n'
        'call_counting = "equivalent_discharge"\nmarket_from = "2026-01-01"\n',
        encoding="utf-8",
    )
    assert "regulated" == answers(ask("--json", on="2025-12-31"))["price_regime"]["choice"]
    assert "market" == answers(ask("--json", on="2026-01-01"))["price_regime"]["choice"]


def test_a_folder_takes_the_table_and_the_record(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    ran = ask("--out", "told", "--json")
    with (tmp_path / "told" / "classification.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {"station_id", "question", "choice", "verdict", "reason", "document", "article"} == set(rows[0])
    assert {row["question"]: row["choice"] for row in rows} == {
        question: answer["choice"] for question, answer in answers(ran).items()
    }
    written = json.loads((tmp_path / "told" / "classification.json").read_text(encoding="utf-8"))
    assert written["stations"] == json.loads(ran.stdout)["stations"]


def test_a_folder_that_holds_something_is_not_overwritten(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "mine.txt").write_text("mine", encoding="utf-8")
    ran = ask("--out", "told", "--force")
    assert 1 == ran.exit_code
    assert ["mine.txt"] == [path.name for path in (tmp_path / "told").iterdir()]


def test_nothing_is_written_unless_asked_for(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    ask()
    assert ["stations.toml"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("day", ["2025-7-1", "heute", "", "2025-02-30"])
def test_a_day_that_is_none_is_wrong_usage(ask: Ask, tmp_path: Path, day: str) -> None:
    put([("A-1", "")], tmp_path)
    ran = ask(on=day)
    assert 2 == ran.exit_code
    assert "2025-07-01" in ran.stderr


def test_a_day_outside_the_plan_is_refused_with_its_term(ask: Ask, tmp_path: Path) -> None:
    put([("A-1", "")], tmp_path)
    ran = ask(on="2031-01-01")
    assert 1 == ran.exit_code
    assert "2025-01-01 to 2030-12-31" in ran.stderr


def test_a_station_that_is_not_there_is_wrong_usage_and_the_nearest_is_offered(ask: Ask, tmp_path: Path) -> None:
    put([("SH-LG-01", "")], tmp_path)
    ran = ask("--only", "SH-LG-1")
    assert 2 == ran.exit_code
    assert "SH-LG-01" in ran.stderr


def test_without_stations_it_is_refused(ask: Ask) -> None:
    ran = ask()
    assert 1 == ran.exit_code
    assert "stations.toml is not found" in ran.stderr
