"""The page of a fleet's calls: what each station did against what is asked of it, and who did least."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Floats, Integers
from huchu.plots.fleet_page import COLUMNS, frame_figures, short_name, write_certificate, write_fleet_head
from huchu.plots.fleet_picture import FleetCalls, FleetPicture
from huchu.plots.page import FAINT, HAIR, INK, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import DISCHARGE, STORED, line, show_legend

NAMED: Final = 30
"""A larger fleet is drawn as dots, and the lowest are named."""
LOWEST: Final = 10
REACHED: Final = 1 - 1e-6
"""From this share on the calls are done, whatever the last bits of a solver."""
LEAST: Final = "#b3362f"
BOTTOM, TOP = 0.065, 0.775
LEFT_OF_BARS, LEFT_OF_DOTS, LEFT_OF_LOWEST = 0.13, 0.065, 0.785
ROW_HEIGHT: Final = 0.058
WIDEST_ID: Final = 140
"""Tenths of the width of a Chinese character."""


def fleet_calls_png(picture: FleetPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_fleet_calls(figure, picture))


def draw_fleet_calls(figure: Figure, picture: FleetPicture) -> None:
    """Draw a bar for each station; of many stations sorted dots, and bars of the ten lowest."""
    calls = picture.calls
    order = lowest_first(calls)
    titles = "各站调用次数", "calls of each station"
    write_fleet_head(figure, picture, titles, _told(picture, order), COLUMNS)
    write_certificate(figure, picture.certificate)
    if len(order) <= NAMED:
        height = min(TOP - BOTTOM, ROW_HEIGHT * (len(order) + 1))
        axes = figure.add_axes((LEFT_OF_BARS, TOP - height, RIGHT_MARGIN - LEFT_OF_BARS, height))
        name_panel(axes, "各站", "done and asked, the least share first" if calls.asked_of.any() else "calls done")
        _draw_bars(axes, picture, order)
        show_legend(axes, _handles(calls, as_bars=True))
        return
    dots = figure.add_axes((LEFT_OF_DOTS, BOTTOM, 0.665 - LEFT_OF_DOTS, TOP - BOTTOM))
    _draw_dots(dots, picture, order)
    bars = figure.add_axes((LEFT_OF_LOWEST, BOTTOM, RIGHT_MARGIN - LEFT_OF_LOWEST, TOP - BOTTOM))
    name_panel(bars, f"最低的 {LOWEST} 站", f"the {LOWEST} lowest")
    _draw_bars(bars, picture, order[:LOWEST])


def lowest_first(calls: FleetCalls) -> Integers:
    """The numbers of the stations by their share of what is asked, then by calls; those of whom nothing is asked last."""
    shares = calls.shares
    return np.lexsort((calls.done, np.nan_to_num(shares), np.isnan(shares))).astype(np.int64)


def _told(picture: FleetPicture, order: Integers) -> tuple[tuple[str, str], ...]:
    calls, least = picture.calls, int(order[0])
    done = (("调用次数 calls done", f"{float(calls.done.sum()):,.1f}"),)
    if calls.asked is None or not calls.asked_of.any():
        return (*done, ("每站 each station", _range_told(calls.done)), ("要求 asked", "无 none"))
    asked = calls.asked[calls.asked_of]
    reached = int((calls.shares[calls.asked_of] >= REACHED).sum())
    year = "" if calls.of_year is None else f" · 全年 a year {calls.of_year:,.6g}"
    # where all are done, none is the least but by chance
    whose = f" · {short_name(picture.station_ids[least], WIDEST_ID)}" if _is_short(calls, least) else ""
    return (
        *done,
        (f"每站要求 asked{year}", _range_told(asked)),
        ("达到 / 有要求的站 reached / asked", f"{reached} / {len(asked)}"),
        (f"最低 least{whose}", f"{calls.shares[least]:.1%}"),
    )


def _is_short(calls: FleetCalls, number: int) -> bool:
    """Whether a station of which calls are asked did not make them all."""
    return bool(calls.shares[number] < REACHED)


def _range_told(counts: Floats) -> str:
    few, most = f"{counts.min():,.2f}", f"{counts.max():,.2f}"
    return few if few == most else f"{few} – {most}"


def _draw_bars(axes: Axes, picture: FleetPicture, order: Integers) -> None:
    """A bar a station from the top, what is asked of it as an upright mark, and the figures beside it."""
    calls = picture.calls
    rows = np.arange(len(order))
    asked = np.zeros(len(calls.done)) if calls.asked is None else calls.asked
    axes.barh(rows, calls.done[order], height=0.56, color=[_colour(calls, number, order) for number in order])
    for row, number in zip(rows, order, strict=True):
        if asked[number] > 0:
            axes.plot([asked[number]] * 2, [row - 0.4, row + 0.4], color=INK, linewidth=1.4, solid_capstyle="butt")
        furthest = max(float(calls.done[number]), float(asked[number]))
        axes.annotate(
            _figures(calls, int(number)), (furthest, row), (6, 0), textcoords="offset points", va="center", fontsize=7.5
        )
    few = len(order) <= LOWEST and len(order) < len(calls.done)
    room = 2.9 if few else 1.2
    axes.set_xlim(0, room * (max(float(calls.done[order].max()), float(asked[order].max())) or 1.0))
    axes.set_ylim(len(order) - 0.4, -0.6)
    names = [short_name(picture.station_ids[number], WIDEST_ID) for number in order]
    axes.set_yticks(rows, names, fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3 if few else 8, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(visible=True, axis="x", color=HAIR, linewidth=0.5)
    axes.set_xlabel("次 calls")


def _draw_dots(axes: Axes, picture: FleetPicture, order: Integers) -> None:
    """The stations side by side from the lowest share on, those of whom nothing is asked left out."""
    calls = picture.calls
    is_asked = bool(calls.asked_of.any())
    shown = order[calls.asked_of[order]] if is_asked else order
    heights = calls.shares[shown] if is_asked else calls.done[shown]
    name_panel(axes, "各站，由低到高", "share of the calls asked" if is_asked else "calls done, lowest first")
    ranks = np.arange(1, len(shown) + 1)
    axes.scatter(ranks, heights, s=16, c=[_colour(calls, number, order) for number in shown], linewidths=0, zorder=2)
    top = max(float(heights.max()), 1.0)
    # the lowest is named below its dot, where no other dot can be
    axes.set_ylim(-0.1 * top if heights[0] < 0.1 * top else 0, 1.1 * top)
    axes.set_xlim(0, len(shown) + 1)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xlabel("名次 rank")
    frame_figures(axes, "次 calls")
    if is_asked:
        axes.axhline(1.0, color=INK, linewidth=1.0, zorder=1.5)
        axes.set_ylabel("完成 ÷ 要求 done / asked")
        axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    if not is_asked or _is_short(calls, int(shown[0])):
        _mark_least(axes, picture, int(shown[0]), float(heights[0]))
    show_legend(axes, _handles(calls, as_bars=False))


def _mark_least(axes: Axes, picture: FleetPicture, least: int, height: float) -> None:
    axes.scatter([1], [height], s=60, facecolors="none", edgecolors=LEAST, linewidths=1.2, zorder=2.2, clip_on=False)
    axes.annotate(
        f"{short_name(picture.station_ids[least], WIDEST_ID)}  {_figures(picture.calls, least)}",
        (1, height),
        (8, -16),
        textcoords="offset points",
        fontsize=8,
        color=LEAST,
        zorder=2.4,
    )


def _figures(calls: FleetCalls, number: int) -> str:
    if calls.asked is None or not calls.asked_of[number]:
        return f"{calls.done[number]:,.2f}"
    return f"{calls.done[number]:,.2f} / {calls.asked[number]:,.2f} · {calls.shares[number]:.1%}"


def _colour(calls: FleetCalls, number: int, order: Integers) -> str:
    """The lowest of those of whom calls are asked stands out; the others tell whether they reached them."""
    if not calls.asked_of[number]:
        return FAINT
    if not _is_short(calls, number):
        return STORED
    return LEAST if number == order[0] else DISCHARGE


def _handles(calls: FleetCalls, *, as_bars: bool) -> list[Any]:
    """The colours that the page shows."""
    shares = calls.shares[calls.asked_of]
    if not len(shares):
        return []

    def mark(colour: str, label: str) -> Patch | Line2D:
        if as_bars:
            return Patch(color=colour, label=label)
        return Line2D([], [], color=colour, linestyle="", marker="o", markersize=4, label=label)

    is_short = bool(shares.min() < REACHED)
    rest = np.sort(shares)[1:] if is_short else shares
    handles = [mark(LEAST, "最低 least")] if is_short else []
    handles += [mark(DISCHARGE, "未达到 short")] if (rest < REACHED).any() else []
    handles += [mark(STORED, "达到 reached")] if (rest >= REACHED).any() else []
    handles += [mark(FAINT, "无要求 nothing asked")] if as_bars and not calls.asked_of.all() else []
    return [*handles, line(INK, "要求 asked", width=1.4)]
