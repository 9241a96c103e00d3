"""The heat map of a fleet: net power of each station by hour, over the horizon and on the mean day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure

from dispatch.arrays import Floats, Integers
from huchu.plots.fleet_page import fleet_told, short_name, write_fleet_head
from huchu.plots.fleet_picture import FleetPicture
from huchu.plots.heat_map import NET
from huchu.plots.page import FAINT, INK, LEFT_MARGIN, RIGHT_MARGIN, SIZE_IN, name_panel, png_of
from huchu.plots.panels import CHARGE, DISCHARGE
from huchu.plots.time_axis import mark_time
from tariffs.vocabulary.units import HOURS_PER_DAY, MINUTES_PER_DAY, MINUTES_PER_HOUR

DETAILED_DAYS: Final = 31
"""Of a longer horizon each day is one cell: its hours would be narrower than a dot and a half."""
MOST_ROWS: Final = 300
BOTTOM, TOP = 0.125, 0.815
LEFT_OF_IDS, ROOM_OF_ZONES = 0.105, 0.075
MEAN_DAY_WIDTH, GAP = 0.165, 0.035
KEY_BASE, KEY_MIDDLE = 0.059, 0.5
KEY_WIDTHS: Final = (0.4, 0.24)
"""Of a key alone, and of one beside another."""
LINE_PT: Final = 8.0
"""Least distance between two labels of rows."""
POINTS_PER_INCH: Final = 72
WIDEST_ID, WIDEST_ZONE = 100, 80
"""Tenths of the width of a Chinese character."""
COLUMNS: Final = (LEFT_MARGIN, 0.205, 0.388, 0.754)
BY_DAY: Final = LinearSegmentedColormap.from_list("by day", ["#ffffff", "#f3a27d", "#cf4a19", "#6e1f05"])


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetCells:
    """What is coloured: net power of stations as a part of their power, by hour; of a long horizon the discharge by day.

    Shape   `order` has the numbers of the stations from top to bottom, of which so many are one row, as their mean;
            `over_horizon` a column for each hour (net power) or each day (hours of discharging at full power) from the
            midnight before the first step on; `mean_day` a column an hour of day; nan where there is no step
    """

    order: Integers
    stations_a_row: int
    is_by_day: bool
    over_horizon: Floats
    mean_day: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shades:
    colours: Colormap
    scale: Normalize


def fleet_heat_map_png(picture: FleetPicture) -> bytes:
    """The bytes of a PNG: one page, A4 landscape."""
    return png_of(lambda figure: draw_fleet_heat_map(figure, picture))


def fleet_cells(picture: FleetPicture) -> FleetCells:
    """The stations by zone and id, their net power by hour; of a large fleet the mean of stations in a row."""
    zones = picture.zones or ("",) * len(picture.station_ids)
    order = sorted(range(len(zones)), key=lambda number: (zones[number], picture.station_ids[number]))
    rated = picture.rated_mw[order][:, np.newaxis]
    share = np.divide(picture.net_mw[order], rated, out=np.zeros(picture.net_mw.shape), where=rated > 0)
    together = math.ceil(len(order) / MOST_ROWS)
    hourly = _mean_of_groups(_by_hour(share, picture).T, together).T
    by_day = hourly.reshape(len(hourly), -1, HOURS_PER_DAY)
    days = by_day.shape[1]
    mean_day = _mean_of_groups(by_day.transpose(0, 2, 1).reshape(-1, days), days).reshape(-1, HOURS_PER_DAY)
    full_hours = np.add.reduceat(np.clip(share, 0.0, None) * picture.hours, picture.first_steps, axis=1)
    return FleetCells(
        order=np.array(order, dtype=np.int64),
        stations_a_row=together,
        is_by_day=days > DETAILED_DAYS,
        over_horizon=_mean_of_groups(full_hours.T, together).T if days > DETAILED_DAYS else hourly,
        mean_day=mean_day,
    )


def draw_fleet_heat_map(figure: Figure, picture: FleetPicture) -> None:
    """Draw the net power of each station as a colour; beside it the mean day where there are several."""
    cells = fleet_cells(picture)
    titles = "各站净功率热图", "net power of each station"
    write_fleet_head(figure, picture, titles, _told(picture, cells), COLUMNS)
    left = LEFT_OF_IDS + (ROOM_OF_ZONES if picture.zones else 0.0)
    has_mean = len(picture.first_steps) > 1
    right = RIGHT_MARGIN - (MEAN_DAY_WIDTH + GAP if has_mean else 0.0)
    main = figure.add_axes((left, BOTTOM, right - left, TOP - BOTTOM))
    net = _largest([cells.mean_day] if cells.is_by_day else [cells.mean_day, cells.over_horizon])
    net_shades = _Shades(colours=NET, scale=Normalize(-net, net))
    shades = net_shades
    if cells.is_by_day:
        shades = _Shades(colours=BY_DAY, scale=Normalize(0.0, _largest([cells.over_horizon])))
        name_panel(main, "每日放电时长", "discharge of each day, hours at full power")
        _draw_day_key(figure, shades)
    else:
        name_panel(main, "全时段净功率", "net power by hour")
    _draw_net_key(figure, net_shades, at=0.62 if cells.is_by_day else 0.36)
    midnight = math.floor(float(picture.edges[0]) + 1e-9)
    days = cells.over_horizon.shape[1] / (1 if cells.is_by_day else HOURS_PER_DAY)
    _paint(main, cells.over_horizon, shades, (midnight, midnight + days))
    mark_time(main, float(picture.edges[0]), float(picture.edges[-1]), labelled=True)
    _label_rows(main, picture, cells)
    if has_mean:
        beside = figure.add_axes((right + GAP, BOTTOM, MEAN_DAY_WIDTH, TOP - BOTTOM))
        _draw_mean_day(beside, picture, cells, net_shades)


def _draw_mean_day(axes: Axes, picture: FleetPicture, cells: FleetCells, shades: _Shades) -> None:
    absent = "，灰为时段外" if np.isnan(cells.mean_day).any() else ""
    name_panel(axes, f"日均净功率{absent}", "" if absent else "mean by hour")
    _paint(axes, cells.mean_day, shades, (0, HOURS_PER_DAY))
    hours = range(0, HOURS_PER_DAY + 1, 6)
    axes.set_xticks(hours, [f"{hour:02d}:00" for hour in hours])
    axes.tick_params(axis="x", length=0, pad=6)
    _rule_zones(axes, picture, cells)


def _told(picture: FleetPicture, cells: FleetCells) -> tuple[tuple[str, str], ...]:
    row = "一站 a station" if cells.stations_a_row == 1 else f"{cells.stations_a_row} 站平均 mean of stations"
    zones = f"{len(set(picture.zones))}" if picture.zones else "—"
    cell = "一日 a day" if cells.is_by_day else "一小时 an hour"
    return (("每行 a row", row), ("每格 a cell", cell), ("分区 zones", zones), fleet_told(picture))


def _paint(axes: Axes, cells: Floats, shades: _Shades, across: tuple[float, float]) -> None:
    axes.imshow(
        shades.colours(shades.scale(cells), bytes=True),
        extent=(across[0], across[1], len(cells), 0),
        aspect="auto",
        interpolation="nearest",
    )
    axes.set_yticks([])
    axes.spines[["top", "right"]].set_visible(True)


def _label_rows(axes: Axes, picture: FleetPicture, cells: FleetCells) -> None:
    """Ids as close as they can be read, and the name of each zone in the middle of its rows."""
    rows = len(cells.over_horizon)
    row_pt = (TOP - BOTTOM) * SIZE_IN[1] * POINTS_PER_INCH / rows
    numbers = range(0, rows, math.ceil(LINE_PT / row_pt))
    ids = [picture.station_ids[cells.order[number * cells.stations_a_row]] for number in numbers]
    axes.set_yticks([number + 0.5 for number in numbers], [short_name(each, WIDEST_ID) for each in ids], fontsize=6)
    axes.tick_params(axis="y", length=0 if len(numbers) == rows else 2, pad=3)
    _rule_zones(axes, picture, cells)
    lowest = -math.inf
    for name, first, until in _zone_rows(picture, cells):
        middle = (first + until) / 2
        if (middle - lowest) * row_pt < LINE_PT:
            continue
        lowest = middle
        axes.figure.text(
            LEFT_MARGIN, TOP - middle / rows * (TOP - BOTTOM), short_name(name, WIDEST_ZONE), fontsize=7.5, va="center"
        )


def _rule_zones(axes: Axes, picture: FleetPicture, cells: FleetCells) -> None:
    for _, first, _ in _zone_rows(picture, cells)[1:]:
        axes.axhline(first, color=INK, linewidth=0.7)


def _zone_rows(picture: FleetPicture, cells: FleetCells) -> list[tuple[str, float, float]]:
    """Each zone with its first row and the one after its last."""
    if picture.zones is None:
        return []
    names = [picture.zones[number] for number in cells.order]
    firsts = [number for number, name in enumerate(names) if number == 0 or names[number - 1] != name]
    untils = [*firsts[1:], len(names)]
    return [
        (names[first], first / cells.stations_a_row, until / cells.stations_a_row)
        for first, until in zip(firsts, untils, strict=True)
    ]


def _draw_net_key(figure: Figure, shades: _Shades, *, at: float) -> None:
    width = KEY_WIDTHS[at > KEY_MIDDLE]
    bar = _key(figure, shades, (at, width))
    bar.ax.xaxis.set_major_formatter(lambda shown, _: f"{shown:.0%}")
    figure.text(at - 0.005, KEY_BASE, "充电 charging", fontsize=8, ha="right", color=CHARGE)
    figure.text(at + width + 0.005, KEY_BASE, "放电 discharging", fontsize=8, color=DISCHARGE)
    middle = at + width / 2
    figure.text(middle, 0.022, "净功率 ÷ 额定放电功率", fontsize=8, ha="center")
    figure.text(middle, 0.006, "net power as a part of the rated discharge power", fontsize=7, ha="center", color=FAINT)


def _draw_day_key(figure: Figure, shades: _Shades) -> None:
    at, width = LEFT_OF_IDS + ROOM_OF_ZONES, KEY_WIDTHS[1]
    _key(figure, shades, (at, width))
    figure.text(at - 0.005, KEY_BASE, "小时/日 h/day", fontsize=8, ha="right")
    figure.text(at + width / 2, 0.022, "放电量 ÷ 额定放电功率", fontsize=8, ha="center")
    english = "energy discharged in a day over the rated discharge power"
    figure.text(at + width / 2, 0.006, english, fontsize=7, ha="center", color=FAINT)


def _key(figure: Figure, shades: _Shades, place: tuple[float, float]) -> Colorbar:
    bar = figure.colorbar(
        ScalarMappable(shades.scale, shades.colours),
        cax=figure.add_axes((place[0], 0.058, place[1], 0.014)),
        orientation="horizontal",
    )
    bar.outline.set_linewidth(0.4)
    bar.ax.tick_params(labelsize=7, length=2, pad=2)
    return bar


def _by_hour(share: Floats, picture: FleetPicture) -> Floats:
    """The mean of each hour from the midnight before the first step to the one after the last."""
    steps_a_day = MINUTES_PER_DAY // picture.minutes
    ahead = picture.first_minute // picture.minutes
    days = math.ceil((ahead + picture.count) / steps_a_day)
    whole = np.full((len(share), days * steps_a_day), np.nan)
    whole[:, ahead : ahead + picture.count] = share
    return _mean_of_groups(whole, MINUTES_PER_HOUR // picture.minutes)


def _mean_of_groups(cells: Floats, size: int) -> Floats:
    """The mean of so many columns in a row, what is nan left out; nan where nothing is left."""
    starts = np.arange(0, cells.shape[1], size)
    counted = np.add.reduceat(~np.isnan(cells), starts, axis=1, dtype=np.int64)
    total = np.add.reduceat(np.nan_to_num(cells), starts, axis=1)
    means = np.full(total.shape, np.nan)
    np.divide(total, counted, out=means, where=counted > 0)
    return means


def _largest(cells: Sequence[Floats]) -> float:
    return max(float(np.nanmax(np.abs(each))) for each in cells) or 1.0
