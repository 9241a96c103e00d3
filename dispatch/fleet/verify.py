"""What the schedules of a fleet come to together, counted again from their exact energies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.task import FleetLeaf, FleetTask
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.task import Task
from dispatch.verify import BrokenSchedule, Verified
from dispatch.verify.broken import ANOTHER_WAY, refuse_first
from dispatch.verify.meter import meter_energy
from tariffs.vocabulary.errors import Words

CLAIM_RATIO: Final = 1e-7
"""A figure recomputed from rounded energies lies this near the claimed one, the rounding of each station apart."""
SHARE_ALLOWED: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakFigures:
    """The load before and after, MW, one figure a step, and the least peak that is proven possible.

    Shape   `peak_at` is the start of the first step of the highest load before, Shanghai time
    """

    before_mw: Floats
    after_mw: Floats
    bound_mw: float
    peak_at: datetime

    @property
    def peak_mw(self) -> float:
        """The highest load before."""
        return float(self.before_mw.max())

    @property
    def peak_after_mw(self) -> float:
        """The highest load after."""
        return float(self.after_mw.max())

    @property
    def cut_mw(self) -> float:
        """By how much the highest load falls."""
        return self.peak_mw - self.peak_after_mw

    @property
    def cut_share(self) -> float:
        """The same as a share of the highest load; zero where that is not above zero."""
        return self.cut_mw / self.peak_mw if self.peak_mw > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WindFigures:
    """Wind, promise and what becomes of them, MW, one figure a step; `bound_mwh` is the least that must be missed."""

    wind_mw: Floats
    promised_mw: Floats
    delivered_mw: Floats
    curtailed_mw: Floats
    shortfall_mw: Floats
    missed_mwh: float
    bound_mwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsFigures:
    """Calls of each station against what is asked of it; nothing is asked where the figure is zero."""

    done: tuple[Fraction, ...]
    asked: tuple[float, ...]

    @property
    def least_share(self) -> float | None:
        """The smallest share over the stations of which calls are asked, at most 1; nothing where none are."""
        shares = [float(done) / asked for done, asked in zip(self.done, self.asked, strict=True) if asked]
        return min(1.0, *shares) if shares else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetVerified:
    """What a fleet's schedules come to; `peak` without a wind objective, `wind` with it."""

    net_given_mw: Floats
    peak: PeakFigures | None
    wind: WindFigures | None
    calls: CallsFigures


def fleet_verified(task: FleetTask, found: FleetFound, checked: Sequence[Verified]) -> FleetVerified:
    """The figures of a fleet from the schedules of its stations, each of which was verified by itself.

    Raises  BrokenSchedule if a limit of several stations is broken, or a goal is not what was claimed
    """
    net = np.stack([_net_kwh_e4(each, own.schedule) for each, own in zip(task.stations, checked, strict=True)])
    total_mw: Floats = net.sum(axis=0) / (ENERGY_UNITS_PER_MWH * task.horizon.hours)
    for leaf in task.limits:
        _check_zone(leaf, net, task)
    calls = _calls(task, checked)
    _check_share(task, found, calls)
    is_wind = task.objective.name == "wind_following"
    return FleetVerified(
        net_given_mw=total_mw,
        peak=None if is_wind else _peak(task, found, total_mw),
        wind=_wind(task, found, total_mw) if is_wind else None,
        calls=calls,
    )


def _net_kwh_e4(task: Task, schedule: Schedule) -> Integers:
    meter = meter_energy(schedule, task)
    return meter.given_kwh_e4 - meter.taken_kwh_e4


def _rounding_mw(task: FleetTask) -> float:
    """What rounding the energy of each station may add up to."""
    return 2 * len(task.stations) / (ENERGY_UNITS_PER_MWH * task.horizon.hours)


def _peak(task: FleetTask, found: FleetFound, total_mw: Floats) -> PeakFigures:
    before = np.asarray(task.objective.terms.load_mw, np.float64)
    goal = found.goals_of(task.objective.label)[0]
    is_mixed = task.objective.name == "peak_and_revenue"
    after: Floats = before - total_mw
    figures = PeakFigures(
        before_mw=before,
        after_mw=after,
        bound_mw=float(after.max()) if is_mixed else -goal.bound,
        peak_at=task.horizon.at(int(before.argmax())),
    )
    if not is_mixed:
        _check_claim(float(after.max()), -goal.reached, _rounding_mw(task), Words("峰值负荷", "the peak"), "MW")
    return figures


