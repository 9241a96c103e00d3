"""Leased reserve: own use leaves the power and the energy that are leased to others free at all times.

charge[t] <= charge limit[t] - leased power[t]
discharge[t] <= discharge limit[t] - leased power[t]
stored[t] <= most stored[t] - leased energy[t] / eta_d,   eta_d: efficiency of discharging
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("charge_mw", "discharge_mw", "stored_mwh")
ADDS = ("own_charge_limit", "own_discharge_limit", "own_stored_energy_ceiling")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Power and deliverable energy leased to others in each step, MW and MWh."""

    leased_power_mw: Floats
    leased_energy_mwh: Floats


def add(model: Any, station: Any, terms: Any) -> None:
    """Bounds of both powers and of the stored energy in each step."""
    from pyomo.core import Constraint

    def charging(m: Any, t: Any) -> Any:
        return m.charge_mw[t] <= station.charge_limit_mw[t] - terms.leased_power_mw[t]

    def discharging(m: Any, t: Any) -> Any:
        return m.discharge_mw[t] <= station.discharge_limit_mw[t] - terms.leased_power_mw[t]

    def ceiling(m: Any, t: Any) -> Any:
        leased_mwh = terms.leased_energy_mwh[t] / station.discharge_efficiency
        return m.stored_mwh[t] <= station.max_stored_mwh[t] - leased_mwh

    model.own_charge_limit = Constraint(model.steps, rule=charging)
    model.own_discharge_limit = Constraint(model.steps, rule=discharging)
    model.own_stored_energy_ceiling = Constraint(model.steps, rule=ceiling)
