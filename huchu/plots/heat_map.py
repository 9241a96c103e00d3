"""The heat map of a schedule: net power by hour of day and day, one panel a month."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Bbox

from dispatch.arrays import Flags, Floats
from huchu.plots.heading import write_heading
from huchu.plots.page import FAINT, HAIR, RIGHT_MARGIN, png_of
from huchu.plots.panels import CHARGE, DISCHARGE
from huchu.plots.picture import SchedulePicture
from huchu.plots.strokes import runs
from tariffs.vocabulary.units import HOURS_PER_DAY, MINUTES_PER_DAY

MOST_MONTHS: Final = 24
DAYS_ACROSS: Final = 31
SEASON_MARK: Final = "#e3b53d"
ABSENT: Final = "#eeeeee"
SHADES: Final = 255
"""Odd, so that no power at all is white."""
NET: Final = LinearSegmentedColormap.from_list(
    "net", ["#1d5799", "#6ea2d6", "#ffffff", "#f3a27d", "#cf4a19"], N=SHADES
).with_extremes(bad=ABSENT)
PANELS_ACROSS: Final = ((1, 1), (2, 2), (4, 2), (6, 3), (8, 4), (9, 3), (12, 4), (15, 5), (MOST_MONTHS, 6))
"""Up to so many panels, so many stand side by side."""
LEFT, RIGHT, BOTTOM, TOP = 0.05, RIGHT_MARGIN, 0.125, 0.845
GAP_X, GAP_Y = 0.016, 0.06
STRIP: Final = 0.0045
"""Height of a season mark; places and sizes are shares of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOfPower:
    """Net power of a schedule on days in a row, those of one panel.

    Shape   `net_mw` has a row for each step of a day and a column for each day, nan where the schedule has no step;
            `season_days` says which of the columns are peak-season days
    """

    days: tuple[date, ...]
    net_mw: Floats
    season_days: Flags


