"""Schedule: energy in and out and stored energy for each interval, exact in the energies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon
from tariffs.vocabulary.columns import SCHEDULE
from tariffs.vocabulary.timegrid import INSTANT
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH, MINUTES_PER_HOUR

ENERGY_UNITS_PER_MWH = ENERGY_UNITS_PER_KWH * KWH_PER_MWH
POWER_DECIMALS: Final = 7
"""1e-4 kWh in an hour is 1e-7 MW, and shorter steps go into the hour a whole number of times: no digit is lost."""
STORED_DECIMALS: Final = 6
NOTHING_RATIO = 1e-7
"""A power below this share of the largest is noise of a solver, and none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What one station is to do in each interval.

    Shape   energies are the converter's in 1e-4 kWh (int64), one an interval, never both above zero; `stored_mwh` is
            the energy inside the store at the end of each interval
    """

    station_id: str
    horizon: Horizon
    charge_kwh_e4: Integers
    discharge_kwh_e4: Integers
    stored_mwh: Floats

    @property
    def charge_mw_e7(self) -> Integers:
        """Charging power of the converter in each interval, exact in 1e-7 MW."""
        return self.charge_kwh_e4 * (MINUTES_PER_HOUR // self.horizon.minutes)

    @property
    def discharge_mw_e7(self) -> Integers:
        """Discharging power of the converter in each interval, exact in 1e-7 MW."""
        return self.discharge_kwh_e4 * (MINUTES_PER_HOUR // self.horizon.minutes)

    @property
    def stored_mwh_e6(self) -> Integers:
        """Energy inside the store at the end of each interval, rounded to 1e-6 MWh."""
        return np.rint(self.stored_mwh * 10**STORED_DECIMALS).astype(np.int64)

    @property
    def charge_mw(self) -> Floats:
        """Charging power of the converter in each interval."""
        # the quotient of two whole numbers is the double nearest to the decimal, as is its text read back
        return self.charge_mw_e7 / 10**POWER_DECIMALS

    @property
    def discharge_mw(self) -> Floats:
        """Discharging power of the converter in each interval."""
        return self.discharge_mw_e7 / 10**POWER_DECIMALS

    def frame(self) -> pl.DataFrame:
        """The schedule as a table with the columns SCHEDULE, the figures of `schedule.csv`."""
        return pl.DataFrame(
            {
                "station_id": pl.repeat(self.station_id, self.horizon.count, dtype=pl.String, eager=True),
                "interval_start": starts_of(self.horizon),
                "charge_mw": self.charge_mw,
                "discharge_mw": self.discharge_mw,
                "stored_mwh": self.stored_mwh_e6 / 10**STORED_DECIMALS,
            }
        ).select(SCHEDULE)


def starts_of(horizon: Horizon) -> pl.Series:
    """The start of each interval, Shanghai time."""
    return pl.Series(horizon.starts_ms).cast(pl.Datetime("ms", "UTC")).cast(INSTANT)


def by_station(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Schedules in the order of all files: by station, then by instant."""
    return sorted(schedules, key=lambda schedule: (schedule.station_id, schedule.horizon.first_ms))


def schedules_frame(schedules: Iterable[Schedule]) -> pl.DataFrame:
    """Schedules as one table with the columns SCHEDULE, sorted by station and instant."""
    return pl.concat([schedule.frame() for schedule in by_station(schedules)])


def quantised(power_mw: Floats, horizon: Horizon) -> Integers:
    """Power as energies of 1e-4 kWh whose running total never strays more than half a unit from the exact one."""
    largest = float(np.max(np.abs(power_mw), initial=0.0))
    clean = np.where(power_mw > NOTHING_RATIO * max(largest, 1.0), power_mw, 0.0)
    totals = np.rint(np.cumsum(clean * horizon.hours * ENERGY_UNITS_PER_MWH)).astype(np.int64)
    return np.diff(totals, prepend=np.int64(0))
