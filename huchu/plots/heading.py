"""The head of a page and of its parts: which station, which horizon, and what came out."""

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from huchu.plots.page import FAINT, HAIR, LEFT_MARGIN, RIGHT_MARGIN, write_beside
from huchu.plots.picture import SchedulePicture

SHORT_ID: Final = 24
COLUMNS: Final = (LEFT_MARGIN, 0.36, 0.56, 0.71, 0.86)


def write_heading(figure: Figure, picture: SchedulePicture, zh: str, en: str) -> None:
    """Write the station, what the page shows, and the figures of the run in a row."""
    write_station(figure, picture.station_name, picture.station_id, f"{zh}  {en}")
    told = (
        ("时段 horizon", f"{picture.first_at:%Y-%m-%d %H:%M} – {picture.until_at:%Y-%m-%d %H:%M}"),
        ("目标值（元） objective, CNY", f"{picture.objective_cny:,.2f}"),
        ("迎峰期次数 season calls", f"{picture.calls:,.2f}"),
        ("步长（分钟） step, min", f"{picture.minutes}"),
        ("求解方式 rung", picture.rung),
    )
    write_figures(figure, told, COLUMNS)


def write_station(figure: Figure, name: str, station_id: str, page_title: str) -> None:
    """Write a station and its id, and on the right what the page shows."""
    written = figure.text(LEFT_MARGIN, 0.953, name, fontsize=15, fontweight="bold")
    write_beside(figure, written, station_id, 11 if len(station_id) <= SHORT_ID else 6.5)
    figure.text(RIGHT_MARGIN, 0.953, page_title, fontsize=9, color=FAINT, ha="right")


def write_title(
    figure: Figure, title: tuple[str, str], told: Sequence[tuple[str, str]], columns: Sequence[float]
) -> None:
    """Write the title of a page, Chinese with English beside it, and figures in a row below with a line under them."""
    name = figure.text(LEFT_MARGIN, 0.953, title[0], fontsize=15, fontweight="bold")
    write_beside(figure, name, title[1], 11)
    write_figures(figure, told, columns)


def write_figures(figure: Figure, told: Sequence[tuple[str, str]], columns: Sequence[float]) -> None:
    """Write figures in a row, each under its label, with a line under them."""
    for at, (label, shown) in zip(columns, told, strict=False):
        figure.text(at, 0.926, label, fontsize=7.5, color=FAINT)
        figure.text(at, 0.903, shown, fontsize=10.5, fontweight="bold")
    _rule(figure, 0.893)


def write_section(figure: Figure, height: float, zh: str, en: str) -> None:
    """Write the title of a part of the page, with a line above it."""
    _rule(figure, height + 0.028)
    title = figure.text(LEFT_MARGIN, height, zh, fontsize=10.5, fontweight="bold")
    write_beside(figure, title, en, 8)


def _rule(figure: Figure, height: float) -> None:
    figure.add_artist(Line2D([LEFT_MARGIN, RIGHT_MARGIN], [height, height], color=HAIR, linewidth=0.8))
