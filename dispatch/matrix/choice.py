"""The matrix of tasks: tiled from one Pyomo step, or read row by row where a block of the user's own is listed."""

from collections.abc import Sequence

import numpy as np

from dispatch.arrays import Flags
from dispatch.formulate import is_own, one_step_model, whole_model
from dispatch.matrix.layout import Matrix, stacked
from dispatch.matrix.pattern import pattern_of
from dispatch.matrix.tiling import tiled
from dispatch.matrix.whole import written_out
from dispatch.task import Task
from tariffs.vocabulary.errors import UsageError, Words


def matrix(tasks: Sequence[Task], exclusive: Flags | Sequence[Flags] | None = None) -> Matrix:
    """The matrix of tasks of one shape, station after station, independent of each other.

    The blocks of the product are tiled from one step. A block of the user's own may say anything of any step, so with one
    in the list the ordinary model is read row by row, which takes some ten times as long.

    Shape   `exclusive`: for each step, or for each task and step, whether it has binaries; nothing means every step
    Raises  UsageError if the tasks differ in blocks, steps or objective; InputError if a constraint is not linear
    """
    _refuse_differing(tasks)
    flags: Sequence[Flags | None] = [None] * len(tasks)
    if exclusive is not None:
        flags = [exclusive] if isinstance(exclusive, np.ndarray) and exclusive.ndim == 1 else list(exclusive)
    if any(is_own(block) for block in tasks[0].blocks):
        return stacked([written_out(whole_model(task, each)) for task, each in zip(tasks, flags, strict=True)])
    pattern = pattern_of(one_step_model(tasks[0]))
    return stacked([tiled(pattern, task, each) for task, each in zip(tasks, flags, strict=True)])


def _refuse_differing(tasks: Sequence[Task]) -> None:
    shapes = {
        (task.block_names, task.objective.name, task.station.horizon.count, task.station.horizon.minutes)
        for task in tasks
    }
    if len(shapes) != 1:
        raise UsageError(
            Words("这些电站的约束、目标或时段不同", "the stations differ in blocks, objective or steps"),
            found=Words(f"{len(shapes)} 种", f"{len(shapes)} kinds"),
            do=Words("分开求解", "solve them apart"),
        )
