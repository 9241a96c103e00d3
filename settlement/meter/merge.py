"""The rows on the grid: each row gets its place, both directions meet, several feeds of a station add."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from settlement.meter.resolve import Directory, feed_ranges
from settlement.meter.series import Flags, Integers, Periods
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.units import MS_PER_MINUTE

NO_CELL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One direction on the grid: energy, whether it is there, its quality, its file and row."""

    energy_kwh_e4: Integers
    given: Flags
    quality: npt.NDArray[np.uint8]
    file_no: npt.NDArray[np.uint16]
    row: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Both directions of all stations, station after station.

    Shape   the intervals of station number s are the slice from `offsets[s]` to `offsets[s + 1]`;
            `short` marks the intervals in which fewer feeds speak than in others of the station
    """

    charge: Leg
    discharge: Leg
    offsets: Integers
    short: Flags


def placed(rows: pl.DataFrame, directory: Directory, periods: Periods) -> pl.DataFrame:
    """The rows with `cell`, their place on the grid of their feed (-1: none), `inside` the period, and `off_grid`."""
    station, track = rows["station"].to_numpy(), rows["track"].to_numpy()
    at_ms = rows["interval_start"].to_physical().to_numpy()
    if _fills_the_grid(track, at_ms, directory, periods):
        everywhere = np.ones(rows.height, np.bool_)
        return rows.with_columns(
            pl.Series("cell", np.arange(rows.height)),
            pl.Series("inside", everywhere),
            pl.Series("off_grid", ~everywhere),
        )
    step_ms = np.maximum(periods.minutes, 1) * MS_PER_MINUTE
    uniform = len(set(step_ms.tolist())) == 1 and len(set(periods.start_ms.tolist())) == 1
    since = at_ms - (periods.start_ms[0] if uniform else periods.start_ms[station])
    slot, rest = np.divmod(since, step_ms[0] if uniform else step_ms[station])
    sizes = periods.sizes[station]
    inside = (slot >= 0) & (slot < sizes)
    off_grid = inside & (rest != 0)
    cell = slot
    cell += _feed_offsets(directory, periods)[track]
    cell[~inside | off_grid] = NO_CELL
    return rows.with_columns(pl.Series("cell", cell), pl.Series("inside", inside), pl.Series("off_grid", off_grid))


def _fills_the_grid(track: npt.NDArray[np.int32], at_ms: Integers, directory: Directory, periods: Periods) -> bool:
    """Whether the rows are exactly the grid of all feeds in its own order; saves the division of every instant."""
    offsets = _feed_offsets(directory, periods)
    if int(offsets[-1]) != at_ms.size:
        return False
    owners, sizes = np.array(directory.station_of_feed, np.int64), np.diff(offsets)
    if not np.array_equal(np.repeat(np.arange(sizes.size, dtype=np.int32), sizes), track):
        return False
    steps = periods.minutes[owners] * MS_PER_MINUTE
    begins = periods.start_ms[owners] - offsets[:-1] * steps
    expected = np.arange(at_ms.size)
    expected *= np.repeat(steps, sizes)
    expected += np.repeat(begins, sizes)
    return np.array_equal(expected, at_ms)


def _feed_offsets(directory: Directory, periods: Periods) -> Integers:
    sizes = periods.sizes[np.array(directory.station_of_feed, np.int64)]
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))


def merged(rows: pl.DataFrame, directory: Directory, periods: Periods) -> tuple[Merged, bool]:
    """Both directions on the grids of the stations, and whether a feed gives some interval of a direction twice."""
    size = int(_feed_offsets(directory, periods)[-1])
    if _is_the_grid(rows, size):
        both = [_columns_as_leg(rows, name) for name in ("charge_kwh_e4", "discharge_kwh_e4")]
        doubled = False
    else:
        on_grid = rows["cell"] >= 0
        used = rows if on_grid.all() else rows.filter(on_grid)
        doubled = any(_doubled(used, name, size) for name in ("charge_kwh_e4", "discharge_kwh_e4"))
        if doubled:
            keys = ("cell", "charge_kwh_e4", "discharge_kwh_e4", "quality", "file_no", "row")
            used = used.sort(keys, descending=True, nulls_last=True)
        both = [_leg(used, name, size) for name in ("charge_kwh_e4", "discharge_kwh_e4")]
    return _stations(both[0], both[1], directory, periods), doubled


def _is_the_grid(rows: pl.DataFrame, size: int) -> bool:
    if rows.height != size or rows["charge_kwh_e4"].null_count() or rows["discharge_kwh_e4"].null_count():
        return False
    in_order = bool((rows["cell"].to_numpy() == np.arange(size)).all())
    return in_order and not _has_missing(rows)


def _columns_as_leg(rows: pl.DataFrame, name: str) -> Leg:
    return Leg(
        energy_kwh_e4=rows[name].to_numpy(),
        given=np.ones(rows.height, np.bool_),
        quality=rows["quality"].to_numpy(),
        file_no=rows["file_no"].to_numpy(),
        row=rows["row"].to_numpy(),
    )


def _doubled(used: pl.DataFrame, name: str, size: int) -> bool:
    cells = used["cell"].to_numpy()
    if used[name].null_count():
        cells = cells[used[name].is_not_null().to_numpy()]
    return bool(cells.size and np.bincount(cells, minlength=size).max() > 1)


def _leg(used: pl.DataFrame, name: str, size: int) -> Leg:
    """One direction from the rows that carry it; rows marked as missing leave their quality and their place only."""
    leg = Leg(
        energy_kwh_e4=np.zeros(size, np.int64),
        given=np.zeros(size, np.bool_),
        quality=np.zeros(size, np.uint8),
        file_no=np.zeros(size, np.uint16),
        row=np.zeros(size, np.uint32),
    )
    here, missing = pl.col(name).is_not_null(), pl.col("quality") == Quality.MISSING.value
    silent = pl.all_horizontal(pl.col("^.*_kwh_e4$").is_null())
    given = used.filter(here & ~missing) if used[name].null_count() or _has_missing(used) else used
    marked = used.filter(missing & (here | silent)) if _has_missing(used) else used.clear()
    for rows in (marked, given):
        places = rows["cell"].to_numpy()
        leg.quality[places] = rows["quality"].to_numpy()
        leg.file_no[places] = rows["file_no"].to_numpy()
        leg.row[places] = rows["row"].to_numpy()
    cells = given["cell"].to_numpy()
    leg.energy_kwh_e4[cells] = given[name].to_numpy()
    leg.given[cells] = True
    return leg


def _has_missing(rows: pl.DataFrame) -> bool:
    return bool((rows["quality"] == Quality.MISSING.value).any())


def _stations(charge: Leg, discharge: Leg, directory: Directory, periods: Periods) -> Merged:
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(periods.sizes)))
    ranges = feed_ranges(directory)
    if all(end - first == 1 for first, end in ranges.values()):
        return Merged(charge=charge, discharge=discharge, offsets=offsets, short=np.zeros(0, np.bool_))
    feed_offsets = _feed_offsets(directory, periods)
    pieces = [
        (int(feed_offsets[ranges[place][0]]), ranges[place][1] - ranges[place][0], int(periods.sizes[place]))
        for place in sorted(ranges)
    ]
    charge_sum, charge_short = _added(charge, pieces)
    discharge_sum, discharge_short = _added(discharge, pieces)
    return Merged(charge=charge_sum, discharge=discharge_sum, offsets=offsets, short=charge_short | discharge_short)


def _added(leg: Leg, pieces: list[tuple[int, int, int]]) -> tuple[Leg, Flags]:
    legs, shorts = [], []
    for first, feeds, size in pieces:
        block = slice(first, first + feeds * size)
        given = leg.given[block].reshape(feeds, size)
        speaking = given.sum(axis=0)
        shorts.append((speaking > 0) & (speaking < speaking.max(initial=0)))
        source = np.argmax(leg.row[block].reshape(feeds, size) > 0, axis=0)
        column = np.arange(size)
        legs.append(
            Leg(
                energy_kwh_e4=leg.energy_kwh_e4[block].reshape(feeds, size).sum(axis=0),
                given=speaking > 0,
                quality=leg.quality[block].reshape(feeds, size).max(axis=0),
                file_no=leg.file_no[block].reshape(feeds, size)[source, column],
                row=leg.row[block].reshape(feeds, size)[source, column],
            )
        )
    whole = Leg(
        energy_kwh_e4=np.concatenate([each.energy_kwh_e4 for each in legs]),
        given=np.concatenate([each.given for each in legs]),
        quality=np.concatenate([each.quality for each in legs]),
        file_no=np.concatenate([each.file_no for each in legs]),
        row=np.concatenate([each.row for each in legs]),
    )
    return whole, np.concatenate(shorts)
