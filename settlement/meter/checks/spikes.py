"""Single intervals far above their neighbours and above what the station usually does."""

from collections.abc import Iterator

import numpy as np

from settlement.meter.checks import Reads
from settlement.meter.series import CHARGE, DISCHARGE, Flags, Hit, Integers, Series
from tariffs.vocabulary.money import kwh_text

READS = Reads.SERIES
CODES = ("spike",)
LEAST_ACTIVE = 48
TIMES_NEIGHBOURS = 3
HAMPEL_PERCENT = 741
"""Five times 1.4826, the factor from a median deviation to a standard deviation, in hundredths."""
LEAST_DEVIATION_OF_MEDIAN = 50
"""A median deviation counts as a fiftieth of the median at least: steady stations have none."""
HIGH_RANK_PERCENT = 95
ABOVE_HIGH_PERCENT = 120
"""What a station reaches in one active interval of twenty is usual for it, be it far above the median: some run in
bursts. A spike stands a fifth above that."""


def found(series: Series) -> Iterator[Hit]:
    """Each interval above three times both neighbours and five standard deviations (by medians) above the median,
    and above what the station usually reaches at its highest.

    Shape   medians and ranks over the intervals with energy, 48 of them at least, in integers
    """
    for direction, energy in ((CHARGE, series.charge_kwh_e4), (DISCHARGE, series.discharge_kwh_e4)):
        alone = _alone(energy)
        if not alone.any():
            continue
        active = energy[energy > 0]
        if active.size < LEAST_ACTIVE:
            continue
        usual = _at_rank(active, 50)
        deviation = max(_at_rank(np.abs(active - usual), 50), usual // LEAST_DEVIATION_OF_MEDIAN)
        least = max(
            usual + deviation * HAMPEL_PERCENT // 100, _at_rank(active, HIGH_RANK_PERCENT) * ABOVE_HIGH_PERCENT // 100
        )
        spikes = alone & (energy > least)
        yield from series.hits(
            "spike",
            spikes,
            lambda position, energy=energy, usual=usual, direction=direction: {  # type: ignore[misc]
                **direction,
                "kwh": kwh_text(int(energy[position])),
                "usual_kwh": kwh_text(usual),
            },
            discharge=direction is DISCHARGE,
        )


def _alone(energy: Integers) -> Flags:
    padded = np.concatenate(([0], energy, [0]))
    alone: Flags = energy > np.maximum(padded[:-2], padded[2:]) * TIMES_NEIGHBOURS
    return alone


def _at_rank(energies: Integers, percent: int) -> int:
    """The energy that this share of the intervals does not exceed, the lower one between two."""
    place = (energies.size - 1) * percent // 100
    return int(np.partition(energies, place)[place])
