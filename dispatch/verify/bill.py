"""What a schedule earns, line by line as a settlement bills it: energy summed exactly, priced and rounded once."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np

from dispatch.arrays import Flags, Integers
from dispatch.horizon import Horizon
from dispatch.task import Task
from dispatch.verify.meter import MeterEnergy
from tariffs.calendar import Season
from tariffs.vocabulary.money import amount_fen, round_half_away
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, PRICE_UNITS_PER_CNY

MARKET = "market_revenue"
LARGEST = np.iinfo(np.int64).max


class Leg(Enum):
    """Which way the energy of a line goes, by the word of the item that bills it."""

    CHARGE = "charge"
    DISCHARGE = "discharge"

    @property
    def sign(self) -> int:
        """Sign of its money where the price is positive: paid to the station is positive."""
        return -1 if self is Leg.CHARGE else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line of what a schedule earns.

    Shape   energy at the grid meter in 1e-4 kWh; the price in 1e-6 元/kWh, nothing where each interval has its own;
            the amount in fen, positive when paid to the station
    """

    month: Month
    season: Season
    leg: Leg
    energy_kwh_e4: int
    price_e6: int | None
    amount_fen: int


def bill_lines(task: Task, meter: MeterEnergy) -> tuple[BillLine, ...]:
    """The lines by month: charging before discharging.

    Shape   where prices hold all day, a line for each season and price, as regulated prices are settled; where each
            interval has its own price, one line for the month, its exact sum rounded once
    Source  rounding: half away from zero to 0.01 元, once a line
    Check   tests/agreement/test_plan_and_bill.py
    """
    by_interval = priced_by_interval(task)
    lines: list[BillLine] = []
    for month, steps in _months(task.station.horizon):
        legs = (
            (Leg.CHARGE, meter.taken_kwh_e4[steps], task.prices.charge_e6[steps]),
            (Leg.DISCHARGE, meter.given_kwh_e4[steps], task.prices.discharge_e6[steps]),
        )
        for leg, energy, price in legs:
            if by_interval:
                lines.append(_market_line(month, leg, energy, price))
            else:
                lines.extend(_season_lines(month, leg, energy, price, task.in_season[steps]))
    return tuple(lines)


def priced_by_interval(task: Task) -> bool:
    """Whether each interval has a price of its own: market prices, or prices that change within a day."""
    if task.objective.name == MARKET:
        return True
    same_day = np.diff(task.station.horizon.day_of_step) == 0
    prices = (task.prices.charge_e6, task.prices.discharge_e6)
    return any(bool(np.any(np.diff(price)[same_day])) for price in prices)


def exact_sum(energy_kwh_e4: Integers, price_e6: Integers) -> int:
    """The sum of energies times prices, exact, in 1e-10 元."""
    largest = int(np.abs(energy_kwh_e4).max(initial=0)) * int(np.abs(price_e6).max(initial=0)) * energy_kwh_e4.size
    if largest <= LARGEST:
        return int(energy_kwh_e4 @ price_e6)
    return sum(energy * price for energy, price in zip(energy_kwh_e4.tolist(), price_e6.tolist(), strict=True))


def _months(horizon: Horizon) -> Iterator[tuple[Month, slice]]:
    """Each month with its steps."""
    months = [Month.of(day) for day in horizon.dates]
    month_of_day = np.array([month.year * 12 + month.number for month in months])
    edges = np.flatnonzero(np.diff(month_of_day[horizon.day_of_step])) + 1
    firsts = [0, *edges.tolist()]
    for first, end in zip(firsts, [*firsts[1:], horizon.count], strict=True):
        yield months[int(horizon.day_of_step[first])], slice(first, end)


def _season_lines(month: Month, leg: Leg, energy: Integers, price_e6: Integers, in_season: Flags) -> Iterator[BillLine]:
    for season, inside in ((Season.PEAK, in_season), (Season.OTHER, ~in_season)):
        for price in _each_once(price_e6[inside]):
            billed = int(energy[inside & (price_e6 == price)].sum())
            yield BillLine(
                month=month,
                season=season,
                leg=leg,
                energy_kwh_e4=billed,
                price_e6=price,
                amount_fen=leg.sign * amount_fen(billed, price),
            )


def _each_once(price_e6: Integers) -> list[int]:
    """The prices in order of their first step."""
    return list(dict.fromkeys(price_e6[np.flatnonzero(np.diff(price_e6, prepend=price_e6[:1] - 1))].tolist()))


def _market_line(month: Month, leg: Leg, energy: Integers, price_e6: Integers) -> BillLine:
    exact = exact_sum(energy, price_e6)
    return BillLine(
        month=month,
        season=Season.MARKET,
        leg=leg,
        energy_kwh_e4=int(energy.sum()),
        price_e6=None,
        amount_fen=leg.sign * round_half_away(exact * FEN_PER_CNY, ENERGY_UNITS_PER_KWH * PRICE_UNITS_PER_CNY),
    )
