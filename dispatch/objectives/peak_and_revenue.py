"""Peak and revenue: what the stations earn less what the highest load costs, then the best times.

sum of what the stations earn  -  worth of the peak * peak,    load[t] + taken[t] - given[t]  <=  peak
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("taken_total_mw", "given_total_mw", "station_objectives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Load of each step before any storage, MW, and what one MW less of the highest load is worth, 元/MW."""

    load_mw: Floats
    peak_worth_cny_per_mw: float


def goals(model: Any, fleet: Any, terms: Any) -> tuple[Any, ...]:
    """The revenue of the stations less the cost of the peak, 元; energy given at high load and taken at low, MW * MWh."""
    from pyomo.core import Constraint, Var, quicksum

    def below(m: Any, t: Any) -> Any:
        return terms.load_mw[t] + m.taken_total_mw[t] - m.given_total_mw[t] <= m.peak_mw

    model.peak_mw = Var()
    model.below_peak = Constraint(model.steps, rule=below)
    best_times = quicksum(
        fleet.hours * terms.load_mw[t] * (model.given_total_mw[t] - model.taken_total_mw[t]) for t in model.steps
    )
    return (model.station_objectives - terms.peak_worth_cny_per_mw * model.peak_mw, best_times)
