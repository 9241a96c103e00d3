"""Schedule: energy in and out and stored energy for each interval, exact in the energies."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon
from tariffs.vocabulary.timegrid import INSTANT
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH

ENERGY_UNITS_PER_MWH = ENERGY_UNITS_PER_KWH * KWH_PER_MWH
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
    def charge_mw(self) -> Floats:
        """Charging power of the converter in each interval."""
        return self.charge_kwh_e4 / (ENERGY_UNITS_PER_MWH * self.horizon.hours)

    @property
    def discharge_mw(self) -> Floats:
        """Discharging power of the converter in each interval."""
        return self.discharge_kwh_e4 / (ENERGY_UNITS_PER_MWH * self.horizon.hours)

    def frame(self) -> pl.DataFrame:
        """The schedule as a table with the columns SCHEDULE."""
        return pl.DataFrame(
            {
                "station_id": pl.repeat(self.station_id, self.horizon.count, dtype=pl.String, eager=True),
                "interval_start": pl.Series(self.horizon.starts_ms).cast(pl.Datetime("ms", "UTC")).cast(INSTANT),
                "charge_mw": self.charge_mw,
                "discharge_mw": self.discharge_mw,
                "stored_mwh": self.stored_mwh,
            }
        )


def quantised(power_mw: Floats, horizon: Horizon) -> Integers:
    """Power as energies of 1e-4 kWh whose running total never strays more than half a unit from the exact one."""
    largest = float(np.max(np.abs(power_mw), initial=0.0))
    clean = np.where(power_mw > NOTHING_RATIO * max(largest, 1.0), power_mw, 0.0)
    totals = np.rint(np.cumsum(clean * horizon.hours * ENERGY_UNITS_PER_MWH)).astype(np.int64)
    return np.diff(totals, prepend=np.int64(0))
