"""What a check of meter readings is asked for, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from tariffs.stations import Station
from tariffs.vocabulary.columns import Schema
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import INSTANT, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is asked for: which stations, which month, from which day on, and whether gaps may be filled.

    Shape   no stations: each feed is taken as a station of its own, and checks that need ratings are not run;
            no month: each station is checked from the first to the last day that its rows cover;
            `file_names` by file number; `settled_from` is the first day that counts, by station id, and where
            it is absent the day of grid connection
    """

    stations: tuple[Station, ...]
    month: Month | None
    file_names: tuple[str, ...]
    estimate: bool
    now: datetime
    settled_from: Mapping[str, date]

    def first_day_of(self, station: Station) -> date:
        """First day on which the energy of a station counts."""
        return self.settled_from.get(station.id, station.grid_connected_on)


IMPOSSIBLE_POWER_PERCENT: Final = 110
"""An energy above this share of rated power x length cannot be right."""
METERED: Final[Schema] = {
    "station_id": pl.String,
    "meter_id": pl.String,
    "first_read_at": INSTANT,
    "last_read_at": INSTANT,
    "import_first_kwh_e4": pl.Int64,
    "import_last_kwh_e4": pl.Int64,
    "export_first_kwh_e4": pl.Int64,
    "export_last_kwh_e4": pl.Int64,
    "multiplier_e4": pl.Int64,
    "import_kwh_e4": pl.Int64,
    "export_kwh_e4": pl.Int64,
}
"""Metering block of a statement: first and last register reading of each meter within the period, sorted by station,
first reading and meter. A changed multiplier starts a new row. `import_kwh_e4` and `export_kwh_e4` are the energies
of the row: differences times multiplier, roll-overs included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Readings that passed, and everything that was seen on the way.

    Shape   `readings` has the columns READINGS, is sorted by station and instant and complete on the grid of every
            station without a refusal; stations with a refusal are left out, their findings name them;
            `minutes` is the interval length by station id; `registers` has the columns METERED
    """

    readings: pl.DataFrame
    minutes: Mapping[str, int]
    registers: pl.DataFrame
    findings: tuple[Finding, ...]
