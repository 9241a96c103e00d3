"""Power limits: neither power exceeds what the station can do in the step; outages are in the limits already.

0 <= charge[t] <= charge limit[t]
0 <= discharge[t] <= discharge limit[t]
"""

from typing import Any

NEEDS = ("charge_mw", "discharge_mw")
ADDS = ("charge_limit", "discharge_limit")


def add(model: Any, station: Any, _terms: Any) -> None:
    """Bounds of both powers in each step, MW."""
    from pyomo.core import Constraint

    def charging(m: Any, t: Any) -> Any:
        return m.charge_mw[t] <= station.charge_limit_mw[t]

    def discharging(m: Any, t: Any) -> Any:
        return m.discharge_mw[t] <= station.discharge_limit_mw[t]

    model.charge_limit = Constraint(model.steps, rule=charging)
    model.discharge_limit = Constraint(model.steps, rule=discharging)
