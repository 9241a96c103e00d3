"""Wear cost: what a cycle uses up of the store, counted once, on the energy discharged at the converter.

wear[t] = wear cost * h * discharge[t]

The block limits nothing; objectives subtract `wear_cny`.
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("discharge_mw",)
ADDS = ("wear_cny",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What discharging one MWh uses up, 元."""

    wear_cost_cny_per_mwh: float


def add(model: Any, station: Any, terms: Any) -> None:
    """An expression for each step, 元."""
    from pyomo.core import Expression

    def wear(m: Any, t: Any) -> Any:
        return terms.wear_cost_cny_per_mwh * station.hours * m.discharge_mw[t]

    model.wear_cny = Expression(model.steps, rule=wear)
