"""All scenarios side by side: net present value in bars, and rate of return, payback and own best size as text."""

from collections.abc import Callable
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from huchu.plots.page import FAINT, HAIR, INK
from huchu.plots.size_page import GAIN, HEAD_IN, LOSS, SOFT, fitted, half_page_png, panel, write_finding
from huchu.plots.size_picture import MoneyUnit, ScenarioBar, ScenariosPicture, figure_text, unit_of
from tariffs.vocabulary.errors import Words

WIDTH_IN: Final = 6.6
ROW_IN: Final = 0.36
COLUMNS_IN: Final = 0.34
FOOT_IN: Final = 0.3
NAMES_IN: Final = 2.1
"""Room of the titles on the left."""
BARS: Final = (2.32, 1.84)
"""Where the bars begin, and how wide they are, inches."""
TEXTS: Final = (
    (4.27, "内部收益率", "IRR"),
    (4.95, "回收期（年）", "payback, years"),
    (5.72, "该情景最优", "own best size"),
)
LABEL_IN: Final = 0.6
"""Room beside the longest bar for its figure, inches."""


def scenarios_png(picture: ScenariosPicture) -> bytes:
    """The bytes of the PNG of all scenarios."""
    height = HEAD_IN + COLUMNS_IN + ROW_IN * len(picture.bars) + FOOT_IN
    return half_page_png(lambda figure: draw_scenarios(figure, picture), height, WIDTH_IN)


def draw_scenarios(figure: Figure, picture: ScenariosPicture) -> None:
    """Draw a row a scenario."""
    write_finding(
        figure, picture.finding, Words(f"各情景下的 {picture.size_text}", f"{picture.size_text} under each scenario")
    )
    rows = len(picture.bars)
    sheet = panel(figure, (0, FOOT_IN, WIDTH_IN, ROW_IN * rows))
    sheet.set_xlim(0, WIDTH_IN)
    sheet.set_ylim(rows - 0.5, -0.5)
    sheet.set_axis_off()
    unit = unit_of([each.npv_cny for each in picture.bars])
    _write_columns(sheet, unit)
    place = _scale(picture, unit)
    for row, each in enumerate(picture.bars):
        _draw_row(sheet, row, each)
        if each.npv_cny is None:
            _write_refusal(sheet, row, each)
        else:
            _draw_bar(sheet, row, each.npv_cny / unit.cny, place)
    if picture.not_shown:
        more = f"另有 {picture.not_shown} 个情景 and {picture.not_shown} more"
        figure.text(0.14 / WIDTH_IN, 0.1 / figure.get_size_inches()[1], more, fontsize=7.2, color=FAINT)


def _scale(picture: ScenariosPicture, unit: MoneyUnit) -> Callable[[float], float]:
    """Where an amount stands on the sheet."""
    known = [each.npv_cny / unit.cny for each in picture.bars if each.npv_cny is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    first = BARS[0] + (LABEL_IN if low < 0 else 0.0)
    last = BARS[0] + BARS[1] - (LABEL_IN if high > 0 else 0.0)
    return lambda amount: first + (last - first) * (amount - low) / (high - low or 1.0)


def _write_columns(sheet: Axes, unit: MoneyUnit) -> None:
    columns = ((0.14, "情景", "scenario"), (BARS[0], f"净现值（{unit.words.zh}）", f"NPV, {unit.words.en}"), *TEXTS)
    for at, zh, en in columns:
        for text, up, size, colour in ((zh, 14, 7.8, INK), (en, 5, 6.4, FAINT)):
            sheet.annotate(
                text,
                (at, -0.5),
                (0, up),
                textcoords="offset points",
                fontsize=size,
                color=colour,
                annotation_clip=False,
            )


def _draw_row(sheet: Axes, row: int, each: ScenarioBar) -> None:
    sheet.plot([0.14, WIDTH_IN - 0.14], [row - 0.5] * 2, color=HAIR, linewidth=0.6, zorder=0.5)
    weight = "bold" if each.is_base else "normal"
    figure = _figure(sheet)
    title = fitted(figure, each.title.zh, 8, NAMES_IN, bold=each.is_base)
    sheet.text(0.14, row - 0.02, title, fontsize=8, va="bottom", fontweight=weight)
    english = fitted(figure, each.title.en, 6.3, NAMES_IN)
    sheet.text(0.14, row + 0.06, english, fontsize=6.3, va="top", color=FAINT)
    for (at, _, _), text in zip(TEXTS, (each.irr, each.payback, each.best), strict=True):
        first, _, second = text.partition(" / ") if "/" in text else text.partition(" ")
        if "/" in text or not text[:1].isascii():
            sheet.text(at, row - 0.02, first, fontsize=7.4, va="bottom", fontweight=weight)
            sheet.text(at, row + 0.06, second, fontsize=7.4 if "/" in text else 6.3, va="top", color=SOFT)
        else:
            sheet.text(at, row, text, fontsize=8, va="center", fontweight=weight)


def _draw_bar(sheet: Axes, row: int, npv: float, place: Callable[[float], float]) -> None:
    start, end = place(0.0), place(npv)
    sheet.plot([start] * 2, [row - 0.5, row + 0.5], color=INK, linewidth=0.7, zorder=3)
    sheet.barh(row, end - start, left=start, height=0.56, color=GAIN if npv >= 0 else LOSS, linewidth=0, zorder=2)
    sheet.annotate(
        figure_text(npv, 1),
        (end, row),
        (4 if npv >= 0 else -4, 0),
        textcoords="offset points",
        ha="left" if npv >= 0 else "right",
        va="center",
        fontsize=8,
    )


def _write_refusal(sheet: Axes, row: int, each: ScenarioBar) -> None:
    why = each.refusal or Words("", "")
    figure = _figure(sheet)
    chinese = fitted(figure, f"不可行：{why.zh}", 7.6, BARS[1])
    sheet.text(BARS[0], row - 0.02, chinese, fontsize=7.6, va="bottom", color=LOSS)
    sheet.text(BARS[0], row + 0.06, fitted(figure, why.en, 6.3, BARS[1]), fontsize=6.3, va="top", color=FAINT)


def _figure(sheet: Axes) -> Figure:
    figure = sheet.get_figure(root=True)
    assert figure is not None
    return figure
