"""The results of `huchu size` as tables of exact text, all scenarios one below the other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from dispatch.sizing.finance.lines import LINES
from dispatch.sizing.finance.measures import Measures, Payback
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.report import Judged, SizingReport
from dispatch.sizing.years import YearFigures
from huchu.sizes.exact import HOUR_DECIMALS, float_text, near_cny_text, plain_text, ratio_text
from settlement.export.tables import plain_cell
from tariffs.vocabulary.money import cny_text, kwh_text

RATIO_DECIMALS: Final = 6
CALL_DECIMALS: Final = 4
AMOUNTS: Final = ("charge", "discharge", "award", "capacity_support", "capacity_lease", "revenue")
"""Amounts of a year of operation."""
MEASURES: Final = (
    *("npv_cny", "irr_ratio", "zero_rates", "sign_changes", "irr_note"),
    *("lcos_cny_per_mwh", "storage_cost_cny_per_mwh"),
    *("payback_years", "negative_again_in_year"),
    *("discounted_payback_years", "discounted_negative_again_in_year"),
)
Row = Mapping[str, str]


def scenarios_table(report: SizingReport) -> pl.DataFrame:
    """`scenarios.csv`: for each scenario what the chosen size is worth, and the size that is best for it.

    Shape   a scenario in which the chosen size cannot be operated has no measures, and its reason in `refusal`
    """
    return _table([_scenario_row(report, judged) for judged in report.judged])


def cash_flow_table(report: SizingReport) -> pl.DataFrame:
    """`cash_flow.csv`: every line of every year of every scenario, 元, row 0 the investment."""
    return _table(
        {
            "scenario": known.scenario.name,
            "year_no": str(row.year_no),
            "discharge_kwh": kwh_text(row.discharge_kwh_e4),
            **{f"{line.name}_cny": cny_text(getattr(row, line.column)) for line in LINES},
        }
        for judged in report.judged
        if (known := judged.at_size) is not None
        for row in known.cash_flow.rows
    )


def years_table(report: SizingReport) -> pl.DataFrame:
    """`years.csv`: every year of operation of every scenario: energy left, energies moved, amounts with tax in 元."""
    return _table(
        _year_row(known.scenario.name, year)
        for judged in report.judged
        if (known := judged.at_size) is not None
        for year in known.operated.years
    )


def npv_map_table(report: SizingReport) -> pl.DataFrame:
    """`npv_map.csv`: the net present value by power and duration, by the curve; empty where there is none."""
    shown = report.map
    return _table(
        {
            "scenario": shown.scenario,
            "power_mw": plain_text(power),
            "duration_h": plain_text(duration),
            "energy_mwh": plain_text(power * duration),
            "npv_cny": near_cny_text(npv),
        }
        for duration, along in zip(shown.duration_h, shown.npv_cny, strict=True)
        for power, npv in zip(shown.power_mw, along, strict=True)
    )


def sensitivity_table(report: SizingReport) -> pl.DataFrame:
    """`sensitivity.csv`: the net present value with one assumption lower and higher, those that move most first."""
    known = report.sensitivity
    return _table(
        {
            "scenario": known.scenario,
            "driver": driver.name,
            "driver_zh": driver.words.zh,
            "driver_en": driver.words.en,
            "low": plain_cell(driver.low),
            "high": plain_cell(driver.high),
            "npv_low_cny": near_cny_text(driver.npv_low_cny),
            "npv_high_cny": near_cny_text(driver.npv_high_cny),
            "npv_cny": near_cny_text(known.npv_cny),
            "swing_cny": near_cny_text(driver.swing_cny(known.npv_cny)),
        }
        for driver in known.drivers
    )


def break_even_table(report: SizingReport) -> pl.DataFrame:
    """`break_even.csv`: each assumption as it is, and what it would be at a net present value of zero; empty for none."""
    return _table(
        {
            "scenario": report.base.name,
            "assumption": each.name,
            "assumption_zh": each.words.zh,
            "assumption_en": each.words.en,
            "unit": each.unit,
            "now": float_text(each.now, RATIO_DECIMALS),
            "break_even": float_text(each.figure, RATIO_DECIMALS),
            "searched_from": float_text(each.least, RATIO_DECIMALS),
            "searched_to": float_text(each.most, RATIO_DECIMALS),
            "earns_above": "true" if each.earns_above else "false",
        }
        for each in report.break_evens
    )


def measures_row(known: Measures) -> dict[str, str]:
    """The measures of a cash flow under the names MEASURES, empty where there is none."""
    later, discounted = known.payback, known.discounted_payback
    return {
        "npv_cny": cny_text(known.npv_fen),
        "irr_ratio": ratio_text(known.irr_ratio),
        "zero_rates": " ".join(ratio_text(rate) for rate in known.zero_rates),
        "sign_changes": str(known.sign_changes),
        "irr_note": "" if known.irr_words is None else str(known.irr_words),
        "lcos_cny_per_mwh": "" if known.lcos_cny_per_mwh is None else f"{known.lcos_cny_per_mwh:f}",
        "storage_cost_cny_per_mwh": ""
        if known.storage_cost_cny_per_mwh is None
        else f"{known.storage_cost_cny_per_mwh:f}",
        "payback_years": float_text(later.years, HOUR_DECIMALS),
        "negative_again_in_year": _again(later),
        "discounted_payback_years": float_text(discounted.years, HOUR_DECIMALS),
        "discounted_negative_again_in_year": _again(discounted),
    }


def size_row(size: Size) -> dict[str, str]:
    """A size: power, energy and duration."""
    return {
        "power_mw": plain_text(size.power_mw),
        "energy_mwh": plain_text(size.energy_mwh),
        "duration_h": float_text(float(size.duration_h), HOUR_DECIMALS),
    }


def _scenario_row(report: SizingReport, judged: Judged) -> Row:
    scenario, best = judged.scenario, judged.best
    known = judged.at_size
    own = {} if best is None else {f"best_{name}": text for name, text in size_row(best.size).items()}
    return {
        "scenario": scenario.name,
        "title_zh": plain_cell(scenario.title_zh),
        "title_en": plain_cell(scenario.title_en),
        "regime": " ".join(each.value for each in scenario.regimes),
        "market_from_year": "" if scenario.market_from_year is None else str(scenario.market_from_year),
        "is_base": "true" if scenario.name == report.base.name else "false",
        **size_row(report.size),
        **(dict.fromkeys(MEASURES, "") if known is None else measures_row(known.measures)),
        "refusal": "" if judged.refusal is None else plain_cell(str(judged.refusal)),
        **(own or dict.fromkeys(("best_power_mw", "best_energy_mwh", "best_duration_h"), "")),
        "best_npv_cny": near_cny_text(None if best is None else best.npv_cny),
        "best_is_worth_building": "" if best is None else str(best.is_worth_building).lower(),
    }


def _year_row(scenario: str, year: YearFigures) -> Row:
    return {
        "scenario": scenario,
        "year_no": str(year.year_no),
        "first_on": year.first_on.isoformat(),
        "regime": year.regime.value,
        "energy_ratio": float_text(year.energy_ratio, RATIO_DECIMALS),
        "added_mwh": float_text(year.added_mwh, RATIO_DECIMALS),
        "charge_kwh": kwh_text(year.charge_kwh_e4),
        "discharge_kwh": kwh_text(year.discharge_kwh_e4),
        "season_calls": float_text(year.season_calls, CALL_DECIMALS),
        **{f"{name}_cny": cny_text(getattr(year, f"{name}_fen")) for name in AMOUNTS},
    }


def _again(known: Payback) -> str:
    return "" if known.negative_again_in_year is None else str(known.negative_again_in_year)


def _table(rows: Iterable[Row]) -> pl.DataFrame:
    """Rows of text as a frame; every row has the columns of the first."""
    listed: Sequence[Row] = list(rows)
    columns = list(listed[0]) if listed else []
    cells = [[row[name] for name in columns] for row in listed]
    return pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")
