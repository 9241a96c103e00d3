"""Stations, signals, settings and options -> the task of a fleet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.explain.largest import largest_calls
from dispatch.fleet.options import FairCalls, FleetOptions, LossesCount, Promise, Zone
from dispatch.fleet.task import FleetLeaf, FleetTask, fleet_block, fleet_objective
from dispatch.fleet_blocks import zone_limits
from dispatch.horizon import Horizon
from dispatch.objectives import peak_and_revenue, peak_shaving, wind_following
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible
from dispatch.prepare import Surroundings
from dispatch.prepare.member import prepared_earner, prepared_member, with_shared_calls
from dispatch.regimes.cut import with_calls
from dispatch.signals import Signals
from dispatch.task import FLEET_OBJECTIVES, Task
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError, Words, nearest
from tariffs.vocabulary.findings import Catalogue, Finding

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
ROUNDING: Final = 1e-7
"""A number of calls that is short by this share of it can be made."""
Refusing = Callable[[Station, HuchuError], None]
"""Told of a station that is refused; returns to go on without it, raises to refuse all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFleet:
    """A task, the stations in it in their order, and what there is to know."""

    task: FleetTask
    stations: tuple[Station, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetInputs:
    """What a fleet is planned on."""

    stations: tuple[Station, ...]
    horizon: Horizon
    signals: Signals | None
    around: Surroundings


def prepared_fleet(
    inputs: FleetInputs, options: PlanOptions, wanted: FleetOptions, refusing: Refusing
) -> PreparedFleet:
    """The task of a fleet.

    Raises  UsageError if objective, signals and options do not go together; InputError if no station is left, or a
            zone has an unknown one; what `refusing` raises
    """
    _refuse_unusable(inputs.signals, options, wanted)
    name = str(options.objective)
    prepare = prepared_earner if name == "peak_and_revenue" else prepared_member
    kept: list[Station] = []
    tasks: list[Task] = []
    findings: list[Finding] = []
    for station in inputs.stations:
        try:
            ready = prepare(station, inputs.horizon, inputs.signals, inputs.around, options)
        except UsageError:
            raise
        except HuchuError as refused:
            refusing(station, refused)
            continue
        kept.append(station)
        tasks.append(ready.task)
        findings.extend(each for each in ready.findings if each.code != "wind_not_used")
    if not kept:
        raise InputError(
            Words("没有可排计划的电站", "no station is left to plan"),
            found=Words(f"{len(inputs.stations)} 座全部被拒", f"all {len(inputs.stations)} refused"),
            do=Words("逐站改正被拒的原因", "mend why each of them is refused"),
        )
    objective, told = _objective(name, inputs, wanted, len(kept))
    task, out_of_reach = _with_calls(tasks, objective, wanted)
    limits = _zones(wanted.zones, inputs.stations, tuple(station.id for station in kept))
    whole = replace(task, limits=limits)
    return PreparedFleet(task=whole, stations=tuple(kept), findings=(*findings, *told, *out_of_reach))


def _with_calls(
    tasks: Sequence[Task], objective: FleetLeaf, wanted: FleetOptions
) -> tuple[FleetTask, tuple[Finding, ...]]:
    """The task with the calls of each station as a share to be decided, unless every call is to be made.

    A station that cannot make all its calls is asked for as many as it can make, so that it holds nobody else back.
    """
    asked = np.array([number for number, task in enumerate(tasks) if task.calls_wanted], dtype=np.int64)
    if wanted.fair_calls is FairCalls.OFF or not asked.size:
        return FleetTask(stations=tuple(tasks), objective=objective), ()
    reached = [_within_reach(task) for task in tasks]
    told = tuple(
        CATALOGUE.finding(
            "calls_out_of_reach",
            station_id=task.station.station_id,
            asked=f"{task.calls_wanted:.4f}",
            reached=f"{own.calls_wanted:.4f}",
        )
        for task, own in zip(tasks, reached, strict=True)
        if own is not task
    )
    fair = (fleet_block("fair_calls", None, asked),)
    is_first = wanted.fair_calls is FairCalls.BEFORE_PEAK
    whole = FleetTask(
        stations=tuple(with_shared_calls(task) for task in reached),
        objective=objective,
        first=fair if is_first else (),
        after_first=() if is_first else fair,
        calls_asked=tuple(task.calls_wanted for task in tasks),
    )
    return whole, told


def _within_reach(task: Task) -> Task:
    """The same task; with fewer calls where it cannot make all of them, whatever the others do."""
    if not task.calls_wanted:
        return task
    try:
        most = largest_calls(task)
    except Infeasible:
        return task
    return task if most >= task.calls_wanted * (1 - ROUNDING) else with_calls(task, most * (1 - ROUNDING))


def _objective(
    name: str, inputs: FleetInputs, wanted: FleetOptions, stations: int
) -> tuple[FleetLeaf, tuple[Finding, ...]]:
    signals = inputs.signals
    assert signals is not None
    if name == "wind_following":
        promised, told = _promise(signals, wanted)
        assert signals.wind_mw is not None
        weight = 1.0 if wanted.losses is LossesCount.AS_CURTAILED else 0.0
        wind = wind_following.Terms(wind_mw=signals.wind_mw, promised_mw=promised, losses_weight=weight)
        return fleet_objective(name, wind, stations), told
    assert signals.load_mw is not None
    if name == "peak_shaving":
        return fleet_objective(name, peak_shaving.Terms(load_mw=signals.load_mw), stations), ()
    worth = wanted.peak_worth_cny_per_mw
    assert worth is not None
    mixed = peak_and_revenue.Terms(load_mw=signals.load_mw, peak_worth_cny_per_mw=worth)
    return fleet_objective(name, mixed, stations), ()


def _promise(signals: Signals, wanted: FleetOptions) -> tuple[Floats, tuple[Finding, ...]]:
    """What is to be delivered in each step, MW."""
    there = {Promise.WIND_PLAN: signals.wind_plan_mw, Promise.LOAD: signals.load_mw}
    chosen = wanted.promise or next((which for which, given in there.items() if given is not None), Promise.DAILY_MEAN)
    told = () if wanted.promise else (CATALOGUE.finding(f"promise_{chosen.value}"),)
    if chosen is Promise.DAILY_MEAN:
        assert signals.wind_mw is not None
        days = signals.horizon.day_of_step
        mean = np.bincount(days, weights=signals.wind_mw) / np.bincount(days)
        by_step: Floats = mean[days]
        return by_step, told
    given = there[chosen]
    if given is None:
        column = f"{chosen.value}_mw"
        raise UsageError(
            Words(f"--promise {chosen.value} 需要 {column} 列", f"--promise {chosen.value} needs the column {column}"),
            found=Words("信号中没有此列", "no such column among the signals"),
            do=Words("补充该列，或用 --promise daily_mean", "add it, or use --promise daily_mean"),
        )
    if np.any(given < 0):
        raise UsageError(
            Words("承诺出力为负", "the promise is negative"),
            found=Words(f"最小 {given.min():g} 兆瓦", f"least {given.min():g} MW"),
            do=Words("改正该列", "mend the column"),
        )
    return given, told


def _zones(zones: Sequence[Zone], stations: Sequence[Station], kept: tuple[str, ...]) -> tuple[FleetLeaf, ...]:
    known = {station.id for station in stations}
    twice = next((zone.id for n, zone in enumerate(zones) if zone.id in {each.id for each in zones[:n]}), None)
    if twice is not None:
        raise InputError(
            Words(f"分区 {twice} 给了两次", f"zone {twice} is given twice"),
            found=Words(twice, twice),
            do=Words("合并为一个，或改其中一个的 id", "make it one, or change the id of one"),
        )
    leaves = []
    for zone in zones:
        strange = next((each for each in zone.members if each not in known), None)
        if strange is not None:
            near = nearest(strange, sorted(known)) or next(iter(sorted(known)))
            raise InputError(
                Words(f"分区 {zone.id} 中的 {strange} 不是电站", f"{strange} of zone {zone.id} is no station"),
                found=Words(strange, strange),
                do=Words(f"例如 {near}", f"for example {near}"),
            )
        members: Integers = np.array([n for n, each in enumerate(kept) if each in zone.members], dtype=np.int64)
        if members.size:
            terms = zone_limits.Terms(
                discharge_limit_mw=float(zone.discharge_limit_mw), charge_limit_mw=float(zone.charge_limit_mw)
            )
            leaves.append(fleet_block("zone_limits", terms, members, f"zone_{zone.id}"))
    return tuple(leaves)


def _refuse_unusable(signals: Signals | None, options: PlanOptions, wanted: FleetOptions) -> None:
    name = str(options.objective)
    if name not in FLEET_OBJECTIVES:
        near = nearest(name, FLEET_OBJECTIVES) or FLEET_OBJECTIVES[0]
        listed = ", ".join(FLEET_OBJECTIVES)
        raise UsageError(
            Words(f"没有名为 {name} 的多站目标", f"there is no objective {name} of several stations"),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"例如 {near}", f"for example {near}"),
        )
    column = "wind_mw" if name == "wind_following" else "load_mw"
    if signals is None or getattr(signals, column) is None:
        raise UsageError(
            Words(f"{name} 需要 {column} 列", f"{name} needs the column {column}"),
            found=Words(
                "信号中没有此列" if signals else "没有信号",
                "no such column among the signals" if signals else "no signals",
            ),
            do=Words("在信号（--signals）中给出该列", "give it among the signals (--signals)"),
        )
    if (wanted.peak_worth_cny_per_mw is None) == (name == "peak_and_revenue"):
        raise UsageError(
            Words("peak_and_revenue 与 --peak-worth 须同用", "peak_and_revenue and --peak-worth go together"),
            found=Words(name, name),
            do=Words("给出 --peak-worth，或换目标", "give --peak-worth, or choose another objective"),
        )
    if options.rolling is not None:
        raise UsageError(
            Words("多站目标不支持滚动计划", "objectives of several stations do not roll"),
            found=Words("--rolling", "--rolling"),
            do=Words("去掉 --rolling", "leave out --rolling"),
        )
