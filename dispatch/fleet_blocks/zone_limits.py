"""Zone limits: what the stations of a zone or feeder give and take together stays within its limits.

given[t] - taken[t] <= discharge limit,    taken[t] - given[t] <= charge limit

given, taken: sums over the stations of the zone.
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("taken_total_mw", "given_total_mw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The most that a zone may give to and take from the grid, MW."""

    discharge_limit_mw: float
    charge_limit_mw: float


def goals(model: Any, _fleet: Any, terms: Any) -> tuple[Any, ...]:
    """No goal of its own: one row a step, MW."""
    from pyomo.core import Constraint

    def through(m: Any, t: Any) -> Any:
        return (-terms.charge_limit_mw, m.given_total_mw[t] - m.taken_total_mw[t], terms.discharge_limit_mw)

    model.zone_limits = Constraint(model.steps, rule=through)
    return ()
