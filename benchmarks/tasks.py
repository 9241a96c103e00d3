"""What the children of the benchmarks do: `python -m benchmarks.tasks TASK FOLDER`; prints its own cost as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from benchmarks.measure import KIB_PER_MIB
from settlement.meter.read import ReadOptions, read_meter_files
from settlement.quantities.energy import energy_by_window
from tariffs.vocabulary.timegrid import Month

BOTH = ("charge_kwh_e4", "discharge_kwh_e4")


def scan(files: Sequence[Path]) -> None:
    """The bare sum of both columns."""
    pl.scan_parquet(list(files)).select(pl.col(*BOTH).sum()).collect()


def engine(files: Sequence[Path]) -> None:
    """Energy of every station in one window over all files."""
    first, last = Month.parse(files[0].stem[:7]), Month.parse(files[-1].stem[:7])
    energy_by_window(pl.scan_parquet(list(files)), [((first.first_day, last.end),)])


def engine_by_month(files: Sequence[Path]) -> None:
    """Energy of every station in the window of each month, file by file."""
    for path in files:
        month = Month.parse(path.stem[:7])
        energy_by_window(pl.scan_parquet(path), [((month.first_day, month.end),)])


def read_text(files: Sequence[Path]) -> None:
    """Meter files read to exact integers, nothing checked between rows."""
    read_meter_files(files, ReadOptions())


def polars_text(files: Sequence[Path]) -> None:
    """The same files by polars alone: instants parsed, energies as decimals."""
    kinds = {"charge_kwh": pl.Decimal(18, 4), "discharge_kwh": pl.Decimal(18, 4)}
    for path in files:
        frame = pl.read_csv(path, schema_overrides=kinds)
        frame.with_columns(pl.col("interval_start").str.to_datetime("%Y-%m-%dT%H:%M:%S%:z"))


TASKS: dict[str, tuple[Callable[[Sequence[Path]], None], str]] = {
    "scan": (scan, "????-??.parquet"),
    "engine": (engine, "????-??.parquet"),
    "engine-by-month": (engine_by_month, "????-??.parquet"),
    "scan-text": (scan, "*-text.parquet"),
    "engine-text": (engine, "*-text.parquet"),
    "read-csv": (read_text, "*.csv"),
    "polars-csv": (polars_text, "*.csv"),
}


def main() -> None:
    """Run one task and print what it took, imports left out."""
    run, pattern = TASKS[sys.argv[1]]
    files = sorted(Path(sys.argv[2]).glob(pattern))
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    run(files)
    after = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "wall_s": time.perf_counter() - began,
        "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak_mib": after.ru_maxrss / KIB_PER_MIB,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
