"""What windows read of a fleet: limits, stored-energy bounds and efficiencies, a row a station and a figure a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.fleet.task import FleetLeaf, FleetTask
from dispatch.fleet.tiling import FleetMatrix, fleet_matrix
from dispatch.outcome import NotApplicable
from dispatch.task import Task
from tariffs.vocabulary.errors import Words

OBJECTIVE: Final = "peak_shaving"
STATION_OBJECTIVE: Final = "least_throughput"
NEEDED_BLOCKS: Final = frozenset({"energy_balance", "power_limits", "stored_energy_bounds"})
BOUNDING_BLOCKS: Final = frozenset({"exclusive_modes", "final_stored_energy", "leased_reserve", "wear_cost"})
"""What becomes a bound of a single variable, or limits nothing."""
CHECKED_BLOCKS: Final = frozenset({"daily_cycle_cap", "grid_connection_limit"})
"""What the runs keep, and what is charged between them is checked for."""
KNOWN_BLOCKS: Final = NEEDED_BLOCKS | BOUNDING_BLOCKS | CHECKED_BLOCKS
KNOWN_LIMITS: Final = ("zone_limits",)
SLACK_RATIO: Final = 1e-9
"""A peak may be passed by this share when the energy moved is minimised: what sums of floats are worth."""
LEVEL_RATIO: Final = 1e-7
"""Stored energy may miss its bounds by this share of the largest: a tenth of what the verification allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A fleet behind one load.

    Shape   `load_mw` has one figure a step; `most_*_mw` and the bounds of the energy inside the stores at the end of
            each step have a row a station; the others one figure a station; `made` has no binaries; `zones`: the numbers
            of stations and the most in MW that they may charge together
    """

    made: FleetMatrix
    hours: float
    load_mw: Floats
    most_charge_mw: Floats
    most_discharge_mw: Floats
    low_mwh: Floats
    high_mwh: Floats
    initial_mwh: Floats
    charge_efficiency: Floats
    discharge_efficiency: Floats
    zones: tuple[tuple[Integers, float], ...]

    @property
    def count(self) -> int:
        """Number of steps."""
        return int(self.load_mw.size)

    @property
    def round_trip(self) -> Floats:
        """Energy given back for each unit taken, of each station."""
        product: Floats = self.charge_efficiency * self.discharge_efficiency
        return product

    @property
    def has_fixed_end(self) -> bool:
        """Whether every station is told what it holds at the end."""
        return bool(np.all(self.low_mwh[:, -1] == self.high_mwh[:, -1]))

    @property
    def level_slack_mwh(self) -> Floats:
        """By how much the level of each station may miss where it should be."""
        slack: Floats = LEVEL_RATIO * np.maximum(1.0, self.high_mwh.max(axis=1))
        return slack

    def gained_mwh(self, charge_mw: Floats, discharge_mw: Floats) -> Floats:
        """What powers add to the energy inside each store in each step."""
        into, out = self.charge_efficiency[:, None], self.discharge_efficiency[:, None]
        gained: Floats = self.hours * (charge_mw * into - discharge_mw / out)
        return gained


def slack_mw(peak_mw: float) -> float:
    """By how much a peak may be passed."""
    return SLACK_RATIO * max(1.0, abs(peak_mw))


def ground_of(task: FleetTask) -> Ground:
    """The fleet as windows see it.

    Raises  NotApplicable if windows would not be exact for it
    """
    _refuse_others(task)
    count, stations = task.horizon.count, [each.station for each in task.stations]
    terms: Any = task.objective.terms
    made = fleet_matrix(task, [np.zeros(count, np.bool_)] * len(stations))
    ground = Ground(
        made=made,
        hours=task.horizon.hours,
        load_mw=np.broadcast_to(np.asarray(terms.load_mw, float), (count,)),
        most_charge_mw=np.minimum(_bounds(made, made.matrix.upper, "charge_mw"), _through_mw(task)),
        most_discharge_mw=_bounds(made, made.matrix.upper, "discharge_mw"),
        low_mwh=_bounds(made, made.matrix.lower, "stored_mwh"),
        high_mwh=_bounds(made, made.matrix.upper, "stored_mwh"),
        initial_mwh=np.array([each.initial_stored_mwh for each in stations], float),
        charge_efficiency=np.array([each.charge_efficiency for each in stations], float),
        discharge_efficiency=np.array([each.discharge_efficiency for each in stations], float),
        zones=_zones(task),
    )
    if np.any(ground.most_charge_mw < 0) or np.any(ground.most_discharge_mw < 0):
        raise NotApplicable(Words("功率限额为负", "a power limit below zero"))
    if np.any(ground.low_mwh > ground.high_mwh):
        raise NotApplicable(Words("储能电量下限高于上限", "a lower bound of stored energy above the upper one"))
    return ground


def _bounds(made: FleetMatrix, bounds: Floats, name: str) -> Floats:
    return np.stack([bounds[columns[name]] for columns in made.stations])


def _through_mw(task: FleetTask) -> Floats:
    """The most that each station may take through its grid connection in each step."""
    limits = [each.terms("grid_connection_limit") for each in task.stations]
    unlimited = np.full(task.horizon.count, np.inf)
    return np.stack([unlimited if each is None else np.maximum(each.limit_mw + each.wind_mw, 0.0) for each in limits])


def _zones(task: FleetTask) -> tuple[tuple[Integers, float], ...]:
    terms: list[Any] = [leaf.terms for leaf in task.limits]
    members = [leaf.members for leaf in task.limits]
    return tuple((own, float(each.charge_limit_mw)) for own, each in zip(members, terms, strict=True))


def _refuse_others(task: FleetTask) -> None:
    if task.objective.name != OBJECTIVE:
        raise NotApplicable(Words(f"目标 {task.objective.name}", f"objective {task.objective.name}"))
    ties = [leaf.label for leaf in (*_other_limits(task), *task.first, *task.after_first)]
    if ties:
        raise NotApplicable(Words("另有联合约束 " + "、".join(ties), "stations are tied by " + ", ".join(ties)))
    if task.objective.members.size != len(task.stations):
        raise NotApplicable(Words("目标只含部分电站", "the objective sums over some of the stations only"))
    for each in task.stations:
        _refuse_station(each)


def _other_limits(task: FleetTask) -> list[FleetLeaf]:
    return [leaf for leaf in task.limits if leaf.name not in KNOWN_LIMITS]


def _refuse_station(task: Task) -> None:
    name, names = task.station.station_id, set(task.block_names)
    if task.objective.name != STATION_OBJECTIVE:
        raise NotApplicable(_of(name, Words(f"目标 {task.objective.name}", f"objective {task.objective.name}")))
    odd = (names - KNOWN_BLOCKS) | (NEEDED_BLOCKS - names)
    if odd:
        raise NotApplicable(_of(name, _listed(sorted(odd))))
    if task.station.kept_ratio != 1.0:
        raise NotApplicable(_of(name, Words("有自放电", "it loses energy at rest")))
    if task.station.round_trip_efficiency > 1.0:
        raise NotApplicable(_of(name, Words("往返效率大于 1", "a round trip gives more than it takes")))


def _of(station: str, why: Words) -> Words:
    return Words(f"{station}：{why.zh}", f"{station}: {why.en}")


def _listed(names: Sequence[str]) -> Words:
    return Words("约束 " + "、".join(names), "blocks " + ", ".join(names))
