"""What to do next: schedules of stations, optimal, verified and explained."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dispatch.apart import schedule_all
    from dispatch.fleet.options import FleetOptions
    from dispatch.fleet.plan import FleetPlan, plan_fleet
    from dispatch.horizon import Horizon, horizon_between
    from dispatch.options import PlanOptions, Rolling
    from dispatch.outcome import Limits, Rung
    from dispatch.plan import Plan, schedule, sweep

_HOME = {
    "FleetOptions": "dispatch.fleet.options",
    "FleetPlan": "dispatch.fleet.plan",
    "Horizon": "dispatch.horizon",
    "Limits": "dispatch.outcome",
    "Plan": "dispatch.plan",
    "PlanOptions": "dispatch.options",
    "Rolling": "dispatch.options",
    "Rung": "dispatch.outcome",
    "horizon_between": "dispatch.horizon",
    "plan_fleet": "dispatch.fleet.plan",
    "schedule": "dispatch.plan",
    "schedule_all": "dispatch.apart",
    "sweep": "dispatch.plan",
}
__all__ = [
    "FleetOptions",
    "FleetPlan",
    "Horizon",
    "Limits",
    "Plan",
    "PlanOptions",
    "Rolling",
    "Rung",
    "horizon_between",
    "plan_fleet",
    "schedule",
    "schedule_all",
    "sweep",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for: a part of dispatch needs neither compiler nor solver of another."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)
