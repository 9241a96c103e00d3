"""Ramp limits: net power changes from one step to the next by no more than the station can ramp in a step.

-ramp <= net[t] - net[t-1] <= ramp,   net[t] = discharge[t] - charge[t],   ramp = MW a minute * minutes of a step
"""

from dataclasses import dataclass
from typing import Any

from tariffs.vocabulary.units import MINUTES_PER_HOUR

NEEDS = ("charge_mw", "discharge_mw")
ADDS = ("ramp_limit",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Largest change of net power in a minute, MW."""

    ramp_mw_per_min: float


def add(model: Any, station: Any, terms: Any) -> None:
    """One row for each step that has a step before it, MW."""
    from pyomo.core import Constraint

    ramp_mw = terms.ramp_mw_per_min * (MINUTES_PER_HOUR * station.hours)

    def ramp(m: Any, t: Any) -> Any:
        net_mw, net_before_mw = m.discharge_mw[t] - m.charge_mw[t], m.discharge_mw[t - 1] - m.charge_mw[t - 1]
        return (-ramp_mw, net_mw - net_before_mw, ramp_mw)

    model.ramp_limit = Constraint(model.later_steps, rule=ramp)
