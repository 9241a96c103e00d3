"""The tornado: how far each assumption alone moves the net present value."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from huchu.plots.page import FAINT, INK
from huchu.plots.size_page import (
    GAIN,
    HEAD_IN,
    LOSS,
    SOFT,
    fitted,
    grid_of_money,
    half_page_png,
    panel,
    width_of,
    write_finding,
)
from huchu.plots.size_picture import DriverBar, MoneyUnit, TornadoPicture, figure_text, unit_of

ROW_IN: Final = 0.31
FOOT_IN: Final = 0.62
KEY_IN: Final = 0.28
LEFT_IN, BARS_IN = 1.44, 3.84
NAME_IN: Final = 1.3
FIGURE_IN: Final = 1.02
"""Room at either end of the bars for a figure, at most."""
GAP_IN: Final = 0.1
FIGURE_SIZE: Final = 7.4
LOST: Final = "不可行"


def tornado_png(picture: TornadoPicture) -> bytes:
    """The bytes of the PNG of a tornado."""
    height = HEAD_IN + KEY_IN + FOOT_IN + ROW_IN * max(len(picture.drivers), 1)
    return half_page_png(lambda figure: draw_tornado(figure, picture), height)


def draw_tornado(figure: Figure, picture: TornadoPicture) -> None:
    """Draw two bars a driver from the base, with the figure of the driver at the end of each."""
    write_finding(figure, picture.finding, picture.scenario)
    rows = max(len(picture.drivers), 1)
    axes = panel(figure, (LEFT_IN, FOOT_IN, BARS_IN, ROW_IN * rows))
    known = [npv for each in picture.drivers for npv in (each.npv_low_cny, each.npv_high_cny)]
    unit = unit_of([picture.npv_cny, *known])
    base = picture.npv_cny / unit.cny
    ends = [base, *(npv / unit.cny for npv in known if npv is not None)]
    left, right = min(ends), max(ends)
    beside_in = _figure_room(figure, picture)
    room = beside_in / (BARS_IN - 2 * beside_in) * ((right - left) or 1.0)
    axes.set_xlim(left - room, right + room)
    axes.set_ylim(rows - 0.45, -0.55)
    for row, driver in enumerate(picture.drivers):
        _draw_driver(axes, row, driver, base, unit)
    axes.axvline(base, color=INK, linewidth=0.9, zorder=3)
    if left - room < 0 < right + room:
        axes.axvline(0, color=INK, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0.9)
    _frame(axes, picture, base, unit)


def _figure_room(figure: Figure, picture: TornadoPicture) -> float:
    """Inches that the longest figure needs beside the bars."""
    shown = [
        f"{figure_of} {LOST}" if npv is None else figure_of
        for each in picture.drivers
        for figure_of, npv in ((each.low, each.npv_low_cny), (each.high, each.npv_high_cny))
    ]
    longest = max((width_of(figure, each, FIGURE_SIZE) for each in shown), default=0.0)
    return min(longest + GAP_IN, FIGURE_IN)


def _draw_driver(axes: Axes, row: int, driver: DriverBar, base: float, unit: MoneyUnit) -> None:
    across = axes.get_yaxis_transform()
    left = -NAME_IN / BARS_IN
    figure = axes.get_figure(root=True)
    assert figure is not None
    name = fitted(figure, driver.words.zh, 8.6, NAME_IN - 0.1)
    axes.text(left, row - 0.02, name, transform=across, fontsize=8.6, va="bottom")
    english = fitted(figure, driver.words.en, 6.6, NAME_IN - 0.1)
    axes.text(left, row + 0.07, english, transform=across, fontsize=6.6, color=FAINT, va="top")
    ends = [(driver.low, driver.npv_low_cny, False), (driver.high, driver.npv_high_cny, True)]
    known = [(shown, npv / unit.cny, is_high) for shown, npv, is_high in ends if npv is not None]
    # of two bars on one side the shorter lies on the longer
    for _, at, is_high in sorted(known, key=lambda each: -abs(each[1] - base)):
        axes.barh(
            row,
            at - base,
            left=base,
            height=0.62,
            facecolor=GAIN if is_high else LOSS,
            edgecolor="white",
            linewidth=0.5,
            zorder=2,
        )
    for shown, at, on_right in _figures(driver, known, base):
        axes.annotate(
            fitted(figure, shown, FIGURE_SIZE, FIGURE_IN - GAP_IN),
            (at, row),
            (4 if on_right else -4, 0),
            textcoords="offset points",
            ha="left" if on_right else "right",
            va="center",
            fontsize=FIGURE_SIZE,
            color=SOFT,
        )


def _figures(driver: DriverBar, known: list[tuple[str, float, bool]], base: float) -> list[tuple[str, float, bool]]:
    """What stands at either end of the bars: text, place, and whether on the right.

    Two bars to one side share that side: their figures stand on the two sides of both.
    """
    ends = ((driver.low, driver.npv_low_cny), (driver.high, driver.npv_high_cny))
    lost = [(f"{shown} {LOST}", base) for shown, npv in ends if npv is None]
    placed = sorted([(at, shown) for shown, at, _ in known] + [(at, shown) for shown, at in lost])
    (first_at, first), (last_at, last) = placed[0], placed[-1]
    return [(first, min(first_at, base), False), (last, max(last_at, base), True)]


def _frame(axes: Axes, picture: TornadoPicture, base: float, unit: MoneyUnit) -> None:
    grid_of_money(axes, 6, upright=False)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    more = "" if not picture.not_shown else f"（另有 {picture.not_shown} 项 and {picture.not_shown} more）"
    axes.set_xlabel(f"净现值（{unit.words.zh}） NPV, {unit.words.en}{more}", fontsize=8)
    handles = [
        Patch(color=LOSS, label="较低 lower"),
        Patch(color=GAIN, label="较高 higher"),
        Line2D([], [], color=INK, linewidth=0.9, label=f"基准 base {figure_text(base, 1)}"),
    ]
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.0), ncols=3, fontsize=7.2)
