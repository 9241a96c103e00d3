"""The page of a fleet: the day that matters and the whole horizon, and what is proven of the plan."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from dispatch.arrays import Floats
from huchu.plots.days import Days
from huchu.plots.fleet_net import draw_net_days, draw_net_steps, fullest_day, net_told
from huchu.plots.fleet_page import (
    amount_told,
    fleet_told,
    frame_figures,
    share_told,
    write_certificate,
    write_fleet_head,
)
from huchu.plots.fleet_picture import FleetLoad, FleetPicture
from huchu.plots.fleet_wind import draw_lost_days, draw_wind, wind_told, worst_day
from huchu.plots.page import INK, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, STORED, line, show_legend
from huchu.plots.strokes import draw_steps, fill_steps
from huchu.plots.time_axis import mark_time

LEFT: Final = 0.075
ABOVE: Final = (0.43, 0.345)
BELOW: Final = (0.055, 0.29)
"""Bottom and height of the two panels, shares of the page."""
DETAILED_DAYS: Final = 14
"""Of a longer horizon the days are drawn: what is cut could not be seen step by step."""
PROVEN: Final = "#b3362f"
OPACITY: Final = 0.5


def fleet_png(picture: FleetPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape; load or wind or, with neither, the net power of the fleet."""
    return png_of(lambda figure: draw_fleet(figure, picture))


def draw_fleet(figure: Figure, picture: FleetPicture) -> None:
    """Draw one day above and the horizon below; a long horizon by days, and of one day the net power."""
    titles = "多站联合调度", "dispatch of a fleet"
    write_fleet_head(figure, picture, titles, (*_told(picture), fleet_told(picture)))
    write_certificate(figure, picture.certificate)
    days = days_of(picture)
    number = _day_shown(picture, days)
    ends = np.append(days.first_steps, picture.count)
    day = slice(int(ends[number]), int(ends[number + 1]))
    above, below = (figure.add_axes((LEFT, base, RIGHT_MARGIN - LEFT, height)) for base, height in (ABOVE, BELOW))
    _draw_day(above, picture, day)
    first, until = float(picture.edges[day.start]), float(picture.edges[day.stop])
    mark_time(above, first, until, labelled=True)
    _draw_horizon(below, picture, days)
    if len(days.first_steps) > 1:
        below.axvspan(first, until, facecolor="none", edgecolor=INK, linewidth=0.7, zorder=3)
    mark_time(below, float(picture.edges[0]), float(picture.edges[-1]), labelled=True)
    figure.align_ylabels([above, below])


def days_of(picture: FleetPicture) -> Days:
    """The local days of a picture."""
    edges = np.append(picture.edges[picture.first_steps], picture.edges[-1])
    return Days(first_steps=picture.first_steps, edges=edges)


def _told(picture: FleetPicture) -> Sequence[tuple[str, str]]:
    if picture.load is not None:
        return _load_told(picture, picture.load)
    return net_told(picture) if picture.wind is None else wind_told(picture.wind, picture.hours)


def _load_told(picture: FleetPicture, load: FleetLoad) -> Sequence[tuple[str, str]]:
    before, after = float(load.before_mw.max()), float(load.after_mw.max())
    proven = None if load.proven_peak_mw is None else float(load.proven_peak_mw.max())
    return (
        (f"削前最高 peak before · {_when(picture, load.before_mw)}", f"{amount_told(before)} MW"),
        (f"削后最高 peak after · {_when(picture, load.after_mw)}", f"{amount_told(after)} MW"),
        ("削减 cut", f"{amount_told(before - after)} MW（{share_told(before - after, before)}）"),
        ("已证下限 least peak proven", "—" if proven is None else f"{amount_told(proven)} MW"),
    )


def _when(picture: FleetPicture, by_step: Floats) -> str:
    """The first step of the largest figure, whatever its last bits."""
    highest = float(by_step.max())
    step = int(np.flatnonzero(by_step >= highest - 1e-6 * max(abs(highest), 1.0))[0])
    return f"{picture.first_at + timedelta(minutes=picture.minutes) * step:%m-%d %H:%M}"


