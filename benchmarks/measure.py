"""Wall time, processor time and peak memory of a child process, and the table that shows them.

Only the standard library is imported here: a child inherits the peak memory of the process that starts it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[1]
OUT = Path(__file__).resolve().parent / "out"
KIB_PER_MIB = 1024
HEADINGS = ("flow", "measured", "wall s", "CPU s", "peak MiB", "ratio", "target", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a child took; `cpu_s` counts the processes that it started too."""

    wall_s: float
    cpu_s: float
    peak_mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of the table; `ratio` is CPU over that of the peer measured in the same run."""

    flow: str
    measured: str
    cost: Cost
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        verdict = {None: "", True: "met", False: "missed"}[self.met]
        return (
            self.flow,
            self.measured,
            f"{self.cost.wall_s:.2f}",
            f"{self.cost.cpu_s:.2f}",
            f"{self.cost.peak_mib:.0f}",
            "" if self.ratio is None else f"{self.ratio:.2f}",
            self.target,
            verdict,
        )


class Cells(Protocol):
    """A row of the table."""

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        ...


def surroundings() -> dict[str, str]:
    """What a child sees: our own source first, and bytecode kept, as it is for a user."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def child(*arguments: object, folder: Path = ROOT) -> Cost:
    """The cost of `python <arguments>` run in a folder, from start to end.

    Raises  RuntimeError if it does not end with exit code 0
    """
    command = [sys.executable, *map(str, arguments)]
    began = time.perf_counter()
    started = subprocess.Popen(command, cwd=folder, env=surroundings(), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {started.returncode}")
    return Cost(
        wall_s=time.perf_counter() - began,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mib=used.ru_maxrss / KIB_PER_MIB,
    )


def task(name: str, *arguments: object) -> Cost:
    """The cost of one of `benchmarks.tasks` as the child itself counts it, imports left out."""
    command = [sys.executable, "-m", "benchmarks.tasks", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def least(runs: Sequence[Callable[[], Cost]], repeats: int) -> list[Cost]:
    """For each run the repetition with the least CPU; the runs take turns, so that a busy machine slows all alike."""
    seen: list[list[Cost]] = [[] for _ in runs]
    for _ in range(repeats):
        for number, run in enumerate(runs):
            seen[number].append(run())
    return [min(costs, key=lambda cost: cost.cpu_s) for costs in seen]


def print_table(results: Sequence[Cells]) -> None:
    """The results as a table in Markdown."""
    rows = [HEADINGS, *(result.cells() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for number, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
