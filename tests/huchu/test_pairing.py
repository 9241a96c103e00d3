"""`huchu pairing` as a user runs it: the samples, refusals, files, figures that agree with each other."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from huchu.cli.pairing import Request, run
from huchu.cli.pairing_tables import standing_rows
from tariffs.vocabulary.errors import HuchuError, InputError, PolicyNotCovered, SettingsError, UsageError

SAMPLES = Path(__file__).resolve().parents[2] / "huchu" / "samples"
Huchu = Callable[..., Any]
LEASE = """[[station.lease]]
lessee = "W-HN-02"
lessee_is_new_energy = true
power_mw = 2
duration_h = 2
from_on = 2025-06-01
until_on = 2026-05-31
price_cny_per_kw_year = 100
"""
UPGRADE = """
[[project]]
id = "W-UP"
name = "改造风电场"
developer = "甲公司"
kind = "onshore"
concentrated = true
construction_started_on = 2025-01-20
capacity_mw = 90
upgrade = true
capacity_before_mw = 60
"""


def copied(folder: Path) -> Path:
    for name in ("projects.toml", "stations.toml", "huchu.toml"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    return folder


@pytest.fixture
def farm(tmp_path: Path) -> Path:
    return copied(tmp_path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one run of the samples printed and wrote."""

    told: dict[str, Any]
    folder: Path


