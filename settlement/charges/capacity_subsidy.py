"""Capacity subsidy of the city: power with a claim times the yearly rate of the settings; paid out of public funds."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import KW, Behind, Direction, Invoice, LineDraft, SettledWith
from settlement.power_months import power_kw_e4, year_share
from tariffs.citation import Citation
from tariffs.settings import CapacitySupport
from tariffs.support_claims import Claim

READS = ("supported_power",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: the plan names no rate, so it stands in the settings."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft a run of days with the same claim; none for days without one.

    Source  沪府办发〔2024〕28号 六（四）
    Check   tests/cases/capacity_subsidy.toml
    """
    drafts = []
    tax_rate_e6 = billing.own_tax_rate_e6("capacity_subsidy")
    for run in billing.supported_power:
        if run.mode is not CapacitySupport.LOCAL_SUBSIDY or run.price is None:
            continue
        quantity = power_kw_e4(run.power_mw)
        months = year_share(quantity, run.price.price.cny_per_unit_e6, run.days, run.days_in_month)
        drafts.append(
            LineDraft(
                item="capacity_subsidy",
                season="",
                behind=Behind(first_day=run.first_day, last_day=run.last_day),
                quantity_e4=quantity,
                quantity_unit=KW,
                price=run.price.price,
                exact_cny=months.exact_cny,
                formula=months.formula,
                direction=Direction.TO_STATION,
                invoice=Invoice.SALE if tax_rate_e6 else Invoice.NONE,
                tax_rate_e6=tax_rate_e6,
                settled_with=SettledWith.PUBLIC,
                clause=clause,
                flags={} if run.claim is Claim.ELIGIBLE else {"claim": run.claim.value},
            )
        )
    return tuple(drafts)
