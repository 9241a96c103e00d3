"""The year that stands for a year of operation: its task for a size, solved, and what it moves and earns."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon, horizon_between
from dispatch.ladder import climbed
from dispatch.options import PlanOptions
from dispatch.outcome import Limits, Outcome, Rung
from dispatch.prepare import prepared
from dispatch.prepare.market import OBJECTIVE as MARKET
from dispatch.prepare.regulated import OBJECTIVE as REGULATED
from dispatch.signals import Signals
from dispatch.sizing.awards import award_terms_of
from dispatch.sizing.capped import CappedAward, capped_best, with_award
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import CallsOf, Regime, Scenario, ScheduledFor
from dispatch.task import Task
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import ZONE
from tariffs.vocabulary.units import KWH_PER_MWH, MINUTES_PER_DAY

DAYS_PER_YEAR: Final = 365
STEP_MINUTES: Final = 60
"""Step of a year at the regulated prices, which hold all day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearKind:
    """What makes the years of a scenario differ but for the energy that is left: regime, award, and how far prices grew."""

    scenario: str
    regime: Regime
    is_awarded: bool
    price_factor: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalYear:
    """A year of operation to be planned.

    Shape   `steered` is solved: an award stands in its prices where the schedule is to count it, and `award` says for how
            many MWh it is paid; `billed` has the prices that are paid; `share` is what one such year is of a whole year,
            above 1 where prices lack some days
    """

    station: Station
    billed: Task
    steered: Task
    award: CappedAward | None
    share: Fraction
    knows_seasons: bool
    findings: tuple[Finding, ...]


def kind_of(ground: Ground, scenario: Scenario, year_no: int) -> YearKind:
    """The kind of a year of operation, 1 the first."""
    regime = scenario.regime_in(year_no)
    growth = 1 + Fraction(scenario.price_growth_ratio)
    award = award_terms_of(ground, scenario)
    return YearKind(
        scenario=scenario.name,
        regime=regime,
        is_awarded=award is not None and year_no <= award.years,
        price_factor=growth ** (year_no - 1) if regime is Regime.MARKET else Fraction(1),
    )


def typical_year(
    ground: Ground,
    kind: YearKind,
    size: Size,
    energy_ratio: Decimal = Decimal(1),
    *,
    reluctance_cny_per_mwh: float = 0.0,
) -> TypicalYear:
    """The task of a year of one kind for a station of a size, of whose rated energy so much is left.

    Shape   `reluctance_cny_per_mwh` is what the schedule counts for each MWh discharged besides variable cost

    Raises  Refused if the station is not settled at the regulated prices; PolicyNotCovered outside the plan
    """
    scenario = ground.scenario(kind.scenario)
    signals = _prices(ground, kind)
    horizon = _first_year(ground) if signals is None else signals.horizon
    station = _there_from_the_start(ground.project.project.station(size, energy_ratio), horizon)
    options = PlanOptions(
        objective=REGULATED if signals is None else MARKET,
        calls=_calls_asked(scenario, energy_ratio),
        max_cycles_per_day=None if scenario.max_cycles_per_day is None else float(scenario.max_cycles_per_day),
        wear_cost_cny_per_mwh=float(ground.project.cost.variable_cost_cny_per_mwh) + reluctance_cny_per_mwh,
    )
    ready = prepared(station, horizon, signals, ground.around, options)
    award = _award(ground, kind, size, _share(horizon))
    return TypicalYear(
        station=station,
        billed=ready.task,
        steered=ready.task if award is None else with_award(ready.task, award.award_cny_per_mwh),
        award=award,
        share=_share(horizon),
        knows_seasons=ground.around.settings is not None,
        findings=ready.findings,
    )


def solved(typical: TypicalYear, limits: Limits | None = None) -> Outcome:
    """The best schedule of the year.

    Raises  Infeasible if the calls cannot be made
    """

    def solve(task: Task) -> Outcome:
        return climbed(task, Rung.AUTO, limits or Limits())

    return solve(typical.steered) if typical.award is None else capped_best(typical.billed, typical.award, solve)


def _prices(ground: Ground, kind: YearKind) -> Signals | None:
    """The market prices of a year, grown; nothing at the regulated prices."""
    if kind.regime is Regime.REGULATED:
        return None
    known = ground.markets[kind.scenario]
    if kind.price_factor == 1:
        return known
    assert known.charge_price_e6 is not None and known.discharge_price_e6 is not None
    return replace(
        known,
        charge_price_e6=_grown(known.charge_price_e6, kind.price_factor),
        discharge_price_e6=_grown(known.discharge_price_e6, kind.price_factor),
    )


def _grown(price_e6: Integers, factor: Fraction) -> Integers:
    grown: Floats = np.round(price_e6 * float(factor))
    return grown.astype(np.int64)


def _first_year(ground: Ground) -> Horizon:
    """The first year of operation; later years at the regulated prices are taken to be like it."""
    first, end = (datetime.combine(day, time(), ZONE) for day in ground.project.project.year(1))
    return horizon_between(first, end, STEP_MINUTES)


def _share(horizon: Horizon) -> Fraction:
    days = Fraction(horizon.count * horizon.minutes, MINUTES_PER_DAY)
    return Fraction(DAYS_PER_YEAR) / days if days < DAYS_PER_YEAR else Fraction(1)


def _there_from_the_start(station: Station, horizon: Horizon) -> Station:
    """The station as if connected before prices that are older than itself."""
    first = horizon.dates[0]
    if station.grid_connected_on <= first:
        return station
    return replace(station, grid_connected_on=first)


def _calls_asked(scenario: Scenario, energy_ratio: Decimal) -> float | None:
    if scenario.calls is None:
        return None
    of_usable = 1 if scenario.calls_of is CallsOf.USABLE_ENERGY else energy_ratio
    return float(scenario.calls / of_usable)


def _award(ground: Ground, kind: YearKind, size: Size, share: Fraction) -> CappedAward | None:
    """The award of a year that the schedule is to count, for so many MWh of the typical year."""
    scenario = ground.scenario(kind.scenario)
    award = award_terms_of(ground, scenario)
    if award is None or not kind.is_awarded or scenario.scheduled_for is ScheduledFor.ENERGY:
        return None
    return CappedAward(
        award_cny_per_mwh=float(award.rate_cny_per_kwh * KWH_PER_MWH),
        max_mwh=float(Fraction(award.max_kwh_per_kwh_year) * Fraction(size.energy_mwh) / share),
    )
