"""One station planned by itself, or its refusal as a value: the unit of work of every executor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from time import perf_counter
from typing import Any, TypeVar

import numpy as np

from dispatch.apart.part import outcome_in, part_of, task_name
from dispatch.apart.refusal import Refusal, fault_of, refusal_of
from dispatch.apart.shared import Parcel, Shared, opened
from dispatch.outcome import Report
from dispatch.plan import Plan, checked_plan, planned
from dispatch.prepare import Prepared, prepared
from dispatch.task import Block
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What came of one station: its plan or its refusal.

    Shape   `part` is what is to be kept of it, nothing where it is not kept or was; `is_resumed`: its powers are those of
            an earlier run, verified again; `is_thrown_away`: what an earlier run kept was of no use
    """

    station_id: str
    plan: Plan | None = None
    refusal: Refusal | None = None
    part: bytes | None = None
    is_resumed: bool = False
    is_thrown_away: bool = False
    seconds: float = 0.0


def planned_station(
    station: Station, shared: Shared, *, part: bytes | None = None, keeps: bool = False, report: Report | None = None
) -> Planned:
    """The plan of one station; `part` is what an earlier run kept of it."""
    began = perf_counter()
    try:
        ready = prepared(station, shared.horizon, shared.signals, shared.around, shared.options)
        name = task_name(ready.task, shared.options) if shared.is_kept and (keeps or part is not None) else None
        plan = None if part is None or name is None else _taken_up(station, ready, part, name)
        is_resumed = plan is not None
        if plan is None:
            plan = planned(station, ready, shared.options, report)
        return Planned(
            station_id=station.id,
            plan=plan,
            part=part_of(plan.outcome, name) if keeps and name is not None and not is_resumed else None,
            is_resumed=is_resumed,
            is_thrown_away=part is not None and not is_resumed,
            seconds=perf_counter() - began,
        )
    except HuchuError as refused:
        refusal = refusal_of(station.id, refused)
    except Exception as fault:  # noqa: BLE001 one station's fault is told as its own, and the others go on
        refusal = fault_of(station.id, fault)
    return Planned(station_id=station.id, refusal=refusal, seconds=perf_counter() - began)


def planned_chunk(
    stations: Sequence[Station], parcel: Parcel, parts: Sequence[bytes | None], *, keeps: bool
) -> tuple[Planned, ...]:
    """What came of each station of a chunk, fit to be sent: equal arrays once, and no function of a file."""
    shared = opened(parcel)
    seen: dict[str, Any] = {}
    return tuple(
        _fit_to_be_sent(planned_station(station, shared, part=part, keeps=keeps), shared, seen)
        for station, part in zip(stations, parts, strict=True)
    )


def received(each: Planned, own_blocks: Callable[[], Sequence[Block]], seen: dict[str, Any]) -> Planned:
    """What was sent, with the user's own blocks back in their place and arrays that were seen before not held twice."""
    if each.plan is None:
        return each
    task = replace(each.plan.task, blocks=(*each.plan.task.blocks, *own_blocks()))
    return replace(each, plan=replace(each.plan, task=held_once(task, seen)))


def held_once(record: Record, seen: dict[str, Any], path: str = "") -> Record:
    """The same record, each array replaced by the last one of its place where that is equal."""
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for field in fields(record):
        figure, place = getattr(record, field.name), f"{path}.{field.name}"
        if isinstance(figure, np.ndarray):
            known = seen.get(place)
            is_same = known is not None and known.dtype == figure.dtype and np.array_equal(known, figure)
            held: Any = known if is_same else figure
            seen[place] = held
        elif isinstance(figure, tuple):
            held = tuple(held_once(each, seen, f"{place}{n}") for n, each in enumerate(figure))
        else:
            held = held_once(figure, seen, place)
        changed[field.name] = held
    return replace(record, **changed)


def _taken_up(station: Station, ready: Prepared, part: bytes, name: str) -> Plan | None:
    """The plan of a kept outcome, verified and explained again; nothing if it does not hold."""
    outcome = outcome_in(part, name, ready.task.station.horizon.count)
    if outcome is None:
        return None
    try:
        return checked_plan(station, ready, outcome)
    except Exception:  # noqa: BLE001 whatever is wrong with it, planning again puts it right
        return None


def _fit_to_be_sent(each: Planned, shared: Shared, seen: dict[str, Any]) -> Planned:
    if each.plan is None:
        return each
    task, own = each.plan.task, len(shared.options.own_blocks)
    task = replace(task, blocks=task.blocks[: len(task.blocks) - own])
    return replace(each, plan=replace(each.plan, task=held_once(task, seen)))
