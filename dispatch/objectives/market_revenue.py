"""Market revenue: what discharging earns less what charging costs, each at the price of its step, less wear.

sum over t of  h * (discharge price[t] * given[t] - charge price[t] * taken[t])  -  wear[t]

given, taken: discharge and charge, or what is sold and bought where own use is inside the grid meter.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("charge_mw", "discharge_mw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Price of energy taken from and given to the grid in each step, 元/MWh."""

    charge_price_cny_per_mwh: Floats
    discharge_price_cny_per_mwh: Floats


def revenue(model: Any, station: Any, terms: Any) -> Any:
    """What the station earns over the horizon, 元."""
    from pyomo.core import quicksum

    taken_mw = model.bought_mw if hasattr(model, "bought_mw") else model.charge_mw
    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw

    def earned(t: Any) -> Any:
        paid, due = terms.charge_price_cny_per_mwh[t], terms.discharge_price_cny_per_mwh[t]
        step_cny = station.hours * (due * given_mw[t] - paid * taken_mw[t])
        return step_cny - model.wear_cny[t] if hasattr(model, "wear_cny") else step_cny

    return quicksum(earned(t) for t in model.steps)
