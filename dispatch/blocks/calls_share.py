"""Calls share: the part of the calls asked of a station that its season discharge makes, at most all of them.

sum over t of  in season[t] * h * given[t] / energy[t]  >=  calls * share,    0 <= share <= 1

given[t]: discharge, or what is sold where own use is inside the grid meter; energy[t]: rated energy of the day.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("discharge_mw",)
USES = ("sold_mw",)
ADDS = ("calls_share", "calls_shared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Full discharges asked for, and 1 for each step of a season day, else 0."""

    calls: float
    in_season: Floats


def add(model: Any, station: Any, terms: Any) -> None:
    """The share, and one row over the whole horizon, in full discharges."""
    from pyomo.core import Constraint, Var

    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw
    model.calls_share = Var(bounds=(0.0, 1.0))
    calls = sum(terms.in_season[t] * station.hours * given_mw[t] / station.energy_mwh[t] for t in model.steps)
    model.calls_shared = Constraint(expr=calls - terms.calls * model.calls_share >= 0.0)
