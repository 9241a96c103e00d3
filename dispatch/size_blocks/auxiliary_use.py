"""Auxiliary use: the station's own use lies inside the grid meter, so the meter sees less given or more taken.

sold[t] - bought[t] = discharge[t] - charge[t] - own use * power
bought[t] <= (charge limit[t] + own use) * most power * buying[t]
sold[t] <= discharge limit[t] * most power * (1 - buying[t]),   buying[t] is 0 or 1
bought[t] / (charge limit[t] + own use) + sold[t] / discharge limit[t] <= power

Limits and own use are those of a station of 1 MW; without a binary in a step, both limits times the power.
"""

from dataclasses import dataclass
from typing import Any

NEEDS = ("charge_mw", "discharge_mw", "power_mw")
ADDS = (
    "bought_mw",
    "sold_mw",
    "grid_balance",
    "bought_limit",
    "sold_limit",
    "buying",
    "buying_mode",
    "selling_mode",
    "one_way",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The largest rated power that the limits of the size allow, MW."""

    most_power_mw: float


def add(model: Any, station: Any, terms: Any) -> None:
    """What the grid meter sees in each step, MW, and a binary for each step that needs one, 1 while buying."""
    from pyomo.core import Binary, Constraint, NonNegativeReals, Var

    model.bought_mw = Var(model.steps, within=NonNegativeReals)
    model.sold_mw = Var(model.steps, within=NonNegativeReals)
    model.buying = Var(model.exclusive_steps, within=Binary)

    def most_bought(t: Any) -> Any:
        return station.charge_limit_mw[t] + station.auxiliary_mw

    def balance(m: Any, t: Any) -> Any:
        own_mw = station.auxiliary_mw * m.power_mw
        return m.sold_mw[t] - m.bought_mw[t] - m.discharge_mw[t] + m.charge_mw[t] + own_mw == 0.0

    def one_way(m: Any, t: Any) -> Any:
        both = station.discharge_limit_mw[t] * m.bought_mw[t] + most_bought(t) * m.sold_mw[t]
        return both - most_bought(t) * station.discharge_limit_mw[t] * m.power_mw <= 0.0

    def buying_mode(m: Any, t: Any) -> Any:
        return m.bought_mw[t] <= most_bought(t) * terms.most_power_mw * m.buying[t]

    def selling_mode(m: Any, t: Any) -> Any:
        return m.sold_mw[t] <= station.discharge_limit_mw[t] * terms.most_power_mw * (1 - m.buying[t])

    model.grid_balance = Constraint(model.steps, rule=balance)
    model.bought_limit = Constraint(model.steps, rule=lambda m, t: m.bought_mw[t] <= most_bought(t) * m.power_mw)
    model.sold_limit = Constraint(
        model.steps, rule=lambda m, t: m.sold_mw[t] <= station.discharge_limit_mw[t] * m.power_mw
    )
    model.one_way = Constraint(model.exclusive_steps, rule=one_way)
    model.buying_mode = Constraint(model.exclusive_steps, rule=buying_mode)
    model.selling_mode = Constraint(model.exclusive_steps, rule=selling_mode)
