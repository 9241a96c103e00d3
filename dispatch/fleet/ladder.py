"""Which way of solving a fleet takes: windows where they prove the optimum, else the whole model."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dispatch.fleet.ordered import in_order
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.task import FleetTask
from dispatch.fleet.windows import windows
from dispatch.outcome import Limits, NotApplicable, Rung
from tariffs.vocabulary.errors import UsageError, Words

CALLS: Final = ("calls_share", "season_calls")
FOR_ONE: Final = (Rung.PROGRAM, Rung.WARM)


def climbed_together(
    task: FleetTask, rung: Rung, limits: Limits, told: Callable[[Words], None] | None = None
) -> FleetFound:
    """The schedules of a fleet by the rung asked for; `auto` tries windows first.

    Raises  UsageError if the rung asked for cannot be exact for the task; Infeasible if there are no schedules;
            OutOfTime if none were found in time
    """
    if rung in FOR_ONE:
        raise UsageError(
            Words(f"{rung.value} 只用于各站独立的目标", f"{rung.value} is for stations planned each by itself"),
            found=Words(f"目标 {task.objective.name}", f"objective {task.objective.name}"),
            do=Words("用 --rung auto", "use --rung auto"),
        )
    if rung in (Rung.AUTO, Rung.WINDOWS):
        try:
            return windows(task, limits, told)
        except NotApplicable as reason:
            if rung is Rung.WINDOWS:
                raise UsageError(
                    Words("分窗求解对此问题不能证明最优", "windows do not prove the optimum of this case"),
                    found=reason.why,
                    do=Words("用 --rung auto", "use --rung auto"),
                ) from None
            if told is not None:
                told(Words(f"整体求解：{reason.why.zh}", f"the whole model: {reason.why.en}"))
    return in_order(task, rung, limits, _known(task, limits) if rung is Rung.AUTO else None)


def _known(task: FleetTask, limits: Limits) -> dict[str, float]:
    """What no schedules can exceed: a share is at most all, and calls cannot lower the least peak that there is without them."""
    fair = [leaf.label for leaf in (*task.first, *task.after_first) if leaf.name == "fair_calls"]
    if not fair:
        return {}
    stations = tuple(
        replace(each, blocks=tuple(block for block in each.blocks if block.name not in CALLS)) for each in task.stations
    )
    try:
        without = windows(replace(task, stations=stations, first=(), after_first=()), limits)
    except NotApplicable:
        return {}
    return dict.fromkeys(fair, 1.0) | {task.objective.label: without.goals[0].bound}
