"""Everything that stands on the two pages of a sized project, as texts: the page itself reckons nothing."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from dispatch.sizing.finance.formulas import formulas
from dispatch.sizing.report import SizingReport
from huchu.plots.size_picture import unit_of
from huchu.sizes.pdf_notes import break_even_rows, note_rows, reading_rows
from huchu.sizes.pdf_tables import assumption_rows, scenario_table, year_table
from huchu.sizes.sentences import answer, cny_of, cost_text, cut, hours_text, irr_text, scenario_words, size_text
from settlement.export import fonts
from tariffs.vocabulary.errors import Words

DIGEST_LENGTH: Final = 12
MOST_DIGESTS: Final = 5
ID_LENGTH, NAME_LENGTH, SCENARIO_LENGTH = 28, 90, 66


def pdf_record(report: SizingReport, digests: Mapping[str, str]) -> dict[str, Any]:
    """The texts of the pages by their places.

    Shape   what the fonts lack is the mark 〓; `digests` has the SHA-256 of each input by its name
    """
    plant, base = report.project.project, scenario_words(report.base)
    record: dict[str, Any] = fonts.printable(
        {
            "project": {"id": cut(plant.id, ID_LENGTH), "name": cut(plant.name, NAME_LENGTH)},
            "answer": pair(answer(report)),
            "is_good": "yes" if report.chosen.measures.npv_fen > 0 else "no",
            "base": pair(Words(*(cut(each, SCENARIO_LENGTH) for each in (base.zh, base.en)))),
            "tiles": tiles(report),
            "scenarios": scenario_table(report),
            "years": year_table(report),
            "break_even": break_even_rows(report),
            "assumptions": assumption_rows(report),
            "readings": reading_rows(report),
            "notes": note_rows(report),
            "foot": foot(digests),
            "term": f"{plant.first_on.isoformat()} – {plant.last_on.isoformat()}",
        }
    )
    # n below and above a letter is set by typst and not by the fonts, so these texts go as they are
    record["formulas"] = [{"title": pair(each.title), "formula": pair(each.formula)} for each in formulas()]
    return record


def tiles(report: SizingReport) -> list[dict[str, str]]:
    """The key figures in a row: label, figure and unit of each."""
    measures, size = report.chosen.measures, report.size
    npv = cny_of(measures.npv_fen)
    spent = -cny_of(report.chosen.cash_flow.rows[0].investment_fen)
    unit, spent_unit = unit_of([npv]), unit_of([spent])
    cost = measures.lcos_cny_per_mwh
    payback, discounted = measures.payback.years, measures.discounted_payback.years
    irr = measures.irr_ratio is not None
    return [
        _tile("净现值", "NPV", unit.text(npv), f"{unit.words.zh} {unit.words.en}"),
        _tile(
            "内部收益率",
            "IRR",
            irr_text(measures) if irr else irr_text(measures).split(" ")[0],
            "" if irr else _why(measures.irr_words),
        ),
        _tile("度电成本", "LCOS", cost_text(cost), "元/MWh CNY/MWh"),
        _tile("投资回收期", "Payback", "—" if payback is None else f"{payback:.1f}", _years(discounted)),
        _tile("功率 / 能量", "Power / energy", size_text(size), f"{hours_text(size)} h"),
        _tile(
            "初始投资",
            "Investment",
            spent_unit.text(spent),
            f"{spent_unit.words.zh} {spent_unit.words.en}",
        ),
    ]


def foot(digests: Mapping[str, str]) -> str:
    """Software version, and the digests of the inputs as far as there is room."""
    shown = [
        f"{cut(name, ID_LENGTH)} {digest[:DIGEST_LENGTH]}" for name, digest in list(digests.items())[:MOST_DIGESTS]
    ]
    more = len(digests) - MOST_DIGESTS
    if more > 0:
        shown.append(f"另有 {more} 个 and {more} more")
    told = f"huchu {version('huchu')}"
    return f"{told}　输入摘要 SHA-256: {'; '.join(shown)}" if shown else told


def pair(words: Words) -> dict[str, str]:
    """Words as the page takes them."""
    return {"zh": words.zh, "en": words.en}


def _tile(zh: str, en: str, figure: str, unit: str) -> dict[str, str]:
    return {"zh": zh, "en": en, "figure": figure, "unit": unit}


def _years(discounted: float | None) -> str:
    told = "—" if discounted is None else f"{discounted:.1f}"
    return f"年 years；折现 {told} discounted"


def _why(words: Words | None) -> str:
    return "" if words is None else "见说明 see notes"
