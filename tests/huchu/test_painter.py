"""The process that draws beside the work: its bytes are those of this process, and it never outlives its use."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from huchu.plots import job, painter
from huchu.plots.heat_map import heat_map_png
from huchu.plots.painter import Painter, started_worker
from huchu.plots.picture import SchedulePicture
from huchu.plots.schedule import schedule_png
from tariffs.vocabulary.timegrid import ZONE

ROOT = Path(__file__).resolve().parents[2]
STEPS = 20_000
"""So many that a picture does not fit into a pipe at once."""


def picture() -> SchedulePicture:
    """A station that charges and discharges in turns of 15 minutes, for most of a year."""
    turns = np.arange(STEPS)
    price = (200 + turns % 96).astype(np.float64)
    flat, full = np.zeros(STEPS), np.full(STEPS, 100.0)
    return SchedulePicture(
        station_id="SH-LG-01",
        station_name="临港一号储能电站",
        first_at=datetime(2025, 6, 1, tzinfo=ZONE),
        minutes=15,
        charge_price_cny_per_mwh=price,
        discharge_price_cny_per_mwh=price,
        charge_mw=np.where(turns % 2 == 0, 100.0, 0.0),
        discharge_mw=np.where(turns % 2 == 1, 80.0, 0.0),
        charge_limit_mw=full,
        discharge_limit_mw=full,
        stored_mwh=np.where(turns % 2 == 0, 22.5, 0.0),
        min_stored_mwh=flat,
        max_stored_mwh=full,
        initial_stored_mwh=0.0,
        in_season=turns < STEPS // 2,
        out_of_service=np.zeros(STEPS, dtype=np.bool_),
        objective_cny=1.0,
        calls=2.0,
        rung="lp",
    )


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[bytes]"]:
    """The helper process, as it is started where there are two processors."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    process = started_worker()
    assert process is not None
    yield process
    left_behind = process.poll() is None
    Painter(process).close()
    assert not left_behind


def closed_after(process: "subprocess.Popen[bytes] | None", known: SchedulePicture) -> bytes:
    artist = Painter(process)
    try:
        return artist.begin("schedule", known).result(timeout=100)
    finally:
        artist.close()


def own_worker(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.fixture
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What this process answers in place of a drawing."""
    monkeypatch.setattr(job, "drawn", lambda _: b"drawn here")
    return b"drawn here"


def test_the_helper_draws_the_bytes_that_this_process_would_and_ends_with_its_input(
    worker: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    long = picture()
    expected = schedule_png(long), heat_map_png(long)
    monkeypatch.setattr(job, "drawn", None)
    artist = Painter(worker)
    drawings = artist.begin("schedule", long), artist.begin("heat_map", long)
    assert expected == tuple(drawing.result(timeout=100) for drawing in drawings)
    assert worker.stdin is not None
    worker.stdin.close()
    assert 0 == worker.wait(timeout=100)
    artist.close()


def test_a_helper_that_is_killed_is_replaced_by_this_process(
    worker: "subprocess.Popen[bytes]", drawn_here: bytes
) -> None:
    worker.kill()
    assert drawn_here == closed_after(worker, picture())


@pytest.mark.parametrize(
    "code", ["print('hello')", "import pickle, sys; pickle.dump(None, sys.stdout.buffer)", "raise SystemExit(3)"]
)
def test_a_helper_that_answers_something_else_is_replaced_by_this_process(code: str, drawn_here: bytes) -> None:
    assert drawn_here == closed_after(own_worker(code), picture())


def test_a_helper_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch, drawn_here: bytes) -> None:
    monkeypatch.setattr(painter, "PATIENCE_S", 0.2)
    stuck = own_worker("import sys, time; sys.stdin.buffer.read(1); time.sleep(300)")
    assert drawn_here == closed_after(stuck, picture())
    assert stuck.poll() is not None


@pytest.mark.usefixtures("drawn_here")
def test_a_refusal_ends_the_helper_and_leaves_no_drawing_behind(worker: "subprocess.Popen[bytes]") -> None:
    artist = Painter(worker)
    drawings = [artist.begin("schedule", picture()) for _ in range(3)]
    artist.close()
    assert worker.poll() is not None
    assert all(drawing.done() for drawing in drawings)
    assert all(drawing.cancelled() or drawing.exception() for drawing in drawings)


def test_leaving_the_block_in_any_way_ends_the_helper(
    worker: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "started_worker", lambda: worker)
    with pytest.raises(ZeroDivisionError), painter.painter():
        raise ZeroDivisionError
    assert worker.poll() is not None


@pytest.mark.parametrize(("name", "setting"), [("executable", ""), ("executable", "no such program"), ("frozen", True)])
def test_without_a_helper_this_process_draws(
    monkeypatch: pytest.MonkeyPatch, drawn_here: bytes, name: str, setting: object
) -> None:
    monkeypatch.setattr(sys, name, setting, raising=False)
    assert started_worker() is None
    assert drawn_here == closed_after(None, picture())


def test_one_processor_has_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert started_worker() is None


def test_a_fault_of_the_drawing_itself_is_told() -> None:
    artist = Painter(None)
    with pytest.raises(KeyError, match="no such picture"):
        artist.begin("no such picture", picture()).result(timeout=100)  # type: ignore[arg-type]
    artist.close()


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("huchu.plots.painter", {"matplotlib", "numpy", "polars", "settlement", "tariffs", "dispatch"}),
        ("huchu.plots.picture", {"matplotlib", "polars", "settlement"}),
        ("huchu.plots.job", {"matplotlib", "polars", "settlement"}),
        ("huchu.plots.worker", {"polars", "settlement", "matplotlib.pyplot", "scipy", "pyomo"}),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(module: str, absent: set[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert set() == absent & set(told.stdout.split())
