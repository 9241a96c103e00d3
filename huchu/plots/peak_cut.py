"""The page of a peak cut: the load of the day that takes most, the level wanted, the level reached, and the discharging."""

from datetime import date
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dispatch.arrays import Floats
from dispatch.peak_cut import CutNeeds, CutReach, Fleet, Load
from huchu.plots.heading import write_title
from huchu.plots.page import FAINT, HAIR, INK, LEFT_MARGIN, RIGHT_MARGIN, name_panel, png_of
from huchu.plots.panels import DISCHARGE, STORED, line, show_legend
from huchu.plots.strokes import draw_steps, fill_steps
from huchu.plots.time_axis import FIRST_DAY, mark_time
from tariffs.vocabulary.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

LEFT: Final = 0.075
COLUMNS: Final = (LEFT_MARGIN, 0.15, 0.27, 0.545, 0.82)
WANTED: Final = "#b3362f"


def peak_cut_png(load: Load, needs: CutNeeds, fleet: Fleet | None, reach: CutReach | None) -> bytes:
    """The bytes of a PNG: one page, A4 landscape; without a fleet only what the cut takes is drawn."""
    return png_of(lambda figure: draw_peak_cut(figure, load, needs, fleet, reach))


def draw_peak_cut(figure: Figure, load: Load, needs: CutNeeds, fleet: Fleet | None, reach: CutReach | None) -> None:
    """Draw the load of the day above, and below it what has to be discharged and what the fleet discharges."""
    title = f"削峰：{needs.day}", f"peak cut, {needs.day}: the day that takes most energy"
    write_title(figure, title, _told(load, needs, fleet, reach), COLUMNS)
    number = load.horizon.dates.index(needs.day)
    power = load.by_day()[number]
    edges = _edges(load, needs.day, number, len(power))
    above = figure.add_axes((LEFT, 0.42, RIGHT_MARGIN - LEFT, 0.42))
    below = figure.add_axes((LEFT, 0.06, RIGHT_MARGIN - LEFT, 0.29))
    _draw_load(above, edges, power, needs, reach)
    _draw_discharge(below, edges, power, needs, (fleet, reach))
    for axes, labelled in ((above, False), (below, True)):
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_formatter(lambda shown, _: f"{shown:,.6g}")
        axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)
        axes.set_ylabel("MW")
        mark_time(axes, float(edges[0]), float(edges[-1]), labelled=labelled)
    figure.align_ylabels([above, below])


def _draw_load(axes: Axes, edges: Floats, power: Floats, needs: CutNeeds, reach: CutReach | None) -> None:
    name_panel(axes, "负荷", "load, MW")
    level = needs.level_mw if reach is None else reach.level_mw
    fill_steps(axes, edges, np.minimum(power, level), power, DISCHARGE, opacity=0.55)
    draw_steps(axes, edges, power, INK)
    axes.axhline(needs.level_mw, color=WANTED, linewidth=1.0, linestyle="--")
    handles = [line(INK, "负荷 load"), line(WANTED, "要削到 wanted", style="--")]
    if reach is not None:
        axes.axhline(reach.level_mw, color=STORED, linewidth=1.2)
        handles.append(line(STORED, "能削到 reached"))
    low, high = min(float(power.min()), level), float(power.max())
    margin = 0.06 * max(high - low, 1.0)
    axes.set_ylim(low - margin, high + margin)
    show_legend(axes, [*handles, Patch(color=DISCHARGE, alpha=0.55, label="削去 cut")])


def _draw_discharge(
    axes: Axes, edges: Floats, power: Floats, needs: CutNeeds, store: tuple[Fleet | None, CutReach | None]
) -> None:
    name_panel(axes, "放电功率", "discharging, MW")
    wanted = np.clip(power - needs.level_mw, 0.0, None)
    draw_steps(axes, edges, wanted, WANTED, style="--")
    handles: list[Any] = [line(WANTED, "所需 needed", style="--")]
    top = float(wanted.max())
    fleet, reach = store
    if fleet is not None and reach is not None:
        given = np.clip(power - reach.level_mw, 0.0, None)
        fill_steps(axes, edges, np.zeros(len(power)), given, STORED, opacity=0.55)
        axes.axhline(fleet.power_mw, color=FAINT, linewidth=0.8)
        handles += [Patch(color=STORED, alpha=0.55, label="能放 given"), line(FAINT, "总功率 power", width=0.8)]
        top = max(top, fleet.power_mw, float(given.max()))
    axes.set_ylim(0, 1.1 * (top or 1.0))
    show_legend(axes, handles)


def _told(load: Load, needs: CutNeeds, fleet: Fleet | None, reach: CutReach | None) -> tuple[tuple[str, str], ...]:
    told = [
        ("最高负荷 highest load", f"{load.peak_mw:,.1f} MW"),
        ("要削到 wanted", f"{needs.level_mw:,.1f} MW"),
        ("所需 needed", f"{needs.power_mw:,.1f} MW · {needs.energy_mwh:,.1f} MWh · {needs.duration_h:.2f} h"),
    ]
    if fleet is not None and reach is not None:
        has = f"{fleet.power_mw:,.1f} MW · {fleet.energy_mwh:,.1f} MWh · {fleet.duration_h:.2f} h"
        told += [("现有 fleet", has), ("最多可削 cut at most", f"{reach.cut_mw:,.1f} MW（{reach.cut_share:.2%}）")]
    return tuple(told)


def _edges(load: Load, day: date, number: int, count: int) -> Floats:
    """Both ends of every step of a day, in days of wall time since 1970-01-01."""
    first = (day - FIRST_DAY).days
    minutes = load.horizon.minutes
    started_at = load.horizon.first_at
    offset = (started_at.hour * MINUTES_PER_HOUR + started_at.minute) if number == 0 else 0
    return first + (offset + np.arange(count + 1, dtype=np.float64) * minutes) / MINUTES_PER_DAY
