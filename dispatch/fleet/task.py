"""What several stations are planned for together: their tasks, one objective, and what holds for all or some of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np

from dispatch.arrays import Integers
from dispatch.horizon import Horizon
from dispatch.task import OBJECTIVES, Task

FLEET_BLOCKS: Final = "dispatch.fleet_blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetLeaf:
    """An objective or a constraint of several stations: its function and its terms.

    Shape   `name` is the leaf's file, `label` tells two of one kind apart; `members` are the numbers of the stations
            that it sums over; `terms` is the record of terms of its own file, nothing without terms; `goals` adds rows
            to a model and gives what is to be maximised, in order
    """

    name: str
    label: str
    goals: Callable[[Any, Any, Any], tuple[Any, ...]]
    terms: Any
    members: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetTask:
    """Several stations over one horizon behind one objective.

    Shape   the goals of the blocks in `first` come before the objective's own, those of `after_first` right after its first;
            `calls_asked` of each station, where its task asks for fewer because it cannot make more
    """

    stations: tuple[Task, ...]
    objective: FleetLeaf
    limits: tuple[FleetLeaf, ...] = ()
    first: tuple[FleetLeaf, ...] = ()
    after_first: tuple[FleetLeaf, ...] = ()
    calls_asked: tuple[float, ...] = ()

    @property
    def horizon(self) -> Horizon:
        """The steps, the same for every station."""
        return self.stations[0].station.horizon

    @property
    def leaves(self) -> tuple[FleetLeaf, ...]:
        """Everything that holds for several stations, the objective first."""
        return (self.objective, *self.limits, *self.first, *self.after_first)


def fleet_objective(name: str, terms: object, stations: int) -> FleetLeaf:
    """The objective of that name over so many stations: the file of that name in dispatch/objectives."""
    return _leaf(OBJECTIVES, name, name, terms, np.arange(stations))


def fleet_block(name: str, terms: object | None, members: Integers, label: str = "") -> FleetLeaf:
    """The constraint of that name over some stations: the file of that name in dispatch/fleet_blocks."""
    return _leaf(FLEET_BLOCKS, name, label or name, terms, members)


def _leaf(package: str, name: str, label: str, terms: object | None, members: Integers) -> FleetLeaf:
    leaf = import_module(f"{package}.{name}")
    return FleetLeaf(name=name, label=label, goals=leaf.goals, terms=terms, members=members)
