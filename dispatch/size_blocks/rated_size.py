"""Rated size: rated power and rated energy are what is looked for.

0 <= power,    0 <= energy
"""

from typing import Any

NEEDS = ()
ADDS = ("power_mw", "energy_mwh")


def add(model: Any, _station: Any, _terms: Any) -> None:
    """Rated power, MW, and the energy that one full discharge delivers at the grid meter, MWh."""
    from pyomo.core import NonNegativeReals, Var

    model.power_mw = Var(within=NonNegativeReals)
    model.energy_mwh = Var(within=NonNegativeReals)
