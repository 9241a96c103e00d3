"""The task of a station among others: its own limits and prices, while something else decides what it is for."""

from dataclasses import replace
from math import inf

import numpy as np

from dispatch.blocks import calls_share, season_calls
from dispatch.horizon import Horizon
from dispatch.options import PlanOptions
from dispatch.prepare import market, regulated
from dispatch.prepare.task import Prepared, assembled, prepared
from dispatch.prepare.terms import CATALOGUE, Surroundings, Terms
from dispatch.signals import Signals
from dispatch.task import StepPrices, Task, block, objective
from tariffs.stations import Station
from tariffs.vocabulary.errors import PolicyNotCovered
from tariffs.vocabulary.findings import Finding

OBJECTIVE = "least_throughput"


def prepared_member(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, options: PlanOptions
) -> Prepared:
    """The task of a station that serves a goal of several: what is left to it is the least throughput.

    Shape   prices are those of the signals, else the regulated ones, else none, with a notice: the plan then has no bill
    Raises  Refused if the regulated prices apply and the station is not settled at them; SettingsError if calls are
            asked for and no settings say which days are season
    """
    terms = _terms(station, horizon, signals, around, options)
    own = replace(terms, objective=objective(OBJECTIVE, None))
    task, idle = assembled(station, horizon, signals, around, options, own)
    return Prepared(task=task, forecast=None, findings=(*terms.findings, *idle))


def prepared_earner(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, options: PlanOptions
) -> Prepared:
    """The task of a station that serves a goal of several and earns for itself.

    Raises  as `prepared`
    """
    return prepared(station, horizon, signals, around, replace(options, objective=None))


def with_shared_calls(task: Task) -> Task:
    """The same task with a share of its calls that is to be decided, in place of all of them."""
    listed = [
        block("calls_share", calls_share.Terms(calls=each.terms.calls, in_season=each.terms.in_season))
        if isinstance(each.terms, season_calls.Terms)
        else each
        for each in task.blocks
    ]
    return replace(task, blocks=tuple(listed))


def with_all_calls(task: Task) -> Task:
    """The same task with all the calls of which a share was to be decided."""
    listed = [
        block("season_calls", season_calls.Terms(calls=each.terms.calls, in_season=each.terms.in_season))
        if isinstance(each.terms, calls_share.Terms)
        else each
        for each in task.blocks
    ]
    return replace(task, blocks=tuple(listed))


def _terms(
    station: Station, horizon: Horizon, signals: Signals | None, around: Surroundings, options: PlanOptions
) -> Terms:
    if signals is not None and signals.has_prices:
        return market.market_terms(horizon, market.market_prices(signals), around, options)
    if around.settings is None:
        return _without_prices(station, horizon, around, options, "no_settings")
    uncapped = replace(options, max_cycles_per_day=inf) if options.max_cycles_per_day is None else options
    try:
        terms = regulated.regulated_terms(station, horizon, signals, around, uncapped)
    except PolicyNotCovered:
        return _without_prices(station, horizon, around, options, "not_covered")
    # the load decides by the goal itself, not among schedules that are equal
    return replace(terms, findings=tuple(each for each in terms.findings if not each.code.startswith("ties_by_")))


def _without_prices(station: Station, horizon: Horizon, around: Surroundings, options: PlanOptions, why: str) -> Terms:
    nothing = np.zeros(horizon.count, dtype=np.int64)
    terms = market.market_terms(horizon, StepPrices(charge_e6=nothing, discharge_e6=nothing), around, options)
    told: Finding = CATALOGUE.finding(f"no_prices_{why}", station_id=station.id)
    return replace(terms, is_priced=False, findings=(*terms.findings, told))
