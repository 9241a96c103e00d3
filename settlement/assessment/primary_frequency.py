"""Primary frequency response (一次调频): the integral of the response over the theoretical one, against a requirement."""

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
NAME = "primary_frequency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of primary frequency response; every figure is a parameter without legal standing."""

    factor: Decimal
    hours: Decimal
    required_ratio: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q6 = factor x P_N x hours x max(0, required - actual integral / theoretical integral), in energy.

    Shape   the ratio of the integrals is the dispatch centre's, dead band and droop included; a refusal where it is absent
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_primary_frequency.py
    """
    days, agc = sorted(month.seasons), month.agc
    if agc is None:
        return input_missing(NAME, "--agc", month.station.id)
    if agc.frequency_ratio is None:
        told = CATALOGUE.finding(
            "assessment_column_empty",
            file=agc.file,
            row=agc.row,
            station_id=month.station.id,
            formula=NAME,
            columns="frequency_ratio",
        )
        return Assessment(findings=(told,))
    power = mean_power_mw(month.station, days)
    short = max(Fraction(0), Fraction(terms.required_ratio) - Fraction(agc.frequency_ratio))
    head = f"{exact_text(terms.factor)} × {exact_text(power)} MW × {exact_text(terms.hours)} h"
    tail = f"max(0, {percent_text(terms.required_ratio)} − {percent_text(agc.frequency_ratio)})"
    formula = Words(f"系数 {head} × {tail}", f"factor {head} × {tail}")
    assessed_mwh = Fraction(terms.factor) * power * Fraction(terms.hours) * short
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))
