"""What all pages of a fleet share: their head, the words of the certificate, and texts cut to their room."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from unicodedata import east_asian_width

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from huchu.plots.fleet_picture import FleetPicture
from huchu.plots.heading import write_title
from huchu.plots.page import FAINT, HAIR, LEFT_MARGIN, RIGHT_MARGIN
from tariffs.vocabulary.errors import Words

COLUMNS: Final = (LEFT_MARGIN, 0.205, 0.388, 0.571, 0.754)
CERTIFICATE_TOP: Final = 0.882
LARGE: Final = 1e5
"""From here on a decimal says nothing."""
WIDE, BROAD, CAPITAL, NARROW = 10, 9, 7, 6
"""Tenths of the width of a Chinese character."""
PIECE: Final = re.compile(r"[!-~]{1,40} ?|.")
"""What is not broken at the end of a line: a Latin word, or one character."""


def write_fleet_head(
    figure: Figure,
    picture: FleetPicture,
    titles: tuple[str, str],
    told: Sequence[tuple[str, str]],
    columns: Sequence[float] = COLUMNS,
) -> None:
    """Write the title of a page and its figures in a row; the objective and the horizon on the right."""
    write_title(figure, titles, told, columns)
    horizon = f"{picture.objective}   {picture.first_at:%Y-%m-%d %H:%M} – {picture.until_at:%Y-%m-%d %H:%M}"
    figure.text(RIGHT_MARGIN, 0.953, horizon, fontsize=9, color=FAINT, ha="right")


def fleet_told(picture: FleetPicture) -> tuple[str, str]:
    """How many stations there are, with their power and energy together."""
    power = f"{amount_told(float(picture.rated_mw.sum()))} MW · {amount_told(picture.energy_mwh)} MWh"
    return (f"储能 fleet · {len(picture.station_ids)} 站 stations", power)


def write_certificate(figure: Figure, words: Words) -> None:
    """Write what is proven of the plan, at most two lines in either language."""
    chinese = list(lines_of(words.zh, 820, 2))
    figure.text(LEFT_MARGIN, CERTIFICATE_TOP, "\n".join(chinese), fontsize=9.5, va="top", fontweight="bold")
    english = "\n".join(lines_of(words.en, 1300, 2))
    under = CERTIFICATE_TOP - 0.006 - 0.0175 * len(chinese)
    figure.text(LEFT_MARGIN, under, english, fontsize=7.5, va="top", color=FAINT)


def lines_of(text: str, widest: int, most: int) -> Iterator[str]:
    """At most so many lines of a text, each at most so many tenths of a Chinese character wide."""
    found = list(islice(_lines(text, widest - WIDE), most + 1))
    for number, line in enumerate(found[:most], 1):
        yield f"{line.rstrip()}…" if number == most < len(found) else line.rstrip()


def short_name(name: str, widest: int) -> str:
    """A name that takes at most so many tenths of a Chinese character: the middle of a longer one is left out."""
    if _width(name) <= widest:
        return name
    head, tail = "", ""
    for character in name:
        if _width(head + character) > (widest - WIDE) // 3:
            break
        head += character
    for character in reversed(name):
        if _width(character + tail) > widest - WIDE - _width(head):
            break
        tail = character + tail
    return f"{head}…{tail}"


def frame_figures(axes: Axes, name: str) -> None:
    """A grid and few ticks for an upright axis of figures in one unit."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(lambda shown, _: f"{shown:,.6g}")
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.5)
    axes.set_ylabel(name)


def amount_told(amount: float) -> str:
    """An amount with one decimal, a large one with none."""
    return f"{amount:,.1f}" if abs(amount) < LARGE else f"{amount:,.0f}"


def share_told(part: float, whole: float) -> str:
    """A part of a whole in per cent; a dash where there is no whole."""
    return f"{part / whole:.2%}" if whole > 0 else "—"


def _lines(text: str, widest: int) -> Iterator[str]:
    line = ""
    for piece in PIECE.findall(text):
        if line and _width((line + piece).rstrip()) > widest:
            yield line
            line = ""
        line += piece
    yield line


def _width(text: str) -> int:
    return sum(_breadth(character) for character in text)


def _breadth(character: str) -> int:
    if east_asian_width(character) in "WF":
        return WIDE
    if character in "MW%@":
        return BROAD
    return CAPITAL if character.isupper() else NARROW
