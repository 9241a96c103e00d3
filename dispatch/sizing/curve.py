"""What a year is worth by duration: planned at the points of a mesh when first asked for, straight between them.

All that a station of the kind planned here can do grows in proportion to its power when its duration is kept: so one
year planned at a duration is known for every power. Straight lines between planned points lie below the real figure where
more energy is worth less and less.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import Infeasible
from dispatch.sizing.ground import Ground
from dispatch.sizing.health import health_path_by_year
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import CallsOf, Scenario
from dispatch.sizing.operated import Moved, year_figures
from dispatch.sizing.typical import TypicalYear, YearKind, kind_of, solved, typical_year
from dispatch.sizing.years import YearFigures
from dispatch.station.degradation import cycle_fade, cycles_of
from dispatch.verify.physics import stored_after
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KWH_PER_MWH, PRICE_UNITS_PER_CNY_PER_MWH

MESH_H: Final = 0.25
DECIMALS: Final = 6
"""Durations that agree to six decimals of an hour are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPoint:
    """What a whole year moves and earns for each MW of power: MWh, 元, full discharges, and the fade of its cycles."""

    charge_mwh: float
    discharge_mwh: float
    charge_cny: float
    discharge_cny: float
    season_calls: float
    cycle_fade: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Years by duration for one ground.

    Shape   `mesh_h` 0 plans every duration that is asked for; `reluctance_cny_per_mwh` is what discharging is said to cost
            besides, which makes the schedule discharge less and is paid by nobody; `known` fills while it is asked
    """

    ground: Ground
    mesh_h: float = MESH_H
    reluctance_cny_per_mwh: float = 0.0
    known: dict[tuple[YearKind, float, float], YearPoint | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    def at(self, kind: YearKind, duration_h: float, calls_ratio: float = 1.0) -> YearPoint | None:
        """A year at a usable duration; nothing where its calls cannot be made.

        Shape   `calls_ratio`: the usable share of the energy that calls are counted by
        """
        base = replace(kind, price_factor=Fraction(1))
        below, share = self._place(duration_h)
        low = self._planned(base, below, calls_ratio)
        if share == 0.0:
            return _priced(low, kind)
        high = self._planned(base, round(below + self.mesh_h, DECIMALS), calls_ratio)
        return None if low is None or high is None else _priced(_between(low, high, share), kind)

    @property
    def planned_years(self) -> int:
        """How many years were planned so far."""
        return len(self.known)

    def _place(self, duration_h: float) -> tuple[float, float]:
        """The mesh point at or below a duration, and how far the duration is on the way to the next."""
        if not self.mesh_h:
            return round(duration_h, DECIMALS), 0.0
        steps = floor(duration_h / self.mesh_h + 10**-DECIMALS)
        below = max(steps, 1) * self.mesh_h
        share = (duration_h - below) / self.mesh_h
        return round(below, DECIMALS), 0.0 if abs(share) < 10**-DECIMALS else share

    def _planned(self, kind: YearKind, duration_h: float, calls_ratio: float) -> YearPoint | None:
        key = kind, duration_h, calls_ratio
        if key not in self.known:
            self.known[key] = self._point(kind, duration_h, calls_ratio)
        return self.known[key]

    def _point(self, kind: YearKind, duration_h: float, calls_ratio: float) -> YearPoint | None:
        ground = self.ground
        power, ratio = ground.project.size.max_power_mw, Decimal(str(calls_ratio))
        size = Size(power_mw=power, energy_mwh=power * Decimal(str(duration_h)) / ratio)
        typical = typical_year(ground, kind, size, ratio, reluctance_cny_per_mwh=self.reluctance_cny_per_mwh)
        try:
            outcome = solved(typical)
        except Infeasible:
            return None
        task, share = typical.billed, float(typical.share) / float(power)
        hours, given = task.station.hours, outcome.discharge_mw
        taken = outcome.charge_mw
        prices = (
            task.prices.charge_e6 / PRICE_UNITS_PER_CNY_PER_MWH,
            task.prices.discharge_e6 / PRICE_UNITS_PER_CNY_PER_MWH,
        )
        rated = np.where(task.station.energy_mwh > 0, task.station.energy_mwh, np.inf)
        return YearPoint(
            charge_mwh=float(taken.sum()) * hours * share,
            discharge_mwh=float(given.sum()) * hours * share,
            charge_cny=-float((prices[0] * taken).sum()) * hours * share,
            discharge_cny=float((prices[1] * given).sum()) * hours * share,
            season_calls=float((given * task.in_season / rated).sum()) * hours * float(typical.share),
            cycle_fade=_fade(ground, typical, taken, given),
        )


def quick_years(curve: Curve, scenario: Scenario, size: Size) -> tuple[YearFigures, ...] | None:
    """The figures of a life by the curve; nothing where the calls of some year cannot be made."""
    ground, duration_h, power = curve.ground, float(size.duration_h), float(size.power_mw)
    points: dict[int, YearPoint | None] = {}

    def fade_of(year_no: int, ratio: float) -> float:
        calls_ratio = round(ratio, 2) if scenario.calls_of is CallsOf.RATED_ENERGY else 1.0
        points[year_no] = found = curve.at(kind_of(ground, scenario, year_no), duration_h * ratio, calls_ratio)
        return 0.0 if found is None else found.cycle_fade

    project = ground.project
    health = health_path_by_year(project.fade, project.augmentation, project.project.life_years, fade_of)
    if None in points.values():
        return None
    nothing = YearPoint(
        charge_mwh=0.0, discharge_mwh=0.0, charge_cny=0.0, discharge_cny=0.0, season_calls=0.0, cycle_fade=0.0
    )
    return tuple(
        year_figures(ground, scenario, size, each, _scaled(points.get(each.year_no) or nothing, power))
        for each in health
    )


def _scaled(point: YearPoint, power_mw: float) -> Moved:
    units = power_mw * KWH_PER_MWH * ENERGY_UNITS_PER_KWH
    return Moved(
        charge_fen=round(point.charge_cny * power_mw * FEN_PER_CNY),
        discharge_fen=round(point.discharge_cny * power_mw * FEN_PER_CNY),
        charge_kwh_e4=round(point.charge_mwh * units),
        discharge_kwh_e4=round(point.discharge_mwh * units),
        season_calls=point.season_calls,
    )


def _fade(ground: Ground, typical: TypicalYear, charge_mw: Floats, discharge_mw: Floats) -> float:
    fade = ground.project.fade
    if not fade.cycle_life:
        return 0.0
    station = typical.billed.station
    units = station.hours * KWH_PER_MWH * ENERGY_UNITS_PER_KWH
    energies = [np.rint(power * units).astype(np.int64) for power in (charge_mw, discharge_mw)]
    stored = np.concatenate(([station.initial_stored_mwh], stored_after(energies[0], energies[1], station)))
    count = cycles_of(stored, float(station.energy_mwh[0]) / station.discharge_efficiency)
    return cycle_fade(count, fade.cycle_life, fade.end_of_life_ratio) * float(typical.share)


def _each(one: YearPoint, figure: Callable[[str], float]) -> YearPoint:
    return replace(one, **{name: figure(name) for name in YearPoint.__slots__})


def _between(low: YearPoint, high: YearPoint, share: float) -> YearPoint:
    return _each(low, lambda name: getattr(low, name) + share * (getattr(high, name) - getattr(low, name)))


def _priced(point: YearPoint | None, kind: YearKind) -> YearPoint | None:
    if point is None or kind.price_factor == 1:
        return point
    factor = float(kind.price_factor)
    return replace(point, charge_cny=point.charge_cny * factor, discharge_cny=point.discharge_cny * factor)
