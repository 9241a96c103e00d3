"""Which station a feed belongs to, and the rows of the files with stations and feeds as numbers.

Several feeds of one station are several meters, such as two feeders: their energies add. What stands twice within one
feed is a duplicate. A feed that no station names is a finding, its rows are left out.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from settlement.meter.scope import Scope
from settlement.meter.series import Hit, Integers
from tariffs.stations import Station
from tariffs.vocabulary.errors import nearest

NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Stations and feeds as numbers, both in the order of their names.

    Shape   `feeds` and `station_of_feed` by feed number, the feeds of one station in a row; `station_of_name` is the
            station number of every name under which files may carry a station
    """

    station_ids: tuple[str, ...]
    stations: tuple[Station | None, ...]
    station_of_name: Mapping[str, int]
    feeds: tuple[str, ...]
    station_of_feed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRuns:
    """The feed column as runs of equal names: names and lengths."""

    names: pl.Series
    lengths: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, feed: pl.Series) -> "FeedRuns":
        """The runs of a column of feed names."""
        runs = feed.rle().struct
        return cls(names=runs.field("value"), lengths=runs.field("len").to_numpy())


def directory_of(interval_feeds: Set[str], meters: Mapping[str, Set[str]], scope: Scope) -> Directory:
    """The stations that are asked for, or, where none are given, each feed as a station of its own.

    Shape   `meters` are the meter ids of the register files by feed; a station without interval rows gets a feed
            for each of its meters, named by `meter_feed`
    """
    stations: dict[str, Station | None] = {station.id: station for station in scope.stations}
    owner = {name: station.id for station in scope.stations for name in station.feeds}
    if not scope.stations:
        owner = {feed: feed for feed in {*interval_feeds, *meters}}
        stations = dict.fromkeys(owner)
    ids = tuple(sorted(stations))
    number = {station_id: place for place, station_id in enumerate(ids)}
    station_of_name = {name: number[station_id] for name, station_id in owner.items()}
    with_rows = {station_of_name[feed] for feed in interval_feeds if feed in owner}
    feeds = [(station_of_name[feed], feed) for feed in interval_feeds if feed in owner]
    for feed, meter_ids in meters.items():
        station = station_of_name.get(feed, NOBODY)
        if station != NOBODY and station not in with_rows:
            feeds.extend((station, meter_feed(feed, meter_id)) for meter_id in meter_ids)
    feeds.sort()
    return Directory(
        station_ids=ids,
        stations=tuple(stations[station_id] for station_id in ids),
        station_of_name=station_of_name,
        feeds=tuple(feed for _, feed in feeds),
        station_of_feed=tuple(place for place, _ in feeds),
    )


def meter_feed(feed: str, meter_id: str) -> str:
    """The name of the feed that a register meter makes; the space keeps it apart from the names in files."""
    return f"{feed} {meter_id}"


def numbered(frame: pl.DataFrame, runs: FeedRuns, directory: Directory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with `station` and `track` numbers in place of the feed, and the rows of unknown feeds as they are."""
    track_of = {feed: track for track, feed in enumerate(directory.feeds)}
    run_tracks = runs.names.replace_strict(track_of, default=NOBODY, return_dtype=pl.Int32).to_numpy()
    tracks = np.repeat(run_tracks, runs.lengths)
    stations = np.array((*directory.station_of_feed, NOBODY), np.int32)[tracks]
    rows = frame.drop("feed").with_columns(pl.Series("station", stations), pl.Series("track", tracks))
    if run_tracks.size and run_tracks.min() == NOBODY:
        known = pl.Series(tracks != NOBODY)
        return rows.filter(known), frame.filter(~known)
    return rows, frame.clear()


def unknown_feeds(strangers: pl.DataFrame, scope: Scope) -> list[Hit]:
    """One hit for each feed that no station names, with the nearest name that there is."""
    if strangers.is_empty():
        return []
    choices = [feed for station in scope.stations for feed in station.feeds]
    firsts = (
        strangers.sort("feed", "file_no", "row")
        .group_by("feed", maintain_order=True)
        .agg(pl.col("file_no").first(), pl.col("row").first(), pl.len().alias("rows"))
    )
    return [
        Hit(
            code="station_unknown",
            station_id=feed,
            file_no=file_no,
            row=row,
            evidence={"feed": feed, "rows": rows, "nearest": nearest(feed, choices) or "-"},
        )
        for feed, file_no, row, rows in firsts.iter_rows()
    ]


def feed_ranges(directory: Directory) -> Mapping[int, tuple[int, int]]:
    """First and end feed number of every station that has a feed, half open."""
    owners: Integers = np.array(directory.station_of_feed, np.int64)
    places = np.arange(len(directory.station_ids))
    firsts, ends = np.searchsorted(owners, places, "left"), np.searchsorted(owners, places, "right")
    return {
        int(place): (int(first), int(end))
        for place, first, end in zip(places, firsts, ends, strict=True)
        if end > first
    }
