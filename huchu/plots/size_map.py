"""The map of net present value by power and duration, and beside it the profile at the most power."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Floats
from huchu.plots.page import FAINT, HAIR, INK
from huchu.plots.size_contours import label_contours
from huchu.plots.size_page import (
    EDGE_IN,
    GAIN,
    LOSS,
    WIDTH_IN,
    half_page_png,
    name_small,
    panel,
    tick_text,
    write_finding,
)
from huchu.plots.size_picture import MapPicture, MoneyUnit, figure_text, unit_of

HEIGHT_IN: Final = 4.0
MAP_BOX: Final = (0.52, 0.6, 3.3, 2.5)
SIDE_BOX: Final = (4.09, 0.6, 1.14, 2.5)
SHADES: Final = LinearSegmentedColormap.from_list(
    "npv",
    ["#9c4310", "#d9803f", "#f2b98a", "#fbe6d2", "#ffffff", "#dcebf5", "#9cc4e2", "#4a8cc4", "#1b4f8a"],
    N=512,
)
HATCHED: Final = "#b5b5b5"
FINER: Final = 8
"""Between two sizes of the map so many steps are drawn."""
MOST_LEVELS: Final = 9


def map_png(picture: MapPicture) -> bytes:
    """The bytes of the PNG of a map."""
    return half_page_png(lambda figure: draw_map(figure, picture), HEIGHT_IN)


def draw_map(figure: Figure, picture: MapPicture) -> None:
    """Draw the map with its contours, the chosen size and the limits, and the profile; a line where there is no map."""
    write_finding(figure, picture.finding, picture.scenario)
    unit = unit_of([picture.chosen_npv_cny, *(npv for row in picture.npv_cny for npv in row)])
    npv = np.array([[np.nan if each is None else each / unit.cny for each in row] for row in picture.npv_cny])
    if min(npv.shape) < 2:
        _draw_line(panel(figure, (0.7, 0.6, 4.5, 2.5)), picture, npv.ravel(), unit)
        return
    axes, side = panel(figure, MAP_BOX), panel(figure, SIDE_BOX)
    _draw_map(axes, picture, npv, unit)
    known = np.flatnonzero(np.isfinite(npv).any(axis=0))
    _draw_profile(side, picture, npv, int(known[-1]) if len(known) else -1, unit)
    _write_key(figure, picture, npv)


def _draw_map(axes: Axes, picture: MapPicture, npv: Floats, unit: MoneyUnit) -> None:
    name_small(axes, f"净现值（{unit.words.zh}）", f"NPV, {unit.words.en}")
    power, duration = np.array(picture.power_mw), np.array(picture.duration_h)
    axes.add_patch(
        Rectangle(
            (power[0], duration[0]),
            power[-1] - power[0],
            duration[-1] - duration[0],
            facecolor="#f4f4f4",
            edgecolor=HATCHED,
            hatch="//////",
            linewidth=0,
            zorder=0,
        )
    )
    axes.set_xlim(min(power[0], picture.chosen_power_mw), max(power[-1], picture.chosen_power_mw))
    axes.set_ylim(min(duration[0], picture.chosen_duration_h), max(duration[-1], picture.chosen_duration_h))
    across, up = _finer(power), _finer(duration)
    fine = _between(npv, power, duration, across, up)
    _frame(axes)
    label = _mark_chosen(axes, picture, unit)
    if np.isfinite(fine).any():
        _draw_levels(axes, across, up, fine, label)
    _draw_limits(axes, picture)


def _draw_levels(axes: Axes, across: Floats, up: Floats, fine: Floats, label: Text) -> None:
    least, most = float(np.nanmin(fine)), float(np.nanmax(fine))
    reach = max(abs(least), abs(most)) or 1.0
    shown = np.ma.masked_invalid(fine)
    rounded = MaxNLocator(nbins=MOST_LEVELS, steps=[1, 2, 2.5, 5, 10]).tick_values(least, most)
    inner = [float(level) for level in rounded if least < level < most]
    fills = sorted({-reach, reach, *np.linspace(-reach, reach, 97)})
    axes.contourf(across, up, shown, levels=fills, cmap=SHADES, vmin=-reach, vmax=reach, zorder=1, antialiased=False)
    if not inner:
        return
    widths = [1.8 if level == 0 else 0.55 for level in inner]
    colours = [INK if level == 0 else "#33475c" for level in inner]
    lines = axes.contour(
        across, up, shown, levels=inner, linewidths=widths, colors=colours, linestyles="solid", zorder=2
    )
    label_contours(axes, lines, tick_text, np.asarray(label.get_window_extent().extents))


def _draw_limits(axes: Axes, picture: MapPicture) -> None:
    """What lies above a limit is faded, for no size may be there."""
    top = axes.get_ylim()[1]
    for limit in picture.limits:
        across, up = np.array(limit.power_mw), np.array(limit.duration_h)
        axes.fill_between(across, np.minimum(up, top), top, color="white", alpha=0.45, linewidth=0, zorder=2.3)
        axes.plot(across, up, color=INK, linewidth=1.0, linestyle=(0, (4, 2.5)), zorder=2.4)


def _mark_chosen(axes: Axes, picture: MapPicture, unit: MoneyUnit) -> Text:
    at = (picture.chosen_power_mw, picture.chosen_duration_h)
    axes.plot(
        *at,
        "o",
        markersize=8,
        markerfacecolor="#ffd34d",
        markeredgecolor=INK,
        markeredgewidth=1.1,
        clip_on=False,
        zorder=5,
    )
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    is_right = at[0] > (left + right) / 2
    is_high = at[1] > bottom + 0.8 * (top - bottom)
    return axes.annotate(
        f"{picture.chosen_text}\n{unit.text(picture.chosen_npv_cny)} {unit.words.zh}",
        at,
        (-9 if is_right else 9, -9 if is_high else 9),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="top" if is_high else "bottom",
        fontsize=8.6,
        fontweight="bold",
        bbox={"facecolor": "white", "edgecolor": INK, "linewidth": 0.6, "alpha": 0.94, "boxstyle": "round,pad=0.3"},
        zorder=6,
    )


def _draw_profile(axes: Axes, picture: MapPicture, by_size: Floats, column: int, unit: MoneyUnit) -> None:
    """The present value at the most power that can be against the duration, on the same upright axis as the map."""
    power, npv = picture.power_mw[column], by_size[:, column]
    most = f"{power:,.6g} MW"
    name_small(axes, f"{most} 时", f"at {most}")
    duration = np.array(picture.duration_h)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.fill_betweenx(duration, 0, npv, where=npv >= 0, color=GAIN, alpha=0.18, linewidth=0, interpolate=True)
    axes.fill_betweenx(duration, 0, npv, where=npv <= 0, color=LOSS, alpha=0.25, linewidth=0, interpolate=True)
    axes.plot(npv, duration, color=GAIN, linewidth=1.6)
    chosen = picture.chosen_duration_h
    axes.axhline(chosen, color=FAINT, linewidth=0.7, linestyle=":")
    if picture.chosen_power_mw == power:
        at = picture.chosen_npv_cny / unit.cny
        axes.plot(
            at, chosen, "o", markersize=6, markerfacecolor="#ffd34d", markeredgecolor=INK, clip_on=False, zorder=5
        )
    axes.set_ylim(min(duration[0], chosen), max(duration[-1], chosen))
    known = npv[np.isfinite(npv)]
    low, high = (min(0.0, float(known.min())), max(0.0, float(known.max()))) if len(known) else (0.0, 1.0)
    margin = 0.08 * (high - low or 1.0)
    axes.set_xlim(low - margin if low < 0 else 0, high + margin if high > 0 or low == 0 else 0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(lambda shown, _: tick_text(shown))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axes.tick_params(labelsize=7.6, length=2.5)
    axes.tick_params(axis="y", labelleft=False)
    axes.grid(visible=True, color=HAIR, linewidth=0.5)
    axes.set_xlabel(f"{unit.words.zh} {unit.words.en}", fontsize=7.6)


def _draw_line(axes: Axes, picture: MapPicture, npv: Floats, unit: MoneyUnit) -> None:
    """Present value along the one of power and duration that is free; a point where neither is."""
    by_power = len(picture.power_mw) > 1
    across = picture.power_mw if by_power else picture.duration_h
    name_small(axes, f"净现值（{unit.words.zh}）", f"NPV, {unit.words.en}")
    axes.plot(across, npv, color=GAIN, linewidth=1.8, marker="o", markersize=3)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.grid(visible=True, color=HAIR, linewidth=0.5)
    axes.tick_params(labelsize=7.6, length=2.5)
    axes.yaxis.set_major_formatter(lambda shown, _: tick_text(shown))
    axes.margins(0.08, 0.3)
    axes.set_xlabel("功率 power, MW" if by_power else "时长 duration, h", fontsize=8)
    at = picture.chosen_power_mw if by_power else picture.chosen_duration_h
    chosen = picture.chosen_npv_cny / unit.cny
    axes.plot(at, chosen, "o", markersize=8, markerfacecolor="#ffd34d", markeredgecolor=INK, zorder=5)
    is_right = at > sum(axes.get_xlim()) / 2
    axes.annotate(
        f"{picture.chosen_text}  {figure_text(chosen, 1)}",
        (at, chosen),
        (-6 if is_right else 6, 8),
        textcoords="offset points",
        ha="right" if is_right else "left",
        fontsize=8.6,
        fontweight="bold",
    )


def _frame(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(lambda shown, _: tick_text(shown))
    axes.yaxis.set_major_formatter(lambda shown, _: tick_text(shown))
    axes.tick_params(labelsize=7.6, length=2.5)
    axes.set_xlabel("功率 power, MW", fontsize=8)
    axes.set_ylabel("时长 duration, h", fontsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(True)


def _write_key(figure: Figure, picture: MapPicture, npv: Floats) -> None:
    """What the lines and the hatching mean, under the map."""
    handles: list[Line2D | Patch] = []
    if (npv < 0).any() and (npv > 0).any():
        handles.append(Line2D([], [], color=INK, linewidth=1.8, label="净现值为零 NPV zero"))
    if picture.limits:
        words = "、".join(each.words.zh for each in picture.limits), ", ".join(each.words.en for each in picture.limits)
        handles.append(
            Line2D([], [], color=INK, linewidth=1.0, linestyle=(0, (4, 2.5)), label=f"{words[0]} {words[1]}")
        )
    if np.isnan(npv).any():
        handles.append(
            Patch(facecolor="#f4f4f4", edgecolor=HATCHED, hatch="//////", linewidth=0, label="不可行 not possible")
        )
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(EDGE_IN / WIDTH_IN, 0.015),
        ncols=max(len(handles), 1),
        fontsize=6.6,
    )


def _finer(places: Floats) -> Floats:
    steps = np.arange((len(places) - 1) * FINER + 1) / FINER
    finer: Floats = np.interp(steps, np.arange(len(places)), places)
    return finer


def _between(npv: Floats, power: Floats, duration: Floats, across: Floats, up: Floats) -> Floats:
    """The map on finer steps, straight between its sizes; nothing where one of the four around it is nothing."""
    by_power = np.array([_interpolated(across, power, row) for row in npv])
    return np.array([_interpolated(up, duration, column) for column in by_power.T]).T


def _interpolated(places: Floats, known_at: Floats, known: Floats) -> Floats:
    between: Floats = np.interp(places, known_at, known)
    # a place on a known one takes it alone, though its neighbour is nothing
    at = np.minimum(np.searchsorted(known_at, places), len(known) - 1)
    return np.where(known_at[at] == places, known[at], between)
