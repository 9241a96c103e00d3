"""Corrections of earlier months (退补) with the price that each goes at, or why one cannot be priced."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from settlement.earlier import SettledCorrection
from settlement.inputs.records import Correction, Leg
from settlement.quantities.corrected_energy import CorrectedEnergy, PricedCorrection, corrected_energy
from settlement.statement.catalogue import CATALOGUE
from settlement.statement.line import flag_text
from settlement.statement.terms import MonthTerms
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.regulated import RegulatedDay, regulated_days
from tariffs.settings import AdjustmentPrice, ExemptionBase
from tariffs.stations import Station
from tariffs.vocabulary.errors import PolicyNotCovered
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import Month, days_between

ARTICLE: Final = "六（二）"
Span = tuple[date, date]


def priced_corrections(
    corrections: Sequence[Correction], station: Station, terms: MonthTerms, before: Mapping[SettledCorrection, Month]
) -> tuple[tuple[CorrectedEnergy, ...], tuple[Finding, ...]]:
    """The corrected energy of a station, grouped by price, and what was found; a refusal bars the station.

    Source  prices of 六（二）; whether those of the original month or of the refund month count is a setting
    """
    priced: list[PricedCorrection] = []
    findings: list[Finding] = []
    for correction in (each for each in corrections if each.station_id == station.id):
        made, found = _priced(correction, station, terms)
        priced.extend(made)
        findings.extend(found)
    grouped = corrected_energy(priced)
    if priced:
        findings.extend(_consequences(station, terms, priced))
        earlier = {each: month for each, month in before.items() if month < terms.month}
        findings.extend(_settled_before(station, grouped, earlier))
    return grouped, tuple(findings)


def _settled_before(
    station: Station, grouped: Sequence[CorrectedEnergy], before: Mapping[SettledCorrection, Month]
) -> Iterable[Finding]:
    for each in grouped:
        settled = SettledCorrection(
            station_id=station.id,
            original_month=str(each.original_month),
            leg=each.leg.value,
            quantity_kwh=kwh_text(each.energy_kwh_e4),
            reason=flag_text(each.reason),
        )
        if settled in before:
            file, _, row = each.rows[0].rpartition(":")
            yield CATALOGUE.finding(
                "correction_settled_before",
                file=file,
                row=int(row),
                station_id=station.id,
                original=each.original_month,
                direction=each.leg.value,
                energy_kwh=settled.quantity_kwh,
                reason=each.reason,
                settled_month=before[settled],
            )


def _priced(
    correction: Correction, station: Station, terms: MonthTerms
) -> tuple[Sequence[PricedCorrection], Sequence[Finding]]:
    code = _misplaced(correction, station, terms)
    if code:
        return (), (_finding(code, correction, terms),)
    of_refund = terms.run.settings.adjustment_price is AdjustmentPrice.REFUND_MONTH
    try:
        days = (
            _days_of(_whole(terms.month), terms)
            if of_refund
            else _days_of(_original(correction, station, terms), terms)
        )
    except PolicyNotCovered:
        code = "refund_month_in_market" if of_refund else "correction_in_market"
        return (), (_finding(code, correction, terms),)
    prices = {_price_of(day, correction.direction): day for day in days}
    if len(prices) != 1:
        return (), (_finding("correction_two_prices", correction, terms, count=len(prices)),)
    (day,) = prices.values()
    price = day.charge if correction.direction is Leg.CHARGE else day.discharge
    segment = max(terms.segments, key=lambda each: each.days[-1])
    return (
        PricedCorrection(
            correction=correction,
            season=day.season,
            price=price,
            clause=segment.prices.plan.citation(ARTICLE),
            tax_rate_e6=segment.prices.tax_rate_e6,
        ),
    ), ()


def _misplaced(correction: Correction, station: Station, terms: MonthTerms) -> str:
    if correction.original_month >= terms.month:
        return "correction_not_earlier"
    last = (
        correction.original_on or days_between(correction.original_month.first_day, correction.original_month.end)[-1]
    )
    return "correction_before_connection" if last < first_settled_day(station, terms.run.settings) else ""


def _original(correction: Correction, station: Station, terms: MonthTerms) -> Span:
    """The day that is corrected, or of its month the days from the first settled one on."""
    if correction.original_on is not None:
        return correction.original_on, correction.original_on + timedelta(days=1)
    month = correction.original_month
    return max(month.first_day, first_settled_day(station, terms.run.settings)), month.end


def _whole(month: Month) -> Span:
    return month.first_day, month.end


def _days_of(span: Span, terms: MonthTerms) -> Sequence[RegulatedDay]:
    """The days of a half-open span with regulated prices.

    Raises  PolicyNotCovered if one of them lies in the market stage or outside the plan
    """
    return regulated_days(terms.run.settings, terms.library, *span)


def _price_of(day: RegulatedDay, leg: Leg) -> int:
    return (day.charge if leg is Leg.CHARGE else day.discharge).cny_per_unit_e6


def _consequences(station: Station, terms: MonthTerms, priced: Sequence[PricedCorrection]) -> Iterable[Finding]:
    months = sorted({str(each.correction.original_month) for each in priced})
    yield CATALOGUE.finding("correction_settled_once", station_id=station.id, month=terms.month)
    yield CATALOGUE.finding("correction_leaves_calls", station_id=station.id, months=", ".join(months))
    if terms.run.settings.exemption_base is ExemptionBase.RETURNED_ONLY:
        yield CATALOGUE.finding("correction_leaves_network_charges", station_id=station.id, months=", ".join(months))


def _finding(code: str, correction: Correction, terms: MonthTerms, count: int = 0) -> Finding:
    original: date | Month = correction.original_on or correction.original_month
    return CATALOGUE.finding(
        code,
        file=correction.file,
        row=correction.row,
        station_id=correction.station_id,
        original=original,
        month=terms.month,
        count=count,
    )
