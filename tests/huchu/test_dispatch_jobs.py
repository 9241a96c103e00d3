"""`huchu dispatch` over many stations: processes, a run that was ended and taken up, refusals among many, pictures of a few."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
import pytest

from dispatch.apart import plans_apart
from huchu.cli import dispatch, dispatch_apart
from huchu.cli.printing import IN_PART
from huchu.cli.request import Request
from huchu.schedules import result
from tariffs.vocabulary.errors import HuchuError, UsageError

STATION = """[[station]]
id = "S{number:02d}"
name = "站 {number}"
power_mw = {power}
energy_mwh = {energy}
initial_stored_ratio = {initial}
round_trip_efficiency = 0.81
grid_connected_on = 2025-05-01
in_annual_plan = true
"""
SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
PATIENCE_S = 100.0
ROOT = Path(__file__).resolve().parents[2]


def write_stations(folder: Path, count: int, refused: tuple[int, ...] = ()) -> None:
    """So many stations, each larger than the one before; a refused one starts with more than it may hold."""
    texts = [
        STATION.format(number=n, power=10 + n, energy=20 + 3 * n, initial="0.9\nmax_stored_ratio = 0.5" if n in refused else "0")
        for n in range(count)
    ]  # fmt: skip
    (folder / "stations.toml").write_text("".join(texts), encoding="utf-8")


def write_signals(folder: Path, hours: int) -> None:
    start = datetime.fromisoformat("2025-06-01T00:00:00+08:00")
    rows = [
        f"{(start + timedelta(hours=hour)).isoformat()},{200 + 37 * (hour % 7) - 53 * (hour % 5) + hour % 11}\n"
        for hour in range(hours)
    ]
    (folder / "signals.csv").write_text("interval_start,price_cny_per_mwh\n" + "".join(rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five stations and two days of prices."""
    (tmp_path / "huchu.toml").write_text(SETTINGS, encoding="utf-8")
    write_stations(tmp_path, 5)
    write_signals(tmp_path, 48)
    return tmp_path


