"""The refusal of a schedule: which interval, which figure, which limit."""

from collections.abc import Callable

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.horizon import Horizon
from tariffs.vocabulary.errors import HuchuError, Words

ANOTHER_WAY = Words("换一种求解方式（--rung milp）", "solve it another way (--rung milp)")


class BrokenSchedule(HuchuError):
    """The powers that a way of solving gave are no schedule: they break a limit, or do not earn what was claimed."""


def refuse_first(broken: Flags, horizon: Horizon, what: Words, found: Callable[[int], Words]) -> None:
    """Nothing, if no step is broken.

    Raises  BrokenSchedule with the first broken interval, its figure, and how many there are
    """
    steps = np.flatnonzero(broken)
    if not steps.size:
        return
    first = int(steps[0])
    at, count, figure = instant_text(horizon, first), int(steps.size), found(first)
    raise BrokenSchedule(
        what,
        found=Words(f"{at}：{figure.zh}；共 {count} 个时段", f"{at}: {figure.en}; {count} interval(s) in all"),
        do=ANOTHER_WAY,
    )


def instant_text(horizon: Horizon, step: int) -> str:
    """Start of a step in Shanghai time, to the minute."""
    return f"{horizon.at(step):%Y-%m-%d %H:%M}"


def against(figures: Floats, limits: Floats | float, unit: Words) -> Callable[[int], Words]:
    """For a step: its figure beside its limit, with the unit."""
    by_step = np.broadcast_to(limits, figures.shape)

    def found(step: int) -> Words:
        figure, limit = f"{figures[step]:.10g}", f"{by_step[step]:.10g}"
        return Words(f"{figure}，限值 {limit} {unit.zh}", f"{figure}, limit {limit} {unit.en}")

    return found
