"""`summary.json` of `huchu size`: everything that came out, money as exact decimal text."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dispatch.sizing.best import Best
from dispatch.sizing.inputs.scenario import Regime
from dispatch.sizing.linear import Found
from dispatch.sizing.report import Judged, SizingReport
from huchu.sizes.exact import HOUR_DECIMALS, float_text, near_cny_text, ratio_text
from huchu.sizes.tables import (
    break_even_table,
    cash_flow_table,
    measures_row,
    npv_map_table,
    scenarios_table,
    sensitivity_table,
    size_row,
    years_table,
)
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text


def headline_of(report: SizingReport) -> dict[str, Any]:
    """The answer in short: the size, what it is worth under the scenario that it was chosen for, and every scenario."""
    project = report.project
    return {
        "project": project.project.id,
        "name": project.project.name,
        "first_on": project.project.first_on.isoformat(),
        "life_years": project.project.life_years,
        "scenario": report.base.name,
        "is_given": report.best is None,
        "is_worth_building": report.chosen.measures.npv_fen > 0,
        "size": size_row(report.size),
        "measures": _known(measures_row(report.chosen.measures)),
        "linear_program": None if report.best is None or report.best.linear is None else _linear(report.best.linear),
        "scenarios": [_scenario(each) for each in report.judged],
        "break_even": _rows(break_even_table(report)),
    }


def summary_of(report: SizingReport) -> dict[str, Any]:
    """All of it: the headline, each scenario's measures and present values, every table, findings and readings."""
    return {
        **headline_of(report),
        "readings": _readings(report),
        "sensitivity": _rows(sensitivity_table(report)),
        "npv_map": _rows(npv_map_table(report)),
        "scenario_table": _rows(scenarios_table(report)),
        "cash_flow": _rows(cash_flow_table(report)),
        "years": _rows(years_table(report)),
        "told": [_finding(each) for each in report.findings],
    }


def _scenario(judged: Judged) -> dict[str, Any]:
    known = judged.at_size
    return {
        "scenario": judged.scenario.name,
        "title": {"zh": judged.scenario.title_zh, "en": judged.scenario.title_en},
        "measures": None if known is None else _known(measures_row(known.measures)),
        "present_cny": None
        if known is None
        else {name: cny_text(amount) for name, amount in known.measures.present_fen.items()},
        "refusal": None if judged.refusal is None else {"zh": judged.refusal.zh, "en": judged.refusal.en},
        "best": None if judged.best is None else _best(judged.best),
    }


def _best(best: Best) -> dict[str, Any]:
    return {
        **size_row(best.size),
        "npv_cny": near_cny_text(best.npv_cny),
        "is_worth_building": best.is_worth_building,
    }


def _linear(found: Found) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "power_mw": float_text(found.power_mw, HOUR_DECIMALS),
        "energy_mwh": float_text(found.energy_mwh, HOUR_DECIMALS),
        "present_value_cny": near_cny_text(found.present_value_cny),
        "best_bound_cny": near_cny_text(found.best_bound_cny),
        "gap_ratio": ratio_text(found.gap_ratio),
        "binaries": found.binaries,
        "binding": [
            {"limit": each.limit.value, "worth_cny": near_cny_text(each.worth_cny) or None} for each in found.binding
        ],
    }


def _readings(report: SizingReport) -> dict[str, Any]:
    """The readings that are named settings of the project, and those of each scenario."""
    finance = report.project.finance
    return {
        "vat_basis": finance.vat_basis.value,
        "vat_ratio": f"{finance.vat_ratio:f}",
        "scenarios": {
            each.name: {
                "calls": None if each.calls is None else f"{each.calls:f}",
                "calls_of": each.calls_of.value,
                "scheduled_for": each.scheduled_for.value,
                "award": each.award.value,
                "capacity_support": each.capacity_support.value,
                "regulated_in_every_year": each.regimes == (Regime.REGULATED,),
            }
            for each in report.project.scenario
        },
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "zh": finding.message.zh,
        "en": finding.message.en,
    }


def _known(row: Mapping[str, str]) -> dict[str, str | None]:
    """The same with nothing where a table has an empty cell."""
    return {name: text or None for name, text in row.items()}


def _rows(table: pl.DataFrame) -> list[dict[str, str | None]]:
    return [_known(row) for row in table.rows(named=True)]
