"""Order shortfall (调用不足): discharge that was ordered on season days and not given, by the station's own fault."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import ENERGY_UNITS_PER_MWH, energy, exact_text, input_missing, mwh_text, refuse_figures
from settlement.inputs.records import Leg
from tariffs.calendar import Season
from tariffs.stations import OutageCause
from tariffs.vocabulary.errors import Words

READS = ("station", "seasons", "orders")
NAME = "order_shortfall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figure of the order shortfall; every figure is a parameter without legal standing."""

    factor: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q3 = factor x the sum over failed orders of max(0, ordered - done), in energy.

    Shape   discharge orders on season days whose failure has the station's own cause; a charge order that fails shows in
            the discharge after it and is not counted twice; nothing in a month without a season day
    Source  structure of the generator rules; the factor is the user's or the profile's
    Check   tests/settlement/assessment/test_order_shortfall.py
    """
    days = sorted(day for day, season in month.seasons.items() if season is Season.PEAK)
    if not days:
        return Assessment()
    if month.orders is None:
        return input_missing(NAME, "--orders", month.station.id)
    failed = [
        judged.failed_kwh_e4
        for judged in month.orders
        if judged.in_season
        and judged.cause is OutageCause.OWN
        and judged.order.direction is Leg.DISCHARGE
        and judged.failed_kwh_e4 > 0
    ]
    missed = sum(failed)
    factor, shown = exact_text(terms.factor), mwh_text(missed)
    formula = Words(
        f"系数 {factor} × Σ max(0, 指令电量 − 完成电量) = {factor} × {shown} MWh（{len(failed)} 条自身原因未完成的指令）",
        f"factor {factor} × Σ max(0, ordered − done) = {factor} × {shown} MWh ({len(failed)} order(s) failed by own cause)",
    )
    assessed_mwh = Fraction(terms.factor) * Fraction(missed, ENERGY_UNITS_PER_MWH)
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))
