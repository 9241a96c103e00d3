"""Wind projects and their storage over time: what is required, what counts, what is listed at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Floats
from huchu.plots.page import FAINT, HAIR, INK, LEFT_MARGIN, RIGHT_MARGIN, name_panel, png_of, write_beside
from huchu.plots.strokes import draw_steps, fill_steps
from huchu.plots.time_axis import FIRST_DAY, mark_time
from tariffs.eligibility.wind_pairing import Obligation, Stretch
from tariffs.projects import Project
from tariffs.vocabulary.errors import Words

COUNTED: Final = "#3a8f74"
SHORT: Final = "#e1622f"
MOST_PANELS: Final = 6
LEFT: Final = 0.065
TOP, BOTTOM, GAP = 0.865, 0.05, 0.055
GAP_OF_BARS, TALLEST_BAR = 0.085, 0.12
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingLine:
    """One project over time: its edges in days since 1970-01-01 and, between them, powers in MW.

    Shape   `judged` says whether missing storage is a failure
    """

    heading: Words
    edges: Floats
    required_mw: Floats
    counted_mw: Floats
    listed_mw: Floats
    judged: bool

    @classmethod
    def of_project(cls, project: Project, owed: Obligation, stretches: Sequence[Stretch]) -> "PairingLine":
        """The line of a project that has a requirement."""
        required = 0.0 if owed.requirement is None else float(owed.requirement.power_mw)
        hours = "" if owed.requirement is None else f"{owed.requirement.duration_h.normalize():f}"
        standings = [stretch.standing for stretch in stretches]
        begun = [stretch.first_on >= project.construction_started_on for stretch in stretches]
        name = project.name if len(project.name) <= LONGEST_NAME else f"{project.name[:LONGEST_NAME]}…"
        return cls(
            heading=Words(
                f"{name} {project.id}",
                f"{project.capacity_mw.normalize():f} MW, storage of {required:g} MW for {hours} h required",
            ),
            edges=np.array([_day(stretch.first_on) for stretch in stretches] + [_day(stretches[-1].last_on) + 1.0]),
            required_mw=np.where(begun, required, 0.0),
            counted_mw=np.array([float(each.counted_mw) for each in standings]),
            listed_mw=np.array([float(each.listed_mw) for each in standings]),
            judged=owed.judged,
        )


def pairing_png(lines: Sequence[PairingLine], first: date, last: date) -> bytes:
    """The bytes of a PNG: one page, A4 landscape, a panel for each of the first projects."""
    return png_of(lambda figure: draw_pairing(figure, lines, first, last))


def draw_pairing(figure: Figure, lines: Sequence[PairingLine], first: date, last: date) -> None:
    """Draw the heading and a panel for each project: over time, or as bars where the period is a day."""
    title = figure.text(LEFT_MARGIN, 0.953, "风电配储", fontsize=15, fontweight="bold")
    write_beside(figure, title, "storage paired with wind farms, MW", 9)
    days = f"{first}" if first == last else f"{first} – {last}"
    more = len(lines) - MOST_PANELS
    rest = f"   另有 {more} 个项目见 pairing.csv / {more} more in pairing.csv" if more > 0 else ""
    figure.text(RIGHT_MARGIN, 0.953, f"{days}{rest}", fontsize=9, color=FAINT, ha="right")
    handles = [
        Line2D([], [], color=INK, linewidth=1.3, label="要求 required"),
        Patch(color=COUNTED, label="计入 counted"),
        Patch(color=SHORT, alpha=0.25, label="缺口 missing"),
        Line2D([], [], color=FAINT, linewidth=1.0, linestyle="--", label="列出（含不计入的） listed, counted or not"),
    ]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(LEFT_MARGIN, 0.94), ncols=len(handles))
    shown = lines[:MOST_PANELS]
    gap, tallest = (GAP_OF_BARS, TALLEST_BAR) if first == last else (GAP, (TOP - BOTTOM) / 2)
    height = min(tallest, (TOP - BOTTOM - gap * (len(shown) - 1)) / len(shown))
    for number, line in enumerate(shown):
        base = TOP - (number + 1) * height - number * gap
        axes = figure.add_axes((LEFT, base, RIGHT_MARGIN - LEFT, height))
        if first == last:
            _draw_bar(axes, line)
        else:
            _draw_over_time(axes, line)
            mark_time(axes, _day(first), _day(last) + 1.0, labelled=number == len(shown) - 1)


def _draw_over_time(axes: Axes, line: PairingLine) -> None:
    nothing = np.zeros(len(line.required_mw))
    _name(axes, line)
    fill_steps(axes, line.edges, nothing, line.counted_mw, COUNTED)
    missing = np.maximum(line.required_mw, line.counted_mw)
    fill_steps(axes, line.edges, line.counted_mw, missing, SHORT, opacity=0.25)
    if np.any(line.listed_mw > line.counted_mw):
        draw_steps(axes, line.edges, line.listed_mw, FAINT, width=1.0, style="--")
    draw_steps(axes, line.edges, line.required_mw, INK, width=1.3)
    top = float(max(line.required_mw.max(), line.listed_mw.max()))
    axes.set_ylim(0, 1.15 * (top or 1.0))
    axes.set_ylabel("MW")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)


def _draw_bar(axes: Axes, line: PairingLine) -> None:
    """The bars of one day: what counts, framed what is listed, the requirement as an upright line."""
    _name(axes, line)
    required, counted, listed = (float(each[-1]) for each in (line.required_mw, line.counted_mw, line.listed_mw))
    axes.barh([0], [counted], color=COUNTED, height=0.5)
    axes.barh([0], [max(0.0, required - counted)], left=[counted], color=SHORT, alpha=0.25, height=0.5)
    if listed > counted:
        axes.barh([0], [listed], facecolor="none", edgecolor=FAINT, linestyle="--", linewidth=1.0, height=0.62)
    axes.plot([required, required], [-0.42, 0.42], color=INK, linewidth=1.6)
    axes.set_xlim(0, 1.1 * (max(required, listed) or 1.0))
    axes.set_ylim(-0.6, 0.6)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(visible=True, axis="x", color=HAIR, linewidth=0.5)


def _name(axes: Axes, line: PairingLine) -> None:
    note = "" if line.judged else "   仅列数字 shown only"
    name_panel(axes, line.heading.zh, f"{line.heading.en}{note}")


def _day(day: date) -> float:
    return float((day - FIRST_DAY).days)
