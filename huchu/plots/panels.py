"""Price, power and stored energy of each step, one panel each."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Flags, Floats
from huchu.plots.page import FAINT, HAIR, INK, name_panel
from huchu.plots.picture import SchedulePicture
from huchu.plots.strokes import Dash, draw_curve, draw_steps, fill_steps, runs

CHARGE: Final = "#2f6db3"
DISCHARGE: Final = "#e1622f"
STORED: Final = "#3a8f74"
SEASON: Final = "#fff6de"
OUTAGE: Final = "#8c8c8c"
HATCH: Final = "/////"
SEASON_PATCH: Final = Patch(facecolor=SEASON, edgecolor="#e6cf8c", linewidth=0.5, label="迎峰日 peak-season day")
OUTAGE_PATCH: Final = Patch(facecolor="none", edgecolor=OUTAGE, hatch=HATCH, linewidth=0.5, label="停运或受限 outage")


def draw_price(axes: Axes, picture: SchedulePicture, *, season_named: bool = True) -> None:
    """The price of each step; two lines where charging and discharging have different prices."""
    charge, discharge = picture.charge_price_cny_per_mwh, picture.discharge_price_cny_per_mwh
    name_panel(axes, "电价", "price, CNY/MWh")
    handles = []
    if np.array_equal(charge, discharge):
        draw_steps(axes, picture.edges, charge, INK)
    else:
        draw_steps(axes, picture.edges, charge, CHARGE)
        draw_steps(axes, picture.edges, discharge, DISCHARGE)
        handles = [line(CHARGE, "充电价 charging"), line(DISCHARGE, "放电价 discharging")]
    frame_price(axes, np.minimum(charge, discharge), np.maximum(charge, discharge))
    axes.set_ylabel("元/MWh")
    named = season_named and picture.in_season.any()
    show_legend(axes, [*handles, *([SEASON_PATCH] if named else [])])


def draw_power(axes: Axes, picture: SchedulePicture) -> None:
    """Discharging above zero, charging below; the limits of each step thin, outages hatched."""
    name_panel(axes, "功率", "power, MW")
    fill_steps(axes, picture.edges, np.zeros(picture.count), picture.discharge_mw, DISCHARGE)
    fill_steps(axes, picture.edges, -picture.charge_mw, np.zeros(picture.count), CHARGE)
    for limit in (picture.discharge_limit_mw, -picture.charge_limit_mw):
        draw_steps(axes, picture.edges, limit, FAINT, width=0.6)
    axes.axhline(0, color=INK, linewidth=0.6)
    top = max(float(picture.discharge_limit_mw.max()), float(picture.discharge_mw.max()))
    bottom = max(float(picture.charge_limit_mw.max()), float(picture.charge_mw.max()))
    axes.set_ylim(-1.08 * (bottom or 1.0), 1.08 * (top or 1.0))
    frame_power(axes, picture)
    axes.set_ylabel("MW")
    limits = line(FAINT, "功率上限 limit", width=0.6)
    handles = [Patch(color=DISCHARGE, label="放电 discharge"), Patch(color=CHARGE, label="充电 charge"), limits]
    show_legend(axes, [*handles, *([OUTAGE_PATCH] if picture.out_of_service.any() else [])])


def draw_stored(axes: Axes, picture: SchedulePicture) -> None:
    """Energy inside the store between its bounds."""
    name_panel(axes, "储能量", "stored energy, MWh")
    draw_curve(axes, picture.edges, picture.stored_at_edges_mwh, STORED)
    frame_stored(axes, picture)
    axes.set_ylabel("MWh")
    show_legend(axes, [line(STORED, "储能量 stored"), line(FAINT, "上下限 bounds", style="--", width=0.8)])


def frame_price(axes: Axes, lowest: Floats, highest: Floats) -> None:
    """Limits of the price axis: zero is seen, and so is everything between the lowest and the highest."""
    low, high = min(float(lowest.min()), 0.0), max(float(highest.max()), 0.0)
    margin = 0.08 * max(high - low, 1.0)
    axes.set_ylim(low - margin if low < 0 else 0.0, high + margin)
    if low < 0:
        axes.axhline(0, color=FAINT, linewidth=0.6)
    _grid(axes)


def frame_power(axes: Axes, picture: SchedulePicture) -> None:
    """Hatch the outages across the panel."""
    hatch_outages(axes, picture.out_of_service, picture.edges)
    _grid(axes)


def frame_stored(axes: Axes, picture: SchedulePicture) -> None:
    """The bounds of the stored energy, and an axis from zero to above the upper one."""
    for bound in (picture.max_stored_mwh, picture.min_stored_mwh):
        draw_steps(axes, picture.edges, bound, FAINT, width=0.8, style="--")
    top = max(float(picture.max_stored_mwh.max()), float(picture.stored_mwh.max()))
    axes.set_ylim(0, 1.08 * (top or 1.0))
    _grid(axes)


def shade_season(axes: Axes, picture: SchedulePicture) -> None:
    """A light ground behind the peak-season days."""
    spans = runs(picture.in_season, picture.edges)
    axes.broken_barh(spans, (0, 1), transform=axes.get_xaxis_transform(), facecolors=SEASON, linewidth=0, zorder=0.1)


def line(colour: str, label: str, *, style: Dash = "-", width: float = 1.2) -> Line2D:
    """A line of a legend."""
    return Line2D([], [], color=colour, linestyle=style, linewidth=width, label=label)


def show_legend(axes: Axes, handles: Sequence[Any]) -> None:
    """A legend in one row above the panel, where there are no data."""
    if handles:
        axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.02), ncols=len(handles))


def _grid(axes: Axes) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)


def hatch_outages(axes: Axes, out_of_service: Flags, edges: Floats) -> None:
    """Hatch the steps that are out of service across the whole height of a panel."""
    axes.broken_barh(
        runs(out_of_service, edges),
        (0, 1),
        transform=axes.get_xaxis_transform(),
        facecolors="none",
        edgecolors=OUTAGE,
        hatch=HATCH,
        linewidth=0,
        zorder=2.5,
    )
