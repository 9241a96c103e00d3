"""Least throughput: the less a station charges and discharges, the better; what is left when something else decides.

-  sum over t of  h * (charge[t] + discharge[t])
"""

from typing import Any

NEEDS = ("charge_mw", "discharge_mw")


def revenue(model: Any, station: Any, _terms: Any) -> Any:
    """Energy charged and discharged over the horizon, MWh, with the sign of a cost."""
    from pyomo.core import quicksum

    return -quicksum(station.hours * (model.charge_mw[t] + model.discharge_mw[t]) for t in model.steps)
