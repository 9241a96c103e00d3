"""Fair calls: the smallest share of the calls asked of a station, over all stations, is as large as possible.

least share  <=  share[i]   for each station i
"""

from typing import Any

NEEDS = ("calls_share",)


def goals(model: Any, _fleet: Any, _terms: Any) -> tuple[Any, ...]:
    """The smallest share, between 0 and 1."""
    from pyomo.core import Constraint, Var

    model.least_share = Var(bounds=(0.0, 1.0))
    model.fair_calls = Constraint(model.stations, rule=lambda m, i: m.least_share <= m.calls_share[i])
    return (model.least_share,)
