"""Rolling horizon: each window is planned on what is known then, its first part is kept, the next window starts there.

Windows plan with the forecast where the signals hold one, else with the prices themselves; what was kept earns the
prices themselves. The calls still to be done are shared over the season steps that are left; a window that cannot
reach its share does what it can, and what is missing goes on to the next ones.
"""

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from dispatch.arrays import Floats
from dispatch.explain.largest import largest_calls
from dispatch.ladder import climbed
from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Infeasible, NoSchedule, Outcome, Report, Status
from dispatch.regimes.cut import cut_task, with_calls, with_prices
from dispatch.station.steps import StationSteps
from dispatch.task import StepPrices, Task
from dispatch.verify.meter import OWN_USE
from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.units import HOURS_PER_DAY

CALLS_SHARE_KEPT = 1 - 1e-9
"""A window asks for a hair less than the most calls that it can reach, so that rounding does not make it impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What rolling windows gave, and how many calls they reached.

    Shape   the outcome's bound is its objective: windows prove nothing about the whole horizon
    """

    outcome: Outcome
    calls: float
    windows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is kept of one window."""

    charge_mw: Floats
    discharge_mw: Floats
    outcome: Outcome


def rolled(
    task: Task, forecast: tuple[StepPrices, Any] | None, options: PlanOptions, report: Report | None = None
) -> Rolled:
    """The outcome of windows that roll over the horizon of a task.

    Shape   `forecast` is the prices that windows plan with and the objective's terms at them; the status is the worst
            of the windows', each optimal for what it could see
    Raises  UsageError if the windows do not fit the steps or the listed blocks; NoSchedule if a window has no schedule
    """
    rolling = options.rolling
    assert rolling is not None
    ahead, step = _steps(rolling, task)
    known = task if forecast is None else with_prices(task, *forecast)
    count = task.station.horizon.count
    stored_mwh, calls_left = task.station.initial_stored_mwh, task.calls_wanted
    windows: list[_Kept] = []
    for first in range(0, count, step):
        window = cut_task(known, first, min(first + ahead, count), stored_mwh)
        left = int(np.count_nonzero(task.in_season[first:]))
        share = calls_left * int(np.count_nonzero(window.in_season)) / left if left else 0.0
        try:
            outcome = _window_outcome(window, share, options, report)
        except Infeasible:
            raise _no_window(window, rolling) from None
        kept = slice(first, min(first + step, count))
        length = kept.stop - kept.start
        windows.append(
            _Kept(charge_mw=outcome.charge_mw[:length], discharge_mw=outcome.discharge_mw[:length], outcome=outcome)
        )
        stored_mwh = _stored_after(windows[-1], task.station, kept, stored_mwh)
        calls_left -= _calls(windows[-1], task, kept)
    return Rolled(outcome=_joined(windows, options), calls=task.calls_wanted - calls_left, windows=len(windows))


def _joined(windows: list[_Kept], options: PlanOptions) -> Outcome:
    """The parts that were kept, one after the other; what they earn is for `verify` to say."""
    outcomes = [kept.outcome for kept in windows]
    return Outcome(
        rung=outcomes[0].rung if len({outcome.rung for outcome in outcomes}) == 1 else options.rung,
        charge_mw=np.concatenate([kept.charge_mw for kept in windows]),
        discharge_mw=np.concatenate([kept.discharge_mw for kept in windows]),
        objective_cny=nan,
        best_bound_cny=nan,
        status=max((Status.WINDOWS_OPTIMAL, *(outcome.status for outcome in outcomes)), key=list(Status).index),
        solver=", ".join(dict.fromkeys(outcome.solver for outcome in outcomes)),
        build_s=sum(outcome.build_s for outcome in outcomes),
        solve_s=sum(outcome.solve_s for outcome in outcomes),
        binaries=sum(outcome.binaries for outcome in outcomes),
    )


def _steps(rolling: Rolling, task: Task) -> tuple[int, int]:
    """Steps that a window looks ahead, and steps that are kept of it."""
    hours = task.station.hours
    ahead, step = rolling.look_ahead_h / hours, rolling.step_h / hours
    if ahead != int(ahead) or step != int(step):
        raise _does_not_fit(
            Words("窗口不是步长的整倍数", "the windows are no whole number of steps"),
            Words(f"改为 {hours:g} 小时的整倍数", f"write multiples of {hours:g} hours"),
            rolling,
        )
    names = task.block_names
    if "ramp_limits" in names:
        raise _does_not_fit(
            Words("滚动窗口不支持爬坡约束", "windows do not go with ramp limits"),
            Words("去掉 --ramp 或 --rolling", "leave out --ramp or --rolling"),
            rolling,
        )
    midnight = task.station.horizon.first_at.hour == 0 and task.station.horizon.first_at.minute == 0
    if "daily_cycle_cap" in names and (rolling.step_h % HOURS_PER_DAY or not midnight):
        raise _does_not_fit(
            Words("有每日循环上限时窗口须按整日推进", "with a daily cap windows must move by whole days"),
            Words("步进取 24 的整倍数，从零点开始", "make the step a multiple of 24 and start at midnight"),
            rolling,
        )
    return int(ahead), int(step)


def _window_outcome(window: Task, share: float, options: PlanOptions, report: Report | None) -> Outcome:
    """The window's outcome with its share of the calls, or with as many as it can reach."""
    try:
        return climbed(with_calls(window, share), options.rung, options.limits, report)
    except Infeasible:
        if not share:
            raise
    reached = largest_calls(with_calls(window, share))
    return climbed(with_calls(window, reached * CALLS_SHARE_KEPT), options.rung, options.limits, report)


