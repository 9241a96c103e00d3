"""The page of an envelope: energy and power of the virtual store between their bounds, with the plan and without it."""

from datetime import timedelta
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Floats
from huchu.plots.envelope_picture import EnvelopePicture
from huchu.plots.heading import write_section, write_title
from huchu.plots.page import FAINT, HAIR, INK, LEFT_MARGIN, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, STORED, line, show_legend
from huchu.plots.strokes import draw_steps, fill_steps
from huchu.plots.time_axis import mark_time

LEFT: Final = 0.075
WIDTH: Final = RIGHT_MARGIN - LEFT
COLUMNS: Final = (LEFT_MARGIN, 0.24, 0.40, 0.59, 0.79)
LONGEST_DAYS: Final = 5
"""A longer horizon is drawn day by day, with the busiest days below it."""
ZOOM_DAYS: Final = 3
ROOM: Final = 0.30
"""Opacity of what the store may do."""


def envelope_png(picture: EnvelopePicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_envelope(figure, picture))


def draw_envelope(figure: Figure, picture: EnvelopePicture) -> None:
    """Draw the store; a long horizon day by day above, and its busiest days step by step below."""
    title = "车网互动：虚拟储能的包络", "V2G: the envelope of the virtual store, and the plan"
    write_title(figure, title, picture.told, COLUMNS)
    steps_of_days = LONGEST_DAYS / (picture.hours / 24)
    if picture.count <= steps_of_days:
        _draw_zoom(figure, picture, 0.055, 0.80)
        return
    above = figure.add_axes((LEFT, 0.655, WIDTH, 0.175))
    _draw_daily_peaks(above, picture)
    first, until = picture.busiest(ZOOM_DAYS)
    shown = picture.between(first, until)
    last_at = shown.first_at + timedelta(minutes=shown.minutes * shown.count - 1)
    days = f"{shown.first_at:%Y-%m-%d} – {last_at:%m-%d}"
    write_section(figure, 0.575, f"最忙的 {ZOOM_DAYS} 天", f"the {ZOOM_DAYS} busiest days, {days}")
    _draw_zoom(figure, shown, 0.055, 0.505)


def _draw_zoom(figure: Figure, picture: EnvelopePicture, bottom: float, height: float) -> None:
    """The panels step by step, between two heights of the page: price or load where given, energy, power."""
    has_strip = picture.price_cny_per_mwh is not None or picture.load_kw is not None
    gap = 0.058
    parts = (0.22, 0.40, 0.38) if has_strip else (0.52, 0.48)
    room = height - gap * len(parts)
    draws: tuple[Any, ...] = (_draw_strip, _draw_energy, _draw_power) if has_strip else (_draw_energy, _draw_power)
    top, panels = bottom + height - gap / 2, []
    for share, draw in zip(parts, draws, strict=True):
        axes = figure.add_axes((LEFT, top - share * room, WIDTH, share * room))
        draw(axes, picture)
        _frame(axes, picture.edges, labelled=draw is draws[-1])
        panels.append(axes)
        top -= share * room + gap
    figure.align_ylabels(panels)


def _draw_strip(axes: Axes, picture: EnvelopePicture) -> None:
    """The price of each step; without prices the load, alone and with the cars."""
    if picture.price_cny_per_mwh is not None:
        name_panel(axes, "电价", "price of charging, CNY/MWh")
        draw_steps(axes, picture.edges, picture.price_cny_per_mwh, INK)
        _reach(axes, picture.price_cny_per_mwh, from_zero=True)
        axes.set_ylabel("元/MWh")
        return
    load = np.zeros(picture.count) if picture.load_kw is None else picture.load_kw
    name_panel(axes, "负荷", "load with the cars, kW")
    with_plan, by_itself = load + picture.plan_kw, load + picture.uncontrolled_kw
    for power, colour in ((load, FAINT), (by_itself, DISCHARGE), (with_plan, CHARGE)):
        draw_steps(axes, picture.edges, power, colour)
    _reach(axes, load, with_plan, by_itself)
    axes.set_ylabel("kW")
    show_legend(
        axes,
        [line(FAINT, "负荷 load"), line(DISCHARGE, "无序充电 uncontrolled"), line(CHARGE, "按计划 planned")],
    )


