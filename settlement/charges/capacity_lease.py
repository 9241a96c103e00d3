"""Capacity lease: leased power times its yearly price, by twelfths, parts of a month by days; paid by the lessee."""

from dataclasses import dataclass
from fractions import Fraction

from settlement.billing import Billing
from settlement.draft import KW, Behind, Direction, Invoice, LineDraft, SettledWith
from settlement.power_months import power_kw_e4, year_share
from settlement.quantities.leased_power import LeasedPower
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import price_text, scaled
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY, RATIO_UNITS

READS = ("leased_power",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: a lease's price is agreed between its parties."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft a lease that runs in the month: its power and yearly price, shared by twelfths and days.

    Source  沪府办发〔2024〕28号 六（四）: price by agreement
    Check   tests/cases/capacity_lease.toml
    """
    return tuple(_draft(leased, clause) for leased in billing.leased_power)


def _draft(leased: LeasedPower, clause: Citation) -> LineDraft:
    lease = leased.lease
    price_e6 = scaled(lease.price_cny_per_kw_year, PRICE_UNITS_PER_CNY)
    months = year_share(power_kw_e4(lease.power_mw), price_e6, leased.days, leased.days_in_month)
    text = price_text(price_e6)
    taxed = lease.tax_ratio is not None
    return LineDraft(
        item="capacity_lease",
        season="",
        behind=Behind(first_day=leased.first_day, last_day=leased.last_day),
        quantity_e4=power_kw_e4(lease.power_mw),
        quantity_unit=KW,
        price=Price(cny_per_unit_e6=price_e6, formula=Words(f"年租价 {text}", f"yearly rent {text}"), sources=()),
        exact_cny=months.exact_cny,
        formula=months.formula,
        direction=Direction.TO_STATION,
        invoice=Invoice.SALE if taxed else Invoice.NONE,
        tax_rate_e6=int(Fraction(lease.tax_ratio or 0) * RATIO_UNITS),
        settled_with=SettledWith.LESSEE,
        counterparty=lease.lessee,
        clause=clause,
        flags={"lessee": lease.lessee} if taxed else {"lessee": lease.lessee, "tax_not_given": "capacity_lease"},
    )
