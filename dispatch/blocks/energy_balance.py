"""Energy balance: what is stored after a step is what was kept, and what came in, less what went out, losses counted.

stored[t] = kept * stored[t-1] + h * (eta_c * charge[t] - discharge[t] / eta_d)

kept: share of the stored energy left after a step at rest; h: hours of a step; eta_c, eta_d: efficiencies of charging
and discharging; stored[0]: what is stored at the start.
"""

from typing import Any

NEEDS = ("charge_mw", "discharge_mw", "stored_mwh")
ADDS = ("energy_balance",)


def add(model: Any, station: Any, _terms: Any) -> None:
    """One equation a step, MWh inside the store."""
    from pyomo.core import Constraint

    h, kept = station.hours, station.kept_ratio
    eta_c, eta_d = station.charge_efficiency, station.discharge_efficiency

    def balance(m: Any, t: Any) -> Any:
        stored_before = kept * m.stored_mwh[t - 1]
        return m.stored_mwh[t] == stored_before + h * (eta_c * m.charge_mw[t] - m.discharge_mw[t] / eta_d)

    model.energy_balance = Constraint(model.steps, rule=balance)
