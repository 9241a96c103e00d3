"""What to do next: schedules of stations, optimal, verified and explained."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dispatch.apart import schedule_all
    from dispatch.fleet.load import load_of
    from dispatch.fleet.options import FleetOptions
    from dispatch.fleet.plan import FleetPlan, plan_fleet
    from dispatch.fleet.sufficiency import sufficiency
    from dispatch.horizon import Horizon, horizon_between
    from dispatch.options import PlanOptions, Rolling
    from dispatch.outcome import Limits, Rung
    from dispatch.peak_cut import Fleet, Load, cut_needs, cut_reach, shortfall
    from dispatch.plan import Plan, schedule, sweep
    from dispatch.signals import signals_of
    from dispatch.sizing import Size, SizeGrid, SizingReport, size_project, sweep_sizes


_HOME = {
    "Fleet": "dispatch.peak_cut",
    "FleetOptions": "dispatch.fleet.options",
    "FleetPlan": "dispatch.fleet.plan",
    "Horizon": "dispatch.horizon",
    "Limits": "dispatch.outcome",
    "Load": "dispatch.peak_cut",
    "Plan": "dispatch.plan",
    "PlanOptions": "dispatch.options",
    "Rolling": "dispatch.options",
    "Rung": "dispatch.outcome",
    "Size": "dispatch.sizing.inputs.project",
    "SizeGrid": "dispatch.sizing.sweep",
    "SizingReport": "dispatch.sizing.report",
    "cut_needs": "dispatch.peak_cut",
    "cut_reach": "dispatch.peak_cut",
    "horizon_between": "dispatch.horizon",
    "load_of": "dispatch.fleet.load",
    "plan_fleet": "dispatch.fleet.plan",
    "schedule": "dispatch.plan",
    "schedule_all": "dispatch.apart",
    "shortfall": "dispatch.peak_cut",
    "signals_of": "dispatch.signals",
    "size_project": "dispatch.sizing.report",
    "sufficiency": "dispatch.fleet.sufficiency",
    "sweep": "dispatch.plan",
    "sweep_sizes": "dispatch.sizing.sweep",
}
__all__ = [
    "Fleet",
    "FleetOptions",
    "FleetPlan",
    "Horizon",
    "Limits",
    "Load",
    "Plan",
    "PlanOptions",
    "Rolling",
    "Rung",
    "Size",
    "SizeGrid",
    "SizingReport",
    "cut_needs",
    "cut_reach",
    "horizon_between",
    "load_of",
    "plan_fleet",
    "schedule",
    "schedule_all",
    "shortfall",
    "signals_of",
    "size_project",
    "sufficiency",
    "sweep",
    "sweep_sizes",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for: a part of dispatch needs neither compiler nor solver of another."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)
