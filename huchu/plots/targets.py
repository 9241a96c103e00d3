"""The page of the plan's targets: the power in use against the marks of the plan, and the path that reaches them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from huchu.plots.heading import write_title
from huchu.plots.page import HAIR, INK, LEFT_MARGIN, RIGHT_MARGIN, png_of

INSTALLED: Final = "#2f6db3"
MARK: Final = "#e1622f"
PANEL: Final = (0.075, 0.065, RIGHT_MARGIN - 0.075, 0.775)
COLUMNS: Final = (LEFT_MARGIN, 0.15, 0.30, 0.53, 0.76)
YEAR_DAYS: Final = 365.25
LEFT_ROOM, RIGHT_ROOM = 0.22, 0.75
"""From this share of the axis on a name has room on the left; up to this one, on the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark of the plan: a power at the end of a year, to be passed where it is exclusive."""

    year: int
    power_mw: float
    exclusive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsPicture:
    """What is drawn of the power in use.

    Shape   `base` is year end and power, `told` the figures of the heading: label and text
    """

    on: date
    installed_mw: float | None
    base: tuple[int, float] | None
    marks: tuple[Mark, ...]
    told: tuple[tuple[str, str], ...]


def targets_png(picture: TargetsPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_targets(figure, picture))


def draw_targets(figure: Figure, picture: TargetsPicture) -> None:
    """Draw the marks, the line between them, the power in use as a point, and the path from the base to the marks."""
    titles = "新型储能应用规模与方案目标", "power in use and the plan's targets"
    write_title(figure, titles, picture.told, COLUMNS)
    axes = figure.add_axes(PANEL)
    marks = [(float(mark.year), mark.power_mw) for mark in picture.marks]
    base = [] if picture.base is None else [(float(picture.base[0]), picture.base[1])]
    path = [*base, *(mark for mark in marks if base and mark[0] > base[0][0])]
    now = [] if picture.installed_mw is None else [(_year_of(picture.on), picture.installed_mw)]
    _frame(axes, [*marks, *path, *now])
    axes.add_line(Line2D(*_apart(marks), color=MARK, linewidth=0.9, linestyle=":"))
    if len(path) > 1:
        axes.add_line(Line2D(*_apart(path), color=INSTALLED, linewidth=1.2, linestyle="--"))
    for mark, place in zip(picture.marks, marks, strict=True):
        axes.plot(*place, "D", color=MARK, markersize=7, clip_on=False, zorder=3)
        _label(axes, place, f"{mark.year} 年末 {'>' if mark.exclusive else '≥'} {mark.power_mw:,.6g} MW", INK)
    for place in now:
        axes.plot(*place, "o", color=INSTALLED, markersize=9, clip_on=False, zorder=4)
        _label(axes, place, f"{picture.on} 现有 {place[1]:,.6g} MW", INSTALLED, below=True)
    handles = [Line2D([], [], color=MARK, linestyle=":", marker="D", label="方案目标 targets")]
    if len(path) > 1:
        handles.append(Line2D([], [], color=INSTALLED, linestyle="--", label="所需路径 path needed"))
    if now:
        handles.append(Line2D([], [], color=INSTALLED, linestyle="", marker="o", label="已投用 in use"))
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.02), ncols=len(handles), handlelength=2.4)


def _frame(axes: Axes, places: Sequence[tuple[float, float]]) -> None:
    years, powers = _apart(places)
    margin = max(0.08 * (max(years) - min(years)), 0.3)
    axes.set_xlim(min(years) - margin, max(years) + margin)
    axes.set_ylim(0, 1.12 * max(powers))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.xaxis.set_major_formatter(lambda at, _: f"{at:.0f} 年末")
    axes.yaxis.set_major_formatter(lambda power, _: f"{power:,.6g}")
    axes.set_ylabel("MW")
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)


def _label(axes: Axes, place: tuple[float, float], text: str, colour: str, *, below: bool = False) -> None:
    """Name a place above or below it, on the side that has room."""
    first, last = axes.get_xlim()
    share = (place[0] - first) / (last - first)
    left = share > LEFT_ROOM if not below else share > RIGHT_ROOM
    axes.annotate(
        text,
        place,
        (-10 if left else 10, -14 if below or not left else 6),
        textcoords="offset points",
        ha="right" if left else "left",
        color=colour,
        fontsize=9.5,
        fontweight="bold",
    )


def _year_of(day: date) -> float:
    """The place of a day between year ends."""
    return day.year - (date(day.year, 12, 31) - day).days / YEAR_DAYS


def _apart(path: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [at for at, _ in path], [power for _, power in path]
