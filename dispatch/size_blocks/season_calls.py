"""Season calls: the energy given to the grid on season days makes at least so many full discharges.

sum over t of  in season[t] * h * given[t] / counted[t]  >=  calls * energy

given[t]: discharge, or what is sold where own use is inside the grid meter; counted[t]: the energy that a call is counted
against, for each MWh of rated energy.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("discharge_mw", "energy_mwh")
USES = ("sold_mw",)
ADDS = ("season_calls",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Full discharges asked for, 1 for each step of a season day, else 0, and the counted energy by rated energy."""

    calls: float
    in_season: Floats
    counted_ratio: Floats


def add(model: Any, station: Any, terms: Any) -> None:
    """One row over the whole horizon, MWh of rated energy."""
    from pyomo.core import Constraint

    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw
    counted_mwh = sum(terms.in_season[t] * station.hours * given_mw[t] / terms.counted_ratio[t] for t in model.steps)
    model.season_calls = Constraint(expr=counted_mwh - terms.calls * model.energy_mwh >= 0.0)
