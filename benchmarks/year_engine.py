"""A year of month files through the engine, beside a bare polars scan and sum of the two columns.

`python -m benchmarks.year_engine [STATIONS [MONTHS]]`
"""

import sys
from functools import partial

from benchmarks.measure import OUT, Cost, Result, child, least, print_table, task

TARGET_RATIO = 2.0
TARGET_MIB = 300


def run(stations: int, months: int, repeats: int) -> list[Result]:
    """Both with the station as an enumeration, which is how a year is kept, and as plain text."""
    folder = OUT / f"year-{stations}-{months}"
    child("-m", "benchmarks.make_readings", "readings", folder, stations, months)
    names = ("scan", "engine", "engine-by-month", "scan-text", "engine-text")
    costs = dict(zip(names, least([partial(task, name, folder) for name in names], repeats), strict=True))
    flow = f"year, {stations} stations x {months} months"
    kept, text = costs["scan"], costs["scan-text"]
    return [
        Result(flow=flow, measured="polars scan and sum, station as enumeration", cost=kept, ratio=1.0),
        _against(flow, "energy_by_window, station as enumeration", costs["engine"], kept),
        _against(flow, "the same, a call a month", costs["engine-by-month"], kept),
        Result(flow=flow, measured="polars scan and sum, station as text", cost=text, ratio=1.0),
        _against(flow, "energy_by_window, station as text", costs["engine-text"], text),
    ]


def _against(flow: str, measured: str, ours: Cost, peer: Cost) -> Result:
    ratio = ours.cpu_s / peer.cpu_s
    return Result(
        flow=flow,
        measured=measured,
        cost=ours,
        ratio=ratio,
        target=f"<= {TARGET_RATIO}, {TARGET_MIB} MiB",
        met=ratio <= TARGET_RATIO and ours.peak_mib <= TARGET_MIB,
    )


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000]
    print_table(run(sizes[0], sizes[1] if len(sizes) > 1 else 12, 3))
