"""Wind that follows a promise: what is delivered, what is thrown away, and what is missing."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from dispatch.arrays import Floats
from huchu.plots.days import Days
from huchu.plots.fleet_page import amount_told, frame_figures, share_told
from huchu.plots.fleet_picture import FleetWind
from huchu.plots.page import INK, name_panel
from huchu.plots.panels import STORED, line, show_legend
from huchu.plots.strokes import draw_steps, fill_steps

WIND: Final = "#8db4dd"
CURTAILED: Final = "#e3b53d"
MISSING: Final = "#b3362f"
OPACITY: Final = 0.6
CURTAILED_PATCH: Final = Patch(color=CURTAILED, alpha=OPACITY, linewidth=0, label="弃电 curtailed")
MISSING_PATCH: Final = Patch(color=MISSING, alpha=OPACITY, linewidth=0, label="缺额 shortfall")


def wind_told(wind: FleetWind, hours: float) -> tuple[tuple[str, str], ...]:
    """The figures of a heading: energies of the horizon, and what is lost as a part of wind and promise."""
    series = (wind.wind_mw, wind.promised_mw, wind.delivered_mw, wind.curtailed_mw, wind.shortfall_mw)
    given, promised, delivered, curtailed, missing = (float(each.sum()) * hours for each in series)
    return (
        ("风电 / 承诺  wind / promised, MWh", f"{given:,.0f} / {promised:,.0f}"),
        ("交付 delivered", f"{amount_told(delivered)} MWh"),
        ("弃电，占风电 curtailed, of the wind", f"{amount_told(curtailed)} MWh（{share_told(curtailed, given)}）"),
        ("缺额，占承诺 shortfall, of the promise", f"{amount_told(missing)} MWh（{share_told(missing, promised)}）"),
    )


def worst_day(wind: FleetWind, days: Days) -> int:
    """The number of the day that loses most; where nothing is lost, the one on which wind and promise differ most."""
    lost = days.total(wind.curtailed_mw + wind.shortfall_mw)
    if not lost.any():
        lost = days.total(np.abs(wind.wind_mw - wind.promised_mw))
    return int(lost.argmax())


def draw_wind(axes: Axes, edges: Floats, wind: FleetWind, part: slice) -> None:
    """Wind, promise and delivery of each step; what is lost above or below the delivery."""
    delivered, curtailed, missing = wind.delivered_mw[part], wind.curtailed_mw[part], wind.shortfall_mw[part]
    fill_steps(axes, edges, delivered, delivered + curtailed, CURTAILED, opacity=OPACITY)
    fill_steps(axes, edges, delivered, delivered + missing, MISSING, opacity=OPACITY)
    draw_steps(axes, edges, wind.wind_mw[part], WIND, width=1.1)
    draw_steps(axes, edges, delivered, STORED, width=1.5)
    draw_steps(axes, edges, wind.promised_mw[part], INK, width=0.9, style="--")
    levels = (wind.wind_mw[part], wind.promised_mw[part], delivered + curtailed, delivered + missing)
    low, high = min(float(each.min()) for each in levels), max(float(each.max()) for each in levels)
    axes.set_ylim(min(1.06 * low, 0.0), 1.06 * (max(high, 0.0) or 1.0))
    frame_figures(axes, "MW")
    handles = [line(WIND, "风电 wind"), line(INK, "承诺 promised", style="--", width=0.9)]
    handles += [line(STORED, "交付 delivered", width=1.5)]
    show_legend(axes, [*handles, CURTAILED_PATCH, MISSING_PATCH])


def draw_lost_days(axes: Axes, wind: FleetWind, days: Days, hours: float) -> None:
    """Energy curtailed above zero and missing below, a bar a day."""
    name_panel(axes, "每日弃电与缺额", "energy curtailed and missing by day, MWh")
    curtailed, missing = (days.total(each) * hours for each in (wind.curtailed_mw, wind.shortfall_mw))
    nothing = np.zeros(len(curtailed))
    fill_steps(axes, days.edges, nothing, curtailed, CURTAILED, opacity=OPACITY)
    fill_steps(axes, days.edges, -missing, nothing, MISSING, opacity=OPACITY)
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_ylim(-1.08 * (float(missing.max()) or 1.0), 1.08 * (float(curtailed.max()) or 1.0))
    frame_figures(axes, "MWh/日")
    show_legend(axes, [CURTAILED_PATCH, MISSING_PATCH])
