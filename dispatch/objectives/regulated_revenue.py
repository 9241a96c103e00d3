"""Regulated revenue: both legs at a share of the coal benchmark price, the shares given for each step, less wear.

sum over t of  h * benchmark[t] * (discharge ratio[t] * given[t] - charge ratio[t] * taken[t])  -  wear[t]

given, taken: discharge and charge, or what is sold and bought where own use is inside the grid meter.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("charge_mw", "discharge_mw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The benchmark price, 元/MWh, and its share that is paid for each leg, by step."""

    benchmark_cny_per_mwh: Floats
    charge_price_ratio: Floats
    discharge_price_ratio: Floats


def revenue(model: Any, station: Any, terms: Any) -> Any:
    """What the station earns over the horizon, 元."""
    from pyomo.core import quicksum

    taken_mw = model.bought_mw if hasattr(model, "bought_mw") else model.charge_mw
    given_mw = model.sold_mw if hasattr(model, "sold_mw") else model.discharge_mw

    def earned(t: Any) -> Any:
        shares_mw = terms.discharge_price_ratio[t] * given_mw[t] - terms.charge_price_ratio[t] * taken_mw[t]
        step_cny = station.hours * terms.benchmark_cny_per_mwh[t] * shares_mw
        return step_cny - model.wear_cny[t] if hasattr(model, "wear_cny") else step_cny

    return quicksum(earned(t) for t in model.steps)