def _wind(task: FleetTask, found: FleetFound, total_mw: Floats) -> WindFigures:
    terms = task.objective.terms
    wind, promised = terms.wind_mw, terms.promised_mw
    surplus: Floats = wind + total_mw - promised
    noise_mw = _rounding_mw(task)
    curtailed, shortfall = np.maximum(surplus, 0.0), np.maximum(-surplus, 0.0)
    refuse_first(
        curtailed > wind + noise_mw,
        task.horizon,
        Words("弃电多于风电", "more is curtailed than the wind gives"),
        lambda t: Words(f"{curtailed[t]:.6g} 兆瓦", f"{curtailed[t]:.6g} MW"),
    )
    refuse_first(
        shortfall > promised + noise_mw,
        task.horizon,
        Words("充电用到电网电", "the stores charge from the grid"),
        lambda t: Words(f"{shortfall[t] - promised[t]:.6g} 兆瓦", f"{shortfall[t] - promised[t]:.6g} MW"),
    )
    hours = task.horizon.hours
    lost_mwh = -float(terms.losses_weight) * hours * float(total_mw.sum())
    missed_mwh = hours * float((curtailed + shortfall).sum()) + lost_mwh
    goal = found.goals_of(task.objective.label)[0]
    allowed_mwh = noise_mw * hours * task.horizon.count
    _check_claim(missed_mwh, -goal.reached, allowed_mwh, Words("弃电与缺额", "curtailed and missing energy"), "MWh")
    return WindFigures(
        wind_mw=wind,
        promised_mw=promised,
        delivered_mw=promised - shortfall,
        curtailed_mw=curtailed,
        shortfall_mw=shortfall,
        missed_mwh=missed_mwh,
        bound_mwh=-goal.bound,
    )


def _check_claim(figure: float, claimed: float, rounding: float, what: Words, unit: str) -> None:
    allowed = rounding + CLAIM_RATIO * max(1.0, abs(claimed))
    if abs(figure - claimed) <= allowed:
        return
    shown = f"{claimed:.6f}", f"{figure:.6f}", f"{allowed:.2g}"
    raise BrokenSchedule(
        Words(f"{what.zh}与求解器给出的不符", f"{what.en} is not what was claimed"),
        found=Words(
            f"{shown[0]}，重算 {shown[1]}，允许差 {shown[2]} {unit}",
            f"{shown[0]}, counted {shown[1]}, allowed {shown[2]} {unit}",
        ),
        do=ANOTHER_WAY,
    )


def _check_zone(leaf: FleetLeaf, net_kwh_e4: Integers, task: FleetTask) -> None:
    terms = leaf.terms
    units = ENERGY_UNITS_PER_MWH * task.horizon.hours
    flow_mw: Floats = net_kwh_e4[leaf.members].sum(axis=0) / units
    room_mw = _rounding_mw(task) + CLAIM_RATIO * max(1.0, float(np.abs(flow_mw).max()))
    over = (flow_mw > terms.discharge_limit_mw + room_mw) | (-flow_mw > terms.charge_limit_mw + room_mw)
    refuse_first(
        over,
        task.horizon,
        Words(f"{leaf.label} 超过分区限值", f"{leaf.label} is above its limit"),
        lambda t: Words(f"{flow_mw[t]:.6g} 兆瓦", f"{flow_mw[t]:.6g} MW"),
    )


def _calls(task: FleetTask, checked: Sequence[Verified]) -> CallsFigures:
    asked = task.calls_asked or _calls_planned(task)
    return CallsFigures(done=tuple(own.calls_total for own in checked), asked=asked)


def _calls_planned(task: FleetTask) -> tuple[float, ...]:
    """The calls of each station that the model asks for."""
    terms = [each.terms("calls_share") or each.terms("season_calls") for each in task.stations]
    return tuple(0.0 if each is None else float(each.calls) for each in terms)


def _check_share(task: FleetTask, found: FleetFound, calls: CallsFigures) -> None:
    fair = [leaf.label for leaf in (*task.first, *task.after_first)]
    within_reach = replace(calls, asked=_calls_planned(task))
    for label in fair:
        goal, share = found.goals_of(label)[0], within_reach.least_share
        if share is not None and share < goal.reached - SHARE_ALLOWED:
            raise BrokenSchedule(
                Words("最小调用份额低于求解器给出的", "the smallest share of calls is below what was claimed"),
                found=Words(f"{share:.6f}，应为 {goal.reached:.6f}", f"{share:.6f}, claimed {goal.reached:.6f}"),
                do=ANOTHER_WAY,
            )
