"""Exempted charges: what exempt charging energy would have paid to the network; information, no money."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import Direction, LineDraft, behind
from settlement.segment_energy import by_network_price
from tariffs.citation import Citation

READS = ("exempt_kwh_e4",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: the prices stand in the network price document."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft a network price: the exempt charging energy and the price that it does not pay.

    Shape   exempt energy in 1e-4 kWh, added over the segments of one network price
    Source  沪府办发〔2024〕28号 六（二）
    Check   tests/cases/exempted_charges.toml
    """
    return tuple(
        LineDraft(
            item="exempted_charges",
            season="",
            behind=behind(
                group,
                filled_intervals=sum(energy.metered.filled_charge_intervals for energy in group),
                filled_kwh_e4=sum(energy.filled_exempt_kwh_e4 for energy in group),
            ),
            quantity_e4=sum(energy.exempt_kwh_e4 for energy in group),
            price=group[0].segment.prices.network,
            direction=Direction.INFORMATION,
            clause=clause,
        )
        for group in by_network_price(billing.segments)
    )
