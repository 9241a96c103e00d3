"""Grid connection limit: what flows through the connection point, wind beside the store included, stays within it.

-limit <= given[t] - taken[t] + wind[t] <= limit

given, taken: discharge and charge, or what is sold and bought where own use is inside the grid meter.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("charge_mw", "discharge_mw")
USES = ("bought_mw", "sold_mw")
ADDS = ("grid_connection_limit",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Limit of the connection point, and wind power behind it in each step, MW."""

    limit_mw: float
    wind_mw: Floats


def add(model: Any, _station: Any, terms: Any) -> None:
    """One row a step, MW."""
    from pyomo.core import Constraint

    taken_mw = model.bought_mw if hasattr(model, "bought_mw") else model.charge_mw
    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw

    def through(_m: Any, t: Any) -> Any:
        return (-terms.limit_mw - terms.wind_mw[t], given_mw[t] - taken_mw[t], terms.limit_mw - terms.wind_mw[t])

    model.grid_connection_limit = Constraint(model.steps, rule=through)
