"""The command itself: the same files from run to run, whatever the threads, the hash seed, the clock zone or the split."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from oracle import Row
from station_months import Outline, kwh, month_rows

OUTLINES = (Outline(name="A-1", power_mw=100, energy_mwh=200), Outline(name="B-2", power_mw=10, energy_mwh=40))
RANDOM = Random(3)
ROWS = [
    row for outline in OUTLINES for month in ((2025, 5), (2025, 6)) for row in month_rows(outline, month, 60, RANDOM)
]
SETTINGS = """
season_calendar = "mid_jun_mid_sep_mid_dec_mid_mar"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""


def _long(rows: list[Row]) -> str:
    body = "".join(f"{name},{start.isoformat()}+08:00,{kwh(c)},{kwh(d)}\n" for name, start, c, d in rows)
    return "station_id,interval_start,charge_kwh,discharge_kwh\n" + body


def _stations(outlines: tuple[Outline, ...]) -> str:
    return "".join(
        f'[[station]]\nid = "{each.name}"\nname = "{each.name}"\npower_mw = {each.power_mw}\n'
        f"energy_mwh = {each.energy_mwh}\ngrid_connected_on = 2024-01-01\nin_annual_plan = true\n"
        for each in outlines
    )


def _settle(folder: Path, parts: list[list[Row]], *options: str, threads: int = 2, seed: int = 0) -> dict[str, bytes]:
    """The files that `huchu settle` wrote, by name."""
    folder.mkdir()
    (folder / "huchu.toml").write_text(SETTINGS)
    (folder / "stations.toml").write_text(_stations(OUTLINES if seed % 2 else OUTLINES[::-1]))
    names = [f"part-{n}.csv" for n in range(len(parts))]
    for name, rows in zip(names, parts, strict=True):
        (folder / name).write_text(_long(rows))
    surroundings = {
        **os.environ,
        "POLARS_MAX_THREADS": str(threads),
        "PYTHONHASHSEED": str(seed),
        "TZ": ("UTC", "America/New_York")[seed % 2],
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-m", "huchu", "settle", *names, "--month", "2025-05..2025-06", "--out", "out", *options]
    done = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )
    assert 0 == done.returncode, done.stderr
    files = sorted(path for path in (folder / "out").rglob("*") if path.is_file())
    return {str(path.relative_to(folder / "out")): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return _settle(tmp_path_factory.mktemp("first") / "run", [ROWS], threads=1, seed=1)


def test_a_second_run_writes_the_same_bytes_of_every_file(first_run: dict[str, bytes], tmp_path: Path) -> None:
    second_run = _settle(tmp_path / "run", [ROWS], threads=2, seed=4)
    assert 12 == sum(name.startswith("statements") for name in first_run)
    assert sorted(first_run) == sorted(second_run)
    assert [] == [name for name in first_run if name != "run.json" and first_run[name] != second_run[name]]
    told = [json.loads(files["run.json"]) for files in (first_run, second_run)]
    assert told[0].pop("seconds").keys() == told[1].pop("seconds").keys()
    # the second run's stations.toml lists the same stations in another order
    assert [entry["name"] for entry in told[0].pop("given")] == [entry["name"] for entry in told[1].pop("given")]
    assert told[0] == told[1]


def test_rows_shuffled_over_three_files_give_the_same_lines_and_calls(
    first_run: dict[str, bytes], tmp_path: Path
) -> None:
    rows = Random(2).sample(ROWS, len(ROWS))
    again = _settle(tmp_path / "run", [rows[n::3] for n in range(3)], "--no-statements", threads=2, seed=3)
    assert first_run["lines.csv"] == again["lines.csv"]
    assert first_run["calls.csv"] == again["calls.csv"]
