"""The arithmetic of a cash flow, once: in fractions with each line rounded, or in floats with nothing rounded.

Row 0 is the investment, row n the end of year n of operation. Energy added before year n is paid at the end of year
n - 1, so that it stands in row n - 1. Depreciation is straight over its years, for each investment from the year after
it was made, on all but its residual; what is left of it at the end of the life is written off in the last year, when
the residual is sold for what it stands in the books: that sale bears no tax.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from dispatch.sizing.finance.lines import CASH_LINES, OPERATING_COLUMNS
from dispatch.sizing.finance.terms import N, Terms

Rows = dict[str, list[N]]


def reckoned_lines(terms: Terms[N], settled: Callable[[N], N]) -> Rows[N]:
    """Every line up to the net cash flow by its column name, one amount a row, fen; `settled` rounds an amount.

    Shape   costs, depreciation and tax are negative; `loss_used_fen` is positive
    """
    rows = _operating_rows(terms, settled) | _capital_rows(terms, settled)
    life = terms.life_years
    profit = [sum((rows[name][n] for name in OPERATING_COLUMNS), rows["depreciation_fen"][n]) for n in range(life + 1)]
    rows["profit_fen"] = profit
    rows["loss_used_fen"] = losses_used(profit, terms.loss_carry_years)
    rows["tax_fen"] = [
        -settled(terms.income_tax_ratio * max(earned - used, earned * 0))
        for earned, used in zip(profit, rows["loss_used_fen"], strict=True)
    ]
    rows["net_fen"] = [
        sum((rows[line.column][n] for line in CASH_LINES[1:]), rows[CASH_LINES[0].column][n]) for n in range(life + 1)
    ]
    return rows


def _operating_rows(terms: Terms[N], settled: Callable[[N], N]) -> Rows[N]:
    vat = terms.vat_divisor
    support_vat = vat if terms.capacity_support_taxed else vat / vat
    growth = 1 + terms.cost_growth_ratio
    fixed, variable = terms.fixed_cost_fen, terms.variable_cost_fen_per_mwh
    of_years: Rows[N] = {
        "charge_fen": [settled(amount / vat) for amount in terms.charge_fen],
        "discharge_fen": [settled(amount / vat) for amount in terms.discharge_fen],
        "award_fen": list(terms.award_fen),
        "capacity_support_fen": [settled(amount / support_vat) for amount in terms.capacity_support_fen],
        "capacity_lease_fen": [settled(amount / vat) for amount in terms.capacity_lease_fen],
        "fixed_cost_fen": [-settled(fixed * growth**n) for n in range(terms.life_years)],
        "variable_cost_fen": [-settled(variable * mwh * growth**n) for n, mwh in enumerate(terms.discharge_mwh)],
    }
    return {name: _nothing(1, terms) + line for name, line in of_years.items()}


def _capital_rows(terms: Terms[N], settled: Callable[[N], N]) -> Rows[N]:
    life = terms.life_years
    investment = [-settled(terms.investment_fen)]
    investment += _nothing(life, terms)
    augmentation = [-settled(amount) for amount in terms.augmentation_fen] + _nothing(1, terms)
    spent = [-first - added for first, added in zip(investment, augmentation, strict=True)]
    in_all = sum(spent, terms.investment_fen * 0)
    sold = settled(terms.residual_ratio * in_all)
    written_off = [settled(_worn(spent, row, terms)) for row in range(life)] + [in_all - sold]
    residual = _nothing(life, terms)
    residual.append(sold)
    return {
        "investment_fen": investment,
        "augmentation_fen": augmentation,
        "residual_fen": residual,
        "depreciation_fen": _nothing(1, terms) + [before - now for before, now in pairwise(written_off)],
    }


def _nothing(count: int, terms: Terms[N]) -> list[N]:
    return [terms.investment_fen * 0] * count


def _worn(spent: Sequence[N], row: int, terms: Terms[N]) -> N:
    """Depreciation of all years up to a row, positive."""
    straight = terms.depreciation_years
    aged = (amount * min(straight, row - made) for made, amount in enumerate(spent[:row]) if amount)
    return sum(aged, spent[0] * 0) * (1 - terms.residual_ratio) / straight


def losses_used(profit: Sequence[N], carry_years: int) -> list[N]:
    """For each year how much of earlier losses its profit uses up, oldest first, none older than `carry_years`."""
    open_losses: dict[int, N] = {}
    used = []
    for year, earned in enumerate(profit):
        room = max(earned, earned * 0)
        start = room
        for made in sorted(open_losses):
            taken = min(open_losses[made], room) if year - made <= carry_years else room * 0
            open_losses[made] -= taken
            room -= taken
        if earned < 0:
            open_losses[year] = -earned
        used.append(start - room)
    return used
