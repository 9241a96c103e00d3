"""All flows and one table: `python -m benchmarks [--quick]`; files go to benchmarks/out and are made anew."""

import argparse
import os
import platform
import shutil

from benchmarks import (
    dispatch_command,
    dispatch_year,
    fleet_peak,
    meter_csv,
    rule_batch,
    settle_month,
    size_sweep,
    statements,
    stations_apart,
    year_engine,
)
from benchmarks.dispatch_rows import YEAR_DAYS, Row, versions
from benchmarks.measure import OUT, print_table


def main() -> None:
    """Run every flow at full or at quick size."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument(
        "--quick",
        action="store_true",
        help="a hundredth of the statements, a tenth of the stations, a quarter of the year",
    )
    quick = reader.parse_args().quick
    stations, pages, months, repeats = (100, 10, 2, 2) if quick else (1_000, 1_000, 12, 3)
    days = dispatch_year.QUICK_DAYS if quick else YEAR_DAYS
    shutil.rmtree(OUT, ignore_errors=True)
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"dispatch and its peers: {versions()}\n")
    try:
        print_table(
            [
                *settle_month.run(stations, repeats),
                *year_engine.run(stations, months, repeats),
                *meter_csv.run(stations, repeats),
                *statements.run(pages, 1),
                *dispatch_year.run(days, 1 if quick else repeats),
                *dispatch_command.run(days, repeats),
                *fleet_peak.run(fleet_peak.QUICK_SIZES if quick else fleet_peak.SIZES, 1 if quick else 2),
                *_sizes(quick=quick),
                *stations_apart.run(stations_apart.QUICK if quick else stations_apart.FULL, 1),
                *rule_batch.run(
                    rule_batch.FULL_SIZE // 100 if quick else rule_batch.FULL_SIZE, 1 if quick else repeats
                ),
            ]
        )
    finally:
        shutil.rmtree(OUT, ignore_errors=True)


def _sizes(*, quick: bool) -> list[Row]:
    return (
        size_sweep.run(size_sweep.QUICK, size_sweep.QUICK_SAMPLE, 1)
        if quick
        else size_sweep.run(size_sweep.FULL, size_sweep.SAMPLE, 2)
    )


if __name__ == "__main__":
    main()
