"""Reading a long CSV to exact integers, beside polars.read_csv: `python -m benchmarks.meter_csv [STATIONS]`."""

import sys

from benchmarks.measure import OUT, Result, child, least, print_table, task


def run(stations: int, repeats: int) -> list[Result]:
    """One month of 2,976 rows a station."""
    folder = OUT / f"csv-{stations}"
    child("-m", "benchmarks.make_readings", "text", folder, stations, 1)
    ours, peer = least([lambda: task("read-csv", folder), lambda: task("polars-csv", folder)], repeats)
    flow = f"meter CSV, {stations} stations"
    return [
        Result(flow=flow, measured="polars.read_csv, decimals and instants", cost=peer, ratio=1.0),
        Result(flow=flow, measured="read_meter_files", cost=ours, ratio=ours.cpu_s / peer.cpu_s),
    ]


if __name__ == "__main__":
    print_table(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, 3))
