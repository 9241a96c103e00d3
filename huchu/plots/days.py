"""A long horizon day by day: a band of prices, energies in and out, a band of stored energy."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from dispatch.arrays import Floats, Integers
from huchu.plots.page import FAINT, INK, name_panel
from huchu.plots.panels import (
    CHARGE,
    DISCHARGE,
    OUTAGE_PATCH,
    SEASON_PATCH,
    STORED,
    frame_power,
    frame_price,
    frame_stored,
    line,
    show_legend,
)
from huchu.plots.picture import SchedulePicture
from huchu.plots.strokes import draw_steps, fill_steps

DAYS_OF_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The local days that a picture touches.

    Shape   `first_steps` has the number of the first step of each day; `edges` its start and, last, the end of the
            picture, in days of wall time since 1970-01-01
    """

    first_steps: Integers
    edges: Floats

    def lowest(self, by_step: Floats) -> Floats:
        """The least figure of each day."""
        least: Floats = np.minimum.reduceat(by_step, self.first_steps)
        return least

    def highest(self, by_step: Floats) -> Floats:
        """The largest figure of each day."""
        largest: Floats = np.maximum.reduceat(by_step, self.first_steps)
        return largest

    def total(self, by_step: Floats) -> Floats:
        """The sum of each day."""
        added: Floats = np.add.reduceat(by_step, self.first_steps)
        return added

    def mean(self, by_step: Floats) -> Floats:
        """The mean of each day."""
        return self.total(by_step) / self.total(np.ones(len(by_step)))


def days_of(picture: SchedulePicture) -> Days:
    """The local days of a picture."""
    # an edge at midnight may lie a rounding below it
    numbers = np.floor(picture.edges[:-1] + 1e-9).astype(np.int64)
    first_steps: Integers = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1)).astype(np.int64)
    edges = np.concatenate((picture.edges[first_steps], picture.edges[-1:]))
    return Days(first_steps=first_steps, edges=edges)


def fullest_week(picture: SchedulePicture, days: Days) -> tuple[int, int]:
    """The seven days in a row with the most discharge, as the first step and the one after the last."""
    discharged = np.concatenate(([0.0], np.cumsum(days.total(picture.discharge_mw))))
    weeks = discharged[DAYS_OF_A_WEEK:] - discharged[:-DAYS_OF_A_WEEK]
    # the earliest of equal weeks, whatever the last bits of the sums
    first = int(np.flatnonzero(weeks >= weeks.max() - 1e-6)[0])
    ends = np.append(days.first_steps, picture.count)
    return int(ends[first]), int(ends[first + DAYS_OF_A_WEEK])


def draw_daily_price(axes: Axes, picture: SchedulePicture, days: Days) -> None:
    """Lowest, mean and highest price of each day; both prices where charging and discharging differ."""
    charge, discharge = picture.charge_price_cny_per_mwh, picture.discharge_price_cny_per_mwh
    name_panel(axes, "电价：每日", "price by day, CNY/MWh")
    if np.array_equal(charge, discharge):
        _draw_band(axes, days, charge, INK)
        handles = [Patch(color=INK, alpha=0.2, linewidth=0, label="最低至最高 range"), line(INK, "日均 mean")]
    else:
        _draw_band(axes, days, charge, CHARGE)
        _draw_band(axes, days, discharge, DISCHARGE)
        handles = [line(CHARGE, "充电价（日均）charging, mean"), line(DISCHARGE, "放电价（日均）discharging, mean")]
    frame_price(axes, np.minimum(charge, discharge), np.maximum(charge, discharge))
    axes.set_ylabel("元/MWh")
    show_legend(axes, [*handles, *([SEASON_PATCH] if picture.in_season.any() else [])])


def draw_daily_energy(axes: Axes, picture: SchedulePicture, days: Days) -> None:
    """Energy discharged above zero and charged below, a bar a day."""
    name_panel(axes, "电量：每日", "energy by day, MWh")
    discharged, charged = (days.total(power) * picture.hours for power in (picture.discharge_mw, picture.charge_mw))
    fill_steps(axes, days.edges, np.zeros(len(charged)), discharged, DISCHARGE)
    fill_steps(axes, days.edges, -charged, np.zeros(len(charged)), CHARGE)
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_ylim(-1.08 * (float(charged.max()) or 1.0), 1.08 * (float(discharged.max()) or 1.0))
    frame_power(axes, picture)
    axes.set_ylabel("MWh/日")
    handles = [Patch(color=DISCHARGE, label="放电 discharged"), Patch(color=CHARGE, label="充电 charged")]
    show_legend(axes, [*handles, *([OUTAGE_PATCH] if picture.out_of_service.any() else [])])


def draw_daily_stored(axes: Axes, picture: SchedulePicture, days: Days) -> None:
    """Lowest and highest stored energy of each day between the bounds."""
    name_panel(axes, "储能量：每日", "stored energy by day, MWh")
    # what a day begins with belongs to it too
    before, after = picture.stored_at_edges_mwh[:-1], picture.stored_mwh
    low = days.lowest(np.minimum(before, after))
    high = days.highest(np.maximum(before, after))
    fill_steps(axes, days.edges, low, high, STORED, opacity=0.45)
    frame_stored(axes, picture)
    axes.set_ylabel("MWh")
    band = Patch(color=STORED, alpha=0.45, linewidth=0, label="最低至最高 range")
    show_legend(axes, [band, line(FAINT, "上下限 bounds", style="--", width=0.8)])


def _draw_band(axes: Axes, days: Days, by_step: Floats, colour: str) -> None:
    fill_steps(axes, days.edges, days.lowest(by_step), days.highest(by_step), colour, opacity=0.2)
    draw_steps(axes, days.edges, days.mean(by_step), colour, width=0.9)
