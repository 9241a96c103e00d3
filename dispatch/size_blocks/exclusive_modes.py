"""Exclusive modes: in one step the station charges or discharges, never both.

charge[t] <= charge limit[t] * most power * charging[t]
discharge[t] <= discharge limit[t] * most power * (1 - charging[t]),   charging[t] is 0 or 1
charge[t] / charge limit[t] + discharge[t] / discharge limit[t] <= power

The limits are those of a station of 1 MW. The last row follows from the others where charging is 0 or 1; between the two it
is the closest linear relaxation there is, which products of a binary and the power would otherwise have to give.
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("charge_mw", "discharge_mw", "power_mw")
ADDS = ("charging", "charge_mode", "discharge_mode", "one_mode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The largest rated power that the limits of the size allow, MW."""

    most_power_mw: float


def add(model: Any, station: Any, terms: Any) -> None:
    """A binary for each step that needs one, 1 while charging."""
    from pyomo.core import Binary, Constraint, Var

    model.charging = Var(model.exclusive_steps, within=Binary)

    def charge_mode(m: Any, t: Any) -> Any:
        return m.charge_mw[t] <= station.charge_limit_mw[t] * terms.most_power_mw * m.charging[t]

    def discharge_mode(m: Any, t: Any) -> Any:
        return m.discharge_mw[t] <= station.discharge_limit_mw[t] * terms.most_power_mw * (1 - m.charging[t])

    def one_mode(m: Any, t: Any) -> Any:
        charge_limit, discharge_limit = station.charge_limit_mw[t], station.discharge_limit_mw[t]
        both = discharge_limit * m.charge_mw[t] + charge_limit * m.discharge_mw[t]
        return both - charge_limit * discharge_limit * m.power_mw <= 0.0

    model.charge_mode = Constraint(model.exclusive_steps, rule=charge_mode)
    model.discharge_mode = Constraint(model.exclusive_steps, rule=discharge_mode)
    model.one_mode = Constraint(model.exclusive_steps, rule=one_mode)
