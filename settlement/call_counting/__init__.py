"""Counting rules: one file a rule, `tally(activity, terms)` for a month and `calls(tally, terms)` for any sum of months."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from settlement.activity import CountingTerms, RatedSpan
from tariffs.settings import CallCounting, PairedCyclesForm, Settings
from tariffs.stations import Station


def counting_terms(settings: Settings, station: Station) -> CountingTerms:
    """The figures of the counting rules for one station: those of the settings, else its own round trip."""
    ratio = settings.pairing_efficiency_ratio
    return CountingTerms(
        event_depth_ratio=settings.event_depth_ratio,
        hours_per_call=settings.hours_per_call,
        pairing_efficiency_ratio=round_trip_ratio(station) if ratio is None else ratio,
        pair_by_mean=settings.paired_cycles_form is PairedCyclesForm.MEAN_OF_LEGS,
    )


def spans_of_calls(spans: Sequence[RatedSpan], rule: CallCounting, terms: CountingTerms) -> tuple[RatedSpan, ...]:
    """The spans with the energy of one call as the rule counts it, so that failed energy and calls have one unit."""
    if rule is not CallCounting.FULL_POWER_HOURS or terms.hours_per_call is None:
        return tuple(spans)
    hours = Fraction(terms.hours_per_call)
    return tuple(replace(span, reference_kwh_e4=int(span.power_kw_e4 * hours)) for span in spans)


def round_trip_ratio(station: Station) -> Decimal | None:
    """Energy given back for each unit taken, at the grid meter; nothing where the station gives no efficiency."""
    if station.round_trip_efficiency is not None:
        return station.round_trip_efficiency
    if station.charge_efficiency is None or station.discharge_efficiency is None:
        return None
    return station.charge_efficiency * station.discharge_efficiency
