"""Which way of solving a task takes: the fastest that is exact for it, or the one asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from dispatch.outcome import Limits, NotApplicable, Outcome, Report, Rung
from dispatch.task import Task
from tariffs.vocabulary.errors import UsageError, Words


def climbed(task: Task, rung: Rung, limits: Limits, report: Report | None = None) -> Outcome:
    """The outcome of a task by the rung asked for; `auto` tries the dynamic program, then lazy binaries.

    Raises  UsageError if the rung asked for cannot be exact for the task; Infeasible if there is no schedule
    """
    if rung is Rung.WINDOWS:
        raise UsageError(
            Words("windows 只用于多站削峰", "windows are for the peak of many stations"),
            found=Words(f"目标 {task.objective.name}", f"objective {task.objective.name}"),
            do=Words("改用 auto", "use auto"),
        )
    if rung in (Rung.AUTO, Rung.PROGRAM):
        try:
            return _program(task)
        except NotApplicable as reason:
            if rung is Rung.PROGRAM:
                raise _not_exact(reason) from None
        rung = Rung.LAZY
    return _solved(task, rung, limits, report)


def _solved(task: Task, rung: Rung, limits: Limits, report: Report | None) -> Outcome:
    # a model and a solver take a second to load, so only where they are used
    ways: Any = import_module("dispatch.lazy")
    solve = {Rung.LAZY: ways.lazy, Rung.MILP: ways.everywhere, Rung.LP: ways.relaxed, Rung.WARM: ways.warm}[rung]
    outcome: Outcome = solve(task, limits, report)
    return outcome


def _program(task: Task) -> Outcome:
    # numba takes a second to load, so only where the program may be used
    solve: Callable[[Task], Outcome] = import_module("dispatch.program").program
    return solve(task)


def _not_exact(reason: NotApplicable) -> UsageError:
    return UsageError(
        Words("动态规划对此问题不精确", "the dynamic program is not exact for this case"),
        found=reason.why,
        do=Words("用 --rung auto", "use --rung auto"),
    )
