"""Energy of each station in given windows of days: the only place where interval energies are added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.timegrid import physical

LARGEST_ENERGY_KWH_E4: Final = 10**12
"""The intake refuses a larger interval energy, so a station's sum stays inside 64 bits up to nine million rows."""
INT64_END: Final = 2**63

Ranges = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowEnergy:
    """What one station's meter recorded in a window; energies are integers of 1e-4 kWh."""

    charge_kwh_e4: int = 0
    discharge_kwh_e4: int = 0
    intervals: int = 0
    filled_intervals: int = 0
    filled_charge_kwh_e4: int = 0
    filled_discharge_kwh_e4: int = 0


def energy_by_window(
    readings: pl.LazyFrame, windows: Sequence[Ranges], *, streaming: bool = False
) -> Mapping[str, tuple[WindowEnergy, ...]]:
    """For each station its energy in every window, in the order of the windows.

    Shape   readings with columns of READINGS, in any order; a window is a tuple of half-open day ranges
    Raises  InputError if a station has so many rows that a sum could leave 64 bits
    """
    terms: list[pl.Expr] = [pl.len().alias("rows")]
    for number, ranges in enumerate(windows):
        terms.extend(_terms(number, ranges))
    engine = "streaming" if streaming else "in-memory"
    sums = readings.group_by("station_id").agg(terms).collect(engine=engine).sort("station_id")  # type: ignore[call-overload]
    _prove_range(sums)
    filled = _filled(readings, windows)
    return {
        row["station_id"]: tuple(
            WindowEnergy(
                charge_kwh_e4=row[f"charge_{number}"],
                discharge_kwh_e4=row[f"discharge_{number}"],
                intervals=row[f"intervals_{number}"],
                **filled.get((row["station_id"], number), {}),
            )
            for number in range(len(windows))
        )
        for row in sums.iter_rows(named=True)
    }


def inside(ranges: Ranges) -> pl.Expr | None:
    """Whether an interval starts inside the day ranges."""
    instant = pl.col("interval_start").to_physical()
    tests = [(instant >= physical(first)) & (instant < physical(end)) for first, end in ranges]
    return pl.any_horizontal(tests) if tests else None


def _terms(number: int, ranges: Ranges) -> list[pl.Expr]:
    mask = inside(ranges)
    if mask is None:
        zero = pl.lit(0, dtype=pl.Int64)
        return [zero.alias(f"charge_{number}"), zero.alias(f"discharge_{number}"), zero.alias(f"intervals_{number}")]
    return [
        pl.when(mask).then(pl.col("charge_kwh_e4")).otherwise(0).sum().alias(f"charge_{number}"),
        pl.when(mask).then(pl.col("discharge_kwh_e4")).otherwise(0).sum().alias(f"discharge_{number}"),
        mask.sum().cast(pl.Int64).alias(f"intervals_{number}"),
    ]


def _filled(readings: pl.LazyFrame, windows: Sequence[Ranges]) -> dict[tuple[str, int], dict[str, int]]:
    filled = readings.filter(pl.col("quality") == Quality.FILLED.value).collect()
    found = {}
    for number, ranges in enumerate(windows):
        mask = inside(ranges)
        if mask is None or filled.is_empty():
            continue
        by_station = (
            filled.filter(mask)
            .group_by("station_id")
            .agg(pl.len(), pl.col("charge_kwh_e4").sum(), pl.col("discharge_kwh_e4").sum())
        )
        for station_id, rows, charge, discharge in by_station.iter_rows():
            found[(station_id, number)] = {
                "filled_intervals": rows,
                "filled_charge_kwh_e4": charge,
                "filled_discharge_kwh_e4": discharge,
            }
    return found


def _prove_range(sums: pl.DataFrame) -> None:
    most = sums["rows"].max()
    if isinstance(most, int) and most * LARGEST_ENERGY_KWH_E4 >= INT64_END:
        raise InputError(
            Words("一座电站的行数过多，无法保证合计不溢出", "one station has too many rows for a safe sum"),
            found=Words(f"{most} 行", f"{most} rows"),
            done=Words("未合计", "nothing was added up"),
            do=Words("按月拆分文件", "split the files by month"),
        )
