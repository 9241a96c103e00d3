"""What does not matter: order of rows, files and stations, and the number of threads."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

KEYS = ["file_no", "row", "discharge_file_no", "discharge_row"]


def three_stations(made: ModuleType, *, estimate: bool = False) -> Any:
    """One whole station, one of two meters with faults, one of registers, with gaps where they may be filled."""
    whole = made.month_rows(feed="SH-3")
    first = made.without(made.month_rows(feed="M1", seed=3), "2025-02-07T01:00", 9).with_columns(
        pl.col("charge_kwh_e4") // 2, pl.col("discharge_kwh_e4") // 2
    )
    second = made.month_rows(feed="M2", seed=5).with_columns(
        pl.col("charge_kwh_e4") // 2, pl.lit(None, pl.Int64).alias("discharge_kwh_e4")
    )
    third = second.with_columns(
        pl.lit(None, pl.Int64).alias("charge_kwh_e4"), pl.lit(0, pl.Int64).alias("discharge_kwh_e4")
    )
    doubled = pl.concat(
        [whole.slice(500, 3), made.changed(whole.slice(600, 2), "2025-02-07T06:00", 2, charge_kwh_e4=7)]
    )
    registers = made.register_rows(
        [("R", f"2025-02-{day:02d}T{hour:02d}:00", 24 * day + hour, day) for day in range(1, 29) for hour in range(24)]
        + [("R", "2025-03-01T00:00", 24 * 29, 29)],
        feed="SH-2",
    )
    stations = (
        made.make_station(id="SH-1", meter_ids=("M1", "M2")),
        made.make_station(id="SH-2"),
        made.make_station(id="SH-3"),
    )
    parts = [whole, first, second, third] if estimate else [whole, doubled, first, second, third]
    return made.Case(pl.concat(parts), registers, made.make_scope(*stations, estimate=estimate))


def seen(case: Any) -> tuple[pl.DataFrame, list[tuple[str, ...]], pl.DataFrame]:
    result = case.result()
    findings = [
        (
            finding.severity.value,
            finding.code,
            finding.station_id,
            str(finding.interval_start),
            *sorted(f"{name}={figure}" for name, figure in finding.evidence.items() if name != "first_row"),
        )
        for finding in result.findings
        if finding.code != "rows_unordered"
    ]
    return result.readings.drop(KEYS), sorted(findings), result.registers


@pytest.mark.parametrize("estimate", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_shuffled_rows_give_equal_readings_and_findings(seed: int, estimate: bool, made: ModuleType) -> None:
    case = three_stations(made, estimate=estimate)
    shuffled = made.Case(
        case.intervals.sample(fraction=1, shuffle=True, seed=seed),
        case.registers.sample(fraction=1, shuffle=True, seed=seed),
        case.scope,
    )
    expected, actual = seen(case), seen(shuffled)
    assert expected[0].equals(actual[0])
    assert expected[1] == actual[1]
    assert expected[2].equals(actual[2])
    assert len(expected[1]) > 1


def test_rows_split_over_files_give_equal_readings_and_findings(made: ModuleType) -> None:
    case = three_stations(made)
    half = case.intervals.height // 2
    second = case.intervals.tail(-half).with_columns(pl.lit(1, pl.UInt16).alias("file_no"), pl.col("row") - half)
    split = made.Case(pl.concat([second, case.intervals.head(half)]), case.registers, case.scope)
    expected, actual = seen(case), seen(split)
    assert expected[0].equals(actual[0])
    assert expected[1] == actual[1]


def test_a_station_alone_gives_what_it_gives_among_others(made: ModuleType) -> None:
    case = three_stations(made, estimate=True)
    readings, findings, _ = seen(case)
    alone = made.Case(
        case.intervals.filter(pl.col("feed").is_in(["M1", "M2"])),
        case.registers.clear(),
        made.make_scope(*case.scope.stations[:1], estimate=True),
    )
    own_readings, own_findings, _ = seen(alone)
    assert readings.filter(pl.col("station_id") == "SH-1").equals(own_readings)
    assert [each for each in findings if each[2] == "SH-1"] == own_findings


def test_two_directions_in_two_files_give_what_one_file_gives(made: ModuleType) -> None:
    rows = made.month_rows()
    nothing = pl.lit(None, pl.Int64)
    halves = [rows.with_columns(nothing.alias(name)) for name in ("charge_kwh_e4", "discharge_kwh_e4")]
    assert seen(made.Case(rows))[0].equals(seen(made.Case(pl.concat(halves)))[0])
    assert seen(made.Case(pl.concat(halves)))[1] == []


def digest(case: Any) -> str:
    result = case.result()
    text = result.readings.write_csv() + "".join(map(repr, result.findings))
    return sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_number_of_threads_does_not_matter(threads: str, made: ModuleType) -> None:
    here = Path(__file__)
    code = (
        "import importlib.util, sys\n"
        "def load(path):\n"
        "    spec = importlib.util.spec_from_file_location(path.rpartition('/')[2][:-3], path)\n"
        "    module = importlib.util.module_from_spec(spec); sys.modules[spec.name] = module\n"
        "    spec.loader.exec_module(module); return module\n"
        "made, test = load(sys.argv[1]), load(sys.argv[2])\n"
        "print(test.digest(test.three_stations(made)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(here.parent / "conftest.py"), str(here)],
        env={**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONPATH": str(here.parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert digest(three_stations(made)) == run.stdout.strip()