def heat_map_png(picture: SchedulePicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape; of a longer horizon the first 24 months, and the page says so."""
    return png_of(lambda figure: draw_heat_map(figure, picture))


def days_by_panel(picture: SchedulePicture) -> tuple[DaysOfPower, ...]:
    """The calendar months that a schedule touches, whole and in order; a schedule of few days as it is."""
    rows = MINUTES_PER_DAY // picture.minutes
    step = timedelta(minutes=picture.minutes)
    first, last = picture.first_at.date(), (picture.until_at - step).date()
    if (last - first).days >= DAYS_ACROSS:
        first, last = first.replace(day=1), _next_month(last) - timedelta(days=1)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    skipped = (picture.first_at - picture.first_at.replace(hour=0, minute=0)) // step
    start = (picture.first_at.date() - first).days * rows + skipped
    net_mw = np.full(len(days) * rows, np.nan)
    in_season = np.zeros(len(days) * rows, dtype=np.bool_)
    net_mw[start : start + picture.count] = picture.discharge_mw - picture.charge_mw
    in_season[start : start + picture.count] = picture.in_season
    by_day, season_days = net_mw.reshape(-1, rows), np.logical_or.reduce(in_season.reshape(-1, rows), axis=1)
    if len(days) <= DAYS_ACROSS:
        return (DaysOfPower(days=tuple(days), net_mw=by_day.T, season_days=season_days),)
    months = [list(month) for _, month in groupby(days, key=lambda day: (day.year, day.month))]
    ends = np.cumsum([len(month) for month in months])
    return tuple(
        DaysOfPower(days=tuple(month), net_mw=of_month.T, season_days=marked)
        for month, of_month, marked in zip(
            months, np.split(by_day, ends[:-1]), np.split(season_days, ends[:-1]), strict=True
        )
    )


def draw_heat_map(figure: Figure, picture: SchedulePicture) -> None:
    """Draw the net power of each step as a colour."""
    panels = days_by_panel(picture)
    shown = panels[:MOST_MONTHS]
    zh, en = "净功率热图", "net power"
    if len(shown) < len(panels):
        zh, en = f"{zh}：前 {MOST_MONTHS} 个月", f"{en}, first {MOST_MONTHS} months"
    write_heading(figure, picture, zh, en)
    largest = float(np.max(np.abs(picture.discharge_mw - picture.charge_mw))) or 1.0
    scale = Normalize(-largest, largest)
    _draw_panels(figure, shown, scale)
    marks = [Patch(facecolor=SEASON_MARK, label="迎峰日 peak-season day")] if picture.in_season.any() else []
    if any(np.isnan(panel.net_mw).any() for panel in shown):
        marks.append(Patch(facecolor=ABSENT, label="时段外 outside the horizon"))
    _draw_key(figure, scale, marks)


def _draw_panels(figure: Figure, panels: Sequence[DaysOfPower], scale: Normalize) -> None:
    """All panels on one pair of axes that measures the page: a pair for each would take twice the time."""
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1), autoscale_on=False)
    sheet.set_axis_off()
    across = next(across for most, across in PANELS_ACROSS if len(panels) <= most)
    down = math.ceil(len(panels) / across)
    width = (RIGHT - LEFT - GAP_X * (across - 1)) / across
    height = (TOP - BOTTOM - GAP_Y * (down - 1)) / down
    label_every = 7 if len(panels) > 1 else 1 + len(panels[0].days) // 17
    for number, panel in enumerate(panels):
        row, column = divmod(number, across)
        left, top = LEFT + column * (width + GAP_X), TOP - row * (height + GAP_Y)
        box = Bbox.from_extents(left, top - height, left + width, top)
        _draw_days(sheet, panel, box, scale)
        _label_days(sheet, panel, box, label_every)
        if column == 0:
            _label_hours(sheet, box)


def _day_width(panel: DaysOfPower, box: Bbox) -> float:
    """Width of a day on the page; all months are as wide as the longest, so that equal days stand below each other."""
    return float(box.width) / (DAYS_ACROSS if _is_month(panel) else len(panel.days))


def _draw_days(sheet: Axes, panel: DaysOfPower, box: Bbox, scale: Normalize) -> None:
    day = _day_width(panel, box)
    sheet.imshow(
        NET(scale(panel.net_mw), bytes=True),
        extent=(box.x0, box.x0 + day * len(panel.days), box.y0, box.y1),
        aspect="auto",
        interpolation="nearest",
    )
    sheet.add_patch(Rectangle((box.x0, box.y0), box.width, box.height, facecolor="none", edgecolor=HAIR, linewidth=0.6))
    for first, days in runs(panel.season_days, np.arange(len(panel.days) + 1.0)):
        mark = Rectangle((box.x0 + first * day, box.y1 + STRIP / 2), days * day, STRIP, facecolor=SEASON_MARK)
        sheet.add_patch(mark)


def _label_days(sheet: Axes, panel: DaysOfPower, box: Bbox, label_every: int) -> None:
    first, last, day = panel.days[0], panel.days[-1], _day_width(panel, box)
    title = f"{first:%Y-%m}" if _is_month(panel) else f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
    sheet.text(box.x0, box.y1 + 2.2 * STRIP, title, fontsize=9, fontweight="bold")
    form = "%d" if _is_month(panel) else "%m-%d"
    for number in range(0, len(panel.days), label_every):
        at = box.x0 + (number + 0.5) * day
        sheet.text(at, box.y0 - STRIP, f"{panel.days[number]:{form}}", fontsize=7.5, ha="center", va="top")


def _label_hours(sheet: Axes, box: Bbox) -> None:
    for hour in range(0, HOURS_PER_DAY + 1, 6):
        at = box.y1 - hour / HOURS_PER_DAY * box.height
        sheet.text(box.x0 - STRIP, at, f"{hour:02d}:00", fontsize=7.5, ha="right", va="center")


def _is_month(panel: DaysOfPower) -> bool:
    first = panel.days[0]
    return first.day == 1 and _next_month(first) - first == timedelta(days=len(panel.days))


def _draw_key(figure: Figure, scale: Normalize, marks: Sequence[Patch]) -> None:
    """Write under the panels what colours and marks mean."""
    bar = figure.colorbar(
        ScalarMappable(scale, NET), cax=figure.add_axes((0.36, 0.066, 0.4, 0.014)), orientation="horizontal"
    )
    bar.outline.set_linewidth(0.4)
    bar.ax.tick_params(labelsize=7, length=2, pad=2)
    figure.text(0.355, 0.067, "充电 charging", fontsize=8, ha="right", color=CHARGE)
    figure.text(0.765, 0.067, "放电 discharging", fontsize=8, color=DISCHARGE)
    figure.text(0.56, 0.024, "净功率 = 放电 − 充电，MW；横向为日，纵向为时刻", fontsize=8, ha="center")
    figure.text(0.56, 0.008, "net power, MW; days across, time of day down", fontsize=7, ha="center", color=FAINT)
    if marks:
        figure.legend(handles=marks, loc="center left", bbox_to_anchor=(LEFT, 0.055))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=DAYS_ACROSS)).replace(day=1)
