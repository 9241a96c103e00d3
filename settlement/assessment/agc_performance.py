"""AGC performance (AGC 性能): the product of the factors of rate, accuracy and response, against 1."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import CATALOGUE, energy, exact_text, input_missing, mean_power_mw, refuse_figures
from tariffs.vocabulary.errors import Words

READS = ("station", "seasons", "agc")
NAME = "agc_performance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of AGC performance; every figure is a parameter without legal standing."""

    factor: Decimal
    hours: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q5 = factor x P_N x hours x max(0, 1 - k1 x k2 x k3), in energy.

    Shape   a refusal where one of the three factors is not given
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_agc_performance.py
    """
    days, agc = sorted(month.seasons), month.agc
    if agc is None:
        return input_missing(NAME, "--agc", month.station.id)
    given = {"k1": agc.k1, "k2": agc.k2, "k3": agc.k3}
    known = [figure for figure in given.values() if figure is not None]
    if len(known) < len(given):
        empty = ", ".join(column for column, figure in given.items() if figure is None)
        told = CATALOGUE.finding(
            "assessment_column_empty",
            file=agc.file,
            row=agc.row,
            station_id=month.station.id,
            formula=NAME,
            columns=empty,
        )
        return Assessment(findings=(told,))
    performance = Fraction(1)
    for figure in known:
        performance *= Fraction(figure)
    power = mean_power_mw(month.station, days)
    head = f"{exact_text(terms.factor)} × {exact_text(power)} MW × {exact_text(terms.hours)} h"
    tail = f"max(0, 1 − {' × '.join(exact_text(figure) for figure in known)})"
    formula = Words(f"系数 {head} × {tail}", f"factor {head} × {tail}")
    assessed_mwh = Fraction(terms.factor) * power * Fraction(terms.hours) * max(Fraction(0), 1 - performance)
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))
