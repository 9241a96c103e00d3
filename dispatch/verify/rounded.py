"""Powers of a way of solving as exact energies: the schedule that is checked, printed and settled."""

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.counting import rated_kwh_e4
from dispatch.horizon import Horizon
from dispatch.outcome import Outcome
from dispatch.schedules import ENERGY_UNITS_PER_MWH, NOTHING_RATIO, Schedule, quantised
from dispatch.task import Task
from dispatch.verify.asked import calls_given
from dispatch.verify.broken import BrokenSchedule, refuse_first
from dispatch.verify.meter import meter_energy
from dispatch.verify.physics import stored_after
from tariffs.vocabulary.errors import Words

CALLS_ALLOWED: Final = Fraction(1, 2_000_000)
"""So few missing calls are rounding or a solver's tolerance, and are made up for."""


def schedule_of(outcome: Outcome, task: Task) -> Schedule:
    """The powers of an outcome as exact energies, stored energy counted again from them.

    Shape   the few 1e-4 kWh by which rounding falls short of the required calls are added to season steps with room
    Raises  BrokenSchedule if a power is negative or no number
    """
    horizon = task.station.horizon
    _check_powers(outcome.charge_mw, Words("充电", "charging"), horizon)
    _check_powers(outcome.discharge_mw, Words("放电", "discharging"), horizon)
    rounded = Schedule(
        station_id=task.station.station_id,
        horizon=horizon,
        charge_kwh_e4=quantised(outcome.charge_mw, horizon),
        discharge_kwh_e4=quantised(outcome.discharge_mw, horizon),
        stored_mwh=np.zeros(horizon.count),
    )
    discharge = _with_calls_kept(rounded, task)
    stored_mwh = stored_after(rounded.charge_kwh_e4, discharge, task.station)
    return replace(rounded, discharge_kwh_e4=discharge, stored_mwh=stored_mwh)


def _with_calls_kept(schedule: Schedule, task: Task) -> Integers:
    discharge = schedule.discharge_kwh_e4
    terms = task.terms("season_calls")
    if terms is None:
        return discharge
    meter = meter_energy(schedule, task)
    wanted = Fraction(float(terms.calls))
    missing = wanted - calls_given(task, meter, terms)
    if not 0 < missing <= CALLS_ALLOWED:
        return discharge
    station = task.station
    limit = np.floor(station.discharge_limit_mw * station.hours * ENERGY_UNITS_PER_MWH).astype(np.int64)
    usable = np.asarray(terms.in_season, dtype=np.bool_) & (meter.given_kwh_e4 > 0)
    room = np.where(usable, np.maximum(limit - discharge, 0), 0)
    units = ceil(missing * int(rated_kwh_e4(station).max()))
    order = np.argsort(-room, kind="stable")
    before = np.cumsum(room[order]) - room[order]
    added = np.zeros_like(discharge)
    added[order] = np.clip(units - before, 0, room[order])
    more: Integers = discharge + added
    return more


def _check_powers(power_mw: Floats, word: Words, horizon: Horizon) -> None:
    if power_mw.shape != (horizon.count,):
        raise BrokenSchedule(
            Words(f"{word.zh}功率与时段数不符", f"{word.en} power is not given for each step"),
            found=Words(f"{power_mw.size} 个", f"{power_mw.size}"),
            do=Words(f"给出 {horizon.count} 个", f"give {horizon.count}"),
        )
    noise_mw = NOTHING_RATIO * max(1.0, float(np.nan_to_num(power_mw).max()))
    refuse_first(
        ~(np.isfinite(power_mw) & (power_mw >= -noise_mw)),
        horizon,
        Words(f"{word.zh}功率为负或不是数", f"{word.en} power is negative or no number"),
        lambda t: Words(f"{power_mw[t]:.6g} 兆瓦", f"{power_mw[t]:.6g} MW"),
    )
