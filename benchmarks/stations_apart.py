"""Many stations, each planned by itself: `python -m benchmarks.stations_apart [STATIONS ...]`; sizes in rising order.

Whole processes, files written, pictures left out. The cost of a station is the processor time beside that of the smallest run,
divided by the stations that it has more: what every run pays once is left out. Every run must write what the smallest did of the
stations that both have.
"""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.dispatch_case import Case, price_cny_per_mwh
from benchmarks.measure import OUT, Cost, Result, child, least, print_table
from tariffs.vocabulary.units import MINUTES_PER_HOUR

FULL = (10, 100, 300, 1000)
QUICK = (4, 10, 30)
SECONDS_PER_MINUTE = 60
LARGEST_RATIO = 1.25
"""How much more a station may cost in the largest run than in the one before: the cost is linear, but for noise."""
STATION = """[[station]]
id = "S{number:04d}"
name = "S{number:04d}"
power_mw = {power}
energy_mwh = {energy}
round_trip_efficiency = 0.8{digit}
grid_connected_on = 2024-05-01
in_annual_plan = true
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One size with what it took in place and in two processes."""

    stations: int
    one: Cost
    two: Cost

    @property
    def speed_up(self) -> float:
        """How many times as fast two processes are."""
        return self.one.wall_s / self.two.wall_s


def run(sizes: Sequence[int], repeats: int) -> list[Result]:
    """Every size in place and in two processes, with the cost of one more station from size to size."""
    runs = [_measured(size, repeats) for size in sizes]
    _refuse_different(sizes)
    results, before = [], 0.0
    for smaller, larger in pairwise(runs):
        cost_s = (larger.one.cpu_s - smaller.one.cpu_s) / (larger.stations - smaller.stations)
        ratio = cost_s / before if before else None
        results += _rows(larger, cost_s, ratio)
        before = cost_s
    return results


def _rows(run: Run, cost_s: float, ratio: float | None) -> list[Result]:
    flow = f"{run.stations} stations apart, hourly year"
    one, two = (
        f"{run.stations / cost.wall_s * SECONDS_PER_MINUTE:,.0f} stations a minute" for cost in (run.one, run.two)
    )
    return [
        Result(
            flow=flow,
            measured=f"in place: {one}, {cost_s:.4f} CPU s for one more",
            cost=run.one,
            ratio=ratio,
            target="" if ratio is None else f"<= {LARGEST_RATIO}",
            met=None if ratio is None else ratio <= LARGEST_RATIO,
        ),
        Result(
            flow=flow,
            measured=f"two processes: {two}, {run.speed_up:.2f} times as fast",
            cost=run.two,
            ratio=run.two.cpu_s / run.one.cpu_s,
        ),
    ]


def _measured(stations: int, repeats: int) -> Run:
    folder = OUT / f"apart-{stations}"
    folder.mkdir(parents=True, exist_ok=True)
    _make(folder, stations)
    words = ("-m", "huchu", "dispatch", "--stations", folder / "stations.toml", "--signals", folder / "signals.csv")

    def planned(jobs: int) -> Cost:
        return child(*words, "--out", folder / f"by-{jobs}", "--no-plot", "--force", "--jobs", jobs)

    one, two = least([lambda: planned(1), lambda: planned(2)], repeats)
    return Run(stations=stations, one=one, two=two)


def _make(folder: Path, stations: int) -> None:
    """Stations that all differ, and a year of hourly prices."""
    rows = [
        STATION.format(number=n, power=50 + n % 100, energy=100 + 3 * (n % 77), digit=n % 10) for n in range(stations)
    ]
    (folder / "stations.toml").write_text("".join(rows), encoding="utf-8")
    start = datetime.fromisoformat("2025-01-01T00:00:00+08:00")
    with (folder / "signals.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("interval_start", "price_cny_per_mwh"))
        for hour, price in enumerate(price_cny_per_mwh(Case(minutes=MINUTES_PER_HOUR)).tolist()):
            writer.writerow(((start + timedelta(hours=hour)).isoformat(), f"{price:.2f}"))


def _refuse_different(sizes: Sequence[int]) -> None:
    """Raises RuntimeError if a station earns another amount in another run."""
    earned: dict[str, str] = {}
    for size in sizes:
        for jobs in (1, 2):
            told = json.loads((OUT / f"apart-{size}" / f"by-{jobs}" / "summary.json").read_text(encoding="utf-8"))
            for station in told["stations"]:
                known = earned.setdefault(station["station_id"], station["revenue_cny"])
                if known != station["revenue_cny"]:
                    raise RuntimeError(f"{station['station_id']} earns {known} and {station['revenue_cny']}")


if __name__ == "__main__":
    print_table(run([int(argument) for argument in sys.argv[1:]] or FULL, 1))
