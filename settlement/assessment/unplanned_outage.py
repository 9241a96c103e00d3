"""Unplanned outage (非计划停运): hours at full power that outages of the station's own cause took from the month."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import energy, exact_text, lost_hours, power_mw, refuse_figures
from tariffs.calendar import Season
from tariffs.stations import OutageCause
from tariffs.vocabulary.errors import Words

READS = ("station", "seasons")
NAME = "unplanned_outage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of unplanned outages; every figure is a parameter without legal standing."""

    factor: Decimal
    max_hours: Decimal
    peak_factor: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q2 = factor x P_N x min(T, max_hours), the part on season days times the peak factor, in energy.

    Shape   T are hours on settled days, each by the share of P_N that is lost; where the cap bites, all hours of the
            month shrink in the same proportion; no hour counts in which the grid or an approved outage takes as much
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_unplanned_outage.py
    """
    days = sorted(month.seasons)
    excused = (OutageCause.GRID, OutageCause.APPROVED)
    hours = lost_hours(month.station, days, (OutageCause.OWN,), excused)
    lost = {Season.PEAK: Fraction(0), Season.OTHER: Fraction(0)}
    for day in days:
        season = Season.PEAK if month.seasons[day] is Season.PEAK else Season.OTHER
        lost[season] += hours[day] * power_mw(month.station, day)
    total_h, most_h = sum(hours.values(), start=Fraction(0)), Fraction(terms.max_hours)
    counted_ratio = min(Fraction(1), most_h / total_h) if total_h else Fraction(1)
    weighted_mwh = lost[Season.PEAK] * Fraction(terms.peak_factor) + lost[Season.OTHER]
    formula = _formula(terms, lost[Season.PEAK], lost[Season.OTHER], total_h)
    assessed_mwh = Fraction(terms.factor) * weighted_mwh * counted_ratio
    return Assessment(assessed=(energy(NAME, assessed_mwh, days, formula),))


def _formula(terms: Terms, peak_mwh: Fraction, other_mwh: Fraction, total_h: Fraction) -> Words:
    factor, weight = exact_text(terms.factor), exact_text(terms.peak_factor)
    peak, other, hours = exact_text(peak_mwh), exact_text(other_mwh), exact_text(total_h)
    cap = f" × {exact_text(terms.max_hours)} h ÷ {hours} h" if total_h > terms.max_hours else ""
    return Words(
        f"系数 {factor} × P_N × 停运折合小时 {hours} h：{factor} × (迎峰日 {peak} MWh × {weight} + 其他日 {other} MWh){cap}",
        f"factor {factor} × P_N × {hours} full-power outage hours: "
        f"{factor} × (season days {peak} MWh × {weight} + other days {other} MWh){cap}",
    )
