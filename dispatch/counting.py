"""Full-capacity calls of each season of a schedule, counted by energy discharged and by falls of stored energy."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from dispatch.arrays import Flags, Integers
from dispatch.horizon import Horizon
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.station.steps import StationSteps


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonCalls:
    """The calls of one season: a run of season days.

    Shape   both counts are exact; `by_discharge` is the energy given to the grid over the rated energy of its day;
            `by_swing` is the sum of all falls of stored energy, losses at rest apart, over the fall that one full
            discharge makes. Energy that passes the converter both ways in one interval makes no fall, so that a
            phantom cycle counts by discharge and not by swing
    """

    first_day: date
    last_day: date
    days: int
    by_discharge: Fraction
    by_swing: Fraction


def calls_by_season(
    schedule: Schedule, station: StationSteps, in_season: Flags, given_kwh_e4: Integers
) -> tuple[SeasonCalls, ...]:
    """The calls of every season that the horizon touches, in order of days.

    Shape   `given_kwh_e4` is the energy given to the grid in each step: the converter's discharge, less own use
            where that lies inside the grid meter
    Check   tests/dispatch/verify/test_counting.py
    """
    fallen = falls_kwh_e4(schedule, station)
    days, dates = schedule.horizon.day_of_step, schedule.horizon.dates
    found = []
    for first, last in _runs(in_season, schedule.horizon):
        inside = in_season & (days >= first) & (days <= last)
        found.append(
            SeasonCalls(
                first_day=dates[first],
                last_day=dates[last],
                days=last - first + 1,
                by_discharge=full_discharges(given_kwh_e4, station, inside),
                by_swing=full_discharges(fallen, station, inside),
            )
        )
    return tuple(found)


def full_discharges(energy_kwh_e4: Integers, station: StationSteps, steps: Flags) -> Fraction:
    """How many full discharges the energy of some steps makes, each over the rated energy of its day; exact."""
    energy, rated = energy_kwh_e4[steps], rated_kwh_e4(station)[steps]
    ratings = set(rated[np.flatnonzero(np.diff(rated, prepend=0))].tolist())
    return sum(
        (Fraction(int(energy[rated == each].sum()), each) for each in ratings),
        start=Fraction(0),
    )


def rated_kwh_e4(station: StationSteps) -> Integers:
    """Energy of one full discharge in each step, 1e-4 kWh (int64)."""
    rated: Integers = np.rint(station.energy_mwh * ENERGY_UNITS_PER_MWH).astype(np.int64)
    return rated


def falls_kwh_e4(schedule: Schedule, station: StationSteps) -> Integers:
    """What the store falls by in each step, losses at rest apart, as discharged energy in 1e-4 kWh (int64)."""
    # stored energy falls by discharge / efficiency - charge * efficiency; times the discharge efficiency it is this
    returned = np.rint(station.round_trip_efficiency * schedule.charge_kwh_e4).astype(np.int64)
    fallen: Integers = np.maximum(schedule.discharge_kwh_e4 - returned, 0)
    return fallen


def _runs(in_season: Flags, horizon: Horizon) -> list[tuple[int, int]]:
    """First and last day number of every run of season days."""
    days = np.unique(horizon.day_of_step[in_season])
    if not days.size:
        return []
    parts = np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]
