"""A page of A4 landscape in the shipped fonts: the same drawing gives the same bytes, whatever the user's own settings.

matplotlib is used by its objects alone (`Figure`, Agg); its settings are put back after each page.
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

SIZE_IN: Final = (11.69, 8.27)
DPI: Final = 150
LEFT_MARGIN, RIGHT_MARGIN = 0.022, 0.98
OWN_FAMILY: Final = "huchu"
"""The name under which the shipped fonts are known here, so that no font of the machine is taken for them."""
INK: Final = "#222222"
FAINT: Final = "#6b6b6b"
HAIR: Final = "#d9d9d9"
STYLE: Final[Mapping[Any, Any]] = {
    "font.family": [OWN_FAMILY],
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "axes.edgecolor": "#a0a0a0",
    "axes.linewidth": 0.6,
    "axes.labelcolor": INK,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "xtick.major.size": 3.0,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
    "ytick.major.width": 0.6,
    "ytick.major.size": 3.0,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
    "legend.handlelength": 1.4,
    "legend.handletextpad": 0.5,
    "legend.columnspacing": 1.4,
    "legend.borderaxespad": 0.0,
    "hatch.linewidth": 0.5,
}
_OF_THE_SCREEN: Final = ("backend", "backend_fallback", "interactive", "toolbar")


def png_of(draw: Callable[[Figure], None]) -> bytes:
    """The bytes of a PNG of one page, drawn by a function on an empty figure."""
    _know_shipped_fonts()
    with matplotlib.rc_context(_settings()):
        figure = Figure(figsize=SIZE_IN, dpi=DPI, facecolor="white")
        draw(figure)
        page = io.BytesIO()
        figure.savefig(
            page, format="png", dpi=figure.dpi, metadata={"Software": None}, pil_kwargs={"compress_level": 3}
        )
    return page.getvalue()


def know_fonts(regular: Path, bold: Path) -> None:
    """Let the pages of this process be set in these two weights."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist if entry.name == OWN_FAMILY}
    for path, weight in ((regular, 400), (bold, 700)):
        if str(path) not in known:
            entry = font_manager.FontEntry(fname=str(path), name=OWN_FAMILY, weight=weight, size="scalable")
            font_manager.fontManager.ttflist.append(entry)


def name_panel(axes: Axes, zh: str, en: str) -> None:
    """Write above a panel what it shows: Chinese, and English small beside it."""
    title = axes.annotate(
        zh, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points", fontsize=9.5, fontweight="bold"
    )
    write_beside(axes, title, en, 7.5)


def write_beside(page: Axes | Figure, title: Text, text: str, size: float) -> None:
    """Write a smaller text to the right of a title, on the same line."""
    beside = Annotation(
        text, (1, 0), (6, 0), xycoords=title, textcoords="offset points", fontsize=size, color=FAINT, va="bottom"
    )
    beside.set_clip_on(False)
    page.add_artist(beside)


def _settings() -> dict[Any, Any]:
    """matplotlib's own defaults, not those of the user's files, and ours over them."""
    settings: dict[Any, Any] = {**matplotlib.rcParamsDefault, **STYLE}
    return {name: setting for name, setting in settings.items() if name not in _OF_THE_SCREEN}


def _know_shipped_fonts() -> None:
    if any(entry.name == OWN_FAMILY for entry in font_manager.fontManager.ttflist):
        return
    from settlement.export import fonts

    know_fonts(fonts.REGULAR, fonts.BOLD)
