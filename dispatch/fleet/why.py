"""Why a fleet has no schedules: a station that has none by itself, or what is asked of several together."""

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

import numpy as np

from dispatch.explain import why_infeasible
from dispatch.fleet.ordered import in_order
from dispatch.fleet.prepare import PreparedFleet
from dispatch.fleet.task import FleetLeaf, FleetTask, fleet_block
from dispatch.fleet_blocks import zone_limits
from dispatch.lazy import lazy
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible, Limits, NoSchedule, Rung
from dispatch.task import Task
from tariffs.stations import Station
from tariffs.vocabulary.errors import Words

SECONDS: Limits = Limits(gap=1e-4, time_limit_s=20.0)
SEARCHED: int = 30
"""Halvings of the room in which a limit that would do is sought."""


def stations_without(ready: PreparedFleet, options: PlanOptions) -> tuple[tuple[Station, NoSchedule], ...]:
    """The stations that have no schedule even by themselves, and why."""
    found = []
    for station, task in zip(ready.stations, ready.task.stations, strict=True):
        if not _has_schedule(task):
            found.append((station, why_infeasible(task, station, calls_done=options.calls_done)))
    return tuple(found)


def why_no_fleet(ready: PreparedFleet, options: PlanOptions) -> NoSchedule:
    """The refusal of a fleet without schedules: the station, or the zone and the smallest limit that would do."""
    alone = stations_without(ready, options)
    if alone:
        station, refused = alone[0]
        if station.id not in refused.what.en:
            refused.what = Words(f"{station.id}：{refused.what.zh}", f"{station.id}: {refused.what.en}")
        return refused
    for leaf in ready.task.limits:
        if not _has_schedules(replace(ready.task, limits=(leaf,), first=(), after_first=())):
            return _zone_too_tight(ready.task, leaf)
    if ready.task.limits and _has_schedules(replace(ready.task, limits=())):
        names = "、".join(leaf.label for leaf in ready.task.limits)
        return NoSchedule(
            Words("各分区限值合在一起排不出计划", "the limits of the zones together leave no schedules"),
            found=Words(names, names.replace("、", ", ")),
            do=Words("放宽其中一个", "raise one of them"),
        )
    return NoSchedule(
        Words("各站单独可行，合在一起排不出计划", "each station has a schedule, all together have none"),
        found=Words(f"目标 {ready.task.objective.name}", f"objective {ready.task.objective.name}"),
        do=Words(
            "wind_following 时储能不从电网充电：检查期初与期末储能",
            "with wind_following stores do not charge from the grid: check the stored energy at both ends",
        ),
    )


def _has_schedule(task: Task) -> bool:
    try:
        lazy(task, SECONDS)
    except Infeasible:
        return False
    return True


def _has_schedules(task: FleetTask) -> bool:
    try:
        in_order(task, Rung.LP, SECONDS)
    except Infeasible:
        return False
    return True


def _zone_too_tight(task: FleetTask, leaf: FleetLeaf) -> NoSchedule:
    """The smallest limit of a zone, the same for both directions, with which there are schedules."""
    terms = leaf.terms
    low = min(terms.discharge_limit_mw, terms.charge_limit_mw)
    most = sum(
        float(np.maximum(task.stations[n].station.discharge_limit_mw, task.stations[n].station.charge_limit_mw).max())
        for n in leaf.members.tolist()
    )
    high = max(most, low)
    for _ in range(SEARCHED):
        middle = (low + high) / 2
        wider = fleet_block(
            "zone_limits",
            zone_limits.Terms(discharge_limit_mw=middle, charge_limit_mw=middle),
            leaf.members,
            leaf.label,
        )
        if _has_schedules(replace(task, limits=(wider,), first=(), after_first=())):
            high = middle
        else:
            low = middle
    enough = Decimal(high).quantize(Decimal("0.01"), rounding=ROUND_CEILING)
    given = f"{terms.discharge_limit_mw:g} / {terms.charge_limit_mw:g}"
    return NoSchedule(
        Words(f"分区限值 {leaf.label} 太小，排不出计划", f"the limit {leaf.label} is too small for any schedules"),
        found=Words(f"放电 / 充电 {given} 兆瓦", f"discharge / charge {given} MW"),
        do=Words(f"两向各给 {enough} 兆瓦即可", f"{enough} MW in both directions would do"),
    )
