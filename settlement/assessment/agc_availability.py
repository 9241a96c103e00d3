"""AGC availability (AGC 可用率): hours of automatic generation control against the hours required."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import (
    CATALOGUE,
    energy,
    exact_text,
    input_missing,
    mean_power_mw,
    percent_text,
    refuse_figures,
)
from tariffs.vocabulary.errors import Words

READS = ("station", "seasons", "agc")
NAME = "agc_availability"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of AGC availability; every figure is a parameter without legal standing."""

    factor: Decimal
    hours: Decimal
    required_ratio: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q4 = factor x P_N x hours x max(0, required - available hours / required hours), in energy.

    Shape   nothing, with a notice, where no hour was required
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_agc_availability.py
    """
    days, agc = sorted(month.seasons), month.agc
    if agc is None:
        return input_missing(NAME, "--agc", month.station.id)
    if agc.required_h == 0:
        told = CATALOGUE.finding("assessment_agc_not_required", file=agc.file, row=agc.row, station_id=month.station.id)
        return Assessment(findings=(told,))
    power = mean_power_mw(month.station, days)
    short = max(Fraction(0), Fraction(terms.required_ratio) - Fraction(agc.available_h) / Fraction(agc.required_h))
    head = f"{exact_text(terms.factor)} × {exact_text(power)} MW × {exact_text(terms.hours)} h"
    hours = f"{exact_text(agc.available_h)} h ÷ {exact_text(agc.required_h)} h"
    tail = f"max(0, {percent_text(terms.required_ratio)} − {hours})"
    formula = Words(f"系数 {head} × {tail}", f"factor {head} × {tail}")
    assessed_mwh = Fraction(terms.factor) * power * Fraction(terms.hours) * short
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))
