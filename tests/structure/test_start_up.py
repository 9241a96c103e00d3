"""Asking for help is quick, because it loads nothing that help does not need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"duckdb", "fastexcel", "matplotlib", "numpy", "pandas", "polars", "pyarrow", "pyomo", "scipy", "sqlalchemy"}
HEAVY |= {"typst", "xlsxwriter"}
CPU_SECONDS = 0.5
LOADED = """
import json, runpy, sys
sys.argv = ["huchu", *json.loads(sys.argv[1])]
try:
    runpy.run_module("huchu", run_name="__main__", alter_sys=True)
except SystemExit as left:
    print("exit", left.code or 0, file=sys.stderr)
print("loaded", json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def _run(*arguments: str) -> tuple[int, set[str], str]:
    """Exit code, top-level modules loaded, and standard output of one call of the program."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=True,
    )
    lines = ran.stderr.splitlines()
    code = next((int(line.removeprefix("exit ")) for line in lines if line.startswith("exit ")), 0)
    loaded = next(line.removeprefix("loaded ") for line in lines if line.startswith("loaded "))
    return code, set(json.loads(loaded)), ran.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("settle", "--help"), ("meter", "--help")], ids=" ".join)
def test_help_loads_no_engine(arguments: tuple[str, ...]) -> None:
    code, loaded, printed = _run(*arguments)
    assert 0 == code
    assert "huchu" in loaded
    assert printed
    assert set() == loaded & HEAVY


def test_help_lists_the_commands_of_the_monthly_settlement() -> None:
    _, _, printed = _run("--help")
    assert {"init", "demo", "settle", "meter"} <= set(printed.split())


@pytest.mark.skipif(sys.platform == "win32", reason="the processor time of a child is not counted there")
def test_help_takes_little_processor_time() -> None:
    spent = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "-m", "huchu", "--help"], cwd=ROOT, capture_output=True, check=True)
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(spent) < CPU_SECONDS
