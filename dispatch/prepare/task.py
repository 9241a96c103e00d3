"""Station steps, listed blocks with their terms, prices and objective, put together."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.blocks import (
    daily_cycle_cap,
    final_stored_energy,
    grid_connection_limit,
    leased_reserve,
    ramp_limits,
    season_calls,
    wear_cost,
)
from dispatch.horizon import Horizon
from dispatch.options import PlanOptions
from dispatch.prepare import market, regulated
from dispatch.prepare.terms import CATALOGUE, Surroundings, Terms
from dispatch.signals import Signals
from dispatch.station.steps import StationSteps, by_rating, station_steps
from dispatch.task import FLEET_OBJECTIVES, Block, StepPrices, Task, block, own_block
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.obligation import reference_energy_kwh_e4
from tariffs.settings import AuxiliaryUse, Settings
from tariffs.stations import Station
from tariffs.vocabulary.errors import InputError, UsageError, Words, nearest
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A task, the forecast that a rolling horizon plans with, and what there is to know."""

    task: Task
    forecast: StepPrices | None
    findings: tuple[Finding, ...]


def prepared(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, options: PlanOptions
) -> Prepared:
    """The task of one station; without an objective asked for, prices in the signals make it `market_revenue`.

    Raises  UsageError if objective and prices do not go together; SettingsError if settings are needed and not given;
            PolicyNotCovered outside the plan; Refused if the station is not settled at its prices
    """
    priced = signals is not None and signals.has_prices
    name = options.objective or (market.OBJECTIVE if priced else regulated.OBJECTIVE)
    if name == regulated.OBJECTIVE:
        terms = regulated.regulated_terms(station, horizon, signals, around, options)
    elif name == market.OBJECTIVE:
        terms = market.market_terms(horizon, market.market_prices(signals), around, options)
    else:
        raise _no_objective(name)
    task, idle = assembled(station, horizon, signals, around, options, terms)
    findings = [*terms.findings, *idle]
    if signals is not None and signals.wind_mw is not None and options.grid_limit_mw is None:
        findings.append(CATALOGUE.finding("wind_not_used", station_id=station.id))
    forecast = market.forecast_prices(signals) if name == market.OBJECTIVE else None
    return Prepared(task=task, forecast=forecast, findings=tuple(findings))


def assembled(
    station: Station,
    horizon: Horizon,
    signals: Signals | None,
    around: Surroundings,
    options: PlanOptions,
    terms: Terms,
) -> tuple[Task, list[Finding]]:
    """The task of a station at known terms, and what there is to know of its steps.

    Raises  InputError if the station does not say what a model needs
    """
    steps, idle = _steps(station, horizon, around.settings)
    task = Task(
        station=steps,
        prices=terms.prices,
        in_season=terms.in_season,
        blocks=_blocks(station, steps, terms, signals, around.settings, options),
        objective=terms.objective,
        preference=terms.preference,
        is_priced=terms.is_priced,
    )
    return task, idle


def _no_objective(name: str) -> UsageError:
    """The refusal of an objective for which nobody fills the terms, even if there is a leaf of that name."""
    if name in FLEET_OBJECTIVES:
        return UsageError(
            Words(f"{name} 是多站合一的目标", f"{name} is a goal of stations together"),
            found=Words("按单站求解", "planned one by one"),
            do=Words("用 huchu dispatch 或 plan_fleet", "use huchu dispatch, or plan_fleet"),
        )
    choices = (regulated.OBJECTIVE, market.OBJECTIVE, *FLEET_OBJECTIVES)
    near = nearest(name, choices) or choices[0]
    return UsageError(
        Words(f"没有名为 {name} 的目标", f"there is no objective {name}"),
        found=Words("可选 " + "、".join(choices), "choices " + ", ".join(choices)),
        do=Words(f"例如 {near}", f"for example {near}"),
    )


def _steps(station: Station, horizon: Horizon, settings: Settings | None) -> tuple[StationSteps, list[Finding]]:
    """The station step by step: nothing before its first settled day, calls against the energy basis chosen."""
    steps = station_steps(station, horizon)
    if settings is None:
        return steps, []
    first = first_settled_day(station, settings)
    open_days: Flags = np.array([day >= first for day in horizon.dates], dtype=np.bool_)
    settled = open_days[horizon.day_of_step]
    units = ENERGY_UNITS_PER_KWH * KWH_PER_MWH
    energies = by_rating(station, horizon, lambda day: reference_energy_kwh_e4(station, settings.energy_basis, day))
    by_day: Floats = np.array(energies) / units
    steps = replace(
        steps,
        charge_limit_mw=steps.charge_limit_mw * settled,
        discharge_limit_mw=steps.discharge_limit_mw * settled,
        energy_mwh=by_day[horizon.day_of_step],
    )
    if settled.all():
        return steps, []
    return steps, [CATALOGUE.finding("before_first_settled_day", station_id=station.id, first=first)]


