"""Adjustments (退补): corrected energy of an earlier month at the price of that month or of the refund month."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import Behind, Direction, Invoice, LineDraft
from settlement.inputs.records import Leg
from settlement.quantities.corrected_energy import CorrectedEnergy
from tariffs.citation import Citation

READS = ("corrected_energy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: prices are those of the day corrected or of the refund month, as the settings say."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft for each original month, direction, price and reason: signed energy and its price.

    Source  沪府办发〔2024〕28号 六（二） for the prices; that an error is settled by a difference is the general rule
    Check   tests/cases/adjustment.toml
    """
    kind = billing.settings.adjustment_price.value
    return tuple(_draft(corrected, kind) for corrected in billing.corrected_energy)


def _draft(corrected: CorrectedEnergy, kind: str) -> LineDraft:
    charged = corrected.leg is Leg.CHARGE
    return LineDraft(
        item="adjustment",
        season=corrected.season.value,
        behind=Behind(first_day=corrected.first_day, last_day=corrected.last_day),
        quantity_e4=corrected.energy_kwh_e4,
        price=corrected.price,
        direction=Direction.FROM_STATION if charged else Direction.TO_STATION,
        invoice=Invoice.PURCHASE if charged else Invoice.SALE,
        tax_rate_e6=corrected.tax_rate_e6,
        clause=corrected.clause,
        flags={
            "leg": corrected.leg.value,
            "original_month": str(corrected.original_month),
            "price_of": kind,
            "reason": corrected.reason,
            "rows": ",".join(corrected.rows),
        },
    )
