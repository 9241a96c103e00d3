"""A small sound project (one station, June, 60-minute rows), and the program as a real process."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from huchu.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
STATION = """[[station]]
id = "{id}"
name = "站 {id}"
power_mw = 10
energy_mwh = 20
grid_connected_on = 2025-05-01
in_annual_plan_from = 2025-05-01
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a process left behind."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8")


Huchu = Callable[..., Ran]
Ask = Callable[..., Result]


def surroundings(changes: Mapping[str, str]) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("LC_") and key != "LANG"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **changes}


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `huchu rule` inside this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, ["rule", *arguments], input=typed)

    return asked


@pytest.fixture(scope="session")
def huchu() -> Huchu:
    """Runs `python -m huchu` in a folder and waits for it."""

    def run(*arguments: object, cwd: Path, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "huchu", *map(str, arguments)],
            cwd=cwd,
            env=surroundings(environment),
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return Ran(code=done.returncode, stdout=done.stdout, stderr=done.stderr)

    return run


def rows_of(station_id: str, year: int, month: int) -> list[str]:
    """Charging 5,000 kWh at three in the morning and 4,500 kWh out at eight in the evening, every day."""
    energies = {3: "5000,0", 20: "0,4500"}
    start, rows = datetime.fromisoformat(f"{year}-{month:02d}-01"), []
    while start.month == month:
        rows.append(f"{station_id},{start.isoformat()}+08:00,{energies.get(start.hour, '0,0')}\n")
        start += timedelta(hours=1)
    return rows


def write_project(folder: Path, *, ids: tuple[str, ...] = ("A-1",), months: tuple[int, ...] = (6,)) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "huchu.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "stations.toml").write_text("".join(STATION.format(id=each) for each in ids), encoding="utf-8")
    rows = [row for each in ids for month in months for row in rows_of(each, 2025, month)]
    header = "station_id,interval_start,charge_kwh,discharge_kwh\n"
    (folder / "meter.csv").write_text(header + "".join(rows), encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., Path]:
    """A project with chosen stations and months, in a folder of its own."""

    def made(name: str, **choices: tuple[object, ...]) -> Path:
        return write_project(tmp_path / name, **choices)  # type: ignore[arg-type]

    return made


@dataclass(slots=True)
class WrittenTexts:
    """Every text that a page was written with: text, left, top, right and bottom in dots."""

    boxes: list[tuple[str, float, float, float, float]] = field(default_factory=list)

    def faults(self, page: tuple[int, int]) -> list[str]:
        """Texts that leave a page of so many dots, and pairs that share more than a dot's breadth."""
        outside = [box[0] for box in self.boxes if min(box[1:3]) < 0 or box[3] > page[0] or box[4] > page[1]]
        pairs = [
            f"{one[0]} | {other[0]}"
            for one, other in combinations(self.boxes, 2)
            if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
        ]
        return [*outside, *pairs]


@pytest.fixture
def texts_written(monkeypatch: pytest.MonkeyPatch) -> WrittenTexts:
    """The texts that the renderer writes while a test runs."""
    from matplotlib.backends.backend_agg import RendererAgg

    found = WrittenTexts()
    write: Any = RendererAgg.draw_text

    def note(self: Any, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, **more: Any) -> None:
        across, up, below = self.get_text_width_height_descent(s, prop, False)
        level = (s, x, y - up + below, x + across, y + below)
        found.boxes.append(level if angle == 0 else (s, x - up + below, y - across, x + below, y))
        write(self, gc, x, y, s, prop, angle, **more)

    monkeypatch.setattr(RendererAgg, "draw_text", note)
    return found
