"""Lines and filled bands of figures that hold for a whole step."""

from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D

from dispatch.arrays import Flags, Floats
from huchu.plots.page import HAIR

Dash = Literal["-", "--"]


def draw_steps(
    axes: Axes, edges: Floats, by_step: Floats, colour: str, *, width: float = 1.1, style: Dash = "-"
) -> None:
    """Draw a line that changes only at the edges of steps."""
    across, (up,) = _corners(edges, by_step)
    axes.add_line(Line2D(across, up, color=colour, linewidth=width, linestyle=style, solid_joinstyle="miter"))


def fill_steps(axes: Axes, edges: Floats, low: Floats, high: Floats, colour: str, *, opacity: float = 1.0) -> None:
    """Fill what lies between two figures of each step."""
    across, (lower, upper) = _corners(edges, low, high)
    outline = np.column_stack((np.concatenate((across, across[::-1])), np.concatenate((lower, upper[::-1]))))
    axes.add_collection(PolyCollection([outline], color=colour, alpha=opacity, linewidth=0), autolim=False)


def draw_curve(axes: Axes, across: Floats, up: Floats, colour: str) -> None:
    """Draw a line from point to point, and fill what lies between it and zero."""
    outline = np.concatenate(([[across[0], 0.0]], np.column_stack((across, up)), [[across[-1], 0.0]]))
    axes.add_collection(PolyCollection([outline], color=colour, alpha=0.22, linewidth=0), autolim=False)
    axes.add_line(Line2D(across, up, color=colour, linewidth=1.1))


def draw_uprights(axes: Axes, places: tuple[float, ...]) -> None:
    """Draw thin upright lines through a whole panel."""
    ends = [((at, 0.0), (at, 1.0)) for at in places]
    through = axes.get_xaxis_transform()
    axes.add_collection(LineCollection(ends, colors=HAIR, linewidths=0.5, transform=through, zorder=0.6), autolim=False)


def runs(marked: Flags, edges: Floats) -> list[tuple[float, float]]:
    """Start and width of every unbroken run of marked steps."""
    turns = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return [
        (float(edges[start]), float(edges[end] - edges[start]))
        for start, end in zip(turns[::2], turns[1::2], strict=True)
    ]


def _corners(edges: Floats, *levels: Floats) -> tuple[Floats, tuple[Floats, ...]]:
    """Where a step line turns: steps of equal figures in a row become one."""
    turning = np.any([np.diff(level) != 0 for level in levels], axis=0)
    starts = np.concatenate(([0], np.flatnonzero(turning) + 1))
    ends = np.append(starts[1:], len(levels[0]))
    across: Floats = np.column_stack((edges[starts], edges[ends])).ravel()
    return across, tuple(np.repeat(level[starts], 2) for level in levels)
