"""What the listed blocks ask of a schedule beyond physics; each check reads the terms of its block."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.counting import full_discharges, rated_kwh_e4
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.task import Task
from dispatch.verify.broken import ANOTHER_WAY, BrokenSchedule, against, refuse_first
from dispatch.verify.meter import OWN_USE, MeterEnergy
from dispatch.verify.physics import (
    MW,
    MWH,
    SOLVER_MW,
    UNITS_OF_ROUNDING,
    largest_kwh_e4,
    stored_tolerance_mwh,
)
from tariffs.vocabulary.errors import Words

CYCLES_TOLERANCE = 1e-6
"""A daily cap may be passed by this share of a cycle: rounding and what a solver allows itself."""
HELD_BY_PHYSICS: Final = frozenset(
    {"power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes", "wear_cost", "calls_share", OWN_USE}
)

Check = Callable[[Schedule, Task, MeterEnergy, Any], None]


def check_asked(schedule: Schedule, task: Task, meter: MeterEnergy) -> tuple[Words, ...]:
    """What could not be checked: the blocks of the user's own.

    Raises  BrokenSchedule if a listed block is broken, with the figure
    """
    notes = []
    for block in task.blocks:
        check = CHECKS.get(block.name)
        if check is not None:
            check(schedule, task, meter, block.terms)
        elif block.name not in HELD_BY_PHYSICS:
            notes.append(
                Words(f"自定义约束 {block.name} 未核对", f"the block {block.name} of your own was not checked")
            )
    return tuple(notes)


def calls_given(task: Task, meter: MeterEnergy, terms: Any) -> Fraction:
    """Calls of the season steps that the terms name, counted on energy given to the grid; exact."""
    return full_discharges(meter.given_kwh_e4, task.station, np.asarray(terms.in_season, dtype=np.bool_))


def _season_calls(_schedule: Schedule, task: Task, meter: MeterEnergy, terms: Any) -> None:
    calls, wanted = calls_given(task, meter, terms), Fraction(float(terms.calls))
    if calls < wanted - Fraction(UNITS_OF_ROUNDING, int(rated_kwh_e4(task.station).min())):
        done, asked = f"{float(calls):.6f}", f"{float(wanted):.6f}"
        raise BrokenSchedule(
            Words("迎峰期调用次数少于要求", "fewer calls on season days than required"),
            found=Words(f"{done} 次，要求 {asked} 次", f"{done} calls, {asked} required"),
            do=ANOTHER_WAY,
        )


def _final_stored(schedule: Schedule, task: Task, _meter: MeterEnergy, terms: Any) -> None:
    last, wanted = float(schedule.stored_mwh[-1]), float(terms.final_stored_mwh)
    if not abs(last - wanted) <= stored_tolerance_mwh(task.station):
        raise BrokenSchedule(
            Words("期末储能电量与要求不符", "stored energy at the end is not what was asked for"),
            found=Words(f"{last:.6g}，要求 {wanted:.6g} 兆瓦时", f"{last:.6g}, asked for {wanted:.6g} MWh"),
            do=ANOTHER_WAY,
        )


def _daily_cap(schedule: Schedule, task: Task, _meter: MeterEnergy, terms: Any) -> None:
    days, cap = schedule.horizon.day_of_step, float(terms.cycles_per_day)
    by_day = np.bincount(days, weights=schedule.discharge_kwh_e4 / rated_kwh_e4(task.station))
    cycles: Floats = by_day.astype(float)[days]
    refuse_first(
        cycles > cap + CYCLES_TOLERANCE,
        schedule.horizon,
        Words("日循环次数超过上限", "more cycles in a day than the cap"),
        against(cycles, cap, Words("次", "cycles")),
    )


def _ramps(schedule: Schedule, _task: Task, _meter: MeterEnergy, terms: Any) -> None:
    net_mw = schedule.discharge_mw - schedule.charge_mw
    change_mw = np.abs(np.diff(net_mw, prepend=net_mw[:1]))
    limit_mw = float(terms.ramp_mw_per_min) * schedule.horizon.minutes
    refuse_first(
        change_mw > limit_mw + _power_tolerance_mw(schedule),
        schedule.horizon,
        Words("功率变化超过爬坡限值", "power changes faster than the ramp limit"),
        against(change_mw, limit_mw, MW),
    )


def _leased(schedule: Schedule, task: Task, _meter: MeterEnergy, terms: Any) -> None:
    station = task.station
    leased_mw = _by_step(terms.leased_power_mw, schedule)
    most_mwh = station.max_stored_mwh - _by_step(terms.leased_energy_mwh, schedule) / station.discharge_efficiency
    charge_mw, discharge_mw = station.charge_limit_mw - leased_mw, station.discharge_limit_mw - leased_mw
    what = Words("占用了已出租的容量", "leased capacity is used")
    refuse_first(
        schedule.charge_kwh_e4 > largest_kwh_e4(charge_mw, station),
        schedule.horizon,
        what,
        against(schedule.charge_mw, charge_mw, MW),
    )
    refuse_first(
        schedule.discharge_kwh_e4 > largest_kwh_e4(discharge_mw, station),
        schedule.horizon,
        what,
        against(schedule.discharge_mw, discharge_mw, MW),
    )
    refuse_first(
        schedule.stored_mwh > most_mwh + stored_tolerance_mwh(station),
        schedule.horizon,
        what,
        against(schedule.stored_mwh, most_mwh, MWH),
    )


def _grid_limit(schedule: Schedule, _task: Task, meter: MeterEnergy, terms: Any) -> None:
    net_mwh = (meter.given_kwh_e4 - meter.taken_kwh_e4) / ENERGY_UNITS_PER_MWH
    flow_mw = net_mwh / schedule.horizon.hours + _by_step(terms.wind_mw, schedule)
    limit_mw = _by_step(terms.limit_mw, schedule)
    refuse_first(
        np.abs(flow_mw) > limit_mw + _power_tolerance_mw(schedule),
        schedule.horizon,
        Words("并网点功率超过限值", "power at the grid connection is above its limit"),
        against(flow_mw, limit_mw, MW),
    )


def _power_tolerance_mw(schedule: Schedule) -> float:
    """Two intervals, each with both legs rounded."""
    return 2 * SOLVER_MW + 4 * UNITS_OF_ROUNDING / (ENERGY_UNITS_PER_MWH * schedule.horizon.hours)


def _by_step(figure: Any, schedule: Schedule) -> Floats:
    by_step: Floats = np.broadcast_to(np.asarray(figure, dtype=float), (schedule.horizon.count,))
    return by_step


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "season_calls": _season_calls,
        "final_stored_energy": _final_stored,
        "daily_cycle_cap": _daily_cap,
        "ramp_limits": _ramps,
        "leased_reserve": _leased,
        "grid_connection_limit": _grid_limit,
    }
)
