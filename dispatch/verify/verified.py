"""From powers to a schedule that holds, and what it earns, counted in integers."""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from dispatch.arrays import Integers
from dispatch.counting import SeasonCalls, calls_by_season, full_discharges, rated_kwh_e4
from dispatch.outcome import Outcome
from dispatch.schedules import ENERGY_UNITS_PER_MWH, Schedule
from dispatch.task import Task
from dispatch.verify.asked import check_asked
from dispatch.verify.bill import BillLine, bill_lines
from dispatch.verify.broken import ANOTHER_WAY, BrokenSchedule
from dispatch.verify.meter import meter_energy
from dispatch.verify.physics import check_physics
from dispatch.verify.rounded import CALLS_ALLOWED, schedule_of
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import round_half_away
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, PRICE_UNITS_PER_CNY

BILLED = ("market_revenue", "regulated_revenue")
"""The objectives whose figure is money that a bill would show, less wear."""
OBJECTIVE_RATIO = 1e-9
"""Sums of floats over a year are this close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A schedule that holds, and what it comes to.

    Shape   `lines` at the grid meter; `revenue_fen` is their sum and `wear_fen` a cost; `full_cycles` counts the
            converter's discharge over the rated energy of its day
    """

    schedule: Schedule
    lines: tuple[BillLine, ...]
    revenue_fen: int
    wear_fen: int
    calls: tuple[SeasonCalls, ...]
    full_cycles: Fraction
    notes: tuple[Words, ...]

    @property
    def calls_total(self) -> Fraction:
        """Calls of all seasons, by energy given to the grid; exact."""
        return sum((season.by_discharge for season in self.calls), start=Fraction(0))

    @property
    def stored_end_mwh(self) -> float:
        """Energy inside the store at the end of the horizon."""
        return float(self.schedule.stored_mwh[-1])

    @property
    def charged_mwh(self) -> float:
        """Energy that the converter took in."""
        return int(self.schedule.charge_kwh_e4.sum()) / ENERGY_UNITS_PER_MWH

    @property
    def discharged_mwh(self) -> float:
        """Energy that the converter gave."""
        return int(self.schedule.discharge_kwh_e4.sum()) / ENERGY_UNITS_PER_MWH


def verified(outcome: Outcome, task: Task) -> Verified:
    """The schedule of an outcome, checked, with what it earns beside what was claimed.

    Raises  BrokenSchedule
    """
    return verify(schedule_of(outcome, task), task, claimed_cny=outcome.objective_cny)


def verify(schedule: Schedule, task: Task, *, claimed_cny: float | None = None) -> Verified:
    """What a schedule earns, if it is one.

    Shape   `claimed_cny` is the objective that a way of solving claims for it; not compared where it is left out
    Raises  BrokenSchedule with the first interval that breaks a limit, or the figure that is not met
    """
    check_physics(schedule, task.station)
    meter = meter_energy(schedule, task)
    notes = check_asked(schedule, task, meter)
    lines = bill_lines(task, meter)
    everywhere = np.ones(schedule.horizon.count, dtype=np.bool_)
    counted = Verified(
        schedule=schedule,
        lines=lines,
        revenue_fen=sum(line.amount_fen for line in lines),
        wear_fen=_wear_fen(schedule, task),
        calls=calls_by_season(schedule, task.station, task.in_season, meter.given_kwh_e4),
        full_cycles=full_discharges(schedule.discharge_kwh_e4, task.station, everywhere),
        notes=notes,
    )
    if claimed_cny is None:
        return counted
    if task.objective.name not in BILLED:
        name = task.objective.name
        not_billed = Words(f"目标 {name} 的数值不是账单金额，未核对", f"the figure of {name} is no bill: not compared")
        return replace(counted, notes=(*notes, not_billed))
    _check_claim(claimed_cny, counted, task)
    return counted


def _wear_fen(schedule: Schedule, task: Task) -> int:
    terms = task.terms("wear_cost")
    if terms is None:
        return 0
    per_mwh = Fraction(str(float(terms.wear_cost_cny_per_mwh)))
    wear = per_mwh * int(schedule.discharge_kwh_e4.sum()) * FEN_PER_CNY / ENERGY_UNITS_PER_MWH
    return round_half_away(wear.numerator, wear.denominator)


def _check_claim(claimed_cny: float, counted: Verified, task: Task) -> None:
    earned_cny = (counted.revenue_fen - counted.wear_fen) / FEN_PER_CNY
    allowed_cny = claim_tolerance_cny(counted, task)
    if abs(claimed_cny - earned_cny) <= allowed_cny:
        return
    claimed, earned, allowed = f"{claimed_cny:.4f}", f"{earned_cny:.2f}", f"{allowed_cny:.4f}"
    raise BrokenSchedule(
        Words("求解器给出的收益与按账单重算的不符", "the revenue claimed is not what the bill comes to"),
        found=Words(
            f"{claimed}，重算 {earned}，允许差 {allowed} 元", f"{claimed}, bill {earned}, allowed {allowed} 元"
        ),
        do=ANOTHER_WAY,
    )


def claim_tolerance_cny(counted: Verified, task: Task) -> float:
    """How far the revenue of exact powers may lie from that of the rounded ones, in 元.

    Shape   half a fen a line (and one for wear), half a unit of running energy for each change of price, the sums of
            floats, and the calls that were made up for
    """
    lines_fen = (len(counted.lines) + 1) / 2
    changes_cny = sum(_price_path_cny(price) for price in (task.prices.charge_e6, task.prices.discharge_e6))
    gross_fen = sum(abs(line.amount_fen) for line in counted.lines)
    money_cny = (lines_fen + OBJECTIVE_RATIO * gross_fen) / FEN_PER_CNY
    return money_cny + changes_cny / (2 * ENERGY_UNITS_PER_KWH) + _calls_made_up_cny(task)


def _calls_made_up_cny(task: Task) -> float:
    if task.terms("season_calls") is None:
        return 0.0
    most_kwh = float(CALLS_ALLOWED * int(rated_kwh_e4(task.station).max()) / ENERGY_UNITS_PER_KWH)
    return most_kwh * int(np.abs(task.prices.discharge_e6).max()) / PRICE_UNITS_PER_CNY


def _price_path_cny(price_e6: Integers) -> float:
    """By how much a price in 元/kWh moves over all steps, the way back to nothing included."""
    return (int(np.abs(np.diff(price_e6)).sum()) + abs(int(price_e6[-1]))) / PRICE_UNITS_PER_CNY
