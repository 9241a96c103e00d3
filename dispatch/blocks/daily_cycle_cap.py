"""Daily cycle cap: on no day is more discharged than so many full discharges.

for each day, sum over its steps of  h * discharge[t] / energy[t]  <=  cycles a day
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("discharge_mw",)
ADDS = ("daily_cycle_cap",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Full discharges allowed on a day."""

    cycles_per_day: float


def add(model: Any, station: Any, terms: Any) -> None:
    """One row a local day, in full discharges."""
    from pyomo.core import Constraint

    def cap(m: Any, day: Any) -> Any:
        steps = m.steps_of_day[day]
        cycles = sum(station.hours * m.discharge_mw[t] / station.energy_mwh[t] for t in steps)
        return cycles <= terms.cycles_per_day

    model.daily_cycle_cap = Constraint(model.days, rule=cap)
