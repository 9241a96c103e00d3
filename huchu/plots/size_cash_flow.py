"""The cash flow by year in stacked bars, its discounted sum, and the energy that is left."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from huchu.plots.page import HAIR, INK
from huchu.plots.size_page import grid_of_money, half_page_png, name_small, panel, write_finding
from huchu.plots.size_picture import CashFlowPicture, MoneyUnit, unit_of
from tariffs.vocabulary.errors import Words

HEIGHT_IN: Final = 4.5
FLOW_BOX: Final = (0.54, 1.84, 4.7, 1.7)
ENERGY_BOX: Final = (0.54, 0.45, 4.7, 0.6)
COLOURS: Final = {
    "margin": "#2f6db3",
    "award": "#efc94c",
    "capacity_support": "#3a9d86",
    "capacity_lease": "#a5d6c6",
    "residual": "#c9ced4",
    "running_cost": "#b08968",
    "tax": "#e39a6b",
    "augmentation": "#a06cb4",
    "investment": "#59636e",
}
SUM: Final = "#b3261e"
ENERGY: Final = "#9db4c8"
PLUS: Final = "+"
MANY_YEARS: Final = 24
MOST_NOTES: Final = 6
LOW_SHARE: Final = 0.35
"""With less below zero than this share of what is above, the payback is named above."""


def cash_flow_png(picture: CashFlowPicture) -> bytes:
    """The bytes of the PNG of a cash flow."""
    return half_page_png(lambda figure: draw_cash_flow(figure, picture), HEIGHT_IN)


def draw_cash_flow(figure: Figure, picture: CashFlowPicture) -> None:
    """Draw the yearly flow with its discounted sum, and the energy of each year below."""
    write_finding(figure, picture.finding, picture.scenario)
    above, below = panel(figure, FLOW_BOX), panel(figure, ENERGY_BOX)
    amounts = [amount for part in picture.parts for amount in part.amounts_cny]
    unit = unit_of([*amounts, *picture.discounted_sum_cny])
    _draw_parts(above, picture, unit)
    _draw_sums(above, picture, unit)
    _draw_energy(below, picture)
    for axes in (above, below):
        axes.set_xlim(-0.7, picture.life_years + 0.7)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=16, integer=True, steps=[1, 2, 5, 10]))
        axes.tick_params(axis="x", labelsize=7.4, length=2)
    above.tick_params(axis="x", labelbottom=False)
    below.set_xlabel(f"运营年 year of operation（1 = {picture.first_year}）", fontsize=7.6, labelpad=2)
    _write_key(figure, picture)


def _draw_parts(axes: Axes, picture: CashFlowPicture, unit: MoneyUnit) -> None:
    name_small(axes, f"年现金流（{unit.words.zh}）", f"yearly cash flow, {unit.words.en}")
    rows = np.arange(picture.life_years + 1)
    heights = {1: np.zeros(len(rows)), -1: np.zeros(len(rows))}
    for part in picture.parts:
        amounts = np.array(part.amounts_cny) / unit.cny
        for sign in (1, -1):
            one = np.where(amounts * sign > 0, amounts, 0.0)
            if one.any():
                axes.bar(rows, one, 0.74, bottom=heights[sign], color=COLOURS[part.name], linewidth=0, zorder=2)
            heights[sign] = heights[sign] + one
    low, high = float(heights[-1].min()), float(heights[1].max())
    sums = np.array(picture.discounted_sum_cny) / unit.cny
    low, high = min(low, float(sums.min())), max(high, float(sums.max()))
    margin = 0.07 * (high - low or 1.0)
    axes.set_ylim(low - margin, high + margin)
    axes.axhline(0, color=INK, linewidth=0.7, zorder=2.2)
    grid_of_money(axes)


def _draw_sums(axes: Axes, picture: CashFlowPicture, unit: MoneyUnit) -> None:
    rows = np.arange(picture.life_years + 1)
    many = picture.life_years > MANY_YEARS
    net = np.array(picture.net_cny) / unit.cny
    axes.plot(
        rows,
        net,
        "o",
        markersize=2.6 if many else 4.2,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=0.9,
        zorder=4,
    )
    axes.plot(rows, np.array(picture.discounted_sum_cny) / unit.cny, color=SUM, linewidth=1.6, zorder=3.5)
    at = picture.discounted_payback_years
    if at is None or at <= 0:
        return
    axes.plot(at, 0, "D", color=SUM, markersize=5.5, markeredgecolor="white", markeredgewidth=0.8, zorder=5)
    bottom, top = axes.get_ylim()
    height = 0.62 * (bottom if -bottom > LOW_SHARE * top else top)
    axes.plot([at, at], [0, height], color=SUM, linewidth=0.8, linestyle=(0, (2, 2)), zorder=3.4)
    is_right = at > picture.life_years / 2
    axes.annotate(
        f"{at:.1f} 年回收（折现）\npaid back, discounted",
        (at, height),
        (-4 if is_right else 4, 0),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="center",
        fontsize=7.6,
        color=SUM,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        zorder=5,
    )


def _draw_energy(axes: Axes, picture: CashFlowPicture) -> None:
    name_small(axes, "剩余能量（年初，占额定）", "energy left as the year begins, of rated")
    years = np.arange(1, picture.life_years + 1)
    left, added = (np.array(each) * 100 for each in (picture.energy_ratio, picture.added_ratio))
    axes.bar(years, left - added, 0.74, color=ENERGY, linewidth=0, zorder=2)
    axes.bar(years, added, 0.74, bottom=left - added, color=COLOURS["augmentation"], linewidth=0, zorder=2)
    top = 1.32 * max(float(left.max(initial=0.0)), 1.0)
    axes.set_ylim(0, top)
    noted = years[added > 0]
    if len(noted) <= MOST_NOTES:
        for year in noted:
            axes.annotate(
                f"{PLUS}{added[year - 1]:.1f}%",
                (year, left[year - 1]),
                (0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=7,
                color=COLOURS["augmentation"],
            )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda shown, _: f"{shown:.0f}%")
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)
    axes.tick_params(labelsize=7.4, length=2)


def _write_key(figure: Figure, picture: CashFlowPicture) -> None:
    """Two rows between the panels: what the colours, the dots and the line are."""
    handles: list[Line2D | Patch] = [Patch(color=COLOURS[part.name], label=_both(part.words)) for part in picture.parts]
    handles.append(
        Line2D(
            [],
            [],
            linestyle="",
            marker="o",
            markerfacecolor="white",
            markeredgecolor=INK,
            markersize=4,
            label="净现金流 net",
        )
    )
    handles.append(Line2D([], [], color=SUM, linewidth=1.6, label="累计折现 discounted sum"))
    height = figure.get_size_inches()[1]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.02, 1.79 / height),
        ncols=4,
        fontsize=6.5,
        columnspacing=0.9,
        handlelength=1.0,
        labelspacing=0.22,
    )


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}"
