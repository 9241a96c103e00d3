"""Deep discharges: a run of discharging between two runs of charging is one call if it is deep enough."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

import polars as pl

from settlement.activity import CountingTerms, SeasonActivity
from settlement.tally import ONE_E4, Tally, of_name
from tariffs.vocabulary.errors import SettingsError, Words
from tariffs.vocabulary.timegrid import physical

READS = ("spans", "readings", "before")
EVENT: Final = "event"
OPEN_EVENT: Final = "open_event"
OPEN_COUNTED: Final = "open_counted"
NO_REFERENCE: Final = 0
"""A run that goes on over the month's end belongs to no rating yet."""


def tally(activity: SeasonActivity, terms: CountingTerms) -> Tally:
    """What a month adds: the deep discharges that reached their depth on a counted season day.

    Shape   `event` in 1e-4 calls by the energy of one full call; `open_event` is the energy, 1e-4 kWh, of the run that
            goes on at the month's end, `open_counted` whether it was counted; an interval belongs to the direction with
            more energy and is idle where both are equal; idle intervals, midnights and the month's end end no run
    Raises  SettingsError if `event_depth_ratio` is missing or does not lie above 0 and up to 1
    """
    depth = _depth(terms.event_depth_ratio)
    counts = {(EVENT, span.reference_kwh_e4): 0 for span in activity.spans}
    before = activity.before or {}
    run = before.get((OPEN_EVENT, NO_REFERENCE), 0)
    counted = before.get((OPEN_COUNTED, NO_REFERENCE), 0) > 0
    ranges = [
        (physical(first), physical(end), span.reference_kwh_e4) for span in activity.spans for first, end in span.days
    ]
    for at, charge, discharge in _moving(activity.readings):
        if charge > discharge:
            run, counted = 0, False
            continue
        reference = next((reference for first, end, reference in ranges if first <= at < end), None)
        if reference is not None and not counted and run < depth * reference <= run + discharge:
            counts[(EVENT, reference)] += ONE_E4
            counted = True
        run += discharge
    if run:
        counts[(OPEN_EVENT, NO_REFERENCE)] = run
        counts[(OPEN_COUNTED, NO_REFERENCE)] = ONE_E4 if counted else 0
    return counts


def calls(tally: Tally, terms: CountingTerms) -> Fraction:  # noqa: ARG001 every rule is called alike
    """The number of calls of a sum of tallies: deep discharges, a whole number.

    Source  technical floors such as a depth of discharge of 90 %; 沪府办发〔2024〕28号 六（二） gives no counting rule
    Check   tests/cases/call_counting/event_depth.toml
    """
    return Fraction(sum(of_name(tally, EVENT).values()), ONE_E4)


def _moving(readings: pl.DataFrame) -> Iterator[tuple[int, int, int]]:
    """Instant, charge and discharge of the intervals in which one direction outweighs the other, in order of time."""
    instant = pl.col("interval_start").to_physical()
    unequal = readings.filter(pl.col("charge_kwh_e4") != pl.col("discharge_kwh_e4"))
    return unequal.select(instant, "charge_kwh_e4", "discharge_kwh_e4").sort("interval_start").iter_rows()


def _depth(ratio: Decimal | None) -> Fraction:
    if ratio is not None and 0 < ratio <= 1:
        return Fraction(ratio)
    shown = ("未填", "not given") if ratio is None else (str(ratio), str(ratio))
    raise SettingsError(
        Words("按深度计次须有放电深度", "deep discharges need a depth"),
        found=Words(f"event_depth_ratio {shown[0]}", f"event_depth_ratio {shown[1]}"),
        do=Words("填写 event_depth_ratio，例如 0.9", "set event_depth_ratio, for example to 0.9"),
    )
