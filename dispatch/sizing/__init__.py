"""How large a station should be and what it earns over its life: power and energy as decisions, and the finance of a project."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dispatch.sizing.ground import Ground, ground_of
    from dispatch.sizing.inputs.project import Project, Size, read_project
    from dispatch.sizing.report import SizingReport, size_project
    from dispatch.sizing.sweep import SizeGrid, Swept, sweep_sizes

_HOME = {
    "Ground": "dispatch.sizing.ground",
    "Project": "dispatch.sizing.inputs.project",
    "Size": "dispatch.sizing.inputs.project",
    "SizeGrid": "dispatch.sizing.sweep",
    "SizingReport": "dispatch.sizing.report",
    "Swept": "dispatch.sizing.sweep",
    "ground_of": "dispatch.sizing.ground",
    "read_project": "dispatch.sizing.inputs.project",
    "size_project": "dispatch.sizing.report",
    "sweep_sizes": "dispatch.sizing.sweep",
}
__all__ = [
    "Ground",
    "Project",
    "Size",
    "SizeGrid",
    "SizingReport",
    "Swept",
    "ground_of",
    "read_project",
    "size_project",
    "sweep_sizes",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)
