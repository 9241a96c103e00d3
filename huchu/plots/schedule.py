"""The page of a schedule: price, power and stored energy on one time axis; a long horizon by days, and its fullest week."""

from collections.abc import Callable, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from huchu.plots.days import days_of, draw_daily_energy, draw_daily_price, draw_daily_stored, fullest_week
from huchu.plots.heading import write_heading, write_section
from huchu.plots.page import INK, RIGHT_MARGIN, png_of
from huchu.plots.panels import draw_power, draw_price, draw_stored, shade_season
from huchu.plots.picture import SchedulePicture
from huchu.plots.time_axis import mark_time

DETAILED_DAYS: Final = 46
"""A longer horizon is drawn by days."""
LEFT, RIGHT = 0.065, RIGHT_MARGIN

Draw = Callable[[Axes, SchedulePicture], None]
BY_STEP: Final[Sequence[Draw]] = (draw_price, draw_power, draw_stored)


def schedule_png(picture: SchedulePicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_schedule(figure, picture))


def draw_schedule(figure: Figure, picture: SchedulePicture) -> None:
    """Draw a schedule step by step; one of many days by days, and its fullest week step by step below."""
    write_heading(figure, picture, "调度计划", "dispatch schedule")
    if picture.edges[-1] - picture.edges[0] <= DETAILED_DAYS:
        _draw_panels(figure, picture, BY_STEP, (0.845, 0.05))
        return
    days = days_of(picture)
    by_day: Sequence[Draw] = (
        lambda axes, whole: draw_daily_price(axes, whole, days),
        lambda axes, whole: draw_daily_energy(axes, whole, days),
        lambda axes, whole: draw_daily_stored(axes, whole, days),
    )
    panels = _draw_panels(figure, picture, by_day, (0.852, 0.487))
    week = picture.cut(*fullest_week(picture, days))
    first, until = float(week.edges[0]), float(week.edges[-1])
    for axes in panels:
        axes.axvspan(first, until, facecolor="none", edgecolor=INK, linewidth=0.7, zorder=3)
    since = f"{week.first_at:%Y-%m-%d}"
    write_section(
        figure,
        0.422,
        f"放电最多的一周：{since} 起七天（上图框出）",
        f"the week with the most discharge: seven days from {since}, framed above",
    )
    of_week: Sequence[Draw] = (lambda axes, part: draw_price(axes, part, season_named=False), *BY_STEP[1:])
    _draw_panels(figure, week, of_week, (0.378, 0.04))


def _draw_panels(
    figure: Figure, picture: SchedulePicture, draws: Sequence[Draw], top_and_bottom: tuple[float, float]
) -> list[Axes]:
    """Panels one under the other between two heights of the page, with one time axis."""
    top, bottom = top_and_bottom
    gap = 0.049
    height = (top - bottom - gap * (len(draws) - 1)) / len(draws)
    panels = []
    for number, draw in enumerate(draws):
        base = top - (number + 1) * height - number * gap
        axes = figure.add_axes((LEFT, base, RIGHT - LEFT, height))
        shade_season(axes, picture)
        draw(axes, picture)
        last = number == len(draws) - 1
        mark_time(axes, float(picture.edges[0]), float(picture.edges[-1]), labelled=last)
        panels.append(axes)
    figure.align_ylabels(panels)
    return panels
