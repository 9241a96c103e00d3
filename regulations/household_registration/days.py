"""The days that follow: the earliest for each way to apply and overall, and which way is open soonest; and the figures."""

from regulations.household_registration.answers import (
    first_day,
    insured_figures,
    ordinary_enough,
    overall_day,
    permit_end,
    permit_figures,
    reached_figures,
    soonest,
    too_late,
)
from regulations.household_registration.conditions import Timeline
from regulations.household_registration.since import NEVER
from regulations.household_registration.terms import Terms
from regulations.household_registration.ways import SINGLE, Ways, met_last
from tariffs.judging.assessment import Deadline, Figure, Notice


def deadlines(time: Timeline, open_from: Ways, terms: Terms, on: int, end: int) -> list[Deadline]:
    """The earliest day overall and for each way that opens before the document ends, and the end of the permit."""
    single, together, possible, sure = open_from
    days = []
    if sure < end:
        days.append(overall_day(terms, "earliest", sure if sure > on else on))
    if possible < sure and on < sure and possible < end:
        days.append(overall_day(terms, "earliest_possible", possible if possible > on else on))
    for name, opens in zip(SINGLE, single, strict=True):
        if opens <= on:
            days.append(first_day(terms, name, on, ()))
        elif opens < end:
            days.append(first_day(terms, name, opens, met_last(time, name, opens)))
    best = min(single)
    if together < best and on < best and together < end:
        days.append(overall_day(terms, "one_relaxation", together if together > on else on))
    if time.permit is not None and on <= (until := time.permit.runs[-1][1]) < NEVER:
        days.append(permit_end(terms, until))
    return days


def notices(open_from: Ways, terms: Terms, on: int, end: int) -> list[Notice]:
    """Which way is open soonest, and the ways that open only after the document has ended."""
    single, told = open_from.single, []
    first = max(min(single), on)
    if single[0] <= first < end:
        told.append(ordinary_enough(terms))
    elif first < end:
        told.append(
            soonest(terms, tuple([name for name, day in zip(SINGLE, single, strict=True) if day <= first]), first)
        )
    for name, day in zip(SINGLE, single, strict=True):
        if end <= day < NEVER:
            told.append(too_late(terms, name, day))
    return told


def figures(time: Timeline, terms: Terms) -> tuple[Figure, ...]:
    """Months of permit and of insurance, and months that reach each multiple."""
    permit, insured = time.permit, time.insured
    double, unknown, triple, _ = time.in_window
    return (
        *permit_figures(terms, *((0, 0) if permit is None else (permit.months_added, permit.months_unbroken))),
        *insured_figures(terms, insured.added_up, insured.unbroken),
        *reached_figures(terms, double, triple, unknown),
    )
