"""Labels of contour lines, level and apart from each other, so that they are read without turning the head."""

from collections.abc import Callable
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet

from dispatch.arrays import Floats
from huchu.plots.page import INK

APART_DOTS: Final = 78.0
"""Centres of labels are at least so far apart."""
EDGE_DOTS: Final = 34.0
LABEL_LINE: Final = 0.22
"""Labels are looked for around this share of the height."""


def label_contours(axes: Axes, lines: QuadContourSet, text_of: Callable[[float], str], keep_clear: Floats) -> None:
    """Label each contour once where there is room: near one height of the map, away from the edges and from a box.

    Shape   `keep_clear` is left, bottom, right and top of the box in dots
    """
    box = axes.get_window_extent()
    left, bottom, right, top = keep_clear
    taken = [np.array([[x, y] for x in np.linspace(left, right, 9) for y in (bottom, (bottom + top) / 2, top)])]
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        vertices = np.asarray(path.vertices, dtype=np.float64)
        if not len(vertices):
            continue
        places = axes.transData.transform(vertices)
        inside = _inside(places, np.asarray(box.extents))
        near = np.min(
            np.linalg.norm(places[:, None, :] - np.concatenate(taken)[None, :, :], axis=2), axis=1, initial=1e9
        )
        fits = inside & (near >= APART_DOTS)
        if not fits.any():
            continue
        height = box.y0 + LABEL_LINE * box.height
        best = int(np.argmin(np.where(fits, np.abs(places[:, 1] - height), np.inf)))
        taken.append(places[best : best + 1])
        axes.annotate(
            text_of(float(level)),
            (vertices[best, 0], vertices[best, 1]),
            ha="center",
            va="center",
            fontsize=7.4,
            fontweight="bold" if level == 0 else "normal",
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.72, "pad": 0.8},
            zorder=2.45,
        )


def _inside(places: Floats, extents: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    x, y = places[:, 0], places[:, 1]
    left, bottom, right, top = extents
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (x > left + EDGE_DOTS) & (x < right - EDGE_DOTS) & (y > bottom + EDGE_DOTS) & (y < top - EDGE_DOTS)
    )
    return found
