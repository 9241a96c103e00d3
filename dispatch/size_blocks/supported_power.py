"""Supported power: the power that is paid for being there, at most the rated power and what the energy lasts for.

supported <= power,    hours * supported <= energy
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("power_mw", "energy_mwh")
ADDS = ("supported_mw", "supported_by_power", "supported_by_energy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Hours for which the energy must last at the supported power; zero if none are asked for."""

    peak_h: float


def add(model: Any, _station: Any, terms: Any) -> None:
    """The supported power, MW; as large as it may be where it is worth something."""
    from pyomo.core import Constraint, NonNegativeReals, Var

    model.supported_mw = Var(within=NonNegativeReals)
    model.supported_by_power = Constraint(expr=model.supported_mw - model.power_mw <= 0.0)
    model.supported_by_energy = Constraint(expr=terms.peak_h * model.supported_mw - model.energy_mwh <= 0.0)
