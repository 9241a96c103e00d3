"""One month of many stations through `huchu settle`, statements off: the whole process.

`python -m benchmarks.settle_month [STATIONS]`
"""

import sys

from benchmarks.measure import OUT, Result, child, least, print_table

TARGET_WALL_S = 5
TARGET_MIB = 1024
SCAN = """
import polars as pl
pl.scan_parquet("2025-01.parquet").group_by("station_id").agg(pl.col("charge_kwh", "discharge_kwh").sum()).collect()
"""


def run(stations: int, repeats: int) -> list[Result]:
    """The command on one Parquet file, beside a process in which polars adds up the same file."""
    folder = OUT / f"settle-{stations}"
    child("-m", "benchmarks.make_readings", "long", folder, stations, 1)
    command = (
        *("-m", "huchu", "settle", "2025-01.parquet", "--month", "2025-01"),
        *("--no-statements", "--out", "settled", "--force"),
    )
    settled, start, scanned = least(
        [
            lambda: child(*command, folder=folder),
            lambda: child("-c", "import huchu.cli.settle"),
            lambda: child("-c", SCAN, folder=folder),
        ],
        repeats,
    )
    met = settled.wall_s <= TARGET_WALL_S and settled.peak_mib <= TARGET_MIB
    target = f"<= {TARGET_WALL_S} s, {TARGET_MIB} MiB"
    flow = f"settle, {stations} stations"
    return [
        Result(flow=flow, measured="polars alone: sums by station", cost=scanned, ratio=1.0),
        Result(flow=flow, measured="imports alone", cost=start, ratio=start.cpu_s / scanned.cpu_s),
        Result(
            flow=flow,
            measured="huchu settle --no-statements",
            cost=settled,
            ratio=settled.cpu_s / scanned.cpu_s,
            target=target,
            met=met,
        ),
    ]


if __name__ == "__main__":
    print_table(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, 3))
