"""What the pages of charging sessions show: plain numbers by step and by session, loaded without matplotlib."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from tariffs.vocabulary.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

FIRST_DAY = date(1970, 1, 1)
A_HAIR = 1e-9
"""A step that starts at midnight may lie a rounding before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopePicture:
    """A virtual store, its plan, and what the cars would do by themselves.

    Shape   powers, prices and load have one figure a step; energies are cumulated, at both ends of every step, so they
            have one figure more; `told` are label and text of the heading
    """

    first_at: datetime
    minutes: int
    power_min_kw: Floats
    power_max_kw: Floats
    energy_min_kwh: Floats
    energy_max_kwh: Floats
    plan_kw: Floats
    plan_kwh: Floats
    uncontrolled_kw: Floats
    uncontrolled_kwh: Floats
    price_cny_per_mwh: Floats | None
    load_kw: Floats | None
    told: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """Number of steps."""
        return len(self.plan_kw)

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return self.minutes / MINUTES_PER_HOUR

    @property
    def edges(self) -> Floats:
        """Both ends of every step in days of wall time since 1970-01-01: one figure more than there are steps."""
        minute = self.first_at.hour * MINUTES_PER_HOUR + self.first_at.minute
        steps = np.arange(self.count + 1, dtype=np.float64)
        edges: Floats = (self.first_at.date() - FIRST_DAY).days + (minute + steps * self.minutes) / MINUTES_PER_DAY
        return edges

    @property
    def first_steps(self) -> Integers:
        """Number of the first step of each local day."""
        days = np.floor(self.edges[:-1] + A_HAIR).astype(np.int64)
        firsts: Integers = np.flatnonzero(np.diff(days, prepend=days[0] - 1)).astype(np.int64)
        return firsts

    def between(self, first: int, until: int) -> "EnvelopePicture":
        """The steps from one number up to another; energies count from what the plan had until then."""
        had_kwh, edges = self.plan_kwh[first], slice(first, until + 1)
        return replace(
            self,
            first_at=self.first_at + timedelta(minutes=first * self.minutes),
            power_min_kw=self.power_min_kw[first:until],
            power_max_kw=self.power_max_kw[first:until],
            energy_min_kwh=self.energy_min_kwh[edges] - had_kwh,
            energy_max_kwh=self.energy_max_kwh[edges] - had_kwh,
            plan_kw=self.plan_kw[first:until],
            plan_kwh=self.plan_kwh[edges] - had_kwh,
            uncontrolled_kw=self.uncontrolled_kw[first:until],
            uncontrolled_kwh=self.uncontrolled_kwh[edges] - had_kwh,
            price_cny_per_mwh=None if self.price_cny_per_mwh is None else self.price_cny_per_mwh[first:until],
            load_kw=None if self.load_kw is None else self.load_kw[first:until],
        )

    def busiest(self, days: int) -> tuple[int, int]:
        """The days in a row with most charging by itself, as the first step and the one after the last.

        Shape   days begin at the time of day at which fewest cars are there, for a night belongs together; all steps
                where there are no more than so many days
        """
        per_day = MINUTES_PER_DAY // self.minutes
        length = days * per_day
        if self.count <= length:
            return 0, self.count
        quietest = _quietest(self.power_max_kw, per_day, self._steps_to_midnight)
        starts = np.arange(quietest, self.count - length + 1, per_day)
        if not len(starts):
            return 0, length
        gained = self.uncontrolled_kwh[starts + length] - self.uncontrolled_kwh[starts]
        first = int(starts[np.flatnonzero(gained >= gained.max() - 1e-6)[0]])
        return first, first + length

    @property
    def _steps_to_midnight(self) -> int:
        minute = self.first_at.hour * MINUTES_PER_HOUR + self.first_at.minute
        return (MINUTES_PER_DAY - minute) % MINUTES_PER_DAY // self.minutes


def _quietest(power_kw: Floats, per_day: int, midnight: int) -> int:
    """The step of the first day, by its time of day, at which least power can be drawn; midnight among equals."""
    mean = np.array([power_kw[step::per_day].mean() for step in range(per_day)])
    least = np.flatnonzero(mean <= mean.min() + 1e-6)
    return midnight if midnight in least else int(least[len(least) // 2])


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPicture:
    """Sessions of a stretch of time, in the order of arrival, and when each charges.

    Shape   `edges`, `arrivals` and `departures` in days of wall time since 1970-01-01, one a session; `power_kw` has a row a
            session and a column a step, negative where a car discharges; `short` marks cars that leave short;
            `not_shown` is how many more there are
    """

    first_at: datetime
    edges: Floats
    session_ids: tuple[str, ...]
    arrivals: Floats
    departures: Floats
    power_kw: Floats
    short: Flags
    not_shown: int
    told: tuple[tuple[str, str], ...]
