"""What checks read: the rows of all stations, the series of one station, and the hit that a check returns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from tariffs.stations import Station
from tariffs.vocabulary.timegrid import EPOCH, ZONE, physical
from tariffs.vocabulary.units import MS_PER_MINUTE

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NO_FILE = -1
LISTED_PER_CODE: Final = 20
CHARGE: Final = {"direction": "charge", "direction_zh": "充电"}
DISCHARGE: Final = {"direction": "discharge", "direction_zh": "放电"}


def instant_of(at_ms: int) -> datetime:
    """The Shanghai time of milliseconds since the epoch."""
    return (EPOCH + timedelta(milliseconds=at_ms)).astimezone(ZONE)


def minute_text(at_ms: int) -> str:
    """The Shanghai time of milliseconds since the epoch, to the minute, for a sentence."""
    return instant_of(at_ms).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a check fired; the catalogue turns it into a finding."""

    code: str
    station_id: str
    at_ms: int | None = None
    file_no: int = NO_FILE
    row: int = 0
    evidence: Mapping[str, object] = field(default_factory=dict)
    unlisted: int = 0
    """How many more places of this code come after this one without a hit of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """What each station must fill, by station number.

    Shape   `minutes` is 0 where the files give no usable length; `month_start_ms` and `end_ms` bound the rows that
            belong to the period; `start_ms` is where energy begins to count; `sizes` in intervals
    """

    minutes: Integers
    month_start_ms: Integers
    start_ms: Integers
    end_ms: Integers
    sizes: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of all stations, in the order of the files.

    Shape   `frame`: station, track (numbers of station and feed), interval_start, interval_minutes, charge_kwh_e4,
            discharge_kwh_e4, quality, file_no, row, cell (place on the grid, -1 where there is none),
            inside (within the period that counts), off_grid;
            `stations`, `station_ids` and `periods` by station number, `feeds` by track; `feeding`: numbers of the
            stations that the files speak of; `doubled`: some cell has more than one row of a direction
    """

    frame: pl.DataFrame
    stations: tuple[Station | None, ...]
    station_ids: tuple[str, ...]
    periods: Periods
    feeds: tuple[str, ...]
    feeding: frozenset[int]
    doubled: bool
    estimate: bool
    now_ms: int
    stations_given: bool
    month_given: bool

    def by_station(self, figures: Integers) -> pl.Series:
        """For each row the figure of its station."""
        return pl.Series(figures[self.frame["station"].to_numpy()])

    def hits(
        self, code: str, found: pl.DataFrame, evidence: Callable[[Mapping[str, Any]], Mapping[str, object]]
    ) -> Iterator[Hit]:
        """A hit at each of these rows of the frame, the first twenty of each station, the last of them with the rest."""
        order = ("station", "interval_start", "file_no", "row")
        counted = found.sort(order).with_columns(
            pl.int_range(pl.len()).over("station").alias("nth"), pl.len().over("station").alias("of")
        )
        for row in counted.filter(pl.col("nth") < LISTED_PER_CODE).iter_rows(named=True):
            yield Hit(
                code=code,
                station_id=self.station_ids[row["station"]],
                at_ms=physical(row["interval_start"]),
                file_no=row["file_no"],
                row=row["row"],
                evidence=evidence(row),
                unlisted=row["of"] - LISTED_PER_CODE if row["nth"] == LISTED_PER_CODE - 1 else 0,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """File number and row that each interval of a station comes from, for each direction."""

    charge_file_no: npt.NDArray[np.uint16]
    charge_row: npt.NDArray[np.uint32]
    discharge_file_no: npt.NDArray[np.uint16]
    discharge_row: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Energies of a station between register readings of all its meters, and how exactly its registers are read."""

    from_ms: Integers
    until_ms: Integers
    import_kwh_e4: Integers
    export_kwh_e4: Integers
    tolerance_kwh_e4: int
    exchanges: tuple[tuple[int, str, str], ...]
    """Instant, old meter, new meter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The intervals of one station on its grid, both directions, gaps as zero energy.

    Shape   arrays of equal length, one entry an interval; `has_charge` and `has_discharge` say where the files give
            a billable energy; `quality` is the worse of the two directions; the limits are the energies of an
            interval at rated power, and empty where no rating is known
    """

    station_id: str
    station: Station | None
    minutes: int
    start_ms: int
    charge_kwh_e4: Integers
    discharge_kwh_e4: Integers
    has_charge: Flags
    has_discharge: Flags
    quality: npt.NDArray[np.uint8]
    charge_limit_kwh_e4: Integers
    discharge_limit_kwh_e4: Integers
    largest_kwh_e4: tuple[int, int]
    """Largest energies of an interval, charge and discharge."""
    sources: Sources
    whole: bool
    """Every interval has both directions."""
    short: Flags
    """Where fewer feeds speak than elsewhere; empty for a station with one feed."""
    chain: Chain | None
    """Register readings of the station."""
    registers_only: bool
    """The intervals come from the registers themselves."""
    estimate: bool

    def at_ms(self, position: int) -> int:
        """Start of an interval, milliseconds since the epoch."""
        return self.start_ms + int(position) * self.minutes * MS_PER_MINUTE

    @property
    def end_ms(self) -> int:
        """End of the last interval, milliseconds since the epoch."""
        return self.at_ms(len(self.charge_kwh_e4))

    def hits(
        self, code: str, where: Flags, evidence: Callable[[int], Mapping[str, object]], *, discharge: bool = False
    ) -> Iterator[Hit]:
        """A hit at each flagged interval, the first twenty, the last of them with the number of the rest."""
        positions = np.flatnonzero(where)
        for nth, position in enumerate(positions[:LISTED_PER_CODE].tolist(), 1):
            hit = self.hit(code, position, evidence(position), discharge=discharge)
            yield replace(hit, unlisted=len(positions) - nth) if nth == LISTED_PER_CODE else hit

    def hit(self, code: str, position: int, evidence: Mapping[str, object], *, discharge: bool = False) -> Hit:
        """A hit at an interval, with the file and row of one of its directions."""
        files = self.sources.discharge_file_no if discharge else self.sources.charge_file_no
        rows = self.sources.discharge_row if discharge else self.sources.charge_row
        row = int(rows[position])
        return Hit(
            code=code,
            station_id=self.station_id,
            at_ms=self.at_ms(position),
            file_no=int(files[position]) if row else NO_FILE,
            row=row,
            evidence=evidence,
        )

    def month_hit(self, code: str, evidence: Mapping[str, object]) -> Hit:
        """A hit that concerns the whole period."""
        return Hit(code=code, station_id=self.station_id, evidence=evidence)


def runs_of(flags: Flags, at_least: int = 1) -> list[tuple[int, int]]:
    """First and end position of every stretch of true flags that is long enough, half open."""
    if not flags.any():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).view(np.int8))).reshape(-1, 2)
    return [(first, end) for first, end in edges[edges[:, 1] - edges[:, 0] >= at_least].tolist()]


def exact_total(energies_kwh_e4: Integers) -> int:
    """The sum of an array as a Python integer, exact whatever its size."""
    if energies_kwh_e4.size == 0:
        return 0
    bound = max(abs(int(energies_kwh_e4.max())), abs(int(energies_kwh_e4.min()))) * energies_kwh_e4.size
    if bound < 2**62:
        return int(energies_kwh_e4.sum())
    return sum(energies_kwh_e4.tolist())
