"""Stored-energy bounds: the store is never emptier and never fuller than it may be.

least stored[t] <= stored[t] <= most stored[t]
"""

from typing import Any

NEEDS = ("stored_mwh",)
ADDS = ("stored_energy_floor", "stored_energy_ceiling")


def add(model: Any, station: Any, _terms: Any) -> None:
    """Bounds of the stored energy at the end of each step, MWh inside the store."""
    from pyomo.core import Constraint

    def floor(m: Any, t: Any) -> Any:
        return m.stored_mwh[t] >= station.min_stored_mwh[t]

    def ceiling(m: Any, t: Any) -> Any:
        return m.stored_mwh[t] <= station.max_stored_mwh[t]

    model.stored_energy_floor = Constraint(model.steps, rule=floor)
    model.stored_energy_ceiling = Constraint(model.steps, rule=ceiling)
