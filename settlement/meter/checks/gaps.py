"""Intervals, directions or feeds that are not there."""

from collections.abc import Iterator

from settlement.meter.checks import Reads
from settlement.meter.series import CHARGE, DISCHARGE, Hit, Series, minute_text, runs_of
from tariffs.vocabulary.columns import Quality

READS = Reads.SERIES
CODES = ("interval_missing", "direction_missing", "direction_gap", "feed_incomplete")


def found(series: Series) -> Iterator[Hit]:
    """A direction that never comes; else each run of missing intervals, of single directions, of missing feeds.

    Shape   a row marked as missing in the file is not missing here: `quality_not_billable` speaks of it;
            where gaps are to be filled, the estimate speaks of them
    """
    for first, end in runs_of(series.short):
        yield series.hit("feed_incomplete", first, _stretch(series, first, end))
    if series.whole:
        return
    for direction, given in ((CHARGE, series.has_charge), (DISCHARGE, series.has_discharge)):
        if not given.any() and (series.has_charge | series.has_discharge).any():
            yield series.month_hit("direction_missing", direction)
            return
    if series.estimate:
        return
    unmarked = series.quality != Quality.MISSING.value
    absent = ~series.has_charge & ~series.has_discharge & unmarked
    half = (series.has_charge != series.has_discharge) & unmarked
    for code, flags in (("interval_missing", absent), ("direction_gap", half)):
        for first, end in runs_of(flags):
            on_discharge = bool(series.has_discharge[first])
            yield series.hit(code, first, _stretch(series, first, end), discharge=on_discharge)


def _stretch(series: Series, first: int, end: int) -> dict[str, object]:
    return {
        "first": minute_text(series.at_ms(first)),
        "last": minute_text(series.at_ms(end - 1)),
        "count": end - first,
    }