def _draw_energy(axes: Axes, picture: EnvelopePicture) -> None:
    """Cumulated energy of the plan between the least and the most that the cars allow."""
    name_panel(axes, "累计电量", "energy given to the cars, cumulated, kWh")
    edges = picture.edges
    axes.fill_between(edges, picture.energy_min_kwh, picture.energy_max_kwh, color=STORED, alpha=ROOM, linewidth=0)
    axes.plot(edges, picture.uncontrolled_kwh, color=DISCHARGE, linewidth=1.0, linestyle="--")
    axes.plot(edges, picture.plan_kwh, color=CHARGE, linewidth=1.4)
    _reach(axes, picture.energy_min_kwh, picture.energy_max_kwh, picture.plan_kwh)
    axes.set_ylabel("kWh")
    room = Patch(color=STORED, alpha=ROOM, linewidth=0, label="可行范围 bounds")
    show_legend(
        axes, [room, line(DISCHARGE, "无序充电 uncontrolled", style="--"), line(CHARGE, "计划 plan", width=1.4)]
    )


def _draw_power(axes: Axes, picture: EnvelopePicture) -> None:
    """Power of the plan between its bounds, beside charging at once at full power."""
    name_panel(axes, "功率", "power, kW: charging above zero")
    fill_steps(axes, picture.edges, picture.power_min_kw, picture.power_max_kw, STORED, opacity=ROOM)
    draw_steps(axes, picture.edges, picture.uncontrolled_kw, DISCHARGE, width=1.0, style="--")
    draw_steps(axes, picture.edges, picture.plan_kw, CHARGE, width=1.4)
    axes.axhline(0, color=INK, linewidth=0.6)
    _reach(axes, picture.power_min_kw, picture.power_max_kw, picture.uncontrolled_kw, picture.plan_kw, from_zero=True)
    axes.set_ylabel("kW")


def _draw_daily_peaks(axes: Axes, picture: EnvelopePicture) -> None:
    """The highest charging power of each day: by itself and planned."""
    name_panel(axes, "每日最高充电功率", "highest charging power of each day, kW")
    firsts = picture.first_steps
    edges = np.append(picture.edges[firsts], picture.edges[-1])
    by_itself = np.maximum.reduceat(picture.uncontrolled_kw, firsts)
    planned = np.maximum.reduceat(picture.plan_kw, firsts)
    fill_steps(axes, edges, np.zeros(len(firsts)), by_itself, DISCHARGE, opacity=ROOM)
    draw_steps(axes, edges, planned, CHARGE, width=1.2)
    _reach(axes, by_itself, planned, from_zero=True)
    axes.set_ylabel("kW")
    _frame(axes, edges, labelled=True)
    first, until = picture.busiest(ZOOM_DAYS)
    axes.axvspan(picture.edges[first], picture.edges[until], color=HAIR, alpha=0.6, linewidth=0, zorder=0.2)
    by_itself_patch = Patch(color=DISCHARGE, alpha=ROOM, linewidth=0, label="无序充电 uncontrolled")
    zoom = Patch(color=HAIR, alpha=0.6, linewidth=0, label="下图各天 shown below")
    show_legend(axes, [by_itself_patch, line(CHARGE, "计划 plan"), zoom])


def _frame(axes: Axes, edges: Floats, *, labelled: bool) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(lambda shown, _: f"{shown:,.6g}")
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)
    mark_time(axes, float(edges[0]), float(edges[-1]), labelled=labelled)


def _reach(axes: Axes, *figures: Floats, from_zero: bool = False) -> None:
    """Limits of the axis: all figures are seen, with a margin, and zero where it matters."""
    low, high = min(float(each.min()) for each in figures), max(float(each.max()) for each in figures)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.06 * (high - low or 1.0)
    axes.set_ylim(low if low == 0.0 and from_zero else low - margin, high + margin)
