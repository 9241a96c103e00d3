"""The words on the second page of a sized project: break-even figures, readings that applied, and notes."""

from typing import Any, Final

from dispatch.sizing.break_even import BreakEven
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.report import SizingReport
from huchu.plots.size_picture import figure_text
from huchu.sizes.sentences import cut
from tariffs.vocabulary.findings import SEVERITY_WORDS, Severity

MOST_NOTES: Final = 7
NOTE_LENGTH, ENGLISH_LENGTH = 150, 190
SMALL: Final = 100


def break_even_rows(report: SizingReport) -> list[dict[str, str]]:
    """Each figure as it is and as it would have to be, with the words where none does."""
    return [
        {
            "zh": each.words.zh,
            "en": each.words.en,
            "unit": each.unit,
            "now": "—" if each.now is None else _figure(each, each.now),
            "figure": "" if each.figure is None else _figure(each, each.figure),
            "without": "均盈利 earns all the way" if each.earns_throughout else "均不盈利 loses all the way",
            "way": "≥" if each.earns_above else "≤",
            "range": f"{_figure(each, each.least)} – {_figure(each, each.most)}",
        }
        for each in report.break_evens
    ]


def reading_rows(report: SizingReport) -> list[dict[str, str]]:
    """The readings that the figures hang on: of the project, of the scenario, of the settings."""
    base, finance = report.base, report.project.finance
    rows = [
        {"key": "vat_basis", "text": finance.vat_basis.value},
        *({"key": key, "text": text} for key, text in _of_scenario(base)),
    ]
    settings = report.ground.around.settings
    if settings is not None:
        rows += [
            {"key": "city", "text": settings.city},
            {"key": "season_calendar", "text": str(settings.season_calendar)},
            {"key": "call_counting", "text": settings.call_counting.value if settings.call_counting else "—"},
            {"key": "energy_basis", "text": settings.energy_basis.value},
        ]
    return rows


def _of_scenario(base: Scenario) -> list[tuple[str, str]]:
    found = [
        ("regime", base.regime.value),
        ("calls_of", base.calls_of.value),
        ("scheduled_for", base.scheduled_for.value),
        ("award", base.award.value),
        ("capacity_support", base.capacity_support.value),
    ]
    if base.market_from_year is not None:
        found.insert(1, ("market_from_year", str(base.market_from_year)))
    return found


def note_rows(report: SizingReport) -> dict[str, Any]:
    """Warnings first, then notices, as many as there is room for, and how many are left out."""
    order = list(Severity)
    ranked = sorted(report.findings, key=lambda each: order.index(each.severity))
    shown = ranked[:MOST_NOTES]
    return {
        "rows": [
            {
                "severity": SEVERITY_WORDS[each.severity].zh,
                "is_notice": "yes" if each.severity is Severity.NOTICE else "no",
                "zh": cut(each.message.zh, NOTE_LENGTH),
                "en": cut(each.message.en, ENGLISH_LENGTH),
            }
            for each in shown
        ],
        "more": str(len(ranked) - len(shown)),
    }


def _figure(each: BreakEven, figure: float) -> str:
    if not each.unit:
        return f"{figure:.1%}"
    if figure == round(figure):
        return figure_text(figure, 0)
    return figure_text(figure, 1 if abs(figure) >= SMALL else 2)
