"""Exclusive modes: in one step the station charges or discharges, never both.

charge[t] <= charge limit[t] * charging[t]
discharge[t] <= discharge limit[t] * (1 - charging[t]),   charging[t] is 0 or 1

Between 0 and 1 this is the closest linear relaxation there is: charge / limit + discharge / limit <= 1.
"""

from typing import Any

NEEDS = ("charge_mw", "discharge_mw")
ADDS = ("charging", "charge_mode", "discharge_mode")


def add(model: Any, station: Any, _terms: Any) -> None:
    """A binary for each step that needs one, 1 while charging."""
    from pyomo.core import Binary, Constraint, Var

    model.charging = Var(model.exclusive_steps, within=Binary)

    def charge_mode(m: Any, t: Any) -> Any:
        return m.charge_mw[t] <= station.charge_limit_mw[t] * m.charging[t]

    def discharge_mode(m: Any, t: Any) -> Any:
        return m.discharge_mw[t] <= station.discharge_limit_mw[t] * (1 - m.charging[t])

    model.charge_mode = Constraint(model.exclusive_steps, rule=charge_mode)
    model.discharge_mode = Constraint(model.exclusive_steps, rule=discharge_mode)
