"""PDF statements of one settled month: `python -m benchmarks.statements [STATIONS]`."""

import sys

from benchmarks.measure import OUT, Cost, Result, child, least, print_table

TARGET_WALL_S = 60
FULL_SIZE = 1_000


def run(stations: int, repeats: int) -> list[Result]:
    """The command with PDF statements, and what they take beyond the same command without."""
    folder = OUT / f"settle-{stations}"
    child("-m", "benchmarks.make_readings", "long", folder, stations, 1)
    command = (
        *("-m", "huchu", "settle", "2025-01.parquet", "--month", "2025-01", "--force"),
        *("--out", "statements"),
    )
    without, whole = least(
        [
            lambda: child(*command, "--no-statements", folder=folder),
            lambda: child(*command, "--formats", "pdf", folder=folder),
        ],
        repeats,
    )
    pages = Cost(wall_s=whole.wall_s - without.wall_s, cpu_s=whole.cpu_s - without.cpu_s, peak_mib=whole.peak_mib)
    full = stations >= FULL_SIZE
    return [
        Result(flow=f"statements, {stations} PDF", measured="without statements", cost=without, ratio=1.0),
        Result(
            flow=f"statements, {stations} PDF",
            measured="the statements alone" if not full else "the statements alone (target: whole run)",
            cost=pages,
            ratio=pages.cpu_s / without.cpu_s,
            target=f"<= {TARGET_WALL_S} s" if full else "",
            met=whole.wall_s <= TARGET_WALL_S if full else None,
        ),
    ]


if __name__ == "__main__":
    print_table(run(int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE, 1))
