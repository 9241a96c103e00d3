"""The page of sessions: every car of the busiest day as a bar from arrival to departure, filled where it charges."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dispatch.arrays import Floats
from huchu.plots.envelope_picture import SessionsPicture
from huchu.plots.heading import write_title
from huchu.plots.page import LEFT_MARGIN, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, show_legend
from huchu.plots.time_axis import mark_time

BOTTOM, HEIGHT = 0.06, 0.77
MOST_NAMES: Final = 48
"""So many cars are named beside their bars."""
NAME_LETTERS: Final = 14
FEWEST_ROWS: Final = 12
"""The page has at least so many rows, so that a few cars are no thick blocks."""
NAMED_LEFT: Final = 0.11
COLUMNS: Final = (LEFT_MARGIN, 0.24, 0.42, 0.60, 0.80)
PARKED: Final = "#e4e8ee"
SHORT: Final = "#b3362f"
SHORT_MARK: Final = "<"
SHORT_SIZE: Final = 4.5
THICKNESS: Final = 0.72
"""Share of its row that a bar fills."""


def sessions_png(picture: SessionsPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_sessions(figure, picture))


def draw_sessions(figure: Figure, picture: SessionsPicture) -> None:
    """Draw a row a car, the first to arrive on top; the fuller a bar, the more of its power a car uses."""
    title = "最忙的一天：每辆车", "the busiest day, car by car"
    write_title(figure, title, picture.told, COLUMNS)
    count = len(picture.arrivals)
    left = NAMED_LEFT if count <= MOST_NAMES else LEFT_MARGIN
    axes = figure.add_axes((left, BOTTOM, RIGHT_MARGIN - left, HEIGHT))
    more = f"（另有 {picture.not_shown} 辆未画 {picture.not_shown} more not shown）" if picture.not_shown else ""
    began = f"{picture.first_at:%Y-%m-%d %H:%M}"
    name_panel(axes, f"{began} 起，按到达先后{more}", "in the order of arrival; the taller the fill, the more power")
    rows = np.arange(count, dtype=np.float64)
    _add_bars(axes, _boxes(picture.arrivals, picture.departures, rows, THICKNESS), PARKED)
    largest = float(np.abs(picture.power_kw).max(initial=0.0)) or 1.0
    for sign, colour in ((1.0, CHARGE), (-1.0, DISCHARGE)):
        power = np.clip(sign * picture.power_kw, 0.0, None)
        car, step = np.nonzero(power > 1e-6 * largest)
        boxes = _boxes(picture.edges[step], picture.edges[step + 1], rows[car], THICKNESS * power[car, step] / largest)
        _add_bars(axes, boxes, colour)
    axes.set_ylim(max(count, FEWEST_ROWS) - 0.4, -0.6)
    _name_rows(axes, picture)
    mark_time(axes, float(picture.edges[0]), float(picture.edges[-1]), labelled=True)
    handles: list[Any] = [Patch(color=PARKED, label="停放 parked"), Patch(color=CHARGE, label="充电 charging")]
    if (picture.power_kw < -1e-6 * largest).any():
        handles.append(Patch(color=DISCHARGE, label="放电 discharging"))
    ends = picture.short & (picture.departures < picture.edges[-1])
    if ends.any():
        axes.plot(picture.departures[ends], rows[ends], SHORT_MARK, color=SHORT, markersize=SHORT_SIZE, zorder=3)
        handles.append(Line2D([], [], marker=SHORT_MARK, color=SHORT, linewidth=0, label="离开时不足 leaves short"))
    show_legend(axes, handles)


def _name_rows(axes: Axes, picture: SessionsPicture) -> None:
    names = [_short(name) for name in picture.session_ids] if len(picture.arrivals) <= MOST_NAMES else []
    axes.set_yticks(range(len(names)), labels=names)
    axes.tick_params(axis="y", length=0)


def _short(name: str) -> str:
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def _boxes(left: Floats, right: Floats, rows: Floats, heights: Floats | float) -> Floats:
    """Corners of boxes that stand on the foot of their row's bar; rows count downwards."""
    foot = rows + THICKNESS / 2
    top = foot - heights
    boxes: Floats = np.stack(
        [np.column_stack(pair) for pair in ((left, foot), (right, foot), (right, top), (left, top))], axis=1
    )
    return boxes


def _add_bars(axes: Axes, boxes: Floats, colour: str) -> None:
    axes.add_collection(PolyCollection(list(boxes), color=colour, linewidth=0), autolim=False)
