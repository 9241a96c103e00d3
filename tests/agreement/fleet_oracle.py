"""The least peak of a fleet from its definition, by a plain program of its own; nothing of the product is imported.

Every store: stored[t] = kept * stored[t-1] + h * (in * charge[t] - discharge[t] / out), within its bounds, its power within
its limits, never charging and discharging in one step. Peak: the largest of load - sum of discharge + sum of charge.
Share: the smallest, over the stores, of season discharge in full discharges over the calls asked for, one at most.
Moved: all energy charged and discharged. Goals are reached one after the other, none spoilt by the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy

HELD, MOST_HELD = 1e-9, 1e-6
"""By how much, of its size plus one, a goal may be missed while the next one is reached."""
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One store; limits and bounds by step, energies inside the store; nothing final: it may end as it likes."""

    charge_mw: Sequence[float]
    discharge_mw: Sequence[float]
    least_mwh: Sequence[float]
    most_mwh: Sequence[float]
    rated_mwh: float
    into: float
    out: float
    kept: float
    initial_mwh: float
    final_mwh: float | None
    calls: float = 0.0
    season: Sequence[bool] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Stores by number, and the most that they give to and take from the grid together, MW."""

    members: Sequence[int]
    gives_mw: float
    takes_mw: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Stores behind one load, MW, in steps of so many hours."""

    load_mw: Sequence[float]
    hours: float
    stores: Sequence[Store]
    zones: Sequence[Zone] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The goals in the order asked for, each as good as those before it allow."""

    reached: tuple[float, ...]


def best(fleet: Fleet, goals: Sequence[str], *, binaries: bool = False, held: float = HELD) -> Best | None:
    """The goals "share" (most), "peak" (least, MW) and "moved" (least, MWh) in that order; nothing if there is no plan.

    A goal that a solver reached can always be kept; where rounding leaves nothing, all are kept a little less closely.
    """
    untyped: Any = highspy
    highs = untyped.Highs()
    exact = {"mip_rel_gap": 0.0, "mip_abs_gap": TOLERANCE, "mip_feasibility_tolerance": TOLERANCE}
    tight = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    for name, setting in {"output_flag": False, **exact, **tight}.items():
        highs.setOptionValue(name, setting)
    wanted = _written(highs, fleet, goals, binaries)
    reached = []
    for goal in goals:
        highs.minimize(wanted[goal])
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            wider = 10.0 * held
            return best(fleet, goals, binaries=binaries, held=wider) if reached and wider <= MOST_HELD else None
        assert highspy.HighsModelStatus.kOptimal == highs.getModelStatus()
        least = highs.getInfo().objective_function_value
        reached.append(-least if goal == "share" else least)
        highs.addConstr(wanted[goal] <= least + held * (1.0 + abs(least)))
    return Best(reached=tuple(reached))


def _written(highs: Any, fleet: Fleet, goals: Sequence[str], binaries: bool) -> dict[str, Any]:
    """Variables and rows; each goal as something to be made small."""
    steps = range(len(fleet.load_mw))
    powers = [_store(highs, store, fleet.hours, binaries) for store in fleet.stores]
    wanted: dict[str, Any] = {}
    if "peak" in goals:
        peak = highs.addVariable(lb=-highspy.kHighsInf)
        for t in steps:
            given = highs.qsum(discharge[t] - charge[t] for charge, discharge in powers)
            highs.addConstr(peak + given >= fleet.load_mw[t])
        wanted["peak"] = 1.0 * peak
    for zone in fleet.zones:
        for t in steps:
            given = highs.qsum(powers[i][1][t] - powers[i][0][t] for i in zone.members)
            highs.addConstr(given <= zone.gives_mw)
            highs.addConstr(given >= -zone.takes_mw)
    if "share" in goals:
        share = highs.addVariable(lb=0.0, ub=1.0)
        for store, (_, discharge) in zip(fleet.stores, powers, strict=True):
            full = highs.qsum(fleet.hours / store.rated_mwh * discharge[t] for t in steps if store.season[t])
            highs.addConstr(full - store.calls * share >= 0.0)
        wanted["share"] = -1.0 * share
    wanted["moved"] = highs.qsum(
        fleet.hours * (charge[t] + discharge[t]) for charge, discharge in powers for t in steps
    )
    return wanted


def _store(highs: Any, store: Store, hours: float, binaries: bool) -> tuple[list[Any], list[Any]]:
    steps = range(len(store.charge_mw))
    charge = [highs.addVariable(lb=0.0, ub=store.charge_mw[t]) for t in steps]
    discharge = [highs.addVariable(lb=0.0, ub=store.discharge_mw[t]) for t in steps]
    stored = [highs.addVariable(lb=store.least_mwh[t], ub=store.most_mwh[t]) for t in steps]
    for t in steps:
        moved = hours * store.into * charge[t] - hours / store.out * discharge[t]
        if t == 0:
            highs.addConstr(stored[t] - moved == store.kept * store.initial_mwh)
        else:
            highs.addConstr(stored[t] - store.kept * stored[t - 1] - moved == 0.0)
    if store.final_mwh is not None:
        highs.addConstr(1.0 * stored[-1] == store.final_mwh)
    if binaries:
        for t in steps:
            charging = highs.addBinary()
            highs.addConstr(charge[t] - store.charge_mw[t] * charging <= 0.0)
            highs.addConstr(discharge[t] + store.discharge_mw[t] * charging <= store.discharge_mw[t])
    return charge, discharge
