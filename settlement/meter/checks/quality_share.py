"""How much of the period the meter operator estimated or substituted."""

from collections.abc import Iterator

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Series
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.money import decimal_text

READS = Reads.SERIES
CODES = ("quality_estimated",)


def found(series: Series) -> Iterator[Hit]:
    """One hit for a station with estimated or substituted intervals: how many of each, and their share."""
    if not series.quality.any():
        return
    given = series.has_charge | series.has_discharge
    estimated = int(np.count_nonzero(given & (series.quality == Quality.ESTIMATED.value)))
    substituted = int(np.count_nonzero(given & (series.quality == Quality.SUBSTITUTED.value)))
    if estimated + substituted:
        percent = decimal_text((estimated + substituted) * 100 * 100 // series.quality.size, 2)
        evidence = {"estimated": estimated, "substituted": substituted, "percent": percent}
        yield series.month_hit("quality_estimated", evidence)
