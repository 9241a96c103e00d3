"""The interval length of each station and the period that its readings must fill."""

import numpy as np
import numpy.typing as npt
import polars as pl

from settlement.meter.resolve import Directory
from settlement.meter.scope import Scope
from settlement.meter.series import Hit, Integers, Periods
from tariffs.stations import Station
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, INTERVAL_MINUTES, UTC_OFFSET_MS, physical
from tariffs.vocabulary.units import MS_PER_DAY, MS_PER_MINUTE

NO_LENGTH = 0
BEFORE_EVERYTHING_MS = -(2**62)
LONGEST_DAYS = 1_100
"""Three years and a little: a grid beyond that comes from a mistaken date and would fill the memory."""


def lengths_of(rows: pl.DataFrame, directory: Directory) -> tuple[Integers, list[Hit]]:
    """Interval length in minutes by station number, and what is to be said about lengths.

    Shape   what the file says, else the commonest step between its rows, else 15; 0 for a length other than
            5, 15, 30 or 60 minutes; a step above 15 minutes that the file does not state draws a
            warning, for rows may be left out
    """
    minutes = np.full(len(directory.station_ids), DEFAULT_MINUTES, np.int64)
    hits: list[Hit] = []
    said = rows.filter(pl.col("interval_minutes") > 0) if rows["interval_minutes"].max() else rows.clear()
    told = commonest(said["station"], said["interval_minutes"].cast(pl.Int64) * MS_PER_MINUTE)
    silent = rows if said.is_empty() else rows.filter(~pl.col("station").is_in(list(told)))
    seen = commonest_steps(silent["station"], silent["track"], silent["interval_start"])
    for station, step_ms in sorted({**seen, **told}.items()):
        length, rest_ms = divmod(step_ms, MS_PER_MINUTE)
        code = ""
        if rest_ms or length not in INTERVAL_MINUTES:
            code, minutes[station] = "interval_wrong_length", NO_LENGTH
        else:
            minutes[station] = length
            if station in seen and length != DEFAULT_MINUTES:
                # a longer step may be a file with rows left out; a shorter one cannot
                code = "interval_length_inferred" if length < DEFAULT_MINUTES else "interval_length_not_stated"
        if code:
            evidence = {"minutes": f"{step_ms / MS_PER_MINUTE:g}"}
            hits.append(Hit(code=code, station_id=directory.station_ids[station], evidence=evidence))
    return minutes, hits


def commonest_steps(stations: pl.Series, tracks: pl.Series, instants: pl.Series) -> dict[int, int]:
    """The commonest time between two rows of one feed, in milliseconds, by station number; the least of equals."""
    at_ms, track = instants.to_physical().to_numpy(), tracks.to_numpy()
    station = stations.to_numpy()
    if track.size and not _ascending(track, at_ms):
        order = np.lexsort((at_ms, track))
        at_ms, track, station = at_ms[order], track[order], station[order]
    step = np.diff(at_ms)
    kept = (track[1:] == track[:-1]) & (step > 0)
    if kept.all() and step.size and step.min() == step.max():
        return dict.fromkeys(_numbers_in(station), int(step[0]))
    return commonest(pl.Series(station[1:][kept]), pl.Series(step[kept]))


def _ascending(track: npt.NDArray[np.int32], at_ms: Integers) -> bool:
    same = track[1:] == track[:-1]
    if (same & (at_ms[1:] < at_ms[:-1])).any():
        return False
    return int((~same).sum()) + 1 <= len(_numbers_in(track))


def _numbers_in(numbers: npt.NDArray[np.int32]) -> list[int]:
    return np.flatnonzero(np.bincount(numbers)).tolist() if numbers.size else []


def commonest(stations: pl.Series, steps_ms: pl.Series) -> dict[int, int]:
    """The commonest step of each station, the least of equals."""
    if stations.is_empty():
        return {}
    tally = pl.DataFrame({"station": stations, "step_ms": steps_ms}).group_by("station", "step_ms").len()
    best = tally.sort(["len", "step_ms"], descending=[True, False]).unique("station", keep="first")
    return dict(best.select("station", "step_ms").iter_rows())


def coverage_of(rows: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """First and last instant of the rows and register readings of each station: station, first_ms, last_ms."""
    starts = rows.select("station", at_ms=pl.col("interval_start").to_physical())
    reads = [spans.select("station", at_ms=pl.col("from_ms")), spans.select("station", at_ms=pl.col("until_ms") - 1)]
    return (
        pl.concat([starts, *reads])
        .group_by("station")
        .agg(pl.col("at_ms").min().alias("first_ms"), pl.col("at_ms").max().alias("last_ms"))
    )


def periods_of(coverage: pl.DataFrame, directory: Directory, scope: Scope, minutes: Integers) -> Periods:
    """The period of each station: the month, or the days that its rows cover, cut at the first day that counts."""
    count = len(directory.station_ids)
    present = np.zeros(count, np.bool_)
    present[coverage["station"].to_numpy()] = True
    if scope.month is not None:
        first_ms = np.full(count, physical(scope.month.first_day), np.int64)
        end_ms = np.full(count, physical(scope.month.end), np.int64)
    else:
        first_ms, end_ms = _days_covered(coverage, count)
    counts_from = np.array([_counts_from_ms(station, scope) for station in directory.stations], np.int64)
    start_ms = np.maximum(first_ms, counts_from)
    short_enough = end_ms - first_ms <= LONGEST_DAYS * MS_PER_DAY
    usable = present & (minutes != NO_LENGTH) & (start_ms < end_ms) & short_enough
    step_ms = np.where(minutes == NO_LENGTH, DEFAULT_MINUTES, minutes) * MS_PER_MINUTE
    return Periods(
        minutes=minutes,
        month_start_ms=first_ms,
        start_ms=start_ms,
        end_ms=end_ms,
        sizes=np.where(usable, (end_ms - start_ms) // step_ms, 0),
    )


def _counts_from_ms(station: Station | None, scope: Scope) -> int:
    return physical(scope.first_day_of(station)) if station else BEFORE_EVERYTHING_MS


def _days_covered(coverage: pl.DataFrame, count: int) -> tuple[Integers, Integers]:
    first_ms, end_ms = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for station, first, last in coverage.iter_rows():
        first_ms[station] = (first + UTC_OFFSET_MS) // MS_PER_DAY * MS_PER_DAY - UTC_OFFSET_MS
        end_ms[station] = ((last + UTC_OFFSET_MS) // MS_PER_DAY + 1) * MS_PER_DAY - UTC_OFFSET_MS
    return first_ms, end_ms
