"""Peak shaving: the least peak of the load less what the stations give, then what the stations want, then the best times.

load[t] + taken[t] - given[t]  <=  peak

taken, given: sums over the stations of what is drawn from and given to the grid.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.arrays import Floats

NEEDS = ("taken_total_mw", "given_total_mw", "station_objectives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Load of each step before any storage, MW."""

    load_mw: Floats


def goals(model: Any, fleet: Any, terms: Any) -> tuple[Any, ...]:
    """The least peak, MW; the objectives of the stations; energy given at high load and taken at low load, MW * MWh."""
    from pyomo.core import Constraint, Var, quicksum

    def below(m: Any, t: Any) -> Any:
        return terms.load_mw[t] + m.taken_total_mw[t] - m.given_total_mw[t] <= m.peak_mw

    model.peak_mw = Var()
    model.below_peak = Constraint(model.steps, rule=below)
    best_times = quicksum(
        fleet.hours * terms.load_mw[t] * (model.given_total_mw[t] - model.taken_total_mw[t]) for t in model.steps
    )
    return (-model.peak_mw, model.station_objectives, best_times)
