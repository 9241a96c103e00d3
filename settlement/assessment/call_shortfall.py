"""Call shortfall (次数不足): full calls that the station itself failed in an obligation year, as energy."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import CATALOGUE, ENERGY_UNITS_PER_MWH, energy, exact_text, mwh_text, refuse_figures
from tariffs.vocabulary.errors import Words

READS = ("station", "seasons", "year_ends", "yearly_shortfall_own_kwh_e4")
NAME = "call_shortfall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figure of the call shortfall; every figure is a parameter without legal standing."""

    factor: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q3' = factor x max(0, required - done - not the station's fault) x E_N, in energy.

    Shape   once a year, in the month of the last day that counts in the obligation year; nothing in every other month; a
            refusal where the failures of the year are not known
    Source  structure of the generator rules; the factor is the user's or the profile's
    Check   tests/settlement/assessment/test_call_shortfall.py
    """
    if not month.year_ends:
        return Assessment()
    if month.yearly_shortfall_own_kwh_e4 is None:
        told = CATALOGUE.finding("assessment_shortfall_unknown", station_id=month.station.id, formula=NAME)
        return Assessment(findings=(told,))
    missed = max(0, month.yearly_shortfall_own_kwh_e4)
    factor, shown = exact_text(terms.factor), mwh_text(missed)
    formula = Words(
        f"系数 {factor} × 年度自身原因欠次折合电量 {shown} MWh",
        f"factor {factor} × energy of the year's calls failed by own cause, {shown} MWh",
    )
    assessed_mwh = Fraction(terms.factor) * Fraction(missed, ENERGY_UNITS_PER_MWH)
    return Assessment(assessed=(energy(NAME, assessed_mwh, sorted(month.seasons), formula),))
