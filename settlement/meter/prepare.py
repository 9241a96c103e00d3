"""From intake frames to what checks read: numbers for names, one length and one period a station, one merged grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from settlement.meter.grid import coverage_of, lengths_of, periods_of
from settlement.meter.intervals import Registers, chains_of, interval_rows, registers_of, within_periods
from settlement.meter.merge import Merged, merged, placed
from settlement.meter.resolve import Directory, FeedRuns, directory_of, numbered, unknown_feeds
from settlement.meter.scope import Scope
from settlement.meter.series import Chain, Hit, Integers, Periods, Rows, Series, Sources
from tariffs.stations import Rating, Station
from tariffs.vocabulary.timegrid import intervals_per_day, physical
from tariffs.vocabulary.units import MS_PER_DAY, MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that the checks read and the readings are made of."""

    directory: Directory
    periods: Periods
    rows: Rows
    registers: Registers
    grid: Merged
    chains: dict[int, Chain]
    registers_only: frozenset[int]
    hits: tuple[Hit, ...]


def prepared(intake_intervals: pl.DataFrame, intake_registers: pl.DataFrame, scope: Scope) -> Prepared:
    """The intake on the grids of its stations, nothing judged yet."""
    runs = FeedRuns.of(intake_intervals["feed"])
    meters = _meters(intake_registers)
    directory = directory_of(set(runs.names.unique()), meters, scope)
    rows, strangers = numbered(intake_intervals, runs, directory)
    registers = registers_of(intake_registers, directory)
    feeding = {directory.station_of_name[feed] for feed in runs.names.unique() if feed in directory.station_of_name}
    only = frozenset(set(registers.spans["station"].unique()) - feeding)
    if only:
        rows = pl.concat([rows, interval_rows(registers, directory, only).select(rows.columns)])
    minutes, hits = lengths_of(rows, directory)
    periods = periods_of(coverage_of(rows, registers.spans), directory, scope, minutes)
    registers = within_periods(registers, periods)
    rows = placed(rows, directory, periods)
    grid, doubled = merged(rows, directory, periods)
    hits += unknown_feeds(strangers, scope)
    hits += unknown_feeds(_strange_registers(intake_registers, directory), scope)
    return Prepared(
        directory=directory,
        periods=periods,
        rows=Rows(
            frame=rows,
            stations=directory.stations,
            station_ids=directory.station_ids,
            periods=periods,
            feeds=directory.feeds,
            feeding=frozenset(feeding) | only,
            doubled=doubled,
            estimate=scope.estimate,
            now_ms=physical(scope.now),
            stations_given=bool(scope.stations),
            month_given=scope.month is not None,
        ),
        registers=registers,
        grid=grid,
        chains=dict(chains_of(registers)),
        registers_only=only,
        hits=tuple(hits),
    )


def _meters(registers: pl.DataFrame) -> dict[str, set[str]]:
    meters: dict[str, set[str]] = {}
    for feed, meter_id in registers.select("feed", "meter_id").unique().iter_rows():
        meters.setdefault(feed, set()).add(meter_id)
    return meters


def _strange_registers(registers: pl.DataFrame, directory: Directory) -> pl.DataFrame:
    return registers.filter(~pl.col("feed").is_in(list(directory.station_of_name)))


def series_of(ready: Prepared, scope: Scope) -> Iterator[Series]:
    """The series of each station that has a grid, in the order of their numbers."""
    charge, discharge, offsets = ready.grid.charge, ready.grid.discharge, ready.grid.offsets
    for place, station_id in enumerate(ready.directory.station_ids):
        part = slice(int(offsets[place]), int(offsets[place + 1]))
        if part.start == part.stop:
            continue
        station = ready.directory.stations[place]
        start_ms, minutes = int(ready.periods.start_ms[place]), int(ready.periods.minutes[place])
        charge_limit, discharge_limit = _limits(station, start_ms, minutes, part.stop - part.start)
        yield Series(
            station_id=station_id,
            station=station,
            minutes=minutes,
            start_ms=start_ms,
            charge_kwh_e4=charge.energy_kwh_e4[part],
            discharge_kwh_e4=discharge.energy_kwh_e4[part],
            has_charge=charge.given[part],
            has_discharge=discharge.given[part],
            quality=np.maximum(charge.quality[part], discharge.quality[part]),
            charge_limit_kwh_e4=charge_limit,
            discharge_limit_kwh_e4=discharge_limit,
            largest_kwh_e4=(int(charge.energy_kwh_e4[part].max()), int(discharge.energy_kwh_e4[part].max())),
            sources=Sources(
                charge_file_no=charge.file_no[part],
                charge_row=charge.row[part],
                discharge_file_no=discharge.file_no[part],
                discharge_row=discharge.row[part],
            ),
            whole=bool(charge.given[part].all() and discharge.given[part].all()),
            short=ready.grid.short[part] if ready.grid.short.size else ready.grid.short,
            chain=ready.chains.get(place),
            registers_only=place in ready.registers_only,
            estimate=scope.estimate,
        )


def _limits(station: Station | None, start_ms: int, minutes: int, size: int) -> tuple[Integers, Integers]:
    """Energy of an interval at rated charging and discharge power, for each interval; empty without a station."""
    if station is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if not station.change:
        rating = station.rating_on(station.grid_connected_on)
        return (
            np.broadcast_to(np.int64(rating.charge_limit_kwh_e4(minutes)), size),
            np.broadcast_to(np.int64(rating.discharge_limit_kwh_e4(minutes)), size),
        )
    per_day = intervals_per_day(minutes)
    ratings = [_rating_at(station, start_ms, day) for day in range(-(-size // per_day))]
    return (
        np.repeat([rating.charge_limit_kwh_e4(minutes) for rating in ratings], per_day)[:size],
        np.repeat([rating.discharge_limit_kwh_e4(minutes) for rating in ratings], per_day)[:size],
    )


def _rating_at(station: Station, start_ms: int, day: int) -> Rating:
    first_day = date(1970, 1, 1) + timedelta(days=-(-start_ms // MS_PER_DAY))
    return station.rating_on(first_day + timedelta(days=day))


def interval_starts(periods: Periods, offsets: Integers) -> tuple[Integers, Integers]:
    """Station number and start (milliseconds since the epoch) of every interval of the grid."""
    places = np.repeat(np.arange(periods.sizes.size), periods.sizes)
    step_ms = periods.minutes * MS_PER_MINUTE
    at_ms = np.arange(places.size)
    at_ms *= np.repeat(step_ms, periods.sizes)
    at_ms += np.repeat(periods.start_ms - offsets[:-1] * step_ms, periods.sizes)
    return places, at_ms
