"""Discharged energy: sold to the grid at the season's price, segment by segment."""

from dataclasses import dataclass

from settlement.billing import Billing
from settlement.draft import Direction, Invoice, LineDraft, behind
from tariffs.calendar import Season
from tariffs.citation import Citation
from tariffs.prices import SeasonRatios, season_price

READS = ("discharge_kwh_e4",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Share of the coal benchmark price, by season."""

    price_ratio: SeasonRatios


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:
    """One draft a segment of the regulated stage: the energy given to the grid and its price, not multiplied yet.

    Shape   energy in 1e-4 kWh by segment; the statement multiplies and rounds each draft once
    Raises  DocumentError if a segment's season has no share of the benchmark price
    Source  沪府办发〔2024〕28号 六（二）
    Check   tests/cases/discharge_energy.toml
    """
    return tuple(
        LineDraft(
            item="discharge_energy",
            season=energy.segment.season.value,
            behind=behind(
                (energy,),
                filled_intervals=energy.metered.filled_discharge_intervals,
                filled_kwh_e4=energy.metered.filled_discharge_kwh_e4,
            ),
            quantity_e4=energy.discharge_kwh_e4,
            price=season_price(energy.segment.prices.benchmark, terms.price_ratio.of(energy.segment.season), clause),
            direction=Direction.TO_STATION,
            invoice=Invoice.SALE,
            tax_rate_e6=energy.segment.prices.tax_rate_e6,
            clause=clause,
        )
        for energy in billing.segments
        if energy.segment.season is not Season.MARKET
    )
