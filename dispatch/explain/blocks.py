"""Listed blocks that leave no power, or that only fit together when one is left out."""

from dataclasses import replace
from math import ceil
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.explain.largest import PATIENCE
from dispatch.explain.reach import room
from dispatch.ladder import climbed
from dispatch.outcome import Infeasible, NoSchedule, Rung
from dispatch.task import Task
from dispatch.verify import instant_text
from tariffs.vocabulary.errors import HuchuError, Words

NEAR_MW: Final = 1e-9
UNITS_PER_MW: Final = 10_000
"""An excess is rounded up to four decimals, so that a limit raised by it holds."""
MODEL: Final = frozenset({"power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes", "auxiliary_use"})
"""What every plan stands on; leaving it out says nothing."""


def no_power_left(task: Task) -> NoSchedule | None:
    """The refusal where leases take more power than there is, or the connection is passed whatever the station does."""
    left = room(task)
    if (left.lease_excess_mw > NEAR_MW).any():
        at, excess = _largest(task, left.lease_excess_mw)
        return NoSchedule(
            Words("租出的功率多于可用功率", "more power is leased than there is"),
            found=Words(f"{at} 多 {excess} 兆瓦", f"{at}: {excess} MW too much"),
            do=Words(
                "核对租赁与停运，或不保留租出的容量", "check leases and outages, or do not reserve leased capacity"
            ),
        )
    if (left.shortfall_mw > NEAR_MW).any():
        at, shortfall = _largest(task, left.shortfall_mw)
        return NoSchedule(
            Words("并网点限值在任何充放电下都被超过", "the grid connection is passed whatever the station does"),
            found=Words(f"{at} 超出 {shortfall} 兆瓦", f"{at}: {shortfall} MW too much"),
            do=Words(f"限值至少提高 {shortfall} 兆瓦", f"raise the limit by at least {shortfall} MW"),
        )
    return None


def among_blocks(task: Task) -> NoSchedule:
    """The refusal where no single figure tells: which listed block makes room when it is left out."""
    droppable = [name for name in reversed(task.block_names) if name not in MODEL]
    freeing = [name for name in droppable if _feasible(task, frozenset({name}))]
    listed = Words("、".join(task.block_names), ", ".join(task.block_names))
    if freeing:
        names = Words("、".join(freeing), ", ".join(freeing))
        return NoSchedule(
            Words("所列约束不能同时满足", "the listed blocks cannot be met together"),
            found=Words(f"去掉其中之一即可行：{names.zh}", f"without one of these there is a schedule: {names.en}"),
            do=Words(f"放宽或去掉 {freeing[0]}", f"ease or leave out {freeing[0]}"),
        )
    together = droppable and _feasible(task, frozenset(droppable))
    return NoSchedule(
        Words("所列约束不能同时满足", "the listed blocks cannot be met together"),
        found=Words(f"{listed.zh}；去掉任何一个都不够", f"{listed.en}; no single one is the cause")
        if together
        else Words(f"功率、储能界限与效率本身无解：{listed.zh}", f"no schedule even without the others: {listed.en}"),
        do=Words("逐个去掉约束再试", "leave blocks out one after another")
        if together
        else Words("核对 stations.toml 中的功率、储能界限与停运", "check powers, bounds and outages in stations.toml"),
    )


def _feasible(task: Task, without: frozenset[str]) -> bool:
    """Whether there is a schedule when some blocks are left out."""
    kept = tuple(block for block in task.blocks if block.name not in without)
    try:
        climbed(replace(task, blocks=kept), Rung.AUTO, PATIENCE)
    except (Infeasible, HuchuError):
        # a block that another one needs cannot be left out
        return False
    return True


def _largest(task: Task, excess_mw: Floats) -> tuple[str, str]:
    step = int(np.argmax(excess_mw))
    return instant_text(
        task.station.horizon, step
    ), f"{ceil(excess_mw[step] * UNITS_PER_MW - NEAR_MW) / UNITS_PER_MW:.4f}"