@pytest.fixture
def resumed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stations that a run took up, as they come."""
    found: list[str] = []

    def noting(*given: Any, **options: Any) -> Iterator[Any]:
        for each in plans_apart(*given, **options):
            found.extend([each.station_id] if each.is_resumed else [])
            yield each

    monkeypatch.setattr(dispatch_apart, "plans_apart", noting)
    return found


def asked(folder: Path, **changes: Any) -> Request:
    request = Request(stations=folder / "stations.toml", signals=folder / "signals.csv", out=folder / "out", jobs=1)
    return replace(request, **changes)


def written(folder: Path) -> dict[str, Any]:
    """Every file of a result by name: its bytes, of the summary everything but the seconds."""
    files: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir()}
    files["summary.json"] = _without_seconds(json.loads(files["summary.json"]))
    return files


def _without_seconds(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {
            key: _without_seconds(each) for key, each in told.items() if key != "seconds" and not key.endswith("_s")
        }
    return [_without_seconds(each) for each in told] if isinstance(told, list) else told


def test_processes_asked_for_or_chosen_write_the_bytes_of_a_run_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch.run(asked(folder), None)
    expected = written(folder / "out")
    assert {"schedule.csv", "schedule.parquet", "stored_worth.csv", "summary.json", "findings.csv"} == set(expected)
    dispatch.run(asked(folder, jobs=2, out=folder / "two"), None)
    assert expected == written(folder / "two")
    monkeypatch.setattr(dispatch_apart, "WORTH_PROCESSES_S", 0.0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    dispatch.run(asked(folder, jobs=0, out=folder / "chosen"), None)
    assert expected == written(folder / "chosen")


def test_a_run_that_was_killed_in_the_middle_is_taken_up_and_ends_with_the_same_bytes(
    folder: Path, huchu: Callable[..., Any]
) -> None:
    count = 60
    write_stations(folder, count)
    write_signals(folder, 24 * 120)
    words = (
        "dispatch",
        "--stations",
        "stations.toml",
        "--signals",
        "signals.csv",
        "--no-plot",
        "--jobs",
        "2",
        "--json",
    )
    undisturbed = huchu(*words, "--out", "undisturbed", cwd=folder)
    assert 0 == undisturbed.code
    parts = folder / ".out.parts"
    killed = subprocess.Popen(
        [sys.executable, "-m", "huchu", *words, "--out", "out"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = monotonic() + PATIENCE_S
    while not any(parts.glob("*.npz")) and monotonic() < until:
        sleep(0.002)
    workers = psutil.Process(killed.pid).children()
    killed.kill()
    killed.wait()
    assert [] == psutil.wait_procs(workers, timeout=PATIENCE_S)[1]
    kept = len(list(parts.glob("*.npz")))
    assert 0 < kept < count
    assert not (folder / "out").exists()
    again = huchu(*words, "--out", "out", cwd=folder)
    assert 0 == again.code
    assert f"taken up from an earlier run: {kept} station(s)" in again.err
    assert written(folder / "undisturbed") == written(folder / "out")
    assert not parts.exists()


def test_of_many_stations_all_that_are_refused_are_named_and_the_others_are_kept(
    folder: Path, resumed: list[str]
) -> None:
    write_stations(folder, 5, refused=(1, 3))
    with pytest.raises(HuchuError) as refused:
        dispatch.run(asked(folder), None)
    error = refused.value
    assert "S01" in error.what.en
    assert "1 more refused: S03" in error.found.en
    assert "takes up the 3 that are done" in error.do.en
    assert ["findings.csv"] == [path.name for path in (folder / "out").iterdir()]
    write_stations(folder, 5)
    dispatch.run(asked(folder), None)
    assert ["S00", "S02", "S04"] == resumed
    assert not (folder / ".out.parts").exists()


def test_with_skip_refused_an_impossible_station_is_named_and_the_exit_code_is_3(
    folder: Path, huchu: Callable[..., Any]
) -> None:
    write_stations(folder, 5, refused=(2,))
    words = ("dispatch", "--signals", "signals.csv", "--stations", "stations.toml", "--no-plot", "--jobs", "2")
    done = huchu(*words, "--skip-refused", "--out", "out", cwd=folder)
    assert IN_PART == done.code
    assert "not planned: S02" in done.err
    assert ["S00", "S01", "S03", "S04"] == [
        each["station_id"] for each in written(folder / "out")["summary.json"]["stations"]
    ]
    refused = huchu(*words, "--out", "none", cwd=folder)
    assert 1 == refused.code
    assert "S02" in refused.err


def test_a_fresh_run_takes_up_nothing(folder: Path, resumed: list[str]) -> None:
    write_stations(folder, 3, refused=(1,))
    with pytest.raises(HuchuError):
        dispatch.run(asked(folder), None)
    with pytest.raises(HuchuError):
        dispatch.run(asked(folder, fresh=True), None)
    assert [] == resumed
    with pytest.raises(HuchuError):
        dispatch.run(asked(folder), None)
    assert ["S00", "S02"] == resumed


def test_what_was_damaged_is_planned_again_and_said(
    folder: Path, resumed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    dispatch.run(asked(folder, out=folder / "sound"), None)
    write_stations(folder, 5, refused=(4,))
    with pytest.raises(HuchuError):
        dispatch.run(asked(folder), None)
    part = folder / ".out.parts" / "S01.npz"
    part.write_bytes(part.read_bytes()[:-100])
    write_stations(folder, 5)
    dispatch.run(asked(folder), None)
    assert ["S00", "S02", "S03"] == resumed
    assert "of 1 station(s) was of no use" in capsys.readouterr().err
    assert written(folder / "sound") == written(folder / "out")


def test_of_one_station_nothing_is_kept(folder: Path) -> None:
    write_stations(folder, 1, refused=(0,))
    with pytest.raises(HuchuError):
        dispatch.run(asked(folder), None)
    assert not (folder / ".out.parts").exists()


def test_processes_and_a_cluster_are_not_asked_for_together(folder: Path) -> None:
    with pytest.raises(UsageError, match="--jobs and --cluster do not go together"):
        dispatch.run(asked(folder, jobs=2, cluster="local"), None)


def test_only_the_first_stations_are_drawn_and_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "MOST_PICTURED", 2)
    plans = dispatch.run(asked(folder), None).result.plans
    (told,) = result.pictures_left_out(plans)
    assert "pictures of the first 2 stations only, of 5" == told.message.en
    assert () == result.pictures_left_out(plans[:2])
    drawn: list[str] = []
    painter: Any = type(
        "Painter", (), {"begin": lambda _, kind, picture: drawn.append(f"{picture.station_id} {kind}")}
    )()
    names = [name for name, _ in result._drawings(plans, {"schedule": painter})]
    assert ["pictures/S00-schedule.png", "pictures/S01-schedule.png"] == names
    assert ["S00 schedule", "S01 schedule"] == drawn
