"""What every cell of a scenario's sheet shows before a spreadsheet reckons: the figures of Python."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import isnan
from typing import Final

from dispatch.sizing.finance.lines import LINES
from dispatch.sizing.finance.measures import Measures, Payback
from dispatch.sizing.inputs.costs import Finance
from huchu.sizes.workbook_parts import AGAIN_TEXT, AMBIGUOUS_TEXT, NEVER_TEXT, NONE_TEXT, ScenarioSheet, Shown
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, FEN_PER_CNY, KWH_PER_MWH

SETTLED: Final = ("charge", "discharge", "award", "capacity_support", "capacity_lease")
ENERGY_UNITS_PER_MWH: Final = ENERGY_UNITS_PER_KWH * KWH_PER_MWH

ShownRows = Mapping[str, Sequence[Shown | None]]


def shown_rows(scenario: ScenarioSheet, finance: Finance) -> ShownRows:
    """The figures of every row by its name, year 0 first; None where a cell stays empty."""
    flow = scenario.cash_flow
    rows: dict[str, Sequence[Shown | None]] = {
        line.name: [fen / FEN_PER_CNY for fen in flow.column(line.column)] for line in LINES
    }
    rows |= _inputs(scenario)
    numbers = range(len(flow.rows))
    spent = [-row.investment_fen - row.augmentation_fen for row in flow.rows]
    worn = list(accumulate(-row.depreciation_fen for row in flow.rows))
    rows["spent"] = [fen / FEN_PER_CNY for fen in spent]
    rows["written_off"] = [fen / FEN_PER_CNY for fen in worn]
    rows["book"] = [(so_far - off) / FEN_PER_CNY for so_far, off in zip(accumulate(spent), worn, strict=True)]
    rows["taxable"] = [max(0, row.profit_fen - row.loss_used_fen) / FEN_PER_CNY for row in flow.rows]
    rows["factor"] = [(1 + float(finance.discount_ratio)) ** -n for n in numbers]
    rows["paid_back"] = _crossings(flow.column("cumulative_fen"))
    rows["discounted_paid_back"] = _crossings(flow.column("discounted_cumulative_fen"))
    rows["sign"] = _signs(flow.net_fen)
    return rows


def shown_measures(measures: Measures, guess: float) -> dict[str, Shown]:
    """The figure or text of each measure by its name."""
    roots = len(measures.zero_rates)
    irr: Shown = NONE_TEXT if roots == 0 else AMBIGUOUS_TEXT
    return {
        "npv": measures.npv_fen / FEN_PER_CNY,
        "irr": irr if measures.irr_ratio is None else measures.irr_ratio,
        "sign_changes": measures.sign_changes,
        "roots": roots,
        "guess": guess,
        "lcos": NONE_TEXT if measures.lcos_cny_per_mwh is None else float(measures.lcos_cny_per_mwh),
        "storage_cost": (
            NONE_TEXT if measures.storage_cost_cny_per_mwh is None else float(measures.storage_cost_cny_per_mwh)
        ),
        "payback": _years_of(measures.payback),
        "payback_again": _again_of(measures.payback),
        "discounted_payback": _years_of(measures.discounted_payback),
        "discounted_payback_again": _again_of(measures.discounted_payback),
        "check": 0,
    }


def shown_losses(scenario: ScenarioSheet, carry_years: int) -> dict[tuple[int, int], float]:
    """How much of the loss of one year is used in another, 元, by both years; zeros included while it may be used."""
    profit = scenario.cash_flow.column("profit_fen")
    left = [max(0, -earned) for earned in profit]
    shown = {}
    for year, earned in enumerate(profit):
        room = max(0, earned)
        for made in range(1, year):
            taken = min(left[made], room) if year - made <= carry_years else 0
            left[made] -= taken
            room -= taken
            shown[made, year] = taken / FEN_PER_CNY
    return shown


def total_of(shown: Sequence[Shown | None]) -> float:
    """The sum of the figures of a row."""
    return sum(each for each in shown if isinstance(each, int | float))


def _inputs(scenario: ScenarioSheet) -> dict[str, Sequence[Shown | None]]:
    years = scenario.years
    rows: dict[str, Sequence[Shown | None]] = {
        "energy_ratio": [None, *(year.energy_ratio for year in years)],
        "season_calls": [None, *(None if isnan(year.season_calls) else year.season_calls for year in years)],
        "added_mwh": [None, *(year.added_mwh for year in years)],
        "charge_mwh": [None, *(year.charge_kwh_e4 / ENERGY_UNITS_PER_MWH for year in years)],
        "discharge_mwh": [None, *(year.discharge_kwh_e4 / ENERGY_UNITS_PER_MWH for year in years)],
    }
    for name in SETTLED:
        rows[f"{name}_settled"] = [None, *(getattr(year, f"{name}_fen") / FEN_PER_CNY for year in years)]
    return rows


def _signs(net_fen: Sequence[int]) -> list[int]:
    signs: list[int] = []
    for fen in net_fen:
        signs.append((fen > 0) - (fen < 0) or (signs[-1] if signs else 0))
    return signs


def _crossings(sums_fen: Sequence[int]) -> list[Shown | None]:
    shown: list[Shown | None] = [None]
    for year in range(1, len(sums_fen)):
        before, now = sums_fen[year - 1], sums_fen[year]
        shown.append(year - 1 - before / (now - before) if before < 0 <= now else "")
    return shown


def _years_of(payback: Payback) -> Shown:
    return NEVER_TEXT if payback.years is None else payback.years


def _again_of(payback: Payback) -> Shown:
    return "" if payback.negative_again_in_year is None else AGAIN_TEXT
