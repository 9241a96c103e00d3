"""Energy of each station in given windows of days: the only place where interval energies are added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from settlement.windows import Ranges, inside
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.timegrid import physical

LARGEST_ENERGY_KWH_E4: Final = 10**12
"""The intake refuses a larger interval energy, so a station's sum stays inside 64 bits up to nine million rows."""
INT64_END: Final = 2**63

Engine = Literal["in-memory", "streaming"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowEnergy:
    """What one station's meter recorded in a window; energies are integers of 1e-4 kWh."""

    charge_kwh_e4: int = 0
    discharge_kwh_e4: int = 0
    intervals: int = 0
    filled_charge_intervals: int = 0
    filled_discharge_intervals: int = 0
    filled_charge_kwh_e4: int = 0
    filled_discharge_kwh_e4: int = 0


def energy_by_window(
    readings: pl.LazyFrame, windows: Sequence[Ranges], *, streaming: bool = True
) -> Mapping[str, tuple[WindowEnergy, ...]]:
    """For each station its energy in every window, in the order of the windows.

    Shape   readings with columns of READINGS, in any order; a window is a tuple of half-open day ranges
    Raises  InputError if a station has so many rows that a sum could leave 64 bits
    """
    engine: Engine = "streaming" if streaming else "in-memory"
    terms: list[pl.Expr] = [pl.len().cast(pl.Int64).alias("rows")]
    for number, ranges in enumerate(windows):
        terms.extend(_terms(number, ranges, covered=_covers_all_rows(readings, ranges, engine)))
    sums = _sums_by_station(readings, terms, engine)
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
        for row in sorted(sums.iter_rows(named=True), key=lambda row: str(row["station_id"]))
    }


def _covers_all_rows(readings: pl.LazyFrame, ranges: Ranges, engine: Engine) -> bool:
    """Whether no row lies outside a single range: read off the statistics of a Parquet file where it has them."""
    if len(ranges) != 1:
        return False
    ((first, end),) = ranges
    instant = pl.col("interval_start").to_physical()
    outside = readings.filter((instant < physical(first)) | (instant >= physical(end)))
    return bool(outside.select(pl.len()).collect(engine=engine).item() == 0)


def _terms(number: int, ranges: Ranges, *, covered: bool) -> list[pl.Expr]:
    charge, discharge = pl.col("charge_kwh_e4"), pl.col("discharge_kwh_e4")
    mask = inside(ranges)
    if mask is None:
        zero = pl.lit(0, dtype=pl.Int64)
        sums = [zero, zero, zero]
    elif covered:
        sums = [charge.sum(), discharge.sum(), pl.len().cast(pl.Int64)]
    else:
        sums = [
            pl.when(mask).then(charge).otherwise(0).sum(),
            pl.when(mask).then(discharge).otherwise(0).sum(),
            mask.sum().cast(pl.Int64),
        ]
    names = ("charge", "discharge", "intervals")
    return [each.alias(f"{name}_{number}") for name, each in zip(names, sums, strict=True)]


def _sums_by_station(readings: pl.LazyFrame, terms: Sequence[pl.Expr], engine: Engine) -> pl.DataFrame:
    """The terms of each station; rows that lie together are added up as one run, which spares the hashing.

    READINGS are sorted by station, but frames of others may not be: so the order is claimed, and each run has to prove
    that it holds one station and all runs together that they hold every row; else the rows are grouped without the
    claim. Runs of one station are added up in a frame made anew, which does not carry the claim.
    """
    if engine == "streaming":
        station, member = pl.col("station_id"), pl.col("member")
        claimed = readings.with_columns(station.set_sorted(), station.alias("member")).group_by("station_id")
        runs = claimed.agg(*terms, member.min().alias("least"), member.max().alias("most")).collect(engine=engine)
        sums = pl.DataFrame(runs.drop("least", "most").to_dict(as_series=False))
        proven = sums["station_id"].to_list() == runs["least"].to_list() == runs["most"].to_list()
        if proven and sums["rows"].sum() == readings.select(pl.len()).collect(engine=engine).item():
            return sums.group_by("station_id").sum()
    return readings.group_by("station_id").agg(*terms).collect(engine=engine)


def _filled(readings: pl.LazyFrame, windows: Sequence[Ranges]) -> dict[tuple[str, int], dict[str, int]]:
    charge_filled = pl.col("quality") == Quality.FILLED.value
    discharge_filled = pl.col("discharge_quality") == Quality.FILLED.value
    filled = readings.filter(charge_filled | discharge_filled).collect()
    found = {}
    for number, ranges in enumerate(windows):
        mask = inside(ranges)
        if mask is None or filled.is_empty():
            continue
        by_station = (
            filled.filter(mask)
            .group_by("station_id")
            .agg(
                charge_filled.sum().alias("filled_charge_intervals"),
                discharge_filled.sum().alias("filled_discharge_intervals"),
                pl.col("charge_kwh_e4").filter(charge_filled).sum().alias("filled_charge_kwh_e4"),
                pl.col("discharge_kwh_e4").filter(discharge_filled).sum().alias("filled_discharge_kwh_e4"),
            )
        )
        for row in by_station.iter_rows(named=True):
            found[(row.pop("station_id"), number)] = row
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
