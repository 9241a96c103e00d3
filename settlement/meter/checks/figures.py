"""Single rows that cannot be right: negative energy, a time to come, a quality that cannot be billed."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Rows
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.units import MS_PER_MINUTE

READS = Reads.ROWS
CODES = ("energy_negative", "reading_in_future", "quality_not_billable")


def found(rows: Rows) -> Iterator[Hit]:
    """Each row of the period with a negative energy, an end after now, or the quality missing or no energy at all.

    Shape   where gaps may be filled, rows marked as missing are left to the estimate
    """
    frame = rows.frame
    for name in ("charge_kwh_e4", "discharge_kwh_e4"):
        if (_least(frame[name])) < 0:
            below = frame.filter("inside", pl.col(name) < 0)
            yield from rows.hits("energy_negative", below, lambda row, name=name: {"kwh": kwh_text(row[name])})  # type: ignore[misc]
    longest_ms = int(np.max(rows.periods.minutes, initial=0)) * MS_PER_MINUTE
    latest = frame["interval_start"].to_physical().max()
    if isinstance(latest, int) and latest + longest_ms > rows.now_ms:
        ends = frame["interval_start"].to_physical() + rows.by_station(rows.periods.minutes) * MS_PER_MINUTE
        yield from rows.hits("reading_in_future", frame.filter("inside", ends > rows.now_ms), lambda _: {})
    if rows.estimate:
        return
    nothing = pl.col("charge_kwh_e4").is_null() & pl.col("discharge_kwh_e4").is_null()
    missing = pl.col("quality") == Quality.MISSING.value
    if frame.select((nothing | missing).any()).item():
        yield from rows.hits("quality_not_billable", frame.filter("inside", nothing | missing), lambda _: {})


def _least(energies: pl.Series) -> int:
    least = energies.min()
    return least if isinstance(least, int) else 0
