"""A window of a task: some of its steps, from the stored energy that it starts with."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from dispatch.task import StepPrices, Task


def cut_task(task: Task, first: int, until: int, stored_mwh: float) -> Task:
    """The steps of a task from one number up to but not including another.

    Shape   the final stored energy is kept only where the window ends with the horizon; else the end is free
    """
    count = task.station.horizon.count
    station = replace(
        _sliced(task.station, count, first, until),
        horizon=task.station.horizon.cut(first, until),
        initial_stored_mwh=stored_mwh,
    )
    blocks = tuple(
        replace(block, terms=_sliced(block.terms, count, first, until))
        for block in task.blocks
        if until == count or block.name != "final_stored_energy"
    )
    cut: Task = replace(
        _sliced(task, count, first, until),
        station=station,
        prices=_sliced(task.prices, count, first, until),
        blocks=blocks,
        objective=replace(task.objective, terms=_sliced(task.objective.terms, count, first, until)),
    )
    return cut


def with_prices(task: Task, prices: StepPrices, terms: Any) -> Task:
    """The same task at other prices; `terms` are those of the objective at these prices."""
    return replace(task, prices=prices, objective=replace(task.objective, terms=terms))


def with_calls(task: Task, calls: float) -> Task:
    """The same task with another number of calls; without any, the block is not listed."""
    kept = [block for block in task.blocks if block.name != "season_calls" or calls > 0]
    blocks = [replace(b, terms=replace(b.terms, calls=calls)) if b.name == "season_calls" else b for b in kept]  # type: ignore[type-var]
    return replace(task, blocks=tuple(blocks))


def _sliced(record: Any, count: int, first: int, until: int) -> Any:
    """A record whose arrays of one figure a step are cut."""
    if not is_dataclass(record) or isinstance(record, type):
        return record
    cut = {
        field.name: figure[first:until]
        for field in fields(record)
        if isinstance(figure := getattr(record, field.name), np.ndarray) and len(figure) == count
    }
    return replace(record, **cut)
