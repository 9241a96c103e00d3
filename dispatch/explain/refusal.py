"""Why there is no schedule: the constraint that cannot be met, and the figure that would do."""

from dispatch.explain.blocks import among_blocks, no_power_left
from dispatch.explain.calls import calls_out_of_reach
from dispatch.explain.reach import reach
from dispatch.explain.stored import bounds_out_of_reach, final_out_of_reach
from dispatch.outcome import NoSchedule
from dispatch.task import Task
from tariffs.stations import Station


def why_infeasible(task: Task, station: Station, *, calls_done: float = 0.0) -> NoSchedule:
    """The refusal of a task without a schedule: which constraint, and the largest or smallest figure that would do.

    Shape   `calls_done` is what was taken off the calls asked for: the figure printed is that of the option
    Check   tests/dispatch/verify/test_explain.py
    """
    found = reach(task)
    return (
        no_power_left(task)
        or bounds_out_of_reach(task, found)
        or final_out_of_reach(task, station, found, calls_done)
        or calls_out_of_reach(task, station, calls_done)
        or among_blocks(task)
    )