def _stored_after(window: _Kept, station: StationSteps, kept: slice, stored_mwh: float) -> float:
    gained = station.hours * (
        window.charge_mw * station.charge_efficiency - window.discharge_mw / station.discharge_efficiency
    )
    bounds = (station.min_stored_mwh[kept].tolist(), station.max_stored_mwh[kept].tolist())
    for change, low, high in zip(gained.tolist(), *bounds, strict=True):
        # what a solver leaves beyond a bound is rounding, and must not make the next window impossible
        stored_mwh = min(max(stored_mwh * station.kept_ratio + change, low), high)
    return stored_mwh


def _calls(window: _Kept, task: Task, kept: slice) -> float:
    station = task.station
    given_mw = window.discharge_mw
    if OWN_USE in task.block_names:
        given_mw = np.maximum(given_mw - window.charge_mw - station.auxiliary_mw, 0.0)
    return float((given_mw * task.in_season[kept] * station.hours / station.energy_mwh[kept]).sum())


def _no_window(window: Task, rolling: Rolling) -> NoSchedule:
    first, until = window.station.horizon.first_at, window.station.horizon.until_at
    at = f"{first:%Y-%m-%d %H:%M}", f"{until:%Y-%m-%d %H:%M}"
    return NoSchedule(
        Words("有一个窗口排不出计划", "a window has no schedule"),
        found=Words(
            f"{at[0]} 至 {at[1]}，起始储能 {window.station.initial_stored_mwh:.2f} 兆瓦时",
            f"{at[0]} to {at[1]}, {window.station.initial_stored_mwh:.2f} MWh stored at its start",
        ),
        do=Words(
            f"前瞻比 {rolling.look_ahead_h:g} 小时更长，或去掉 --rolling",
            f"look further ahead than {rolling.look_ahead_h:g} hours, or leave out --rolling",
        ),
    )


def _does_not_fit(what: Words, do: Words, rolling: Rolling) -> UsageError:
    shown = f"--rolling {rolling.look_ahead_h:g}:{rolling.step_h:g}"
    return UsageError(what, found=Words(shown, shown), do=do)