@pytest.fixture(scope="module")
def written(huchu: Huchu, tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = copied(tmp_path_factory.mktemp("farm"))
    ran = huchu("pairing", "--out", "r", "--json", cwd=folder)
    assert 0 == ran.code
    return Written(told=json.loads(ran.out), folder=folder / "r")


def request(folder: Path, **words: str) -> Request:
    """The request of a user who works in a folder."""
    return Request(projects=folder / "projects.toml", stations=folder / "stations.toml", **words)  # type: ignore[arg-type]


def verdicts(folder: Path, **words: str) -> list[str]:
    return [row["verdict"] for row in standing_rows(run(request(folder, **words)).found)]


def refused(kind: type[HuchuError], folder: Path, **words: str) -> HuchuError:
    with pytest.raises(kind) as refusal:
        run(request(folder, **words))
    return refusal.value


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_the_samples_give_files_that_agree(written: Written) -> None:
    assert ["W-CM-01", "W-HN-02", "W-SE-03"] == [project["project_id"] for project in written.told["projects"]]
    rows = rows_of(written.folder / "pairing.csv")
    stretches = [stretch for project in written.told["projects"] for stretch in project["stretches"]]
    assert [row["verdict"] for row in rows] == [stretch["verdict"] for stretch in stretches]
    record = json.loads((written.folder / "pairing.json").read_text("utf-8"))
    assert record["projects"] == written.told["projects"]
    assert b"\x89PNG" == (written.folder / "pairing.png").read_bytes()[:4]
    names = {path.name for path in written.folder.iterdir()}
    assert {"pairing.csv", "pairing_ways.csv", "pairing.json", "pairing.png", "findings.csv"} == names


def test_a_lease_of_fifteen_leaves_five_of_twenty(written: Written) -> None:
    """100 MW owe 20 MW; 15 MW are leased from July 2025 to June 2028."""
    rows = [row for row in rows_of(written.folder / "pairing.csv") if row["project_id"] == "W-CM-01"]
    assert [
        ("2025-01-20", "2025-06-30", "20", "80"),
        ("2025-07-01", "2028-06-30", "5", "20"),
        ("2028-07-01", "2030-12-31", "20", "80"),
    ] == [(row["from_on"], row["until_on"], row["short_mw"], row["short_mwh"]) for row in rows]


def test_the_rent_of_a_way_is_its_power_times_price_times_years(written: Written) -> None:
    """5 MW at 240 元/kW a year from July 2025 to June 2028: 5 000 x 240 x 3 = 3 600 000 元."""
    ways = rows_of(written.folder / "pairing_ways.csv")
    (way,) = [row for row in ways if row["project_id"] == "W-CM-01" and row["power_mw"] == "5"]
    assert ("lease", "SH-FX-02", "20", "3600000.00") == (
        way["way"],
        way["station_id"],
        way["energy_mwh"],
        way["rent_cny"],
    )


def test_a_project_below_the_floor_of_a_station_is_told_to_build_ten(written: Written) -> None:
    ways = rows_of(written.folder / "pairing_ways.csv")
    (built,) = [row for row in ways if (row["project_id"], row["way"]) == ("W-HN-02", "build")]
    assert ("9.6", "38.4", "10") == (built["power_mw"], built["energy_mwh"], built["build_power_mw"])


def test_before_any_station_is_connected_the_gap_stays_open(written: Written) -> None:
    """The four-hour station was connected on 2025-03-31."""
    ways = rows_of(written.folder / "pairing_ways.csv")
    still_open = [row for row in ways if row["way"] == "still_open"]
    assert [("W-CM-01", "20", "2025-01-20", "2025-03-30"), ("W-HN-02", "9.6", "2025-03-10", "2025-03-30")] == [
        (row["project_id"], row["power_mw"], row["from_on"], row["until_on"]) for row in still_open
    ]


def test_an_existing_result_is_kept(huchu: Huchu, written: Written) -> None:
    before = (written.folder / "pairing.csv").read_bytes()
    ran = huchu("pairing", "--out", "r", "--no-plot", "--on", "2026-01-01", cwd=written.folder.parent)
    assert 1 == ran.code
    assert before == (written.folder / "pairing.csv").read_bytes()


def test_the_same_inputs_give_the_same_bytes(huchu: Huchu, written: Written) -> None:
    huchu("pairing", "--out", "again", cwd=written.folder.parent)
    for path in written.folder.iterdir():
        assert path.read_bytes() == (written.folder.parent / "again" / path.name).read_bytes(), path.name


def test_a_picture_is_not_drawn_where_it_is_not_wanted(huchu: Huchu, farm: Path) -> None:
    ran = huchu("pairing", "--out", "r", "--no-plot", "--on", "2026-03-01", "--lang", "en", cwd=farm)
    assert not (farm / "r" / "pairing.png").exists()
    assert "shown only" in ran.out
    assert "2 h, below 4 h" in ran.err


def test_one_day_is_judged_alone(farm: Path) -> None:
    found = run(request(farm, on="2026-03-01")).found
    assert [1, 1, 1] == [len(project.stretches) for project in found.projects]
    assert "5" == standing_rows(found)[0]["short_mw"]


def test_without_settings_the_defaults_apply(farm: Path) -> None:
    (farm / "huchu.toml").unlink()
    assert ["short", "shown_only", "cannot_tell"] == verdicts(farm, on="2026-03-01")


def test_enforced_by_the_settings_a_later_start_is_short(farm: Path) -> None:
    with (farm / "huchu.toml").open("a", encoding="utf-8") as file:
        file.write("pairing_enforced = true\n")
    assert ["short", "short", "cannot_tell"] == verdicts(farm, on="2026-03-01")


def test_a_failure_is_served_before_figures_that_are_only_shown(farm: Path) -> None:
    """20 MW of one four-hour station on offer: 5 MW for the failure, 9.6 asked for by the other, of which 7 are left of 12."""
    text = (farm / "projects.toml").read_text("utf-8")
    (farm / "projects.toml").write_text(f"{text}power_mw = 12\n", encoding="utf-8")
    ways = run(request(farm, on="2026-03-01")).ways
    given = [(row.project_id, f"{row.power_mw:f}") for row in ways.rows if row.way.value in ("lease", "still_open")]
    assert [("W-CM-01", "5"), ("W-HN-02", "7"), ("W-HN-02", "2.6")] == given


def test_an_upgrade_without_a_chosen_base_is_refused_with_both_figures(farm: Path) -> None:
    """20 % of 90 MW and of the 30 MW added."""
    (farm / "projects.toml").write_text(UPGRADE, encoding="utf-8")
    error = refused(SettingsError, farm)
    assert "18 MW of the whole, 6 MW of the added capacity" in error.found.en
    assert "pairing_upgrade_base" in error.do.en


def test_an_overclaim_is_refused_and_nothing_is_written(huchu: Huchu, farm: Path) -> None:
    text = (farm / "projects.toml").read_text("utf-8").replace("power_mw   = 15", "power_mw   = 51")
    (farm / "projects.toml").write_text(text, encoding="utf-8")
    ran = huchu("pairing", "--out", "r", "--json", cwd=farm)
    assert 1 == ran.code
    assert "51 MW are taken, 50 MW are rated" in json.loads(ran.out)["error"]["found"]
    assert not (farm / "r").exists()


def test_an_unknown_station_is_refused_by_its_project(farm: Path) -> None:
    text = (farm / "projects.toml").read_text("utf-8").replace('"SH-LG-01"', '"SH-LG-1"')
    (farm / "projects.toml").write_text(text, encoding="utf-8")
    assert "W-HN-02: there is no station SH-LG-1; did you mean SH-LG-01" == refused(InputError, farm).found.en


def test_a_lease_that_nobody_lists_is_warned_of(farm: Path) -> None:
    text = (
        (farm / "stations.toml")
        .read_text("utf-8")
        .replace('[[station]]\nid                    = "SH-FX-02"', f'{LEASE}[[station]]\nid = "SH-FX-02"')
    )
    assert LEASE in text
    (farm / "stations.toml").write_text(text, encoding="utf-8")
    assert "pairing_lease_not_used" in {finding.code for finding in run(request(farm)).findings}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"on": "2026-13-01"}, "is no day"),
        ({"from_on": "2026-01-01"}, "go together"),
        ({"from_on": "2026-02-01", "until_on": "2026-01-01"}, "go together"),
        ({"on": "2026-01-01", "from_on": "2026-01-01", "until_on": "2026-02-01"}, "does not go with"),
    ],
)
def test_wrong_days_are_wrong_usage(farm: Path, words: dict[str, str], says: str) -> None:
    assert says in refused(UsageError, farm, **words).what.en


def test_days_after_the_plan_are_refused(farm: Path) -> None:
    assert "2031-01-01" in refused(PolicyNotCovered, farm, on="2031-01-01").what.en
