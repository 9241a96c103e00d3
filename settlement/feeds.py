"""What the names in the meter files say about the stations, before any month is cut out of them."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from settlement.meter.read import Intake
from settlement.meter.report import CATALOGUE as METER_CATALOGUE
from settlement.meter.series import minute_text
from settlement.statement.catalogue import CATALOGUE
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding, Severity
from tariffs.vocabulary.timegrid import INTERVAL_MINUTES, UTC_OFFSET_MS, Month, physical
from tariffs.vocabulary.units import MINUTES_PER_DAY, MS_PER_MINUTE

CHANNEL: Final = "/"
"""A channel of a meter is named after it: NMI/E1."""


def feed_findings(intake: Intake, stations: Sequence[Station], months: Sequence[Month]) -> list[Finding]:
    """Meters that are listed and silent, stations under two names, stamps that name the ends of intervals."""
    instant = pl.col("interval_start").to_physical()
    edges = intake.intervals.group_by("feed").agg(instant.min().alias("first"), instant.max().alias("last"))
    of_intervals = set(edges["feed"])
    present = _with_meters({*of_intervals, *_names(intake.registers, ("feed", "meter_id"))})
    ends = dict(_end_stamped(edges, months))
    found = []
    for station in stations:
        silent = [meter for meter in _listed(station) if meter not in present]
        if station.meter_ids and silent and len(silent) < len(_listed(station)):
            found.append(CATALOGUE.finding("meter_without_readings", station_id=station.id, meters=", ".join(silent)))
        named = [feed for feed in station.feeds if feed in of_intervals]
        if station.id in named and len(named) > 1:
            found.append(CATALOGUE.finding("feed_named_twice", station_id=station.id, names=", ".join(named)))
        for feed in station.feeds:
            if feed in ends:
                first, last = ends[feed]
                found.append(
                    METER_CATALOGUE.finding("stamps_look_like_ends", station_id=station.id, first=first, last=last)
                )
    return found


def in_refused_files(intake: Intake, stations: Sequence[Station]) -> list[Finding]:
    """A refusal for each station whose readings a refused file may have held: with rows in it, or lacking a meter."""
    names = {finding.file for finding in intake.findings if finding.severity is Severity.REFUSAL}
    if not names:
        return []
    refused = {number for number, file in enumerate(intake.files) if file.name in names}
    present = _present(intake, set(range(len(intake.files))))
    touched = _present(intake, refused)
    sources = ", ".join(sorted(names))
    return [
        CATALOGUE.finding("file_refused", station_id=station.id, source=sources)
        for station in stations
        if touched.intersection(station.feeds) or not present.issuperset(_listed(station))
    ]


def _listed(station: Station) -> tuple[str, ...]:
    return station.meter_ids or (station.id,)


def _present(intake: Intake, file_numbers: set[int]) -> set[str]:
    """Every feed and register meter that has rows in some of the files; a channel counts for its meter."""
    inside = pl.col("file_no").is_in(list(file_numbers))
    names = _names(intake.intervals.filter(inside), ("feed",))
    return _with_meters(names | _names(intake.registers.filter(inside), ("feed", "meter_id")))


def _names(rows: pl.DataFrame, columns: tuple[str, ...]) -> set[str]:
    return {name for column in columns for name in rows[column].unique().drop_nulls()}


def _with_meters(names: set[str]) -> set[str]:
    return names | {name.partition(CHANNEL)[0] for name in names}


def _end_stamped(edges: pl.DataFrame, months: Sequence[Month]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Feeds whose first row is one interval late in its day and whose last stands at a midnight.

    Shape   `edges` has feed and, in milliseconds, first and last; a file of exactly the one month asked for is left
            to the check of that month
    """
    asked = (physical(months[0].first_day), physical(months[-1].end))
    for feed, first, last in edges.sort("feed").iter_rows():
        late = (first + UTC_OFFSET_MS) // MS_PER_MINUTE % MINUTES_PER_DAY
        midnight = (last + UTC_OFFSET_MS) // MS_PER_MINUTE % MINUTES_PER_DAY == 0
        checked_by_month = len(months) == 1 and (first - late * MS_PER_MINUTE, last) == asked
        if late in INTERVAL_MINUTES and midnight and last > first and not checked_by_month:
            yield feed, (minute_text(first), minute_text(last))
