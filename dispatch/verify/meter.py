"""What the grid meter sees of a schedule, in exact energies."""

from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Integers
from dispatch.schedules import Schedule, quantised
from dispatch.task import Task

OWN_USE = "auxiliary_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterEnergy:
    """Energy taken from the grid and given to it in each step; integers of 1e-4 kWh."""

    taken_kwh_e4: Integers
    given_kwh_e4: Integers


def meter_energy(schedule: Schedule, task: Task) -> MeterEnergy:
    """The converter's energies; with own use inside the meter, what is left after own use is covered."""
    if OWN_USE not in task.block_names:
        return MeterEnergy(taken_kwh_e4=schedule.charge_kwh_e4, given_kwh_e4=schedule.discharge_kwh_e4)
    horizon = schedule.horizon
    own_use = quantised(np.full(horizon.count, task.station.auxiliary_mw), horizon)
    net = schedule.discharge_kwh_e4 - schedule.charge_kwh_e4 - own_use
    return MeterEnergy(taken_kwh_e4=np.maximum(-net, 0), given_kwh_e4=np.maximum(net, 0))
