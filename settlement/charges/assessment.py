"""Assessment (考核): assessed energy at the coal benchmark price, and cases at their fixed sums; paid by the station."""

from dataclasses import dataclass

from settlement.assessed import Assessed, AssessedUnit
from settlement.billing import Billing
from settlement.draft import KWH, TIMES, Behind, Direction, Invoice, LineDraft
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import price_text

READS = ("assessed", "assessed_price")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: formulas and figures are those of the assessment profile and the settings."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft for each assessed formula; the relief of the monthly cap has a negative quantity.

    Source  沪府办发〔2024〕28号 六（二）: own-cause failures are assessed by the rules for generators
    Check   tests/cases/assessment.toml
    """
    tax_rate_e6 = billing.own_tax_rate_e6("assessment")
    return tuple(
        LineDraft(
            item="assessment",
            season="",
            behind=Behind(first_day=assessed.first_day, last_day=assessed.last_day),
            quantity_e4=assessed.quantity_e4,
            quantity_unit=KWH if assessed.unit is AssessedUnit.ENERGY else TIMES,
            price=_price(assessed, billing.assessed_price),
            formula=assessed.formula,
            sources=assessed.sources,
            direction=Direction.FROM_STATION,
            invoice=Invoice.PURCHASE if tax_rate_e6 else Invoice.NONE,
            tax_rate_e6=tax_rate_e6,
            clause=clause,
            flags={"formula": assessed.name},
        )
        for assessed in billing.assessed
    )


def _price(assessed: Assessed, benchmark: Price | None) -> Price | None:
    if assessed.price_cny_e6 is None:
        return benchmark
    text = price_text(assessed.price_cny_e6)
    return Price(cny_per_unit_e6=assessed.price_cny_e6, formula=Words(f"每次 {text}", f"{text} a case"), sources=())
