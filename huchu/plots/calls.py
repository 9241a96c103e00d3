"""The page of calls: what was done against the requirement, and until when it can still be reached."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Flags, Floats
from huchu.plots.heading import write_figures, write_station
from huchu.plots.page import FAINT, HAIR, INK, LEFT_MARGIN, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import DISCHARGE, OUTAGE_PATCH, SEASON, SEASON_PATCH, hatch_outages, line, show_legend
from huchu.plots.strokes import runs
from huchu.plots.time_axis import FIRST_DAY, mark_time

LEFT, RIGHT = 0.065, RIGHT_MARGIN
HEAD_COLUMNS: Final = (LEFT_MARGIN, 0.24, 0.43, 0.62, 0.81)
REACH_COLOURS: Final = {1: "#16406f", 2: "#2f6db3", 3: "#8db4dd"}
"""By calls a day: the darker, the sooner one has to begin."""
PACE_WORDS: Final = {1: "1 次/天", 2: "2 次/天", 3: "3 次/天"}
REACH_NOTE: Final = (
    "蓝线：已完成低于该线时，按此节奏不再能达成；▼ 为最迟开始日\n"
    "blue: with fewer calls than the line, that many a day no longer reach the requirement; ▼ the last day to begin"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBar:
    """A settled month: the calls that it added, and its share of the requirement by days."""

    first_on: date
    last_on: date
    calls: float
    due_calls: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsPicture:
    """What is drawn of one station's obligation year.

    Shape   arrays have one figure a day of the year; `available_shares` are the shares of power of the days that are
            left and count, else 0; `done_calls` are points of days past and calls to date; `until_on` is the last day
            that is past; `last_starts` the last day to begin for so many calls a day, nothing where there is none
    """

    station_id: str
    station_name: str
    first_on: date
    until_on: date
    rule: str
    in_season: Flags
    out_of_service: Flags
    available_shares: Floats
    done_calls: tuple[tuple[float, float], ...]
    required_calls: float
    due_calls: float
    months: tuple[MonthBar, ...]
    last_starts: tuple[tuple[int, date | None], ...]
    complete: bool
    verdict: str

    @property
    def edges(self) -> Floats:
        """Both ends of every day of the year in days since 1970-01-01: one figure more than there are days."""
        return _at(self.first_on) + np.arange(len(self.in_season) + 1, dtype=np.float64)

    @property
    def done(self) -> float:
        """Calls of the settled months."""
        return self.done_calls[-1][1]


def calls_png(picture: CallsPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_calls(figure, picture))


def draw_calls(figure: Figure, picture: CallsPicture) -> None:
    """Draw the calls to date with the limits of what can be reached, and the calls of each month below."""
    _write_head(figure, picture)
    first, until = float(picture.edges[0]), float(picture.edges[-1])
    above = figure.add_axes((LEFT, 0.35, RIGHT - LEFT, 0.485))
    below = figure.add_axes((LEFT, 0.055, RIGHT - LEFT, 0.22))
    for axes, draw in ((above, _draw_to_date), (below, _draw_months)):
        spans = runs(picture.in_season, picture.edges)
        axes.broken_barh(
            spans, (0, 1), transform=axes.get_xaxis_transform(), facecolors=SEASON, linewidth=0, zorder=0.1
        )
        draw(axes, picture)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
        axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)
        axes.set_ylabel("次")
        mark_time(axes, first, until, labelled=True)
    figure.align_ylabels([above, below])


def _write_head(figure: Figure, picture: CallsPicture) -> None:
    title = f"全容量充放电调用进度  full-capacity calls · {picture.rule}"
    write_station(figure, picture.station_name, picture.station_id, title)
    last_on = picture.first_on + timedelta(days=len(picture.in_season) - 1)
    bound = "" if picture.complete else "≥ "
    told = (
        ("年度 obligation year", f"{picture.first_on} – {last_on}"),
        ("截至 until", f"{picture.until_on}"),
        ("已完成 / 要求  done / required", f"{bound}{picture.done:,.2f} / {picture.required_calls:,.2f}"),
        ("至今应完成 due by now", f"{picture.due_calls:,.2f}"),
        ("结论 verdict", picture.verdict),
    )
    write_figures(figure, told, HEAD_COLUMNS)


def _draw_to_date(axes: Axes, picture: CallsPicture) -> None:
    name_panel(axes, "累计次数", "calls to date")
    edges = picture.edges
    top = 1.1 * max(picture.required_calls, picture.done, 1.0)
    axes.set_ylim(0, top)
    axes.axhline(picture.required_calls, color=INK, linewidth=0.8)
    days = np.concatenate(([0.0], np.cumsum(picture.in_season)))
    axes.plot(edges, picture.required_calls * days / max(days[-1], 1.0), color=FAINT, linewidth=0.9, linestyle="--")
    across = [edges[0] + past for past, _ in picture.done_calls]
    axes.plot(across, [calls for _, calls in picture.done_calls], color=DISCHARGE, linewidth=1.8, zorder=3)
    axes.plot(across[-1:], [picture.done], color=DISCHARGE, marker="o", markersize=5, zorder=3.2)
    handles: list[Line2D | Patch] = [
        line(DISCHARGE, "已完成 done" if picture.complete else "已完成 ≥ done", width=1.8),
        line(FAINT, "按日分摊 pro rata", style="--", width=0.9),
        line(INK, "要求 required", width=0.8),
    ]
    handles += _draw_reach(axes, picture)
    hatch_outages(axes, picture.out_of_service, picture.edges)
    outage = [OUTAGE_PATCH] if picture.out_of_service.any() else []
    show_legend(axes, [*handles, *([SEASON_PATCH] if picture.in_season.any() else []), *outage])


def _draw_reach(axes: Axes, picture: CallsPicture) -> list[Line2D]:
    """For each pace the fewest calls from which the requirement can still be reached, and the last day to begin."""
    if picture.done >= picture.required_calls or not picture.available_shares.any():
        return []
    edges, now = picture.edges, _at(picture.until_on) + 1
    to_come = np.concatenate((np.cumsum(picture.available_shares[::-1])[::-1], [0.0]))
    last = float(edges[1:][picture.available_shares > 0][-1])
    shown = (edges >= now) & (edges <= last)
    starts = [(pace, day) for pace, day in picture.last_starts if day is not None]
    for pace, _ in picture.last_starts:
        least = picture.required_calls - pace * to_come
        axes.plot(edges[shown], np.clip(least[shown], 0, None), color=REACH_COLOURS[pace], linewidth=1.0)
    if starts:
        furthest = max(_at(day) for _, day in starts)
        axes.plot(
            [edges[0] + picture.done_calls[-1][0], furthest],
            [picture.done] * 2,
            color=DISCHARGE,
            linewidth=0.9,
            linestyle=":",
        )
    for pace, day in starts:
        at = _at(day)
        axes.plot([at, at], [0, picture.done], color=REACH_COLOURS[pace], linewidth=0.7, linestyle=":")
        axes.plot([at], [picture.done], color=REACH_COLOURS[pace], marker="v", markersize=5, zorder=3.3)
        axes.annotate(
            f"{day:%m-%d}", (at, picture.done), (-4, 5), textcoords="offset points", fontsize=8, ha="right", zorder=3.4
        )
    axes.annotate(
        REACH_NOTE,
        (0, 1),
        (8, -34),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=7.5,
        color=FAINT,
        va="top",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 2.0},
        zorder=2.8,
    )
    return [
        line(REACH_COLOURS[pace], f"{PACE_WORDS[pace]}{_when(day, picture)}", width=1.0)
        for pace, day in picture.last_starts
    ]


def _when(day: date | None, picture: CallsPicture) -> str:
    if day is not None:
        return f" ≤ {day:%m-%d}"
    return " 不可及" if picture.complete else ""


def _draw_months(axes: Axes, picture: CallsPicture) -> None:
    name_panel(axes, "每月次数", "calls of each month")
    highest = 1.0
    for bar in picture.months:
        first, width = _at(bar.first_on), (bar.last_on - bar.first_on).days + 1
        axes.bar(first + width / 2, bar.calls, width=0.6 * width, color=DISCHARGE, zorder=2)
        axes.plot([first, first + width], [bar.due_calls] * 2, color=FAINT, linewidth=1.2, linestyle="--", zorder=2.2)
        if bar.calls or bar.due_calls:
            above = (first + width / 2, max(bar.calls, bar.due_calls))
            axes.annotate(f"{bar.calls:,.2f}", above, (0, 3), textcoords="offset points", fontsize=7.5, ha="center")
        highest = max(highest, bar.calls, bar.due_calls)
    axes.set_ylim(0, 1.2 * highest)
    show_legend(axes, [Patch(color=DISCHARGE, label="完成 done"), line(FAINT, "应完成 due", style="--", width=1.2)])


def _at(day: date) -> float:
    """A midnight in days since 1970-01-01."""
    return float((day - FIRST_DAY).days)
