"""Perfect foresight: every price of the horizon is known at once."""

from dispatch.ladder import climbed
from dispatch.options import PlanOptions
from dispatch.outcome import Outcome, Report
from dispatch.task import Task


def perfect_foresight(task: Task, options: PlanOptions, report: Report | None = None) -> Outcome:
    """The outcome of the whole horizon.

    Raises  UsageError if the rung asked for cannot be exact; Infeasible if there is no schedule
    """
    return climbed(task, options.rung, options.limits, report)
