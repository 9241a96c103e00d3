"""A picture of half a page: its size, its heading that says the finding, and its colours."""

from collections.abc import Callable
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MaxNLocator

from huchu.plots.page import FAINT, HAIR, INK, OWN_FAMILY, png_of
from huchu.plots.size_picture import MINUS
from tariffs.vocabulary.errors import Words

DPI: Final = 280
WIDTH_IN: Final = 5.4
EDGE_IN: Final = 0.14
"""White at the left and at the top."""
HEAD_IN: Final = 0.74
"""Height of the heading."""
TITLE_SIZE, ENGLISH_SIZE, SCENARIO_SIZE = 11.5, 7.8, 6.8
LEAST_SHARE: Final = 0.72
"""A line of the heading that is too long is set smaller, down to this share of its size, before it is cut."""
CUT: Final = "…"
CLOSE: Final = 0.985
"""Widths do not shrink quite as sizes do."""
GAIN: Final = "#2f6db3"
LOSS: Final = "#d5702b"
SOFT: Final = "#4d5a66"


def half_page_png(draw: Callable[[Figure], None], height_in: float, width_in: float = WIDTH_IN) -> bytes:
    """The bytes of a PNG of so many inches, drawn by a function on an empty figure."""

    def resized(figure: Figure) -> None:
        figure.set_size_inches(width_in, height_in)
        figure.set_dpi(DPI)
        # a figure is saved with the dots that it had when it got its canvas
        FigureCanvasAgg(figure)
        draw(figure)

    return png_of(resized)


def write_finding(figure: Figure, finding: Words, scenario: Words) -> None:
    """Write the finding as the title, Chinese over English, and below it what it is of."""
    width_in, height_in = figure.get_size_inches()
    left = EDGE_IN / width_in
    beside = _beside(scenario)
    lines = (
        (finding.zh, TITLE_SIZE, "bold", INK, 0.30),
        (finding.en, ENGLISH_SIZE, "normal", SOFT, 0.45),
        (beside, SCENARIO_SIZE, "normal", FAINT, 0.59),
    )
    for text, size, weight, colour, down_in in lines:
        is_bold, room_in = weight == "bold", width_in - 2 * EDGE_IN
        share = CLOSE * room_in / width_of(figure, text, size, bold=is_bold)
        size_pt = size if text == beside else size * min(1.0, max(LEAST_SHARE, share))
        shown = fitted(figure, text, size_pt, room_in, bold=is_bold)
        figure.text(left, 1 - down_in / height_in, shown, fontsize=size_pt, fontweight=weight, color=colour)


def fitted(figure: Figure, text: str, size: float, room_in: float, *, bold: bool = False) -> str:
    """A text that takes at most so many inches: of a longer one as much of its beginning as there is room for."""
    if not text or width_of(figure, text, size, bold=bold) <= room_in:
        return text
    least, most = 0, len(text)
    while most - least > 1:
        middle = (least + most) // 2
        is_short = width_of(figure, f"{text[:middle].rstrip()}{CUT}", size, bold=bold) <= room_in
        least, most = (middle, most) if is_short else (least, middle)
    return f"{text[:least].rstrip()}{CUT}"


def width_of(figure: Figure, text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, inches."""
    agg: Any = RendererAgg
    font = FontProperties(family=OWN_FAMILY, size=size, weight="bold" if bold else "normal")
    width: float = agg(1, 1, figure.dpi).get_text_width_height_descent(text, font, False)[0] / figure.dpi
    return width or 1 / figure.dpi


def panel(figure: Figure, box_in: tuple[float, float, float, float]) -> Axes:
    """Axes in a box of inches: left, bottom, width, height."""
    width_in, height_in = figure.get_size_inches()
    left, bottom, width, height = box_in
    return figure.add_axes((left / width_in, bottom / height_in, width / width_in, height / height_in))


def name_small(axes: Axes, zh: str, en: str) -> None:
    """Write above a panel what it shows, Chinese and English on one line."""
    axes.annotate(
        f"{zh}  {en}",
        (0, 1),
        (0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=7.6,
        color=SOFT,
    )


def grid_of_money(axes: Axes, bins: int = 6, *, upright: bool = True) -> None:
    """A faint grid and round ticks for an axis of money."""
    axis = axes.yaxis if upright else axes.xaxis
    axis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(lambda shown, _: tick_text(shown))
    axes.grid(visible=True, axis="y" if upright else "x", color=HAIR, linewidth=0.5)
    axes.tick_params(labelsize=7.6, length=2.5)


def tick_text(shown: float) -> str:
    """A round figure of an axis."""
    text = f"{shown:,.6g}"
    return "0" if text == "-0" else text.replace("-", MINUS)


def _beside(words: Words) -> str:
    return words.zh if words.zh == words.en else f"{words.zh}  {words.en}"
