"""Which limits a schedule lies at, and what a little more of each would earn."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.counting import rated_kwh_e4
from dispatch.explain.reach import room
from dispatch.outcome import Outcome
from dispatch.schedules import ENERGY_UNITS_PER_MWH
from dispatch.task import Task
from dispatch.verify import BILLED, HELD_BY_PHYSICS, Verified
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH

UNITS_OF_ROUNDING: Final = 2
"""An energy this near its limit, in 1e-4 kWh, is at it."""
STORED_RATIO: Final = 1e-6
CYCLES_RATIO: Final = 1e-6
LEAST_SHOWN_CNY: Final = 0.005
"""A limit that is worth less is worth nothing to two decimals, and no word."""
CAP: Final = "daily_cycle_cap"
PRICED: Final = HELD_BY_PHYSICS - {"auxiliary_use"} | {"season_calls", "final_stored_energy", CAP}
"""The blocks beside which the worth of stored energy and of calls tells what a limit is worth."""


class Limit(Enum):
    """A limit that a schedule may lie at."""

    CHARGE_POWER = "charge_power"
    DISCHARGE_POWER = "discharge_power"
    FULL = "full"
    EMPTY = "empty"
    DAILY_CAP = "daily_cap"


WORDS: Final = {
    Limit.CHARGE_POWER: (Words("充电功率达到上限", "charging at full power"), Words("多 1 MW ", "1 MW more")),
    Limit.DISCHARGE_POWER: (Words("放电功率达到上限", "discharging at full power"), Words("多 1 MW ", "1 MW more")),
    Limit.FULL: (Words("储能充满", "store full"), Words("多 1 MWh ", "1 MWh more")),
    Limit.EMPTY: (Words("储能放空", "store at its minimum"), Words("下限低 1 MWh ", "a minimum 1 MWh lower")),
    Limit.DAILY_CAP: (Words("达到日循环上限", "at the daily cap"), Words("", "")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A limit, how often a schedule lies at it, and what more of it would earn.

    Shape   `count` is a number of steps, for the daily cap of days; `worth_cny` is what one more MW, or one more MWh of
            room, in all of these steps would add at most to the objective; nothing where it is not known. Where a store is
            filled in a whole number of steps several such figures are right, and ways of solving differ in theirs
    """

    limit: Limit
    count: int
    worth_cny: float | None = None

    @property
    def words(self) -> Words:
        """The limit in words, with its figures."""
        what, more = WORDS[self.limit]
        kind = Words("天", "day(s)") if self.limit is Limit.DAILY_CAP else Words("个时段", "step(s)")
        zh, en = f"{what.zh}：{self.count} {kind.zh}", f"{what.en}: {self.count} {kind.en}"
        if self.worth_cny is None or self.worth_cny < LEAST_SHOWN_CNY:
            return Words(zh, en)
        worth = f"{self.worth_cny:.2f}"
        return Words(f"{zh}，{more.zh}至多值 {worth} 元", f"{en}, {more.en} is worth at most {worth} CNY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the limits of a schedule are worth.

    Shape   `call_price_cny` is what one more required call costs; `stored_worth_cny_per_mwh` the value of one more MWh
            in the store at the end of each step; both nothing where the way of solving does not know them
    """

    call_price_cny: float | None
    stored_worth_cny_per_mwh: Floats | None
    binding: tuple[Binding, ...]


def explained(task: Task, outcome: Outcome, verified: Verified) -> Explanation:
    """The prices of a schedule's limits, and how often it lies at each.

    Shape   limits that it never lies at are left out
    """
    found = [*_power(task, outcome, verified), *_stored(task, outcome, verified), *_daily_cap(task, verified)]
    return Explanation(
        call_price_cny=outcome.call_price_cny,
        stored_worth_cny_per_mwh=outcome.stored_worth_cny_per_mwh,
        binding=tuple(binding for binding in found if binding.count),
    )


def _power(task: Task, outcome: Outcome, verified: Verified) -> list[Binding]:
    planned, left = verified.schedule, room(task)
    units_per_mw = task.station.hours * ENERGY_UNITS_PER_MWH
    gained = _worth_of_power(task, outcome)
    legs = (
        (Limit.CHARGE_POWER, planned.charge_kwh_e4, left.charge_mw),
        (Limit.DISCHARGE_POWER, planned.discharge_kwh_e4, left.discharge_mw),
    )
    found = []
    for limit, energy, limit_mw in legs:
        at = (limit_mw > 0) & (energy >= limit_mw * units_per_mw - UNITS_OF_ROUNDING)
        found.append(_binding(limit, at, gained.get(limit)))
    return found


def _priced(task: Task, outcome: Outcome) -> bool:
    """Whether the worth of stored energy and of calls is all there is to the price of a limit."""
    known = outcome.stored_worth_cny_per_mwh is not None and task.objective.name in BILLED
    return known and set(task.block_names) <= PRICED


def _worth_of_power(task: Task, outcome: Outcome) -> dict[Limit, Floats]:
    """What one more MW would earn in each step, 元: the worth of the energy in the store against its price."""
    worth, station = outcome.stored_worth_cny_per_mwh, task.station
    if worth is None or not _priced(task, outcome):
        return {}
    wear, calls = task.terms("wear_cost"), task.terms("season_calls")
    sold = task.prices.discharge_e6 / PRICE_UNITS_PER_CNY_PER_MWH
    if wear is not None:
        sold = sold - wear.wear_cost_cny_per_mwh
    if calls is not None and outcome.call_price_cny is not None:
        sold = sold + outcome.call_price_cny * calls.in_season / station.energy_mwh
    bought = task.prices.charge_e6 / PRICE_UNITS_PER_CNY_PER_MWH
    found = {Limit.CHARGE_POWER: station.hours * (worth * station.charge_efficiency - bought)}
    if CAP not in task.block_names:
        # a binding cap takes a part of what discharging earns that nobody tells
        found[Limit.DISCHARGE_POWER] = station.hours * (sold - worth / station.discharge_efficiency)
    return found


def _stored(task: Task, outcome: Outcome, verified: Verified) -> list[Binding]:
    station, stored, worth = task.station, verified.schedule.stored_mwh, outcome.stored_worth_cny_per_mwh
    left = room(task)
    near = STORED_RATIO * float(station.max_stored_mwh.max())
    rise = None
    if worth is not None and _priced(task, outcome):
        # a step later the energy is worth more or less: the difference is the price of the bound between
        rise = station.kept_ratio * np.append(worth[1:], worth[-1]) - worth
        rise[-1] = 0.0
    full, empty = stored >= left.max_stored_mwh - near, stored <= left.min_stored_mwh + near
    return [
        _binding(Limit.FULL, full, rise),
        _binding(Limit.EMPTY, empty, None if rise is None else -rise),
    ]


def _daily_cap(task: Task, verified: Verified) -> list[Binding]:
    terms = task.terms(CAP)
    if terms is None:
        return []
    planned, days = verified.schedule, task.station.horizon.day_of_step
    cycles = np.bincount(days, weights=planned.discharge_kwh_e4 / rated_kwh_e4(task.station))
    at = cycles >= float(terms.cycles_per_day) * (1.0 - CYCLES_RATIO)
    return [_binding(Limit.DAILY_CAP, at, None)]


def _binding(limit: Limit, at: Flags, gained_cny: Floats | None) -> Binding:
    worth = None if gained_cny is None else float(np.maximum(gained_cny[at], 0.0).sum())
    return Binding(limit=limit, count=int(np.count_nonzero(at)), worth_cny=worth)
