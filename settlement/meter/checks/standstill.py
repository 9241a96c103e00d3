"""Readings that do not move: the same energy over and over, nothing for days, the same day again."""

from collections.abc import Iterator

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.series import CHARGE, DISCHARGE, Flags, Hit, Integers, Series, minute_text, runs_of
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import intervals_per_day
from tariffs.vocabulary.units import MINUTES_PER_HOUR

READS = Reads.SERIES
CODES = ("stuck_reading", "zero_run", "no_energy_in_period", "day_repeated")
STUCK_INTERVALS = 8
STUCK_MINUTES = 2 * MINUTES_PER_HOUR
RATED_PERCENT = (95, 105)
"""A station at rated power gives equal readings honestly; so does one held at its limit."""
DISTINCT_ENERGIES_OF_A_DAY = 8
"""A day of a few steps may well repeat; a day with many different energies does not."""


def found(series: Series) -> Iterator[Hit]:
    """Runs of one energy (eight intervals and two hours at least, not at rated power), runs of nothing for a day
    while the rest of the period has energy, periods without energy, and days equal to the day before."""
    for direction, energy, limit in (
        (CHARGE, series.charge_kwh_e4, series.charge_limit_kwh_e4),
        (DISCHARGE, series.discharge_kwh_e4, series.discharge_limit_kwh_e4),
    ):
        for first, end in _stuck(energy, limit, series.minutes):
            evidence = {
                **direction,
                "kwh": kwh_text(int(energy[first])),
                "count": end - first,
                "last": minute_text(series.at_ms(end - 1)),
            }
            yield series.hit("stuck_reading", first, evidence, discharge=direction is DISCHARGE)
    yield from _nothing(series)
    yield from _same_days(series)


def _stuck(energy: Integers, limit: Integers, minutes: int) -> list[tuple[int, int]]:
    least = max(STUCK_INTERVALS, STUCK_MINUTES // minutes)
    repeats: Flags = (energy[1:] == energy[:-1]) & (energy[1:] > 0)
    if int(np.count_nonzero(repeats)) < least - 1:
        return []
    low, high = RATED_PERCENT
    stuck = [(first, end + 1) for first, end in runs_of(repeats, least - 1)]
    if not limit.size:
        return stuck
    return [
        (first, end)
        for first, end in stuck
        if not int(limit[first]) * low <= int(energy[first]) * 100 <= int(limit[first]) * high
    ]


def _nothing(series: Series) -> Iterator[Hit]:
    idle = (series.charge_kwh_e4 == 0) & (series.discharge_kwh_e4 == 0)
    if idle.all():
        if series.whole:
            yield series.month_hit("no_energy_in_period", {"count": idle.size})
        return
    per_day = intervals_per_day(series.minutes)
    if not idle.reshape(-1, per_day // 2).all(axis=1).any():
        return  # a whole day of nothing covers the first or the second half of some day
    for first, end in runs_of(idle & series.has_charge & series.has_discharge, per_day):
        if not _out_of_service(series, first, end):
            evidence = {"count": end - first, "last": minute_text(series.at_ms(end - 1))}
            yield series.hit("zero_run", first, evidence)


def _out_of_service(series: Series, first: int, end: int) -> bool:
    outages = series.station.outage if series.station else ()
    return any(
        outage.span_ms[0] <= series.at_ms(first) and series.at_ms(end) <= outage.span_ms[1] for outage in outages
    )


def _same_days(series: Series) -> Iterator[Hit]:
    per_day = intervals_per_day(series.minutes)
    days = series.charge_kwh_e4.size // per_day
    charge = series.charge_kwh_e4[: days * per_day].reshape(days, per_day)
    discharge = series.discharge_kwh_e4[: days * per_day].reshape(days, per_day)
    equal = (charge[1:] == charge[:-1]).all(axis=1) & (discharge[1:] == discharge[:-1]).all(axis=1)
    for day in (np.flatnonzero(equal) + 1).tolist():
        if np.unique(charge[day]).size + np.unique(discharge[day]).size > DISTINCT_ENERGIES_OF_A_DAY:
            yield series.hit("day_repeated", day * per_day, {"day": minute_text(series.at_ms(day * per_day))[:10]})
