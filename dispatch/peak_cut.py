"""How far storage cuts the peak of a load: what a cut takes, how far a fleet reaches, and what it lacks.

level      what is left of the load: load - discharge <= level in every step
power      the largest of load - level over all steps, MW
energy     the largest over days of the sum of (load - level) * hours where that is positive, MWh
Each day has one discharge of the fleet, and the fleet is full again on the next: charging between two peaks of one day
is not counted. Losses do not matter, for power and energy are those of discharging.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.horizon import Horizon
from tariffs.vocabulary.errors import InputError, UsageError, Words
from tariffs.vocabulary.units import HOURS_PER_DAY

NOISE: Final = 1e-9
"""Shares of the peak below which a difference is one of binary arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A load in MW, one figure a step.

    Raises  InputError if it is never above zero
    """

    horizon: Horizon
    load_mw: Floats

    def __post_init__(self) -> None:
        if float(self.load_mw.max()) <= 0:
            raise InputError(
                Words("负荷没有正值，谈不上削峰", "the load is never above zero: there is no peak to cut"),
                found=Words(f"最高 {self.load_mw.max()} 兆瓦", f"most {self.load_mw.max()} MW"),
                do=Words("检查 load_mw 的符号与单位", "check sign and unit of load_mw"),
            )

    @property
    def peak_mw(self) -> float:
        """The highest load."""
        return float(self.load_mw.max())

    @property
    def peak_at(self) -> datetime:
        """Start of the first step of the highest load, Shanghai time."""
        return self.horizon.at(int(self.load_mw.argmax()))

    def by_day(self) -> list[Floats]:
        """The load of each local day that the horizon touches."""
        edges = np.flatnonzero(np.diff(self.horizon.day_of_step)) + 1
        return list(np.split(self.load_mw, edges))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Storage taken together: discharge power and the energy of one full discharge, at the grid meters."""

    power_mw: float
    energy_mwh: float

    @property
    def duration_h(self) -> float:
        """Hours of one discharge at full power."""
        return self.energy_mwh / self.power_mw


