"""The least peak of many stations behind one load, beside raw HiGHS: `python -m benchmarks.fleet_peak [STATIONS DAYS]`.

Raw HiGHS minimises the peak only, which leaves the energy moved to chance; ours moves the least energy at that peak too.
Every plan is counted again; peaks that differ, or a plan of ours that moves more, fail the benchmark.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.dispatch_rows import Row, versions
from benchmarks.measure import ROOT, Cost, print_table, surroundings

SIZES = ((50, 90), (200, 30))
QUICK_SIZES = ((10, 14),)
RATIO_SIZE, MOST_RATIO = (50, 90), 0.7
BIG_SIZE, MOST_WALL_S, MOST_MIB = (200, 30), 60.0, 2048.0
PEAK_RATIO = 1e-6
MOVED_RATIO = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What one plan took, the highest load that it leaves and the energy that it charges and discharges."""

    cost: Cost
    peak_mw: float
    moved_mwh: float


def run(sizes: Sequence[tuple[int, int]], repeats: int) -> list[Row]:
    """The rows of every size, stations by days."""
    return [row for stations, days in sizes for row in of_size(stations, days, repeats)]


def of_size(stations: int, days: int, repeats: int) -> list[Row]:
    """Raw HiGHS and ours in turns, each in a child of its own; the repetition with the least CPU of each.

    Raises  RuntimeError if the peaks differ, or ours moves more energy
    """
    seen: dict[str, list[Planned]] = {"raw": [], "auto": []}
    for _ in range(repeats):
        for method, plans in seen.items():
            plans.append(planned(method, stations, days))
    raw, ours = (min(plans, key=lambda plan: plan.cost.cpu_s) for plans in seen.values())
    flow = f"fleet peak, {stations} stations, {days} days"
    if abs(ours.peak_mw - raw.peak_mw) > PEAK_RATIO * raw.peak_mw or ours.moved_mwh > (1 + MOVED_RATIO) * raw.moved_mwh:
        raise RuntimeError(f"{flow}: plans differ: {raw} and {ours}")
    ratio = ours.cost.cpu_s / raw.cost.cpu_s
    return [
        Row(flow, f"raw HiGHS, peak only: moves {raw.moved_mwh:,.0f} MWh", raw.cost),
        Row(
            flow,
            f"huchu, least energy too: {ours.moved_mwh:,.0f} MWh",
            ours.cost,
            ratio,
            *_judged(stations, days, ours, ratio),
        ),
    ]


def planned(method: str, stations: int, days: int) -> Planned:
    """One plan by a method of `fleet_child`.

    Raises  RuntimeError if the child fails
    """
    command = [sys.executable, "-m", "benchmarks.fleet_child", method, str(stations), str(days)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
    told = json.loads(done.stdout)
    cost = Cost(wall_s=told["wall_s"], cpu_s=told["cpu_s"], peak_mib=told["peak_mib"])
    return Planned(cost=cost, peak_mw=told["peak_mw"], moved_mwh=told["moved_mwh"])


def _judged(stations: int, days: int, ours: Planned, ratio: float) -> tuple[str, bool | None]:
    if (stations, days) == RATIO_SIZE:
        return f"<= {MOST_RATIO:g}", ratio <= MOST_RATIO
    if (stations, days) == BIG_SIZE:
        met = ours.cost.wall_s <= MOST_WALL_S and ours.cost.peak_mib <= MOST_MIB
        return f"<= {MOST_WALL_S:g} s, {MOST_MIB:g} MiB", met
    return "", None


def main() -> None:
    """The versions and the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, {versions()}\n")
    match sys.argv[1:]:
        case [stations, days]:
            print_table(run([(int(stations), int(days))], 1))
        case ["--quick"]:
            print_table(run(QUICK_SIZES, 1))
        case _:
            print_table(run(SIZES, 2))


if __name__ == "__main__":
    main()
