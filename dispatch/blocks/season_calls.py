"""Season calls: the energy given to the grid on season days makes at least so many full discharges.

sum over t of  in season[t] * h * given[t] / energy[t]  >=  calls

given[t]: discharge, or what is sold where own use is inside the grid meter; energy[t]: rated energy of the day.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("discharge_mw",)
USES = ("sold_mw",)
ADDS = ("season_calls",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Full discharges asked for, and 1 for each step of a season day, else 0."""

    calls: float
    in_season: Floats


def add(model: Any, station: Any, terms: Any) -> None:
    """One row over the whole horizon, in full discharges."""
    from pyomo.core import Constraint

    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw
    calls = sum(terms.in_season[t] * station.hours * given_mw[t] / station.energy_mwh[t] for t in model.steps)
    model.season_calls = Constraint(expr=calls >= terms.calls)
