"""What the pictures of a schedule show: one station's prices, powers and stored energy as plain arrays."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from tariffs.vocabulary.units import MINUTES_PER_DAY, PRICE_UNITS_PER_CNY_PER_MWH

if TYPE_CHECKING:
    from dispatch.outcome import Outcome
    from dispatch.schedules import Schedule
    from dispatch.station.steps import StationSteps
    from dispatch.task import Task
    from tariffs.stations import Station

WIDEST_NAME: Final = 240
"""Tenths of the width of a Chinese character: a longer name of a station is cut, so that it stays on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePicture:
    """What is drawn of one station's schedule.

    Shape   arrays have one figure a step, stored energy that of the end of the step; `first_at` is Shanghai time;
            `out_of_service` marks the steps that an outage touches; nothing of it needs more than numpy to be drawn
    """

    station_id: str
    station_name: str
    first_at: datetime
    minutes: int
    charge_price_cny_per_mwh: Floats
    discharge_price_cny_per_mwh: Floats
    charge_mw: Floats
    discharge_mw: Floats
    charge_limit_mw: Floats
    discharge_limit_mw: Floats
    stored_mwh: Floats
    min_stored_mwh: Floats
    max_stored_mwh: Floats
    initial_stored_mwh: float
    in_season: Flags
    out_of_service: Flags
    objective_cny: float
    calls: float
    rung: str

    @property
    def count(self) -> int:
        """Number of steps."""
        return len(self.charge_mw)

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return timedelta(minutes=self.minutes) / timedelta(hours=1)

    @property
    def until_at(self) -> datetime:
        """End of the last step, Shanghai time."""
        return self.first_at + timedelta(minutes=self.minutes) * self.count

    @property
    def edges(self) -> Floats:
        """Both ends of every step in days of wall time since 1970-01-01: one figure more than there are steps."""
        first = (self.first_at.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)
        return first + np.arange(self.count + 1, dtype=np.float64) * (self.minutes / MINUTES_PER_DAY)

    @property
    def stored_at_edges_mwh(self) -> Floats:
        """Stored energy at both ends of every step."""
        return np.insert(self.stored_mwh, 0, self.initial_stored_mwh)

    def cut(self, first: int, until: int) -> "SchedulePicture":
        """The steps from one number up to but not including another; what the heading tells stays the whole's."""
        part = slice(first, until)
        return replace(
            self,
            first_at=self.first_at + timedelta(minutes=self.minutes) * first,
            charge_price_cny_per_mwh=self.charge_price_cny_per_mwh[part],
            discharge_price_cny_per_mwh=self.discharge_price_cny_per_mwh[part],
            charge_mw=self.charge_mw[part],
            discharge_mw=self.discharge_mw[part],
            charge_limit_mw=self.charge_limit_mw[part],
            discharge_limit_mw=self.discharge_limit_mw[part],
            stored_mwh=self.stored_mwh[part],
            min_stored_mwh=self.min_stored_mwh[part],
            max_stored_mwh=self.max_stored_mwh[part],
            initial_stored_mwh=float(self.stored_at_edges_mwh[first]),
            in_season=self.in_season[part],
            out_of_service=self.out_of_service[part],
        )


def schedule_picture(
    station: "Station", task: "Task", schedule: "Schedule", outcome: "Outcome", calls: float
) -> SchedulePicture:
    """The picture of a solved task; characters that the shipped fonts lack are shown as 〓."""
    from settlement.export.fonts import printable

    steps = task.station
    return SchedulePicture(
        station_id=schedule.station_id,
        station_name=printable(_cut_name(station.name)),
        first_at=schedule.horizon.first_at,
        minutes=schedule.horizon.minutes,
        charge_price_cny_per_mwh=_cny_per_mwh(task.prices.charge_e6),
        discharge_price_cny_per_mwh=_cny_per_mwh(task.prices.discharge_e6),
        charge_mw=schedule.charge_mw,
        discharge_mw=schedule.discharge_mw,
        charge_limit_mw=steps.charge_limit_mw,
        discharge_limit_mw=steps.discharge_limit_mw,
        stored_mwh=schedule.stored_mwh,
        min_stored_mwh=steps.min_stored_mwh,
        max_stored_mwh=steps.max_stored_mwh,
        initial_stored_mwh=steps.initial_stored_mwh,
        in_season=task.in_season,
        out_of_service=_touched_by_outages(steps),
        objective_cny=outcome.objective_cny,
        calls=calls,
        rung=outcome.rung.value,
    )


def _cut_name(name: str) -> str:
    widths = np.cumsum([10 if east_asian_width(character) in "WF" else 6 for character in name])
    kept = int(np.searchsorted(widths, WIDEST_NAME, side="right"))
    return name if kept == len(name) else f"{name[:kept]}…"


def _cny_per_mwh(price_e6: Integers) -> Floats:
    return price_e6 / PRICE_UNITS_PER_CNY_PER_MWH


def _touched_by_outages(steps: "StationSteps") -> Flags:
    from dispatch.station.steps import touched_by

    touched = np.zeros(steps.horizon.count, dtype=np.bool_)
    for outage in steps.outages:
        touched |= touched_by(outage, steps.horizon)
    return touched
