"""Cycles of a series of stored energy, by the rainflow count, and the energy that they take from a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, SupportsFloat

import numpy as np
import rainflow

from dispatch.arrays import Floats, Integers
from tariffs.vocabulary.units import RATIO_UNITS

CycleLife = Sequence[tuple[SupportsFloat, SupportsFloat]]
"""Pairs of a depth (above 0, to 1) and of the full cycles of that depth until a store is worn out, depths rising."""
DEPTH_DECIMALS: Final = 6
"""Levels are counted in millionths of the usable energy, so that the noise of a solver is no cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCount:
    """The cycles of a series of stored energy.

    Shape   three arrays of one length, one entry a counted cycle, in the order of the count; depth and mean level are
            shares of the usable energy, `cycles` is 1.0 for a whole cycle and 0.5 for half of one, which is a way up or
            a way down
    """

    depth_ratio: Floats
    cycles: Floats
    mean_stored_ratio: Floats

    @property
    def full_equivalent(self) -> float:
        """Cycles of the whole usable energy that move as much: the sum of depth times cycles."""
        return float(self.depth_ratio @ self.cycles)

    def by_depth(self, bins: int = 10) -> tuple[Floats, Floats]:
        """Cycles by depth, for a picture: the edges of equal bins from 0 to 1, and the cycles of each bin.

        Shape   `bins` + 1 edges; a depth on an edge belongs to the bin below it, one above 1 to the last
        """
        below = np.ceil(np.round(self.depth_ratio * bins, DEPTH_DECIMALS)).astype(np.int64) - 1
        in_bins = np.bincount(np.clip(below, 0, bins - 1), weights=self.cycles, minlength=bins)
        return np.linspace(0.0, 1.0, bins + 1), in_bins.astype(np.float64)


def cycles_of(stored_mwh: Floats, usable_mwh: float) -> CycleCount:
    """The cycles of a series of stored energy, counted by rainflow.

    Shape   `stored_mwh` is the energy inside the store at the start and at the end of every step (one figure more than
            there are steps); `usable_mwh` is the energy inside the store between empty and full, as large as it is at
            that age: the rating of the day over the discharge efficiency, however narrow the bounds of the schedule.
            Levels are rounded to a millionth of it. A store without usable energy has no cycles
    Source  ASTM E1049-85 (2017), 5.4.4; what is left at the end is counted as halves
    Check   tests/dispatch/station/test_degradation.py
    """
    turns = _turning_points(np.rint(stored_mwh / usable_mwh * RATIO_UNITS).astype(np.int64)) if usable_mwh > 0 else []
    # the library counts no way between two points alone; repeating the last one changes no other count
    counted = [(span, mean, cycles) for span, mean, cycles, _, _ in rainflow.extract_cycles([*turns, *turns[-1:]])]
    table = np.array(counted, dtype=np.float64).reshape(-1, 3)
    return CycleCount(
        depth_ratio=table[:, 0] / RATIO_UNITS,
        cycles=table[:, 2],
        mean_stored_ratio=table[:, 1] / RATIO_UNITS,
    )


def cycle_fade(count: CycleCount, cycle_life: CycleLife, end_of_life_ratio: SupportsFloat) -> float:
    """Share of the energy that the cells had when new which these cycles take away.

    Shape   (1 - end_of_life_ratio) times the sum of cycles / N(depth): after N cycles of a depth that part of the
            energy when new is gone. N is straight on logarithms of depth and of cycles between the points of
            `cycle_life`; for smaller depths the first two points are continued (with one N for both, the least cycle
            wears as much as theirs), for larger ones the last N is held. With one point N falls as the depth grows,
            N(depth) = N1 x depth1 / depth: the same energy goes through the store in its life, whatever the depth.
            With none, nothing fades. Not cut off at 1
    Source  M. A. Miner, Cumulative damage in fatigue, 1945: parts of a life add up, in whatever order
    Check   tests/dispatch/station/test_degradation.py
    """
    if not cycle_life:
        return 0.0
    lives = _logarithms_of_lives(np.log(count.depth_ratio), cycle_life)
    return (1.0 - float(end_of_life_ratio)) * float(count.cycles @ np.exp(-lives))


def _turning_points(levels: Integers) -> list[int]:
    """The first level, every one at which the way turns, and the last."""
    moved = levels[np.flatnonzero(np.diff(levels, prepend=levels[:1] - 1))]
    rises = np.diff(moved) > 0
    turns = np.flatnonzero(rises[1:] != rises[:-1]) + 1
    kept: list[int] = moved[np.unique(np.concatenate(([0], turns, [moved.size - 1])))].tolist() if moved.size else []
    return kept


def _logarithms_of_lives(log_depth: Floats, cycle_life: CycleLife) -> Floats:
    """The logarithm of N for each logarithm of a depth."""
    known_depth, known_life = np.log([(float(depth), float(cycles)) for depth, cycles in cycle_life]).T
    if known_depth.size == 1:
        alone: Floats = known_life[0] + known_depth[0] - log_depth
        return alone
    slope = (known_life[1] - known_life[0]) / (known_depth[1] - known_depth[0])
    beyond = slope * np.minimum(log_depth - known_depth[0], 0.0)
    lives: Floats = np.interp(log_depth, known_depth, known_life) + beyond
    return lives
