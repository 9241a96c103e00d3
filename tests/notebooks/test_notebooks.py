"""Every notebook: what it is, that it runs anywhere, leaves nothing behind and ends in its answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "notebooks").glob("[0-9]*.py"))
FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+")
"""A figure with a point or a comma: the same in both languages, as years and counts need not be."""
LONGEST_S = 300
GUARDED = """
import os, runpy, sys

root = os.path.realpath(sys.argv[1]) + os.sep

def refuse(event, told):
    if event in ("open", "os.mkdir", "os.rename", "os.remove") and isinstance(told[0], (str, bytes, os.PathLike)):
        path = os.path.realpath(os.fsdecode(told[0]))
        writes = event != "open" or told[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and path.startswith(root) and "__pycache__" not in path and os.sep + ".venv" not in path:
            sys.stderr.write(f"{event} {path}\\n")
            os._exit(9)

sys.addaudithook(refuse)
runpy.run_path(sys.argv[2], run_name="__main__")
"""
"""Runs a script and stops at once where something is written below a folder; what Python keeps for itself is let be."""


def run_guarded(script: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", GUARDED, str(ROOT), str(script)],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )


def test_there_are_notebooks_and_their_numbers_are_their_own() -> None:
    numbers = [source.name[:2] for source in SOURCES]
    assert len(numbers) >= 5
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_notebook_has_a_title_in_both_languages_cells_to_read_and_its_answer_last(source: Path) -> None:
    notebook = jupytext.read(source, fmt="py:percent")
    title = notebook.cells[0].source.splitlines()[0]
    assert re.match(rf"# {source.name[:2]} .*[\u4e00-\u9fff].* / .*[A-Za-z]", title)
    assert {"markdown", "code"} == {cell.cell_type for cell in notebook.cells}
    assert "code" == notebook.cells[-1].cell_type
    assert "print(" in notebook.cells[-1].source
    assert "assert " in source.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_notebook_runs_as_a_script_writes_nothing_here_and_ends_in_its_answer_with_figures(
    source: Path, tmp_path: Path
) -> None:
    ran = run_guarded(source, tmp_path)
    assert (0, "") == (ran.returncode, ran.stderr)
    chinese, english = ran.stdout.strip().splitlines()[-2:]
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert FIGURE.search(english)
    assert sorted(set(FIGURE.findall(chinese))) == sorted(set(FIGURE.findall(english)))
    assert [] == list(tmp_path.iterdir())


def test_the_guard_stops_a_script_that_writes_into_the_repository(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    target = ROOT / "notebooks" / "left_behind.txt"
    script.write_text(f"open({str(target)!r}, 'w')", encoding="utf-8")
    ran = run_guarded(script, tmp_path)
    assert 9 == ran.returncode
    assert not target.exists()
