"""One station's share of a month on its way to a statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from settlement.activity import JudgedOrder
from settlement.inputs.records import Inputs
from settlement.quantities.energy import WindowEnergy
from settlement.statement.terms import MonthTerms
from settlement.windows import Ranges
from tariffs.calendar import Season
from tariffs.stations import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class StationMonth:
    """One station's readings, energies by window of days, orders and other inputs of a month.

    Shape   `inputs` are those of the station and month alone; `first_day` is the first settled day of the month,
            `settled_from` that of the station; `orders` is nothing where no orders file was given
    """

    station: Station
    terms: MonthTerms
    first_day: date
    settled_from: date
    readings: pl.DataFrame
    minutes: int
    energies: Mapping[Ranges, WindowEnergy]
    inputs: Inputs
    orders: tuple[JudgedOrder, ...] | None = None

    @property
    def settled_days(self) -> tuple[date, ...]:
        """The days of the month that are settled, in order."""
        days = (day for segment in self.terms.segments for day in segment.days)
        return tuple(sorted(day for day in days if day >= self.first_day))

    @property
    def regulated_seasons(self) -> Mapping[date, Season]:
        """The season of each settled day of the regulated stage."""
        return {
            day: segment.season
            for segment in self.terms.segments
            if segment.season is not Season.MARKET
            for day in segment.days
            if day >= self.first_day
        }
