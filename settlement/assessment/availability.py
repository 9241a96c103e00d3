"""Availability (可用率): the share of the month in which the station could run, against the one required."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import energy, exact_text, lost_hours, mean_power_mw, percent_text, refuse_figures
from tariffs.stations import OutageCause
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import HOURS_PER_DAY

READS = ("station", "seasons")
NAME = "availability"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of the availability; every figure is a parameter without legal standing."""

    factor: Decimal
    hours: Decimal
    required_ratio: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q7 = factor x P_N x hours x max(0, required - A), A = (period - planned out - forced out) / period, in energy.

    Shape   the period are the settled days; outage hours count by the share of P_N that is lost; approved outages count
            as planned, those of own cause as forced, those of the grid not at all
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_availability.py
    """
    days = sorted(month.seasons)
    out = lost_hours(month.station, days, (OutageCause.OWN, OutageCause.APPROVED), (OutageCause.GRID,))
    period_h, out_h = Fraction(len(days) * HOURS_PER_DAY), sum(out.values(), start=Fraction(0))
    available = (period_h - out_h) / period_h
    power = mean_power_mw(month.station, days)
    short = max(Fraction(0), Fraction(terms.required_ratio) - available)
    factor, required = exact_text(terms.factor), percent_text(terms.required_ratio)
    head = f"{factor} × {exact_text(power)} MW × {exact_text(terms.hours)} h"
    tail = f"max(0, {required} − ({exact_text(period_h)} h − {exact_text(out_h)} h) ÷ {exact_text(period_h)} h)"
    formula = Words(f"系数 {head} × {tail}", f"factor {head} × {tail}")
    assessed_mwh = Fraction(terms.factor) * power * Fraction(terms.hours) * short
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))
