"""Assessment formulas (考核), one file each, and the few figures that all of them speak of.

The folder is the registry: a file with READS, Terms and assess() is a formula, and `[assessment.<file name>]` of the
settings gives its figures. No figure here has any legal standing. Energies are exact until they are rounded once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from settlement.assessed import Assessed, AssessedUnit, Assessment
from tariffs.stations import Outage, OutageCause, Station
from tariffs.vocabulary.errors import RecordProblems, Words
from tariffs.vocabulary.findings import Catalogue
from tariffs.vocabulary.money import decimal_text, round_half_away
from tariffs.vocabulary.timegrid import physical
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH, MINUTES_PER_HOUR, MS_PER_MINUTE

CATALOGUE: Final = Catalogue.load(Path(__file__).with_name("findings.toml"))
ENERGY_UNITS_PER_MWH: Final = KWH_PER_MWH * ENERGY_UNITS_PER_KWH
MWH_DECIMALS: Final = 7
"""Decimals of a MWh that an integer of 1e-4 kWh holds."""
SHOWN_DECIMALS: Final = 12
"""A figure with more decimals than this is shown as a fraction."""
MS_PER_HOUR: Final = MS_PER_MINUTE * MINUTES_PER_HOUR


def input_missing(formula: str, option: str, station_id: str) -> Assessment:
    """Nothing assessed, and the refusal that says which file the formula asks for."""
    found = CATALOGUE.finding("assessment_input_missing", station_id=station_id, formula=formula, option=option)
    return Assessment(findings=(found,))


def refuse_figures(terms: Any) -> None:
    """Nothing, if no figure of a record of terms is negative and no ratio is above 1.

    Raises  RecordProblems with every figure outside its range
    """
    problems = []
    for name, figure in _figures(terms):
        highest = Decimal(1) if name.endswith("ratio") else None
        if figure < 0 or (highest is not None and figure > highest):
            zh, en = ("须在 0 与 1 之间", "lies between 0 and 1") if highest else ("不能为负", "is not negative")
            problems.append(Words(f"{name} {zh}，不是 {figure}", f"{name} {en}, {figure} does not fit"))
    if problems:
        raise RecordProblems(problems)


def _figures(terms: Any) -> Iterable[tuple[str, Decimal]]:
    for declared in fields(terms):
        figure = getattr(terms, declared.name)
        if isinstance(figure, Mapping):
            yield from ((f"{kind}_{declared.name}", each) for kind, each in figure.items())
        elif figure is not None:
            yield declared.name, figure


def energy(name: str, energy_mwh: Fraction, days: Sequence[date], formula: Words) -> Assessed:
    """Assessed energy, rounded once half away from zero to 1e-4 kWh, with its formula and what that comes to."""
    quantity_kwh_e4 = rounded_kwh_e4(energy_mwh)
    result = f" = {mwh_text(quantity_kwh_e4)} MWh"
    return Assessed(
        name=name,
        unit=AssessedUnit.ENERGY,
        quantity_e4=quantity_kwh_e4,
        formula=Words(formula.zh + result, formula.en + result),
        first_day=days[0],
        last_day=days[-1],
    )


def rounded_kwh_e4(energy_mwh: Fraction) -> int:
    """Energy in 1e-4 kWh, rounded half away from zero."""
    exact = energy_mwh * ENERGY_UNITS_PER_MWH
    return round_half_away(exact.numerator, exact.denominator)


def mwh_text(energy_kwh_e4: int) -> str:
    """Energy in MWh with as many decimals as it needs."""
    return decimal_text(energy_kwh_e4, MWH_DECIMALS)


def exact_text(figure: Decimal | Fraction) -> str:
    """A figure in plain decimals; one that decimals cannot hold as a fraction, so that it can be worked out again."""
    exact = Fraction(figure)
    digits = next((n for n in range(SHOWN_DECIMALS + 1) if 10**n % exact.denominator == 0), None)
    return str(exact) if digits is None else decimal_text(int(exact * 10**digits), digits)


def percent_text(ratio: Decimal) -> str:
    """A ratio in percent, without needless zeros."""
    return format(ratio.normalize(), "%")


def power_mw(station: Station, day: date) -> Fraction:
    """Rated discharge power P_N on a day, MW."""
    return Fraction(station.rating_on(day).power_mw)


def mean_power_mw(station: Station, days: Collection[date]) -> Fraction:
    """Rated discharge power P_N of a month, MW: the mean over its settled days."""
    return sum((power_mw(station, day) for day in days), start=Fraction(0)) / len(days)


def lost_hours(
    station: Station, days: Sequence[date], blamed: Collection[OutageCause], excused: Collection[OutageCause]
) -> Mapping[date, Fraction]:
    """Hours at full rated power that outages of the blamed causes took from each day.

    Shape   an hour counts by the share of P_N that is lost; outages that overlap count once, by the larger loss, and
            only so far as it goes beyond what an excused outage takes at the same time
    """
    return {day: _lost_on(station, day, blamed, excused) for day in days}


def _lost_on(
    station: Station, day: date, blamed: Collection[OutageCause], excused: Collection[OutageCause]
) -> Fraction:
    midnight, end = physical(day), physical(day + timedelta(days=1))
    outages = [each for each in station.outage if each.span_ms[0] < end and each.span_ms[1] > midnight]
    edges = {midnight, end, *(min(max(at, midnight), end) for each in outages for at in each.span_ms)}
    rated = power_mw(station, day)
    total = Fraction(0)
    for start, stop in pairwise(sorted(edges)):
        running = [each for each in outages if each.span_ms[0] <= start < each.span_ms[1]]
        beyond = _lost_ratio(running, blamed, rated) - _lost_ratio(running, excused, rated)
        total += max(Fraction(0), beyond) * Fraction(stop - start, MS_PER_HOUR)
    return total


def _lost_ratio(running: Iterable[Outage], causes: Collection[OutageCause], rated: Fraction) -> Fraction:
    lost = [1 - Fraction(each.power_available_mw) / rated for each in running if each.cause in causes]
    return max([Fraction(0), *lost])
