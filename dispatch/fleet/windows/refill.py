"""Whether and how the stations are refilled between the runs, without a new peak: the certificate that runs may be apart.

Forward over the runs: the lowest level of each station, for nothing is taken out between runs. Backward over the gaps: each
charges what the level after it asks for, in the hours of least load; what does not fit is asked of the gap before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.fleet.windows.ground import Ground, slack_mw
from dispatch.fleet.windows.planned import RunPlan
from dispatch.fleet.windows.runs import Run

LEAST_MW: Final = 1e-12
SOLVER_MW: Final = 1e-6
"""A peak that a solver holds is held this closely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refilled:
    """The powers of all steps in MW, a row a station."""

    charge_mw: Floats
    discharge_mw: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A gap in which the stations could not be refilled: it and the runs beside it are to be planned as one run."""

    gap: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Between which levels the stations must be, MWh inside the stores."""

    low_mwh: Floats
    high_mwh: Floats


def refilled(ground: Ground, plans: Sequence[RunPlan], peak_mw: float) -> Refilled | Stuck:
    """The plans of the runs and what is charged between them; or a gap where that fails, the last first."""
    gaps = gaps_between(ground, [plan.run for plan in plans])
    lowest = _lowest_levels(ground, plans)
    charge_mw, discharge_mw = np.zeros_like(ground.most_charge_mw), np.zeros_like(ground.most_charge_mw)
    for plan in plans:
        charge_mw[:, plan.run.steps] = plan.charge_mw
        discharge_mw[:, plan.run.steps] = plan.discharge_mw
    asked = _Asked(low_mwh=ground.low_mwh[:, -1], high_mwh=ground.high_mwh[:, -1])
    for number in range(len(plans), -1, -1):
        wanted_mwh = np.maximum(asked.low_mwh - lowest[number], 0.0)
        charge_mw[:, gaps[number].steps] = own = _filled(ground, gaps[number], wanted_mwh, peak_mw)
        given_mwh = own.sum(axis=1) * ground.hours * ground.charge_efficiency
        asked = _asked_before(ground, plans[number - 1] if number else None, asked, given_mwh, lowest[number])
        if np.any(asked.low_mwh > asked.high_mwh + ground.level_slack_mwh):
            return _stuck(gaps, number)
    return _checked(ground, gaps, Refilled(charge_mw=charge_mw, discharge_mw=discharge_mw), peak_mw)


def _asked_before(ground: Ground, plan: RunPlan | None, asked: _Asked, given_mwh: Floats, lowest_mwh: Floats) -> _Asked:
    """Between which levels the stations must be before a gap that adds so much, and before the run ahead of it."""
    low = np.maximum(lowest_mwh, asked.low_mwh - given_mwh)
    high = asked.high_mwh - given_mwh
    if plan is None:
        return _Asked(low_mwh=np.maximum(low, ground.initial_mwh), high_mwh=np.minimum(high, ground.initial_mwh))
    return _Asked(
        low_mwh=np.maximum(low - plan.change_mwh, plan.start_low_mwh),
        high_mwh=np.minimum(high - plan.change_mwh, plan.start_high_mwh),
    )


def levels_mwh(ground: Ground, found: Refilled) -> Floats:
    """Energy inside each store at the end of each step."""
    gained_mwh = ground.gained_mwh(found.charge_mw, found.discharge_mw)
    levels: Floats = ground.initial_mwh[:, None] + np.cumsum(gained_mwh, axis=1)
    return levels


def gaps_between(ground: Ground, runs: Sequence[Run]) -> list[Run]:
    """The steps before the first run, between runs and after the last; the outer ones may be empty."""
    edges = [0, *(edge for run in runs for edge in (run.first, run.until)), ground.count]
    return [Run(first=first, until=until) for first, until in zip(edges[::2], edges[1::2], strict=True)]


def _lowest_levels(ground: Ground, plans: Sequence[RunPlan]) -> list[Floats]:
    """The lowest level that each station can have at the start of each gap."""
    level = ground.initial_mwh
    levels = [level]
    for plan in plans:
        level = np.maximum(level, plan.start_low_mwh) + plan.change_mwh
        levels.append(level)
    return levels


def _filled(ground: Ground, gap: Run, wanted_mwh: Floats, peak_mw: float) -> Floats:
    """Charging powers of a gap; the stations that need the longest come first."""
    net_mw, most_mw = ground.load_mw[gap.steps].copy(), ground.most_charge_mw[:, gap.steps]
    charge_mw = np.zeros_like(most_mw)
    wanted = wanted_mwh / (ground.hours * ground.charge_efficiency)
    order: Integers = np.argsort(-wanted / np.maximum(most_mw.sum(axis=1), LEAST_MW), kind="stable")
    for station in order[(wanted[order] > 0.0) & most_mw[order].any(axis=1)].tolist():
        room_mw = np.minimum(most_mw[station], _zone_room_mw(ground, station, charge_mw))
        charge_mw[station] = valley_mw(net_mw, room_mw, float(wanted[station]), peak_mw)
        net_mw += charge_mw[station]
    return charge_mw


def _zone_room_mw(ground: Ground, station: int, charge_mw: Floats) -> Floats:
    """What the zones of a station leave it to charge beside the others, none of which discharges."""
    room_mw = np.full(charge_mw.shape[1], np.inf)
    for members, limit_mw in ground.zones:
        if station in members:
            room_mw = np.minimum(room_mw, np.maximum(limit_mw - charge_mw[members].sum(axis=0), 0.0))
    return room_mw


def valley_mw(net_mw: Floats, most_mw: Floats, wanted: float, peak_mw: float) -> Floats:
    """Charging powers that fill a load from its lowest up, in all as much as wanted (MW steps) or as a peak allows."""
    edges = np.sort(np.concatenate([net_mw, net_mw + most_mw]))
    # between edges the sum grows by as many MW as steps are neither empty nor at their limit
    begun = np.searchsorted(np.sort(net_mw), edges, side="right")
    ended = np.searchsorted(np.sort(net_mw + most_mw), edges, side="right")
    sums = np.concatenate([[0.0], np.cumsum(np.diff(edges) * (begun - ended)[:-1])])
    level = float(np.interp(min(wanted, sums[-1]), sums, edges))
    filled: Floats = np.clip(min(level, peak_mw) - net_mw, 0.0, most_mw)
    return filled


def _checked(ground: Ground, gaps: Sequence[Run], found: Refilled, peak_mw: float) -> Refilled | Stuck:
    """What was found, if every level and the peak hold; else the first gap from where they do not."""
    levels = levels_mwh(ground, found)
    slack = ground.level_slack_mwh[:, None]
    outside = ((levels > ground.high_mwh + slack) | (levels < ground.low_mwh - slack)).any(axis=0)
    left_mw = ground.load_mw + found.charge_mw.sum(axis=0) - found.discharge_mw.sum(axis=0)
    outside |= left_mw > peak_mw + 2.0 * slack_mw(peak_mw) + SOLVER_MW
    broken = np.flatnonzero(outside)
    if not broken.size:
        return found
    return _stuck(gaps, int(np.searchsorted([gap.until for gap in gaps], broken[0], side="right")))


def _stuck(gaps: Sequence[Run], number: int) -> Stuck:
    """That gap, or the nearest one that has any steps; the last of all has none where there is a single run."""
    there = [place for place, gap in enumerate(gaps) if gap.first < gap.until]
    return Stuck(gap=gaps[min(there, key=lambda place: abs(place - number), default=number)])
