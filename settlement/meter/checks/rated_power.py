"""Energy of an interval against rated power, available power and the unit it is given in."""

from collections.abc import Iterator

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.scope import IMPOSSIBLE_POWER_PERCENT
from settlement.meter.series import CHARGE, DISCHARGE, Flags, Hit, Integers, Series
from tariffs.stations import Station
from tariffs.vocabulary.money import decimal_text, kwh_text, scaled
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, KWH_PER_MWH, MINUTES_PER_HOUR, MS_PER_MINUTE

READS = Reads.SERIES
CODES = (
    "power_above_110_percent",
    "power_above_102_percent",
    "power_above_available",
    "unit_off_by_1000",
    "unit_looks_like_mwh",
)
WARNED_PERCENT = 102
LARGE_KWH_E4 = 2**56
TOO_LARGE_TIMES = 50
"""A station runs at 5 to 105 % of its rating; a thousand times that is 50 ratings and more."""
TOO_SMALL_PERCENT = (20, IMPOSSIBLE_POWER_PERCENT)
"""Share of a thousandth of the rating that the largest energies of both directions must reach and not exceed."""


def found(series: Series) -> Iterator[Hit]:
    """Each interval above 110 % of rated power, above 102 %, above what an outage left; a unit wrong by 1000.

    Shape   energies a thousand times too small may also be those of a station that hardly ran: only a warning
    """
    if series.station is None:
        return
    yield from _unit(series)
    for direction, energy, limit, most in (
        (CHARGE, series.charge_kwh_e4, series.charge_limit_kwh_e4, series.largest_kwh_e4[0]),
        (DISCHARGE, series.discharge_kwh_e4, series.discharge_limit_kwh_e4, series.largest_kwh_e4[1]),
    ):
        if most * 100 <= int(limit.min()) * WARNED_PERCENT:
            continue
        warned = energy > limit * WARNED_PERCENT // 100
        refused = energy * 100 > limit * IMPOSSIBLE_POWER_PERCENT if most < LARGE_KWH_E4 else energy > limit * 2
        for code, where in (("power_above_110_percent", refused), ("power_above_102_percent", warned & ~refused)):
            yield from series.hits(
                code,
                where,
                lambda position, energy=energy, limit=limit, direction=direction: {  # type: ignore[misc]
                    **direction,
                    "kwh": kwh_text(int(energy[position])),
                    "limit_kwh": kwh_text(int(limit[position])),
                    "percent": decimal_text(int(energy[position]) * 100 * 100 // int(limit[position]), 2),
                },
                discharge=direction is DISCHARGE,
            )
    yield from _outages(series, series.station)


def _unit(series: Series) -> Iterator[Hit]:
    largest = series.largest_kwh_e4
    limits = [int(each[0]) for each in (series.charge_limit_kwh_e4, series.discharge_limit_kwh_e4)]
    evidence = {"largest_kwh": kwh_text(max(largest)), "limit_kwh": kwh_text(max(limits))}
    for energy, most, limit in zip(_energies(series), largest, limits, strict=True):
        if most > limit * TOO_LARGE_TIMES and _middle(energy) > limit * TOO_LARGE_TIMES:
            yield series.month_hit("unit_off_by_1000", evidence)
            break
    low, high = TOO_SMALL_PERCENT
    scaled_up = [energy * KWH_PER_MWH * 100 for energy in largest]
    if all(limit * low <= energy <= limit * high for energy, limit in zip(scaled_up, limits, strict=True)):
        yield series.month_hit("unit_looks_like_mwh", evidence)


def _energies(series: Series) -> tuple[Integers, Integers]:
    return series.charge_kwh_e4, series.discharge_kwh_e4


def _middle(energy: Integers) -> int:
    """The lower median of the intervals with energy."""
    active = energy[energy > 0]
    middle = (active.size - 1) // 2
    return int(np.partition(active, middle)[middle])


def _outages(series: Series, station: Station) -> Iterator[Hit]:
    if not station.outage:
        return
    starts = series.start_ms + np.arange(series.charge_kwh_e4.size) * series.minutes * MS_PER_MINUTE
    for outage in station.outage:
        left_kwh_e4_an_hour = scaled(outage.power_available_mw, KW_PER_MW * ENERGY_UNITS_PER_KWH)
        limit = left_kwh_e4_an_hour * series.minutes // MINUTES_PER_HOUR
        from_ms, until_ms = outage.span_ms
        out: Flags = (starts >= from_ms) & (starts + series.minutes * MS_PER_MINUTE <= until_ms)
        for direction, energy in ((CHARGE, series.charge_kwh_e4), (DISCHARGE, series.discharge_kwh_e4)):
            yield from series.hits(
                "power_above_available",
                out & (energy * 100 > limit * WARNED_PERCENT),
                lambda position, energy=energy, limit=limit, direction=direction: {  # type: ignore[misc]
                    **direction,
                    "kwh": kwh_text(int(energy[position])),
                    "limit_kwh": kwh_text(limit),
                },
                discharge=direction is DISCHARGE,
            )
