"""The market stage: prices from the signals, calls only where they are asked for."""

from math import isinf
from typing import Final

import numpy as np

from dispatch.arrays import Flags
from dispatch.horizon import Horizon
from dispatch.objectives.market_revenue import Terms as MarketTerms
from dispatch.options import PlanOptions
from dispatch.prepare.terms import CATALOGUE, Surroundings, Terms
from dispatch.signals import Signals
from dispatch.station.steps import season_of_step
from dispatch.task import Objective, StepPrices, objective
from tariffs.calendar import SERIES, Season, SeasonCalendar, season_calendar
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.errors import PolicyNotCovered, SettingsError, UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH

OBJECTIVE: Final = "market_revenue"
BLOCKS: Final = (
    "power_limits",
    "energy_balance",
    "stored_energy_bounds",
    "exclusive_modes",
    "season_calls",
    "final_stored_energy",
)


def market_terms(horizon: Horizon, prices: StepPrices, around: Surroundings, options: PlanOptions) -> Terms:
    """The terms of a plan at prices of each step.

    Raises  UsageError if calls are said to be done and none are asked for; SettingsError if calls are asked for and no
            settings say which days are season
    """
    if options.calls_done and options.calls is None:
        raise UsageError(
            Words(
                "没有政策电价时 --calls-done 须与 --calls 同用",
                "without the regulated prices --calls-done goes with --calls",
            ),
            found=Words(f"{options.calls_done:g}", f"{options.calls_done:g}"),
            do=Words("给出 --calls，或去掉 --calls-done", "give --calls, or leave out --calls-done"),
        )
    calls = max((options.calls or 0.0) - options.calls_done, 0.0)
    findings: list[Finding] = []
    in_season: Flags = np.zeros(horizon.count, dtype=np.bool_)
    if around.settings is not None:
        calendar = _calendar(horizon, around.settings, around.library, findings)
        in_season = season_of_step(horizon, lambda day: calendar.season_on(day) is Season.PEAK)
    elif calls:
        raise SettingsError(
            Words("要求调用次数，但没有设置迎峰期", "calls are asked for, but no settings say which days are season"),
            found=Words(f"calls = {calls:g}，没有 huchu.toml", f"calls = {calls:g}, no huchu.toml"),
            do=Words("用 --settings 给出设置文件", "give a settings file with --settings"),
        )
    cap = options.max_cycles_per_day
    capped = cap is not None and not isinf(cap)
    return Terms(
        blocks=(*BLOCKS, "daily_cycle_cap") if capped else BLOCKS,
        objective=market_objective(prices),
        prices=prices,
        in_season=in_season,
        calls=calls,
        cycles_per_day=cap if capped else None,
        findings=tuple(findings),
    )


def market_prices(signals: Signals | None) -> StepPrices:
    """The prices of the signals.

    Raises  UsageError if there are none
    """
    if signals is None or signals.charge_price_e6 is None or signals.discharge_price_e6 is None:
        raise UsageError(
            Words(f"{OBJECTIVE} 需要电价", f"{OBJECTIVE} needs prices"),
            found=Words("信号中没有电价列", "no price column among the signals"),
            do=Words(
                "给出 price_cny_per_mwh 列，或用 regulated_revenue", "give price_cny_per_mwh, or use regulated_revenue"
            ),
        )
    return StepPrices(charge_e6=signals.charge_price_e6, discharge_e6=signals.discharge_price_e6)


def market_objective(prices: StepPrices) -> Objective:
    """The market revenue at exact prices, turned to 元/MWh."""
    terms = MarketTerms(
        charge_price_cny_per_mwh=prices.charge_e6 / PRICE_UNITS_PER_CNY_PER_MWH,
        discharge_price_cny_per_mwh=prices.discharge_e6 / PRICE_UNITS_PER_CNY_PER_MWH,
    )
    return objective(OBJECTIVE, terms)


def forecast_prices(signals: Signals | None) -> StepPrices | None:
    """The forecast of the signals; nothing if there is none."""
    if signals is None or signals.forecast_charge_price_e6 is None or signals.forecast_discharge_price_e6 is None:
        return None
    return StepPrices(charge_e6=signals.forecast_charge_price_e6, discharge_e6=signals.forecast_discharge_price_e6)


def _calendar(horizon: Horizon, settings: Settings, library: Library, findings: list[Finding]) -> SeasonCalendar:
    first = horizon.dates[0]
    try:
        return season_calendar(settings, library, first)
    except PolicyNotCovered:
        versions = library.versions(f"{settings.city}/{SERIES}")
        if not versions:
            raise
        used = min(versions, key=lambda version: abs(version.header.effective_from - first))
        start = used.header.effective_from
        findings.append(CATALOGUE.finding("seasons_outside_term", first=first, used=start))
        return season_calendar(settings, library, start)
