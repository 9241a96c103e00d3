"""The results of `huchu rule NAME --batch`, in a file or on standard output: whole, and over nothing that is not theirs."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import Result

from huchu.cli.rule.streams import put_out

Ask = Callable[..., Result]
LODGING = "lodging_registration"
HEADER = "case_id,on,lodging.person,lodging.place,lodging.moved_in_at,lodging.registered_at\n"
IN_TIME = "a,2025-05-03,foreigner,urban,2025-05-01T18:30,2025-05-02T18:30\n"
LATE = "b,2025-05-03,foreigner,urban,2025-05-01T18:30,2025-05-02T20:00\n"
WRONG = "e,2025-05-03,foregner,urban,2025-05-32T18:30,\n"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def judged(ran: Result) -> list[dict[str, str]]:
    assert 0 == ran.exit_code, ran.stderr
    return table(ran.stdout)


def test_an_identity_that_a_spreadsheet_would_run_is_quoted(ask: Ask) -> None:
    (row,) = judged(ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME.replace("a,", "=1+1,", 1)))
    assert "'=1+1" == row["case_id"]


def test_a_file_of_results_is_for_spreadsheets_and_is_not_overwritten_unasked(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.csv"
    first = ask(LODGING, "--batch", "-", "--out", str(out), typed=HEADER + IN_TIME)
    assert (0, "") == (first.exit_code, first.stdout)
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfcase_id,row,on,verdict,")
    again = ask(LODGING, "--batch", "-", "--out", str(out), typed=HEADER + LATE)
    assert 1 == again.exit_code
    assert "--force" in again.stderr
    assert written == out.read_bytes()
    assert 0 == ask(LODGING, "--batch", "-", "--out", str(out), "--force", typed=HEADER + LATE).exit_code
    assert ["no"] == [row["verdict"] for row in table(out.read_text(encoding="utf-8"))]
    assert [out] == list(out.parent.iterdir())


def test_an_earlier_file_stays_where_the_new_cases_are_refused(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    assert 1 == ask(LODGING, "--batch", "-", "--out", "out.csv", "--force", typed=HEADER + WRONG).exit_code
    assert "mine" == out.read_text(encoding="utf-8")
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["cases.csv", "folder/../cases.csv", "common.toml"])
def test_what_the_command_reads_is_never_written_over(ask: Ask, tmp_path: Path, out: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "cases.csv").write_text(HEADER + IN_TIME, encoding="utf-8")
    (tmp_path / "common.toml").write_text("on = 2025-05-03\n", encoding="utf-8")
    ran = ask(LODGING, "--batch", "cases.csv", "--input", "common.toml", "--out", out, "--force")
    assert 1 == ran.exit_code
    assert "this command reads that file" in ran.stderr
    assert HEADER + IN_TIME == (tmp_path / "cases.csv").read_text(encoding="utf-8")
    assert "on = 2025-05-03\n" == (tmp_path / "common.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_result_never_takes_the_place_of_a_device_or_a_pipe(ask: Ask, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    ran = ask(LODGING, "--batch", "-", "--out", "pipe", "--force", typed=HEADER + IN_TIME)
    assert 1 == ran.exit_code
    assert "it is no ordinary file" in ran.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_a_name_that_the_system_refuses_is_told_in_four_parts(ask: Ask) -> None:
    name = "z" * 300 + ".csv"
    for arguments in (["--batch", name], ["--batch", "-", "--out", name], ["--input", name]):
        ran = ask(LODGING, *arguments, typed=HEADER + IN_TIME)
        assert 1 == ran.exit_code
        assert "InputError: " in ran.stderr
        assert "Done" in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_standard_output_is_told_and_not_passed_over(tmp_path: Path, unbuffered: str) -> None:
    (tmp_path / "cases.csv").write_text(HEADER + IN_TIME, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "huchu", "rule", LODGING, "--batch", str(tmp_path / "cases.csv")],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
            check=False,
        )
    assert 1 == ran.returncode
    assert "what was printed may not be whole" in ran.stderr.decode("utf-8")
    assert "program" not in ran.stderr.decode("utf-8")


def test_a_stream_that_takes_a_part_at_a_time_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = io.BytesIO()

    class Sluggish(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, offered: Any) -> int:
            return taken.write(bytes(offered[:3]))

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(cast(Any, Sluggish()), encoding="utf-8", write_through=True))
    put_out("一二三四五 and more")
    assert "一二三四五 and more" == taken.getvalue().decode("utf-8")


def test_a_place_that_cannot_be_written_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for out in (".", "file/out.csv"):
        ran = ask(LODGING, "--batch", "-", "--out", out, "--force", typed=HEADER + IN_TIME)
        assert 1 == ran.exit_code
        assert "Done" in ran.stderr


def test_json_beside_a_file_holds_the_counts_alone(ask: Ask) -> None:
    told = json.loads(ask(LODGING, "--batch", "-", "--out", "out.csv", "--json", typed=HEADER + IN_TIME).stdout)
    assert ("done", "out.csv", 1) == (told["status"], told["out"], told["verdicts"]["yes"])
    assert "cases" not in told
    assert {"cases", "assess", "cells", "read", "judge", "write", "all"} == set(told["seconds"])
