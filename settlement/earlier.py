"""Results of earlier months that a month builds on: what the calls and the award to date are added up from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from settlement.tally import Tally
from tariffs.vocabulary.timegrid import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierMonth:
    """One settled month inside one obligation year.

    Shape   `discharge_kwh_e4` is season discharge by the energy of one full call, both in 1e-4 kWh
    """

    discharge_kwh_e4: Mapping[int, int]
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledCorrection:
    """What tells one settled correction from another: the texts of its line."""

    station_id: str
    original_month: str
    leg: str
    quantity_kwh: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Earlier months by station, first day of the obligation year (of the award's year) and month.

    Shape   `awarded_kwh_e4` is awarded energy in 1e-4 kWh; `corrections` are those settled before, with their month;
            `preliminary` names the results that are no final ones
    """

    calls: Mapping[tuple[str, date, Month], EarlierMonth] = field(default_factory=dict)
    awarded_kwh_e4: Mapping[tuple[str, date, Month], int] = field(default_factory=dict)
    corrections: Mapping[SettledCorrection, Month] = field(default_factory=dict)
    preliminary: tuple[str, ...] = ()