def _blocks(
    station: Station,
    steps: StationSteps,
    terms: Terms,
    signals: Signals | None,
    settings: Settings | None,
    options: PlanOptions,
) -> tuple[Block, ...]:
    """The listed blocks with their terms, those that the options add, and the user's own last."""
    horizon = steps.horizon
    wanted: dict[str, Any] = dict.fromkeys(terms.blocks)
    if settings is not None and settings.auxiliary_use is AuxiliaryUse.IN_CHARGING and steps.auxiliary_mw:
        wanted = _with_after(wanted, "energy_balance", "auxiliary_use")
    if terms.calls:
        wanted["season_calls"] = season_calls.Terms(calls=terms.calls, in_season=terms.in_season.astype(np.float64))
    else:
        wanted.pop("season_calls", None)
    if terms.cycles_per_day is not None:
        wanted["daily_cycle_cap"] = daily_cycle_cap.Terms(cycles_per_day=terms.cycles_per_day)
    if "final_stored_energy" in wanted:
        final_mwh = _final_stored_mwh(station, steps, options)
        wanted["final_stored_energy"] = final_stored_energy.Terms(final_stored_mwh=final_mwh)
    if options.wear_cost_cny_per_mwh:
        wanted["wear_cost"] = wear_cost.Terms(wear_cost_cny_per_mwh=options.wear_cost_cny_per_mwh)
    if options.ramp_mw_per_min is not None:
        wanted["ramp_limits"] = ramp_limits.Terms(ramp_mw_per_min=options.ramp_mw_per_min)
    if options.reserve_leases:
        power, energy = _leased(station, horizon)
        wanted["leased_reserve"] = leased_reserve.Terms(leased_power_mw=power, leased_energy_mwh=energy)
    if options.grid_limit_mw is not None:
        nothing: Floats = np.zeros(horizon.count)
        wind = nothing if signals is None or signals.wind_mw is None else signals.wind_mw
        wanted["grid_connection_limit"] = grid_connection_limit.Terms(limit_mw=options.grid_limit_mw, wind_mw=wind)
    listed = tuple(block(name, record) for name, record in wanted.items())
    return (*listed, *(own_block(source) for source in options.own_blocks))


def _with_after(wanted: dict[str, Any], anchor: str, name: str) -> dict[str, Any]:
    """The listed names with one more right after another."""
    found: dict[str, Any] = {}
    for listed in wanted:
        found[listed] = None
        if listed == anchor:
            found[name] = None
    return found


def _final_stored_mwh(station: Station, steps: StationSteps, options: PlanOptions) -> float:
    """The stored energy wanted at the end, by default what there is at the start."""
    ratio = options.final_stored_ratio
    if ratio is None:
        return steps.initial_stored_mwh
    if not station.min_stored_ratio <= ratio <= station.max_stored_ratio:
        raise InputError(
            Words("期末储能越界", "the final stored energy is out of bounds"),
            found=Words(
                f"{ratio}，界限 {station.min_stored_ratio} 至 {station.max_stored_ratio}",
                f"{ratio}, bounds {station.min_stored_ratio} to {station.max_stored_ratio}",
            ),
            do=Words("改 --final-stored-ratio", "mend --final-stored-ratio"),
        )
    return float(ratio) * _full_mwh(station, steps, steps.horizon.dates[-1])


def _full_mwh(station: Station, steps: StationSteps, day: date) -> float:
    """Energy inside the store that one full discharge needs on a day."""
    return float(station.rating_on(day).energy_mwh) / steps.discharge_efficiency


def _leased(station: Station, horizon: Horizon) -> tuple[Floats, Floats]:
    """Leased power and energy in each step: the sum of the leases that run on its day."""
    power, energy = [], []
    for day in horizon.dates:
        running = [lease for lease in station.lease if lease.from_on <= day <= lease.until_on]
        power.append(float(sum(lease.power_mw for lease in running)))
        energy.append(float(sum(lease.power_mw * lease.duration_h for lease in running)))
    by_day: Floats = np.array([power, energy], dtype=np.float64)[:, horizon.day_of_step]
    return by_day[0], by_day[1]
