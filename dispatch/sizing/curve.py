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
from dispatch.sizing.inputs.scenario import CallsOf, Scenario, ScheduledFor
from dispatch.sizing.operated import Moved, idle_year, year_figures
from dispatch.sizing.typical import TypicalYear, YearKind, kind_of, solved, typical_year
from dispatch.sizing.years import YearFigures
from dispatch.station.degradation import cycle_fade, cycles_of
from dispatch.verify.physics import stored_after
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KWH_PER_MWH, PRICE_UNITS_PER_CNY_PER_MWH

MESH_H: Final = 0.25
MOST_POWER_MW: Final = Decimal(2_000)
"""Years are planned at the most power that may be built, but not above this: so that no duration makes a rating too large."""
DECIMALS: Final = 6
"""Durations that agree to six decimals of an hour are one."""
RATED_DECIMALS: Final = 2
"""On a mesh, what goes by the rated energy (calls, an award) is the same for stores of as large a share by so many decimals."""


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

    Shape   `mesh_h` 0 plans every duration that is asked for; with a mesh the schedules of the first year's prices are
            kept while prices grow, which is a little less than the best where running cost or an award does not grow
            with them; `reluctance_cny_per_mwh` is what discharging is said to cost
            besides, which makes the schedule discharge less and is paid by nobody; `known` fills while it is asked
    """

    ground: Ground
    mesh_h: float = MESH_H
    reluctance_cny_per_mwh: float = 0.0
    known: dict[tuple[YearKind, float, float], YearPoint | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    def at(self, kind: YearKind, duration_h: float, rated_ratio: float = 1.0) -> YearPoint | None:
        """A year at a usable duration; nothing where its calls cannot be made.

        Shape   `rated_ratio`: the usable share of the rated energy, where calls or an award go by that; else 1
        """
        base = self._planned_for(kind)
        below, share = self._place(duration_h)
        low = self._planned(base, below, rated_ratio)
        if share == 0.0:
            return _priced(low, base, kind)
        high = self._planned(base, round(below + self.mesh_h, DECIMALS), rated_ratio)
        return None if low is None or high is None else _priced(_between(low, high, share), base, kind)

    @property
    def planned_years(self) -> int:
        """How many years were planned so far."""
        return len(self.known)

    def _planned_for(self, kind: YearKind) -> YearKind:
        """The kind with the prices of the first year, unless a schedule of exact years hangs on how far they grew."""
        steered = _is_steered(self.ground.scenario(kind.scenario), kind)
        beside = self.ground.project.cost.variable_cost_cny_per_mwh or self.reluctance_cny_per_mwh or steered
        return kind if beside and not self.mesh_h else replace(kind, price_factor=Fraction(1))

    def _place(self, duration_h: float) -> tuple[float, float]:
        """The mesh point at or below a duration, and how far the duration is on the way to the next."""
        if duration_h < self.mesh_h or not self.mesh_h:
            return round(duration_h, DECIMALS), 0.0
        steps = floor(duration_h / self.mesh_h + 10**-DECIMALS)
        below = steps * self.mesh_h
        share = (duration_h - below) / self.mesh_h
        return round(below, DECIMALS), 0.0 if abs(share) < 10**-DECIMALS else share

    def _planned(self, kind: YearKind, duration_h: float, rated_ratio: float) -> YearPoint | None:
        key = kind, duration_h, rated_ratio
        if key not in self.known:
            self.known[key] = self._point(kind, duration_h, rated_ratio)
        return self.known[key]

    def _point(self, kind: YearKind, duration_h: float, rated_ratio: float) -> YearPoint | None:
        ground = self.ground
        power, ratio = min(ground.project.size.max_power_mw, MOST_POWER_MW), Decimal(str(rated_ratio))
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
        kind, rated_ratio = kind_of(ground, scenario, year_no), 1.0
        if scenario.calls_of is CallsOf.RATED_ENERGY or _is_steered(scenario, kind):
            rated_ratio = round(ratio, RATED_DECIMALS) if curve.mesh_h else ratio
        points[year_no] = found = curve.at(kind, duration_h * ratio, rated_ratio)
        return 0.0 if found is None else found.cycle_fade

    project = ground.project
    health = health_path_by_year(project.fade, project.augmentation, project.project.life_years, fade_of)
    known = {year_no: point for year_no, point in points.items() if point is not None}
    if len(known) < len(points):
        return None
    return tuple(
        year_figures(ground, scenario, size, each, _scaled(known[each.year_no], power))
        if each.in_use
        else idle_year(ground, scenario, each)
        for each in health
    )


def _is_steered(scenario: Scenario, kind: YearKind) -> bool:
    """Whether the schedule of a year counts the award, which is paid for so much of the rated energy."""
    return kind.is_awarded and scenario.scheduled_for is ScheduledFor.ENERGY_AND_AWARD


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


def _priced(point: YearPoint | None, planned: YearKind, kind: YearKind) -> YearPoint | None:
    if point is None or kind.price_factor == planned.price_factor:
        return point
    factor = float(kind.price_factor / planned.price_factor)
    return replace(point, charge_cny=point.charge_cny * factor, discharge_cny=point.discharge_cny * factor)
