"""Wind following: wind and stations together deliver what was promised; what they cannot take or give is least.

wind[t] - curtailed[t] + given[t] - taken[t]  =  promised[t] - shortfall[t]

0 <= curtailed[t] <= wind[t],   0 <= shortfall[t] <= promised[t]

What the stores lose is not delivered either. With `losses_weight` 1 it counts like curtailed energy; with 0 it does not, and
then a plan may burn surplus wind by cycling a store, which curtails less and helps nobody.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("taken_total_mw", "given_total_mw", "station_objectives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Power that the wind gives, and power that is promised, in each step, MW; how much the losses of the stores count."""

    wind_mw: Floats
    promised_mw: Floats
    losses_weight: float


def goals(model: Any, fleet: Any, terms: Any) -> tuple[Any, ...]:
    """The least energy curtailed, missing and lost in the stores, MWh, then the objectives of the stations."""
    from pyomo.core import Constraint, NonNegativeReals, Var, quicksum

    def met(m: Any, t: Any) -> Any:
        delivered_mw = terms.wind_mw[t] - m.curtailed_mw[t] + m.given_total_mw[t] - m.taken_total_mw[t]
        return delivered_mw == terms.promised_mw[t] - m.shortfall_mw[t]

    model.curtailed_mw = Var(model.steps, within=NonNegativeReals)
    model.shortfall_mw = Var(model.steps, within=NonNegativeReals)
    model.promise_met = Constraint(model.steps, rule=met)
    model.no_more_curtailed = Constraint(model.steps, rule=lambda m, t: m.curtailed_mw[t] <= terms.wind_mw[t])
    model.no_more_missing = Constraint(model.steps, rule=lambda m, t: m.shortfall_mw[t] <= terms.promised_mw[t])
    missed_mwh = quicksum(
        fleet.hours
        * (
            model.curtailed_mw[t]
            + model.shortfall_mw[t]
            + terms.losses_weight * (model.taken_total_mw[t] - model.given_total_mw[t])
        )
        for t in model.steps
    )
    return (-missed_mwh, model.station_objectives)
