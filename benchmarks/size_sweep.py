"""A thousand points of power, duration, cost and price, an hourly year each: `python -m benchmarks.size_sweep [--quick]`.

As the product sweeps them, each point planned anew by the same dynamic program, and a sample of them by raw HiGHS, one
linear program a point. All ways are made to agree on every point that they share.
"""

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass

from benchmarks.dispatch_rows import Row, versions
from benchmarks.measure import ROOT, Cost, print_table, surroundings
from benchmarks.size_case import SizeCase

FULL, QUICK = SizeCase(), SizeCase(powers=2, durations=4, costs=2, price_sets=2)
SAMPLE, QUICK_SAMPLE = SizeCase(powers=1, costs=1), SizeCase(powers=1, durations=2, costs=1, price_sets=1)
MOST_WALL_S = 120.0
SAME_RATIO = 1e-5
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """What one way took for a case, the years that it planned, and the present value of each point."""

    case: SizeCase
    cost: Cost
    planned_years: int
    npv_cny: dict[str, float]

    @property
    def cpu_s_a_point(self) -> float:
        """Processor seconds for each point."""
        return self.cost.cpu_s / self.case.points

    @property
    def words(self) -> str:
        """Points, points a minute and years planned."""
        a_minute = self.case.points * SECONDS_PER_MINUTE / self.cost.wall_s
        return f"{self.case.points:,} points, {a_minute:,.0f} a minute, {self.planned_years:,} years planned"


def run(case: SizeCase, sample: SizeCase, repeats: int) -> list[Row]:
    """The rows: raw HiGHS on a sample first, the yardstick of every ratio, which is of CPU seconds a point.

    Raises  RuntimeError if two ways do not agree on a point
    """
    raw, sweep, anew = (
        valued(name, each, repeats) for name, each in (("raw", sample), ("swept", case), ("anew", case))
    )
    faded = valued("swept", SizeCase(**{**asdict(case), "fades": True}), repeats)
    flow = f"sizes, {case.points:,} points of an hourly year"
    for other in (raw, anew):
        _refuse_apart(flow, sweep, other)
    rows = [Row(flow, f"raw HiGHS, one linear program a point: {raw.words}", raw.cost)]
    for name, each in (("huchu, a sweep", sweep), ("huchu, each point anew", anew), ("huchu, a sweep, fading", faded)):
        is_met = each.cost.wall_s <= MOST_WALL_S if case == FULL else None
        target = f"<= {MOST_WALL_S:g} s" if case == FULL else ""
        rows.append(
            Row(flow, f"{name}: {each.words}", each.cost, each.cpu_s_a_point / raw.cpu_s_a_point, target, is_met)
        )
    return rows


def valued(method: str, case: SizeCase, repeats: int) -> Valued:
    """The least of so many runs of a method of `size_child`.

    Raises  RuntimeError if the child fails
    """
    return min((_once(method, case) for _ in range(repeats)), key=lambda each: each.cost.cpu_s)


def _once(method: str, case: SizeCase) -> Valued:
    command = [sys.executable, "-m", "benchmarks.size_child", method, json.dumps(asdict(case))]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
    told = json.loads(done.stdout)
    cost = Cost(wall_s=told["wall_s"], cpu_s=told["cpu_s"], peak_mib=told["peak_mib"])
    return Valued(case=case, cost=cost, planned_years=told["planned_years"], npv_cny=told["npv_cny"])


def _refuse_apart(flow: str, ours: Valued, other: Valued) -> None:
    largest = max(abs(npv) for npv in ours.npv_cny.values())
    apart = [key for key, npv in other.npv_cny.items() if abs(npv - ours.npv_cny[key]) > SAME_RATIO * largest]
    if apart:
        raise RuntimeError(
            f"{flow}: values differ at {apart[0]}: {ours.npv_cny[apart[0]]} and {other.npv_cny[apart[0]]}"
        )


def main() -> None:
    """The versions and the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, {versions()}\n")
    quick = sys.argv[1:] == ["--quick"]
    print_table(run(QUICK, QUICK_SAMPLE, 1) if quick else run(FULL, SAMPLE, 2))


if __name__ == "__main__":
    main()
