"""Rows that stand regularly farther apart than the interval: another length, or a file with rows left out.

Single gaps are for `gaps.py` and may be estimated. A run of equal wide steps is no gap: filling it would bill the energy
of the longer intervals and invent as much again.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Rows, minute_text
from tariffs.vocabulary.units import MS_PER_MINUTE

READS = Reads.ROWS
CODES = ("readings_thinned",)
LEAST_RUN = 8
WIDEST_TIMES = 12
"""An hour of five minutes; farther apart, rows are gaps."""


def found(rows: Rows) -> Iterator[Hit]:
    """The first run of each station of eight or more equal steps of two to twelve intervals."""
    frame = _ordered(rows.frame)
    at_ms, track = frame["interval_start"].to_physical().to_numpy(), frame["track"].to_numpy()
    station = frame["station"].to_numpy()
    length_ms = np.asarray(rows.periods.minutes)[station] * MS_PER_MINUTE
    step = np.diff(at_ms)
    usual = length_ms[1:]
    wide = (track[1:] == track[:-1]) & (step > usual) & (step <= usual * WIDEST_TIMES) & (usual > 0)
    if int(wide.sum()) < LEAST_RUN:
        return
    joined = np.flatnonzero(np.diff(np.concatenate(([0], (wide * step), [0]))))
    seen: set[int] = set()
    for start, end in pairwise(joined):
        place = int(station[start])
        if not wide[start] or end - start < LEAST_RUN or place in seen:
            continue
        seen.add(place)
        yield Hit(
            code="readings_thinned",
            station_id=rows.station_ids[place],
            at_ms=int(at_ms[start]),
            file_no=int(frame["file_no"][int(start)]),
            row=int(frame["row"][int(start)]),
            evidence={
                "first": minute_text(int(at_ms[start])),
                "count": int(end - start),
                "minutes": int(step[start]) // MS_PER_MINUTE,
                "usual": int(usual[start]) // MS_PER_MINUTE,
            },
        )


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with those of a feed together and in order of time; most files have them so."""
    at_ms, track = frame["interval_start"].to_physical().to_numpy(), frame["track"].to_numpy()
    changes = track[1:] != track[:-1]
    together = int(changes.sum()) + 1 == frame["track"].n_unique()
    if together and not (~changes & (at_ms[1:] < at_ms[:-1])).any():
        return frame
    return frame.sort("station", "track", "interval_start")
