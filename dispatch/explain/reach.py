"""How much energy a store can hold at each step: what limits and bounds leave, whatever it would earn."""

from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats
from dispatch.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the station may do in each step with leased capacity and the grid connection taken off.

    Shape   powers in MW, at least zero; `shortfall_mw` is by how much the grid connection is passed whatever the station
            does, `lease_excess_mw` by how much leased power is more than there is
    """

    charge_mw: Floats
    discharge_mw: Floats
    min_stored_mwh: Floats
    max_stored_mwh: Floats
    shortfall_mw: Floats
    lease_excess_mw: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The lowest and highest stored energy that can be reached at the end of each step, in MWh.

    Shape   `broken` is the first step at which no energy within the bounds can be reached; nothing if there is none
    """

    low_mwh: Floats
    high_mwh: Floats
    broken: int | None


def room(task: Task) -> Room:
    """What is left of the station's limits by the listed blocks."""
    station = task.station
    charge, discharge, most = station.charge_limit_mw, station.discharge_limit_mw, station.max_stored_mwh
    nothing = np.zeros(station.horizon.count)
    excess, shortfall = nothing, nothing
    leased, grid = task.terms("leased_reserve"), task.terms("grid_connection_limit")
    if leased is not None:
        charge, discharge = charge - leased.leased_power_mw, discharge - leased.leased_power_mw
        most = most - leased.leased_energy_mwh / station.discharge_efficiency
        excess = np.maximum(-np.minimum(charge, discharge), 0.0)
    if grid is not None:
        own_mw = station.auxiliary_mw if "auxiliary_use" in task.block_names else 0.0
        outward, inward = grid.limit_mw - grid.wind_mw + own_mw, grid.limit_mw + grid.wind_mw - own_mw
        shortfall = np.maximum(np.maximum(-outward - charge, -inward - discharge), 0.0)
        charge, discharge = np.minimum(charge, inward), np.minimum(discharge, outward)
    return Room(
        charge_mw=np.maximum(charge, 0.0),
        discharge_mw=np.maximum(discharge, 0.0),
        min_stored_mwh=station.min_stored_mwh,
        max_stored_mwh=most,
        shortfall_mw=shortfall,
        lease_excess_mw=excess,
    )


def reach(task: Task) -> Reach:
    """What can be stored at the end of each step, from the start on.

    Shape   exact for power limits, bounds and losses: between the two any energy can be reached
    """
    station, left = task.station, room(task)
    gain = (left.charge_mw * (station.hours * station.charge_efficiency)).tolist()
    drain = (left.discharge_mw * (station.hours / station.discharge_efficiency)).tolist()
    least, most = left.min_stored_mwh.tolist(), left.max_stored_mwh.tolist()
    near = 1e-9 * max(1.0, max(most))
    low = high = station.initial_stored_mwh
    lows, highs, broken = [], [], None
    for step in range(station.horizon.count):
        lowest, highest = station.kept_ratio * low - drain[step], station.kept_ratio * high + gain[step]
        if broken is None and (highest < least[step] - near or lowest > most[step] + near):
            broken = step
            lows.append(lowest)
            highs.append(highest)
            break
        low, high = max(lowest, least[step]), min(highest, most[step])
        lows.append(low)
        highs.append(high)
    return Reach(low_mwh=np.array(lows), high_mwh=np.array(highs), broken=broken)
