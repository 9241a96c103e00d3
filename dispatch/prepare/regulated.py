"""The regulated stage: the plan's two prices, its constraints, the calls it asks for, and how ties are broken."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import isinf
from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.horizon import Horizon
from dispatch.objectives.regulated_revenue import Terms as RegulatedTerms
from dispatch.options import PlanOptions
from dispatch.prepare.terms import CATALOGUE, Surroundings, Terms
from dispatch.signals import Signals
from dispatch.station.steps import season_of_step
from dispatch.task import StepPrices, objective
from tariffs.calendar import ObligationYear, Season, obligation_year, season_calendar
from tariffs.eligibility.regulated_settlement import failing_conditions, first_settled_day
from tariffs.obligation import YearDays, year_days
from tariffs.regulated import RegulatedDay, dispatch_terms, market_switch, regulated_days
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.time_of_use import SERIES as TIME_OF_USE
from tariffs.time_of_use import period_by_minute
from tariffs.versions import Library
from tariffs.vocabulary.errors import PolicyNotCovered, Refused, SettingsError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, PRICE_UNITS_PER_CNY_PER_MWH

OBJECTIVE: Final = "regulated_revenue"


def regulated_terms(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, options: PlanOptions
) -> Terms:
    """The terms of a plan at the regulated prices.

    Raises  SettingsError without settings; PolicyNotCovered outside the plan or in the market stage; Refused if the
            station is not settled at the plan's prices
    """
    if around.settings is None:
        raise SettingsError(
            Words("政策电价需要设置文件", "the regulated prices need settings"),
            found=Words("没有 huchu.toml", "no huchu.toml"),
            do=Words("运行 huchu init 生成，或用 --settings 给出", "huchu init writes one; or give --settings"),
        )
    settings, library = around.settings, around.library
    first, end = horizon.dates[0], horizon.dates[-1] + timedelta(days=1)
    days = around.once(("regulated_days", first, end), lambda: regulated_days(settings, library, first, end))
    _refuse_unless_eligible(station, horizon, settings, library)
    version = library.in_force(f"{settings.city}/storage_pricing", horizon.dates[0])
    plan = dispatch_terms(version)
    findings: list[Finding] = []
    in_season = season_of_step(horizon, {day.day: day.season is Season.PEAK for day in days}.__getitem__)
    calls = _calls(station, horizon, in_season, around, options, findings)
    cap = options.max_cycles_per_day
    if cap is None:
        # a cap of our own choice must not make the plan's own calls impossible
        cap = max(float(plan.cycles_per_day), _calls_a_day(calls, in_season, horizon))
    if options.max_cycles_per_day is None and "daily_cycle_cap" in plan.blocks:
        findings.append(CATALOGUE.finding("daily_cap_by_default", station_id=station.id, cycles=f"{cap:.4g}"))
    blocks = plan.blocks if not isinf(cap) else tuple(name for name in plan.blocks if name != "daily_cycle_cap")
    if not isinf(cap) and "daily_cycle_cap" not in blocks:
        blocks = (*blocks, "daily_cycle_cap")
    preference = _preference(station, horizon, signals, around, findings)
    if settings.market_from is None and horizon.dates[-1] >= market_switch(version).national_timetable_from:
        findings.append(CATALOGUE.finding("stage_not_decided", station_id=station.id))
    return Terms(
        blocks=blocks,
        objective=objective(
            OBJECTIVE,
            RegulatedTerms(
                benchmark_cny_per_mwh=_by_step([day.benchmark.cny_per_unit_e6 for day in days], horizon)
                / PRICE_UNITS_PER_CNY_PER_MWH,
                charge_price_ratio=_by_step([float(day.charge_ratio) for day in days], horizon),
                discharge_price_ratio=_by_step([float(day.discharge_ratio) for day in days], horizon),
            ),
        ),
        prices=_prices(days, horizon),
        in_season=in_season,
        calls=calls,
        cycles_per_day=None if isinf(cap) else cap,
        findings=tuple(findings),
        preference=preference,
    )


def _prices(days: Sequence[RegulatedDay], horizon: Horizon) -> StepPrices:
    charge: Integers = np.array([day.charge.cny_per_unit_e6 for day in days], dtype=np.int64)
    discharge: Integers = np.array([day.discharge.cny_per_unit_e6 for day in days], dtype=np.int64)
    return StepPrices(charge_e6=charge[horizon.day_of_step], discharge_e6=discharge[horizon.day_of_step])


def _by_step(figures: Sequence[float], horizon: Horizon) -> Floats:
    by_day: Floats = np.array(figures, dtype=np.float64)
    return by_day[horizon.day_of_step]


def _refuse_unless_eligible(station: Station, horizon: Horizon, settings: Settings, library: Library) -> None:
    """Refused, if the station fails a condition on the first day that could be settled or at a change after it."""
    last = horizon.dates[-1]
    start = max(first_settled_day(station, settings), horizon.dates[0])
    days = [start, *(change.from_on for change in station.change if start < change.from_on <= last)]
    seen = {}
    for day in days:
        if day > last:
            continue
        plan = library.in_force(f"{settings.city}/storage_pricing", day)
        for failing in failing_conditions(station, plan, day):
            seen[failing.condition] = CATALOGUE.finding(
                "not_eligible_for_plan",
                station_id=station.id,
                condition_zh=failing.condition.zh,
                condition_en=failing.condition.en,
                article=str(failing.citation),
            )
    if seen:
        raise Refused(
            Words(f"{station.id} 不按政策电价结算", f"{station.id} is not settled at the regulated prices"),
            findings=tuple(seen.values()),
            found=Words("；".join(w.zh for w in seen), "; ".join(w.en for w in seen)),
            do=Words("核对 stations.toml，或给出电价", "check stations.toml, or give prices"),
        )


def _calls(
    station: Station,
    horizon: Horizon,
    in_season: Flags,
    around: Surroundings,
    options: PlanOptions,
    findings: list[Finding],
) -> float:
    if options.calls is not None:
        return max(options.calls - options.calls_done, 0.0)
    assert around.settings is not None
    season_days = _days(in_season, horizon)
    required = _required(station, horizon, in_season, around)
    calls = max(required - options.calls_done, 0.0)
    findings.append(
        CATALOGUE.finding(
            "calls_by_default",
            station_id=station.id,
            calls=f"{calls:.4f}",
            days=f"{season_days:g}",
            done=f"{options.calls_done:g}",
        )
    )
    return calls


def _calls_a_day(calls: float, in_season: Flags, horizon: Horizon) -> float:
    days = _days(in_season, horizon)
    return calls / days if days else 0.0


def _days(in_season: Flags, horizon: Horizon) -> float:
    """Season days inside the horizon, each by its part."""
    return float(np.count_nonzero(in_season)) * horizon.minutes / MINUTES_PER_DAY


def _required(station: Station, horizon: Horizon, in_season: Flags, around: Surroundings) -> float:
    """The yearly requirement pro rata of the season days that count, each by its share inside the horizon."""
    assert around.settings is not None
    settings, library = around.settings, around.library
    share_of_day = np.bincount(horizon.day_of_step[in_season], minlength=len(horizon.dates)) * (
        horizon.minutes / MINUTES_PER_DAY
    )
    required = 0.0
    years = {obligation_year(day, settings.obligation_year_from).first_day: day for day in horizon.dates}
    for day in years.values():
        year = obligation_year(day, settings.obligation_year_from)
        days = around.once(("year_days", year), partial(_year_days, year, day, settings, library))
        counted = set(days.counted(station, settings.prorate_new_station))
        inside = sum(share_of_day[n] for n, each in enumerate(horizon.dates) if each in counted)
        if days.whole_year:
            required += float(Fraction(days.calls_required) / days.whole_year) * float(inside)
    return required


def _year_days(year: ObligationYear, day: date, settings: Settings, library: Library) -> YearDays:
    return year_days(year, season_calendar(settings, library, day), settings, library)


def _preference(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, findings: list[Finding]
) -> Floats | None:
    """Which steps are better to discharge in: by the load if it is given, else by the time-of-use periods."""
    if signals is not None and signals.load_mw is not None:
        findings.append(CATALOGUE.finding("ties_by_load", station_id=station.id))
        return signals.load_mw
    ranked = around.once(("ranks", horizon), lambda: _ranks(horizon, around))
    if ranked is None:
        return None
    by_step, document = ranked
    findings.append(CATALOGUE.finding("ties_by_periods", station_id=station.id, document=document))
    return by_step


def _ranks(horizon: Horizon, around: Surroundings) -> tuple[Floats, str] | None:
    """The rank of each step by its time-of-use period, and the document that says so; nothing where none is in force."""
    assert around.settings is not None
    series = f"{around.settings.city}/{TIME_OF_USE}"
    ranks: dict[tuple[date, int], Floats] = {}
    per_day = []
    try:
        for day in horizon.dates:
            version = around.library.in_force(series, day)
            key = (version.header.effective_from, day.month)
            if key not in ranks:
                by_minute = np.array([period.value for period in period_by_minute(version, day)], dtype=np.float64)
                ranks[key] = by_minute.reshape(-1, horizon.minutes).mean(axis=1)
            per_day.append(ranks[key])
    except PolicyNotCovered:
        return None
    first = (horizon.first_at.hour * MINUTES_PER_HOUR + horizon.first_at.minute) // horizon.minutes
    by_step: Floats = np.concatenate(per_day)[first : first + horizon.count]
    return by_step, version.header.citation.document_number
