"""Final stored energy: what is left in the store at the end of the horizon is fixed.

stored[T] = final stored energy
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("stored_mwh",)
ADDS = ("final_stored_energy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Energy inside the store at the end of the last step, MWh."""

    final_stored_mwh: float


def add(model: Any, _station: Any, terms: Any) -> None:
    """One equation at the last step, MWh inside the store."""
    from pyomo.core import Constraint

    def final(m: Any, t: Any) -> Any:
        return m.stored_mwh[t] == terms.final_stored_mwh

    model.final_stored_energy = Constraint(model.last_step, rule=final)
