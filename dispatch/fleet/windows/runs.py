"""Which steps are planned by themselves: runs of steps in which the load is above a level, and a first such level."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.arrays import Flags
from dispatch.fleet.windows.ground import Ground, slack_mw

HALVINGS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Run:
    """Steps from one number up to but not including another."""

    first: int
    until: int

    @property
    def steps(self) -> slice:
        """The steps, to cut an array."""
        return slice(self.first, self.until)


def first_level(ground: Ground) -> float:
    """A level in MW that no schedule can stay below.

    In a row of steps, the fleet gives no more than its power in each of them and its energy over all of them; losses of
    what is charged in between only take from that.
    """
    power_mw, energy_mwh = ground.most_discharge_mw.sum(axis=0), _energy_mwh(ground)
    floor = float((ground.load_mw - power_mw).max())
    low, high = floor, float(ground.load_mw.max())
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        edges = _edges(ground.load_mw > middle)
        above = [float((ground.load_mw[run.steps] - middle).sum()) * ground.hours for run in edges]
        if max(above, default=0.0) > energy_mwh:
            low = middle
        else:
            high = middle
    return low


def runs_above(ground: Ground, level_mw: float, spans: Sequence[Run]) -> list[Run]:
    """The runs in which the load is above a level, and the spans given; neighbours that cannot refill in between are one.

    Whether they can is guessed from the fleet as one store: whoever plans the runs finds out.
    """
    marked: Flags = ground.load_mw > level_mw + slack_mw(level_mw)
    for span in spans:
        marked[span.steps] = True
    joined: list[Run] = []
    for run in _edges(marked):
        if joined and not _seems_refilled(ground, level_mw, joined[-1], run):
            joined[-1] = Run(first=joined[-1].first, until=run.until)
        else:
            joined.append(run)
    return joined


def demand(ground: Ground, run: Run, level_mw: float) -> float:
    """How hard a run is on the fleet: the share of its energy or power that stays above a level, whichever is more."""
    above = np.maximum(ground.load_mw[run.steps] - level_mw, 0.0)
    energy, power = float(above.sum()) * ground.hours, ground.most_discharge_mw.sum(axis=0)[run.steps]
    return max(energy / max(_energy_mwh(ground), 1e-9), float((above / np.maximum(power, 1e-9)).max()))


def _seems_refilled(ground: Ground, level_mw: float, run: Run, later: Run) -> bool:
    gap, hours = slice(run.until, later.first), ground.hours
    above_mwh = float(np.maximum(ground.load_mw[run.steps] - level_mw, 0.0).sum()) * hours
    room_mw = np.minimum(level_mw - ground.load_mw[gap], ground.most_charge_mw.sum(axis=0)[gap])
    return float(room_mw.sum()) * hours * float(ground.round_trip.mean()) >= min(above_mwh, _energy_mwh(ground))


def _energy_mwh(ground: Ground) -> float:
    """What the fleet gives from full to empty, MWh at the converters."""
    most = np.maximum(ground.high_mwh.max(axis=1), ground.initial_mwh)
    return float(((most - ground.low_mwh.min(axis=1)) * ground.discharge_efficiency).sum())


def _edges(marked: Flags) -> list[Run]:
    """The runs of marked steps."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int64)))
    return [Run(first=first, until=until) for first, until in changes.reshape(-1, 2).tolist()]
