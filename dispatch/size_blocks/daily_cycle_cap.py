"""Daily cycle cap: on no day is more discharged than so many full discharges of the energy that is usable.

for each day, sum over its steps of  h * discharge[t] / usable[t]  <=  cycles a day * energy

usable[t]: the usable energy for each MWh of rated energy.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("discharge_mw", "energy_mwh")
ADDS = ("daily_cycle_cap",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Full discharges allowed on a day, and the usable energy by rated energy."""

    cycles_per_day: float
    usable_ratio: Floats


def add(model: Any, station: Any, terms: Any) -> None:
    """One row a local day, MWh of rated energy."""
    from pyomo.core import Constraint

    def cap(m: Any, day: Any) -> Any:
        steps = m.steps_of_day[day]
        discharged_mwh = sum(station.hours * m.discharge_mw[t] / terms.usable_ratio[t] for t in steps)
        return discharged_mwh - terms.cycles_per_day * m.energy_mwh <= 0.0

    model.daily_cycle_cap = Constraint(model.days, rule=cap)
