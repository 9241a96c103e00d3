"""National capacity price: rated power times the coal capacity price and the share of the peak that the station lasts."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import KW, Behind, Direction, Invoice, LineDraft
from settlement.power_months import power_kw_e4, year_share
from tariffs.citation import Citation
from tariffs.settings import CapacitySupport
from tariffs.support_claims import Claim
from tariffs.vocabulary.errors import Words

READS = ("supported_power",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: the figures stand in the national document, the city's coal price and the settings."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft a run of days with the same power, price and duration; settled with the grid company, tax included.

    Source  发改价格〔2026〕114号; 沪府办发〔2024〕28号 六（四）: a national price takes the place of the subsidy
    Check   tests/cases/capacity_price.toml
    """
    drafts = []
    for run in billing.supported_power:
        if run.mode is not CapacitySupport.NATIONAL_CAPACITY_PRICE or run.price is None:
            continue
        quantity, price = power_kw_e4(run.power_mw), run.price.price
        months = year_share(quantity, price.cny_per_unit_e6, run.days, run.days_in_month, run.price.share)
        drafts.append(
            LineDraft(
                item="capacity_price",
                season="",
                behind=Behind(first_day=run.first_day, last_day=run.last_day),
                quantity_e4=quantity,
                quantity_unit=KW,
                price=price,
                exact_cny=months.exact_cny,
                formula=_formula(run.price.share_formula, months.formula),
                sources=(run.price.clause, clause),
                direction=Direction.TO_STATION,
                invoice=Invoice.SALE,
                tax_rate_e6=billing.tax_rate_e6,
                clause=run.price.clause,
                flags={} if run.claim is Claim.ELIGIBLE else {"claim": run.claim.value},
            )
        )
    return tuple(drafts)


def _formula(share: Words | None, months: Words) -> Words:
    if share is None:
        return months
    return Words(f"{share.zh}；{months.zh}", f"{share.en}; {months.en}")
