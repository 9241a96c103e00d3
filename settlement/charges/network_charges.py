"""Network charges: charging energy outside the exemption pays transmission, distribution and surcharges."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import Direction, Invoice, LineDraft, behind
from settlement.segment_energy import by_network_price
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import DocumentError, Words

READS = ("charge_kwh_e4", "exempt_kwh_e4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: the prices stand in the network price document."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft a network price with charging energy outside the exemption; none where all of it is exempt.

    Shape   energy in 1e-4 kWh, added over the segments of one network price
    Raises  DocumentError if the network price is a placeholder: no charge is made from such a figure
    Source  发改办运行〔2022〕475号: the exemption covers the energy that is sent back
    Check   tests/cases/network_charges.toml
    """
    drafts = []
    for group in by_network_price(billing.segments):
        liable_kwh_e4 = sum(energy.charge_kwh_e4 - energy.exempt_kwh_e4 for energy in group)
        if liable_kwh_e4 == 0:
            continue
        drafts.append(
            LineDraft(
                item="network_charges",
                season="",
                behind=behind(
                    group,
                    filled_intervals=sum(energy.metered.filled_charge_intervals for energy in group),
                    filled_kwh_e4=sum(
                        energy.metered.filled_charge_kwh_e4 - energy.filled_exempt_kwh_e4 for energy in group
                    ),
                ),
                quantity_e4=liable_kwh_e4,
                tax_rate_e6=group[0].segment.prices.tax_rate_e6,
                price=_real(group[0].segment.prices.network),
                direction=Direction.FROM_STATION,
                invoice=Invoice.PURCHASE,
                clause=clause,
            )
        )
    return tuple(drafts)


def _real(price: Price) -> Price:
    if not price.placeholder:
        return price
    raise DocumentError(
        Words("输配电价和附加只有示例值，不能据以收费", "the network prices are placeholders and cannot make a charge"),
        found=Words(price.formula.zh, price.formula.en),
        do=Words(
            '在 documents_dir 下放入 <城市>/network_prices/<生效日>.toml，confirmation = "user"',
            'put <city>/network_prices/<effective date>.toml with confirmation = "user" under documents_dir',
        ),
    )