def _day_shown(picture: FleetPicture, days: Days) -> int:
    if picture.load is not None:
        return int(days.highest(picture.load.before_mw).argmax())
    return fullest_day(picture, days) if picture.wind is None else worst_day(picture.wind, days)


def _draw_day(axes: Axes, picture: FleetPicture, day: slice) -> None:
    edges = picture.edges[day.start : day.stop + 1]
    on = f"{picture.first_at + timedelta(minutes=picture.minutes) * day.start:%Y-%m-%d}"
    if picture.load is not None:
        name_panel(axes, f"最高负荷日 {on}", "load of the peak day, MW")
        _draw_load(axes, edges, picture.load, day)
    elif picture.wind is not None:
        name_panel(axes, f"弃电与缺额最多的一天 {on}", "the day with most curtailment and shortfall, MW")
        draw_wind(axes, edges, picture.wind, day)
    else:
        name_panel(axes, f"放电最多的一天 {on}", "charging and discharging on the day with most discharge, MW")
        draw_net_steps(axes, edges, picture.net_mw[:, day])


def _draw_horizon(axes: Axes, picture: FleetPicture, days: Days) -> None:
    whole, is_long = slice(0, picture.count), picture.edges[-1] - picture.edges[0] > DETAILED_DAYS
    if len(days.first_steps) == 1 or (picture.load is None and picture.wind is None and not is_long):
        name_panel(axes, "充放电功率", "charging and discharging of all stations, MW")
        draw_net_steps(axes, picture.edges, picture.net_mw)
    elif picture.load is not None:
        if is_long:
            name_panel(axes, "全时段：每日最高负荷", "whole horizon: highest load of each day, MW")
            _draw_load(axes, days.edges, _by_day(picture.load, days), slice(0, len(days.first_steps)))
        else:
            name_panel(axes, "全时段负荷", "load of the whole horizon, MW")
            _draw_load(axes, picture.edges, picture.load, whole)
    elif picture.wind is None:
        draw_net_days(axes, picture, days)
    elif is_long:
        draw_lost_days(axes, picture.wind, days, picture.hours)
    else:
        name_panel(axes, "全时段", "whole horizon, MW")
        draw_wind(axes, picture.edges, picture.wind, whole)


def _by_day(load: FleetLoad, days: Days) -> FleetLoad:
    proven = None if load.proven_peak_mw is None else days.highest(load.proven_peak_mw)
    return FleetLoad(
        before_mw=days.highest(load.before_mw), after_mw=days.highest(load.after_mw), proven_peak_mw=proven
    )


def _draw_load(axes: Axes, edges: Floats, load: FleetLoad, part: slice) -> None:
    """Load before and after; between them what the fleet takes away, or adds."""
    before, after = load.before_mw[part], load.after_mw[part]
    fill_steps(axes, edges, np.minimum(before, after), before, DISCHARGE, opacity=OPACITY)
    fill_steps(axes, edges, before, np.maximum(before, after), CHARGE, opacity=OPACITY)
    draw_steps(axes, edges, before, INK, width=0.9)
    draw_steps(axes, edges, after, STORED, width=1.2)
    handles: list[Any] = [line(INK, "削前 before", width=0.9), line(STORED, "削后 after", width=1.2)]
    if (after < before).any():
        handles.append(Patch(color=DISCHARGE, alpha=OPACITY, linewidth=0, label="放电 discharging"))
    if (after > before).any():
        handles.append(Patch(color=CHARGE, alpha=OPACITY, linewidth=0, label="充电 charging"))
    levels = [before, after]
    if load.proven_peak_mw is not None:
        draw_steps(axes, edges, load.proven_peak_mw[part], PROVEN, width=1.0, style="--")
        handles.append(line(PROVEN, "已证下限 proven", style="--", width=1.0))
        levels.append(load.proven_peak_mw[part])
    low, high = min(float(each.min()) for each in levels), max(float(each.max()) for each in levels)
    margin = 0.06 * max(high - low, 1.0)
    axes.set_ylim(low - margin, high + margin)
    frame_figures(axes, "MW")
    show_legend(axes, handles)
