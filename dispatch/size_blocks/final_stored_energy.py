"""Final stored energy: what is left in the store at the end of the horizon is a fixed share of the rated energy.

stored[T] = final ratio * energy
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("stored_mwh", "energy_mwh")
ADDS = ("final_stored_energy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Energy inside the store at the end of the last step, for each MWh of rated energy."""

    final_stored_ratio: float


def add(model: Any, _station: Any, terms: Any) -> None:
    """One equation at the last step, MWh inside the store."""
    from pyomo.core import Constraint

    def final(m: Any, t: Any) -> Any:
        return m.stored_mwh[t] - terms.final_stored_ratio * m.energy_mwh == 0.0

    model.final_stored_energy = Constraint(model.last_step, rule=final)
