"""Stored energy that moves further within a day than the store can hold."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Integers, Series, instant_of, minute_text, runs_of
from tariffs.stations import Station
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import intervals_per_day
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, HOURS_PER_DAY, KW_PER_MW, RATIO_UNITS

READS = Reads.SERIES
CODES = ("stored_energy_out_of_bounds",)
MARGIN_PERCENT = 105
EFFICIENCY_UNITS = 10_000
LARGEST_SUM = 2**62


def found(series: Series) -> Iterator[Hit]:
    """Each stretch of days in which more goes in or comes out than the usable store, with a margin of 5 %.

    Shape   everything as energy at the grid meter on discharge: charge x efficiency of both ways - discharge, against
            rated energy x (highest - lowest stored ratio); a day of constant own use counts as allowance
    """
    station = series.station
    if station is None or station.efficiencies is None or not series.whole:
        return
    both_ways = station.efficiencies[0] * station.efficiencies[1]
    round_trip = int((both_ways * EFFICIENCY_UNITS).to_integral_value())
    if max(series.largest_kwh_e4) * EFFICIENCY_UNITS * series.charge_kwh_e4.size > LARGEST_SUM:
        return
    moved = np.cumsum(series.charge_kwh_e4 * round_trip - series.discharge_kwh_e4 * EFFICIENCY_UNITS)
    usable = _usable_kwh_e4(series, station)
    if _largest_swing_of_two_days(moved, intervals_per_day(series.minutes)) <= usable * EFFICIENCY_UNITS:
        return
    swing = _swing_within_a_day(moved, intervals_per_day(series.minutes))
    for first, end in runs_of(swing > usable * EFFICIENCY_UNITS):
        evidence = {
            "last": minute_text(series.at_ms(min(end + intervals_per_day(series.minutes), moved.size) - 1)),
            "swing_kwh": kwh_text(int(swing[first:end].max()) // EFFICIENCY_UNITS),
            "usable_kwh": kwh_text(usable),
        }
        yield series.hit("stored_energy_out_of_bounds", first, evidence)


def _usable_kwh_e4(series: Series, station: Station) -> int:
    last_day = (instant_of(series.end_ms) - timedelta(days=1)).date()
    rated = max(station.rating_on(day).energy_kwh_e4 for day in (instant_of(series.start_ms).date(), last_day))
    share = int((station.max_stored_ratio - station.min_stored_ratio) * RATIO_UNITS)
    own_use = int(station.auxiliary_mw * KW_PER_MW * ENERGY_UNITS_PER_KWH) * HOURS_PER_DAY
    return rated * share * MARGIN_PERCENT // (RATIO_UNITS * 100) + own_use


def _largest_swing_of_two_days(moved: Integers, per_day: int) -> int:
    """Largest less smallest of any two days in a row, the level before them included: no window of a day has more."""
    days = moved.reshape(-1, per_day)
    before = np.concatenate((np.zeros(1, np.int64), days[:-1, -1]))
    highest, lowest = np.maximum(days.max(axis=1), before), np.minimum(days.min(axis=1), before)
    two_highest, two_lowest = np.maximum(highest[1:], highest[:-1]), np.minimum(lowest[1:], lowest[:-1])
    return int(max((highest - lowest).max(), (two_highest - two_lowest).max(initial=0)))


def _swing_within_a_day(moved: Integers, per_day: int) -> Integers:
    """Largest less smallest of every window of a day, from its first interval on, the level before it included."""
    levels = np.concatenate((np.zeros(1, np.int64), moved))
    window = per_day + 1
    swing: Integers = _sliding_max(levels, window) + _sliding_max(-levels, window)
    return swing


def _sliding_max(levels: Integers, window: int) -> Integers:
    """Maximum of every window, by running maxima of blocks from both sides."""
    window = min(window, levels.size)
    blocks = -(-levels.size // window)
    padded = np.full(blocks * window, np.iinfo(np.int64).min // 4)
    padded[: levels.size] = levels
    shaped = padded.reshape(blocks, window)
    forward = np.maximum.accumulate(shaped, axis=1).ravel()
    backward = np.maximum.accumulate(shaped[:, ::-1], axis=1)[:, ::-1].ravel()
    last = levels.size - window + 1
    best: Integers = np.maximum(backward[:last], forward[window - 1 : window - 1 + last])
    return best
