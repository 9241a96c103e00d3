"""The tables on the two pages of a sized project: scenarios, years and assumptions, as rows of texts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from dispatch.sizing.inputs.costs import VatBasis
from dispatch.sizing.report import Judged, SizingReport
from huchu.plots.size_picture import MoneyUnit, unit_of
from huchu.sizes.pictures import PARTS, first_scenarios
from huchu.sizes.sentences import (
    CUT,
    best_text,
    cny_of,
    cost_text,
    cut,
    decimal_shown,
    irr_text,
    payback_text,
    scenario_words,
)
from tariffs.vocabulary.errors import Words

MOST_SCENARIOS: Final = 12
MOST_ADDED: Final = 4
"""Years of augmentation that are named."""
MOST_YEARS: Final = 16
"""Columns of the table of years."""
TITLE_LENGTH, ENGLISH_LENGTH, WHY_LENGTH, WHY_ENGLISH_LENGTH = 44, 58, 46, 60
YEAR_PARTS: Final = ("margin", "award", "capacity_support", "capacity_lease", "running_cost", "tax")
"""Stacks that have a row each in the table of years; investment, augmentation and residual share one."""
CAPITAL: Final = ("investment", "augmentation", "residual")


def scenario_table(report: SizingReport) -> dict[str, Any]:
    """The scenarios as rows, and how many are left out.

    Shape   a row has `why` instead of figures where the chosen size cannot be operated
    """
    shown = first_scenarios(report, MOST_SCENARIOS)
    known = [cny_of(each.at_size.measures.npv_fen) for each in report.judged if each.at_size is not None]
    unit = unit_of([*known, *(each.best.npv_cny for each in report.judged if each.best is not None)])
    return {
        "unit": {"zh": unit.words.zh, "en": unit.words.en},
        "rows": [_scenario_row(report, each, unit) for each in shown],
        "more": str(len(report.judged) - len(shown)),
    }


def _scenario_row(report: SizingReport, judged: Judged, unit: MoneyUnit) -> dict[str, str]:
    words, best, known = scenario_words(judged.scenario), judged.best, judged.at_size
    row = {
        "zh": cut(words.zh, TITLE_LENGTH),
        "en": cut(words.en, ENGLISH_LENGTH),
        "is_base": "yes" if judged.scenario.name == report.base.name else "no",
        "best": best_text(best),
        "best_npv": "—" if best is None else unit.text(best.npv_cny),
    }
    if known is None:
        why = Words("", "") if judged.refusal is None else judged.refusal
        return row | {"why_zh": cut(why.zh, WHY_LENGTH), "why_en": cut(why.en, WHY_ENGLISH_LENGTH)}
    measures = known.measures
    cost = measures.lcos_cny_per_mwh
    return row | {
        "npv": unit.text(cny_of(measures.npv_fen)),
        "irr": irr_text(measures),
        "lcos": cost_text(cost),
        "payback": payback_text(measures.payback.years),
    }


def shown_years(life_years: int) -> tuple[int, ...]:
    """The rows of a cash flow that are shown: all, or the first years, then every so many, and the last."""
    if life_years + 1 <= MOST_YEARS:
        return tuple(range(life_years + 1))
    first = tuple(range(6))
    step = -(-(life_years - 5) // (MOST_YEARS - len(first) - 1))
    later = tuple(range(5 + step, life_years, step))
    return (*first, *later[: MOST_YEARS - len(first) - 1], life_years)


def year_table(report: SizingReport) -> dict[str, Any]:
    """The cash flow with a column a year: of a long life some years only."""
    chosen = report.chosen
    flow, years = chosen.cash_flow, shown_years(report.project.project.life_years)
    unit = unit_of([cny_of(amount) for amount in (*flow.net_fen, *flow.column("discounted_cumulative_fen"))])
    stacks: list[tuple[Words, Sequence[int]]] = []
    for name, words, lines in PARTS:
        if name in YEAR_PARTS:
            stacks.append((words, _sum([flow.column(f"{line}_fen") for line in lines])))
    capital = _sum([flow.column(f"{name}_fen") for name in CAPITAL])
    stacks.append((Words("投资、扩容、残值", "investment, augmentation, residual"), capital))
    rows = [_year_row(words, amounts, years, unit) for words, amounts in stacks if any(amounts)]
    sums = (
        (Words("净现金流", "net"), flow.net_fen),
        (Words("累计折现", "discounted sum"), flow.column("discounted_cumulative_fen")),
    )
    health = ["", *(f"{each.energy_ratio:.0%}" for each in chosen.operated.years)]
    return {
        "unit": {"zh": unit.words.zh, "en": unit.words.en},
        "years": [str(year) for year in years],
        "left_out": str(len(flow.rows) - len(years)),
        "rows": [
            *rows,
            *(_year_row(words, amounts, years, unit, strong="yes") for words, amounts in sums),
            {
                "zh": "剩余能量",
                "en": "energy left",
                "strong": "no",
                "cells": [health[year] for year in years],
            },
        ],
    }


def _year_row(
    words: Words, amounts_fen: Sequence[int], years: Sequence[int], unit: MoneyUnit, strong: str = "no"
) -> dict[str, Any]:
    cells = [unit.text(cny_of(amounts_fen[year])) if amounts_fen[year] else "–" for year in years]
    return {"zh": words.zh, "en": words.en, "strong": strong, "cells": cells}


def assumption_rows(report: SizingReport) -> list[dict[str, str]]:
    """The figures that the report hangs on, each with its unit; those that are nothing are left out."""
    project = report.project
    plant, cost, finance, fade, added = (
        project.project,
        project.cost,
        project.finance,
        project.fade,
        project.augmentation,
    )
    split = plant.charge_efficiency is not None and plant.discharge_efficiency is not None
    efficiency = (
        f"{_percent(plant.charge_efficiency)} × {_percent(plant.discharge_efficiency)}"
        if split
        else _percent(plant.round_trip_efficiency)
    )
    rows = [
        _row("投运与寿命", "first day, life", f"{plant.first_on.isoformat()}，{plant.life_years} 年 a"),
        _row("往返效率", "round-trip efficiency", efficiency),
        _row("功率造价", "cost per kW", _amount(cost.power_cost_cny_per_kw, "元/kW")),
        _row("能量造价", "cost per kWh", _amount(cost.energy_cost_cny_per_kwh, "元/kWh")),
        _row("固定投资", "fixed investment", _amount(cost.fixed_investment_cny, "元")),
        _row("固定运维", "fixed running cost", _fixed(report)),
        _row("变动运维", "variable cost", _amount(cost.variable_cost_cny_per_mwh, "元/MWh")),
        _row("成本年增长", "cost growth", _percent(cost.cost_growth_ratio) if cost.cost_growth_ratio else ""),
        _row("折现率", "discount rate", _percent(finance.discount_ratio)),
        _row("所得税率", "income tax", _percent(finance.income_tax_ratio)),
        _row(
            "折旧、残值率",
            "depreciation, residual",
            f"{finance.depreciation_years} 年 a，{_percent(finance.residual_ratio)}",
        ),
        _row("亏损结转", "losses carried", f"{finance.loss_carry_years} 年 a"),
        _row("增值税", "VAT", _vat(report)),
        _row(
            "日历衰减",
            "fade by age",
            f"{_percent(fade.calendar_fade_per_year)}/a" if fade.calendar_fade_per_year else "",
        ),
        _row("循环寿命", "cycle life", _cycles(report)),
        _row("停用下限", "out of use below", _percent(fade.least_energy_ratio) if fade.is_asked else ""),
        _row("扩容", "augmentation", _augmented(report) if added.is_asked else ""),
    ]
    return [row for row in rows if row["text"]]


def _fixed(report: SizingReport) -> str:
    cost = report.project.cost
    parts = (
        _amount(cost.fixed_cost_cny_per_kw_year, "元/kW·a"),
        _amount(cost.fixed_cost_cny_per_kwh_year, "元/kWh·a"),
        _amount(cost.fixed_cost_cny_per_year, "元/a"),
    )
    return " + ".join(part for part in parts if part)


def _vat(report: SizingReport) -> str:
    finance = report.project.finance
    if finance.vat_basis is VatBasis.WITH_VAT:
        return "含税 with tax"
    return f"不含 without，{_percent(finance.vat_ratio)}"


def _cycles(report: SizingReport) -> str:
    """The last point of the cycle life: how many cycles of which depth."""
    fade = report.project.fade
    if not fade.cycle_life:
        return ""
    depth, cycles = fade.cycle_life[-1]
    return f"{decimal_shown(cycles)} 次@{_percent(depth)} → {_percent(fade.end_of_life_ratio)}"


def _augmented(report: SizingReport) -> str:
    added = report.project.augmentation
    when = (
        [f"第 {'、'.join(map(str, added.in_years[:MOST_ADDED]))}{CUT if len(added.in_years) > MOST_ADDED else ''} 年"]
        if added.in_years
        else []
    )
    when += [f"低于 below {_percent(added.below_ratio)}"] if added.below_ratio is not None else []
    price = _amount(added.energy_cost_cny_per_kwh, "元/kWh")
    return f"{'；'.join(when)} → {_percent(added.to_ratio)}{f'，{price}' if price else ''}"


def _row(zh: str, en: str, text: str) -> dict[str, str]:
    return {"zh": zh, "en": en, "text": text}


def _amount(amount: Decimal, unit: str) -> str:
    return f"{decimal_shown(amount)} {unit}" if amount else ""


def _percent(ratio: Decimal | None) -> str:
    return "" if ratio is None else f"{decimal_shown(ratio * 100)}%"


def _sum(columns: Sequence[Sequence[int]]) -> list[int]:
    return [sum(amounts) for amounts in zip(*columns, strict=True)]
