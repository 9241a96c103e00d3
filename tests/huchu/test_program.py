"""The program as users start it: exit codes, both languages, one JSON object, other encodings, a killed run."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Made = Callable[..., Path]
Huchu = Callable[..., Any]
RESULT = ["calls.csv", "findings.csv", "lines.csv", "lines.parquet", "run.json", "statements"]
QUICK = ("settle", "meter.csv", "--month", "2025-06", "--no-statements", "--out", "out")
SURROUNDINGS = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONIOENCODING": "utf-8"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def spoil(project: Path) -> None:
    text = (project / "meter.csv").read_text(encoding="utf-8")
    (project / "meter.csv").write_text(text.replace("T05:00:00+08:00,0,0", "T05:00:00+08:00,0,x", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "environment", "chinese", "english"),
    [
        (("--lang", "zh"), {}, True, False),
        (("--lang=en",), {}, False, True),
        (("--lang", "both"), {"LANG": "en_US.UTF-8"}, True, True),
        ((), {"LANG": "zh_CN.UTF-8"}, True, False),
        ((), {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, False, True),
        ((), {"LANG": "C.UTF-8"}, True, True),
    ],
)
def test_help_speaks_the_language_asked_for_else_that_of_the_locale(
    huchu: Huchu,
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    chinese: bool,
    english: bool,
) -> None:
    ran = huchu(*arguments, "--help", cwd=tmp_path, **environment)
    assert 0 == ran.code
    assert (chinese, english) == ("结算：表计文件" in ran.out, "meter files into statements" in ran.out)


def test_a_newcomer_fills_in_the_three_settings_and_settles(huchu: Huchu, tmp_path: Path) -> None:
    first = huchu("init", "我的 项目", cwd=tmp_path)
    folder = tmp_path / "我的 项目"
    assert (0, ["huchu.toml", "meter.csv", "stations.toml"]) == (first.code, names(folder))
    again = huchu("init", "我的 项目", cwd=tmp_path)
    assert (1, 4) == (again.code, len(again.err.splitlines()))
    settle = ("settle", "我的 项目/meter.csv", "--month", "2025-06", "--out", "结果 六月", "--formats", "pdf,json")
    empty = huchu(*settle, cwd=tmp_path)
    assert 1 == empty.code
    assert "season_calendar, obligation_year_from, call_counting" in empty.err
    assert not (tmp_path / "结果 六月").exists()
    text = (folder / "huchu.toml").read_text(encoding="utf-8")
    for key, chosen in (
        ("season_calendar      ", "jun_sep_dec_feb"),
        ("obligation_year_from ", "06-01"),
        ("call_counting        ", "equivalent_discharge"),
    ):
        assert f'{key}= ""' in text
        text = text.replace(f'{key}= ""', f'{key}= "{chosen}"')
    (folder / "huchu.toml").write_text(text, encoding="utf-8")
    done = huchu(*settle, cwd=tmp_path)
    assert (0, RESULT) == (done.code, names(tmp_path / "结果 六月"))
    assert ["MY-STATION-01-2025-06.json", "MY-STATION-01-2025-06.pdf"] == names(tmp_path / "结果 六月/statements")
    assert "MY-STATION-01" in done.out


def test_the_demo_runs_twice_and_replaces_only_its_own_result(huchu: Huchu, tmp_path: Path) -> None:
    first = huchu("demo", "--json", cwd=tmp_path)
    told = json.loads(first.out)
    assert (0, "done", 6) == (first.code, told["status"], len(told["statements"]))
    assert sorted([*RESULT, "demo_schedule"]) == names(tmp_path / "huchu-demo")
    assert {"schedule.csv", "schedule.png", "heat_map.png", "orders.csv", "plan.csv", "summary.json"} <= set(
        names(tmp_path / "huchu-demo/demo_schedule")
    )
    assert 18 == len(names(tmp_path / "huchu-demo/statements"))
    before = (tmp_path / "huchu-demo/lines.csv").read_bytes()
    second = huchu("demo", cwd=tmp_path)
    assert 0 == second.code
    assert "huchu-demo/statements/SH-LG-01-2025-06.pdf" in second.out
    assert "huchu-demo/demo_schedule/schedule.png" in second.out
    assert before == (tmp_path / "huchu-demo/lines.csv").read_bytes()
    (tmp_path / "own").mkdir()
    (tmp_path / "own/mine.txt").write_text("kept")
    foreign = huchu("demo", "--out", "own", cwd=tmp_path)
    assert (1, ["mine.txt"]) == (foreign.code, names(tmp_path / "own"))


def test_a_settled_month_is_one_json_object_on_standard_output(huchu: Huchu, project: Path) -> None:
    ran = huchu(*QUICK, "--json", cwd=project)
    told = json.loads(ran.out)
    assert (0, "done", "out", []) == (ran.code, told["status"], told["out"], told["refused"])
    assert [
        {"station_id": "A-1", "month": "2025-06", "settled_with_grid_cny": "36148.50", "all_income_cny": "36148.50"}
    ] == told["statements"]


def test_a_refusal_is_one_json_object_too_and_its_four_parts_go_to_standard_error(huchu: Huchu, project: Path) -> None:
    spoil(project)
    ran = huchu(*QUICK, "--json", cwd=project)
    told = json.loads(ran.out)
    assert (1, "refused") == (ran.code, told["status"])
    assert {"kind", "what", "found", "done", "do"} == set(told["error"])
    assert told["findings"]["refusal"] >= 1
    assert ["Refused", "实际 / Found", "结果 / Done", "办法 / Do"] == [
        line.split(":")[0] for line in ran.err.splitlines()[-4:]
    ]
    assert ["findings.csv"] == names(project / "out")


def test_a_month_that_is_not_understood_is_refused_with_an_example(huchu: Huchu, project: Path) -> None:
    ran = huchu("settle", "meter.csv", "--month", "2025-13", "--json", cwd=project, LANG="en_US.UTF-8")
    assert (2, "UsageError") == (ran.code, json.loads(ran.out)["error"]["kind"])
    expected = ["UsageError: month '2025-13' is not understood", "Found: 2025-13", "Done: nothing was written"]
    assert expected == ran.err.splitlines()[:3]
    assert "2025-07" in ran.err.splitlines()[3]


@pytest.mark.parametrize(
    "arguments",
    [("settle", "meter.csv"), ("settle", "--month", "2025-06"), ("setle",), ("settle", "m", "--montth", "x")],
)
def test_wrong_usage_exits_with_2(huchu: Huchu, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = huchu(*arguments, cwd=tmp_path)
    assert (2, "") == (ran.code, ran.out)
    assert [] == names(tmp_path)


def test_a_result_without_the_refused_stations_exits_with_3(huchu: Huchu, make_project: Made) -> None:
    folder = make_project("two", ids=("A-1", "B-2"))
    text = (folder / "meter.csv").read_text(encoding="utf-8")
    (folder / "meter.csv").write_text(text.replace("B-2,2025-06-10T05:00:00+08:00,0,0\n", ""), encoding="utf-8")
    ran = huchu(*QUICK, "--json", "--skip-refused", cwd=folder)
    told = json.loads(ran.out)
    assert (3, "done_in_part", ["A-1"]) == (
        ran.code,
        told["status"],
        [statement["station_id"] for statement in told["statements"]],
    )
    assert [{"station_id": "B-2", "month": "2025-06", "codes": ["interval_missing"]}] == told["refused"]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_a_terminal_that_cannot_show_chinese_is_no_reason_to_fail(huchu: Huchu, project: Path, encoding: str) -> None:
    ran = huchu(*QUICK, cwd=project, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert 0 == ran.code
    shown = ran.stdout.decode(encoding)
    assert "36148.50" in shown
    assert ("电站" in shown) is (encoding == "gbk")


def test_meter_check_gives_findings_with_and_without_stations_and_month(huchu: Huchu, make_project: Made) -> None:
    folder = make_project("check 检查", months=(6,))
    plain = huchu("meter", "check", "meter.csv", "--json", cwd=folder)
    told = json.loads(plain.out)
    assert (0, "done", "long", 720) == (
        plain.code,
        told["status"],
        told["files"][0]["format"],
        told["files"][0]["rows"],
    )
    assert ["huchu.toml", "meter.csv", "stations.toml"] == names(folder)
    wide = huchu(
        *("meter", "check", "meter.csv", "--stations", "stations.toml", "--month", "2025-07", "--out", "out"),
        cwd=folder,
    )
    assert 1 == wide.code
    assert ["findings.csv"] == names(folder / "out")
    assert "refusal" in (folder / "out/findings.csv").read_text(encoding="utf-8-sig")
    absent = huchu("meter", "check", "none.csv", "--json", cwd=folder)
    assert (1, "refused") == (absent.code, json.loads(absent.out)["status"])


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be killed in this way")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_run_leaves_no_half_result(make_project: Made, seed: int) -> None:
    folder = make_project("killed", ids=tuple(f"S-{number}" for number in range(12)))
    command = [
        sys.executable,
        "-m",
        "huchu",
        "settle",
        "meter.csv",
        "--month",
        "2025-06",
        "--out",
        "out",
        "--jobs",
        "1",
    ]
    started = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **SURROUNDINGS}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while started.poll() is None and not list(folder.glob(".out.*")):
        time.sleep(0.005)
    time.sleep(random.Random(seed).uniform(0, 0.6))
    started.kill()
    started.wait()
    assert not (folder / "out").exists() or RESULT == names(folder / "out")
    kept = [name for name in names(folder) if not name.startswith(".out.")]
    assert ["huchu.toml", "meter.csv", "stations.toml"] == [name for name in kept if name != "out"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_a_target_that_cannot_be_written_is_refused_in_four_parts(huchu: Huchu, project: Path) -> None:
    (project / "locked").mkdir(mode=0o500)
    ran = huchu(*QUICK[:-1], "locked/out", cwd=project)
    assert (1, 4) == (ran.code, len(ran.err.splitlines()[-4:]))
    assert "cannot write out" in ran.err
    assert [] == names(project / "locked")