@dataclass(frozen=True, slots=True, kw_only=True)
class CutNeeds:
    """The smallest fleet that cuts a load to a level, and how long the load is above it.

    Shape   `hours` of the day that needs most energy, `longest_run_h` and `hours_in_all` of the whole load; `midnights`
            lie above the level on both sides, so that the fleet cannot be full again when the new day begins
    """

    level_mw: float
    power_mw: float
    energy_mwh: float
    day: date
    hours: float
    longest_run_h: float
    hours_in_all: float
    days: int
    midnights: int

    @property
    def duration_h(self) -> float:
        """Hours of that fleet at full power; zero where nothing is to be cut."""
        return self.energy_mwh / self.power_mw if self.power_mw else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReach:
    """How far a fleet cuts a load.

    Shape   `day` is the one that stops it, `by_energy` whether energy stops it there and not power;
            `unfilled_days` are whole days on which it cannot charge again below the level, losses apart
    """

    level_mw: float
    cut_mw: float
    cut_share: float
    day: date
    by_energy: bool
    unfilled_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What a fleet lacks against what a cut takes; zero where it has enough."""

    power_mw: float
    energy_mwh: float
    duration_h: float

    @property
    def enough(self) -> bool:
        """Whether the fleet does it: power and energy decide, for more power may make up for hours."""
        return self.power_mw == 0 and self.energy_mwh == 0


def cut_needs(load: Load, share: float | None = None, *, cut_mw: float | None = None) -> CutNeeds:
    """The smallest power and energy that cut a share of the highest load, or so many MW of it.

    Shape   one of the two: 0 < share <= 1, or `cut_mw` above zero and at most the highest load; exact up to binary
            arithmetic
    Raises  UsageError if neither or both are given, or one that is out of its range
    Check   tests/cases/targets/peak_cut.toml
    """
    level = _level_after(load, share, cut_mw)
    hours, noise = load.horizon.hours, NOISE * load.peak_mw
    above = [np.where(day - level > noise, day - level, 0.0) for day in load.by_day()]
    energies = [float(each.sum()) * hours for each in above]
    worst = int(np.argmax(energies))
    marked: Flags = np.concatenate(above) > 0
    return CutNeeds(
        level_mw=level,
        power_mw=max(float(each.max()) for each in above),
        energy_mwh=energies[worst],
        day=load.horizon.dates[worst],
        hours=int((above[worst] > 0).sum()) * hours,
        longest_run_h=_longest_run(marked) * hours,
        hours_in_all=int(marked.sum()) * hours,
        days=sum(energy > 0 for energy in energies),
        midnights=sum(bool(old[-1] > 0 and new[0] > 0) for old, new in pairwise(above)),
    )


def _level_after(load: Load, share: float | None, cut_mw: float | None) -> float:
    if (share is None) == (cut_mw is None):
        both = Words("两者都给出", "both are given") if cut_mw is not None else Words("都没有给出", "neither is given")
        raise UsageError(
            Words("削减须给出份额或兆瓦之一", "a cut is a share or a number of MW"),
            found=both,
            do=Words("写作 cut_needs(load, 0.05) 或 cut_mw=2000", "write cut_needs(load, 0.05), or cut_mw=2000"),
        )
    if share is not None and 0 < share <= 1:
        return load.peak_mw * (1.0 - float(share))
    if cut_mw is not None and 0 < cut_mw <= load.peak_mw:
        return load.peak_mw - float(cut_mw)
    shown = f"share={share}" if share is not None else f"cut_mw={cut_mw}"
    raise UsageError(
        Words("削减超出范围", "the cut is out of its range"),
        found=Words(f"{shown}，最高负荷 {load.peak_mw:g} 兆瓦", f"{shown}, highest load {load.peak_mw:g} MW"),
        do=Words(
            "share 大于 0、至多 1；兆瓦数用 cut_mw=，至多最高负荷",
            "a share is above 0 and at most 1; for MW write cut_mw=, at most the highest load",
        ),
    )


def cut_reach(load: Load, fleet: Fleet) -> CutReach:
    """The lowest level to which a fleet cuts every day of a load.

    Shape   on each day the level is the higher of two: highest load less power, and the level above which lies exactly
            the fleet's energy, which is the largest over k of (sum of the k highest loads - energy / hours) / k;
            never below zero, for nothing is given to the grid beyond the load
    Check   tests/cases/targets/peak_cut.toml; tests/dispatch/test_peak_cut.py by bisection
    """
    days = load.by_day()
    by_power = np.array([day.max() - fleet.power_mw for day in days])
    by_energy = np.array([_level_of_energy(day, fleet.energy_mwh / load.horizon.hours) for day in days])
    levels = np.maximum(np.maximum(by_power, by_energy), 0.0)
    worst = int(levels.argmax())
    level = float(levels[worst])
    return CutReach(
        level_mw=level,
        cut_mw=load.peak_mw - level,
        cut_share=(load.peak_mw - level) / load.peak_mw,
        day=load.horizon.dates[worst],
        by_energy=bool(by_energy[worst] > by_power[worst]),
        unfilled_days=sum(_unfilled(day, level, fleet, load.horizon.hours) for day in days),
    )


def shortfall(needs: CutNeeds, fleet: Fleet) -> Shortfall:
    """What a fleet lacks in power, in energy and in hours of discharge at full power."""
    noise = NOISE * max(needs.power_mw, needs.energy_mwh)
    lacks = (
        needs.power_mw - fleet.power_mw,
        needs.energy_mwh - fleet.energy_mwh,
        needs.duration_h - fleet.duration_h,
    )
    power, energy, hours = (lack if lack > noise else 0.0 for lack in lacks)
    return Shortfall(power_mw=power, energy_mwh=energy, duration_h=hours)


def _level_of_energy(day: Floats, energy_in_steps: float) -> float:
    """The level above which lies so much of a day, in MW times steps."""
    highest_first = np.sort(day)[::-1]
    counts = np.arange(1, len(day) + 1)
    return float(((np.cumsum(highest_first) - energy_in_steps) / counts).max())


def _unfilled(day: Floats, level: float, fleet: Fleet, hours: float) -> bool:
    if round(len(day) * hours) != HOURS_PER_DAY:
        return False
    given = np.clip(day - level, 0.0, None).sum()
    room = np.clip(level - day, 0.0, fleet.power_mw).sum()
    return bool(given > room + NOISE * abs(level))


def _longest_run(marked: Flags) -> int:
    turns = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return int((turns[1::2] - turns[::2]).max()) if len(turns) else 0
