"""What no schedule may break, whatever was listed: one direction an interval, power, stored energy."""

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.station.steps import StationSteps
from dispatch.verify.broken import BrokenSchedule, against, refuse_first
from tariffs.vocabulary.errors import Words

UNITS_OF_ROUNDING = 1
"""Rounding a running total moves the energy of one interval by less than this many 1e-4 kWh."""
SOLVER_MW = 1e-7
"""A limit that a solver holds is held this closely."""
STORED_RATIO = 1e-6
"""Stored energy may leave its bounds by this share of the largest, which is what rounding and solvers add up to."""
MW = Words("兆瓦", "MW")
MWH = Words("兆瓦时", "MWh")


def stored_after(charge_kwh_e4: Integers, discharge_kwh_e4: Integers, station: StationSteps) -> Floats:
    """Energy inside the store at the end of each step in MWh, by the balance from the energies."""
    charged = charge_kwh_e4 * (station.charge_efficiency / ENERGY_UNITS_PER_MWH)
    drawn = discharge_kwh_e4 / (station.discharge_efficiency * ENERGY_UNITS_PER_MWH)
    changes, stored = charged - drawn, station.initial_stored_mwh
    if station.kept_ratio == 1.0:
        return stored + np.cumsum(changes)
    levels = []
    for change in changes.tolist():
        stored = station.kept_ratio * stored + change
        levels.append(stored)
    return np.array(levels)


def stored_tolerance_mwh(station: StationSteps) -> float:
    """How far stored energy may stray from where it should be."""
    return STORED_RATIO * float(station.max_stored_mwh.max()) + 4 * UNITS_OF_ROUNDING / ENERGY_UNITS_PER_MWH


def largest_kwh_e4(limit_mw: Floats, station: StationSteps) -> Floats:
    """The largest energy of each step that counts as within a power limit, 1e-4 kWh."""
    most: Floats = (limit_mw + SOLVER_MW) * (station.hours * ENERGY_UNITS_PER_MWH) + UNITS_OF_ROUNDING
    return most


def check_physics(schedule: Schedule, station: StationSteps) -> None:
    """Nothing, if the schedule is one that the station can run.

    Raises  BrokenSchedule with the first interval that it cannot
    """
    _check_lengths(schedule, station)
    _check_directions(schedule)
    _check_power(schedule, station)
    _check_stored(schedule, station)


def _check_lengths(schedule: Schedule, station: StationSteps) -> None:
    wanted = (station.horizon.count,)
    shapes = {each.shape for each in (schedule.charge_kwh_e4, schedule.discharge_kwh_e4, schedule.stored_mwh)}
    if schedule.horizon != station.horizon or shapes != {wanted}:
        raise BrokenSchedule(
            Words("计划与任务的时段不同", "the schedule does not have the steps of its task"),
            found=Words(f"{schedule.horizon.count} 个时段", f"{schedule.horizon.count} steps"),
            do=Words(f"给出 {wanted[0]} 个时段", f"give {wanted[0]} steps"),
        )


def _check_directions(schedule: Schedule) -> None:
    charge, discharge = schedule.charge_kwh_e4, schedule.discharge_kwh_e4
    refuse_first(
        (charge < 0) | (discharge < 0),
        schedule.horizon,
        Words("功率为负", "a power is negative"),
        lambda t: _both(schedule, t),
    )
    refuse_first(
        (charge > 0) & (discharge > 0),
        schedule.horizon,
        Words("同一时段既充电又放电，不是可执行的计划", "charging and discharging in one interval is no schedule"),
        lambda t: _both(schedule, t),
    )


def _both(schedule: Schedule, step: int) -> Words:
    charge, discharge = f"{schedule.charge_mw[step]:.6g}", f"{schedule.discharge_mw[step]:.6g}"
    return Words(f"充 {charge}、放 {discharge} 兆瓦", f"charge {charge}, discharge {discharge} MW")


def _check_power(schedule: Schedule, station: StationSteps) -> None:
    legs = (
        (Words("充电", "charging"), schedule.charge_kwh_e4, schedule.charge_mw, station.charge_limit_mw),
        (Words("放电", "discharging"), schedule.discharge_kwh_e4, schedule.discharge_mw, station.discharge_limit_mw),
    )
    for word, energy, power_mw, limit_mw in legs:
        refuse_first(
            energy > largest_kwh_e4(limit_mw, station),
            schedule.horizon,
            Words(f"{word.zh}功率超过限值", f"{word.en} power is above its limit"),
            against(power_mw, limit_mw, MW),
        )


def _check_stored(schedule: Schedule, station: StationSteps) -> None:
    stored, tolerance = schedule.stored_mwh, stored_tolerance_mwh(station)
    balanced = stored_after(schedule.charge_kwh_e4, schedule.discharge_kwh_e4, station)
    refuse_first(
        ~(np.abs(stored - balanced) <= tolerance),
        schedule.horizon,
        Words("储能电量与充放电量不符", "stored energy does not follow from charge and discharge"),
        against(stored, balanced, MWH),
    )
    refuse_first(
        stored > station.max_stored_mwh + tolerance,
        schedule.horizon,
        Words("储能电量超过上限", "stored energy is above its upper bound"),
        against(stored, station.max_stored_mwh, MWH),
    )
    refuse_first(
        stored < station.min_stored_mwh - tolerance,
        schedule.horizon,
        Words("储能电量低于下限", "stored energy is below its lower bound"),
        against(stored, station.min_stored_mwh, MWH),
    )
