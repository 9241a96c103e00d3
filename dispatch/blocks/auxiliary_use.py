"""Auxiliary use: the station's own use lies inside the grid meter, so the meter sees less given or more taken.

sold[t] - bought[t] = discharge[t] - charge[t] - own use
bought[t] <= (charge limit[t] + own use) * buying[t]
sold[t] <= discharge limit[t] * (1 - buying[t]),   buying[t] is 0 or 1; without it in a step, both limits as they are
"""

from typing import Any

NEEDS = ("charge_mw", "discharge_mw")
ADDS = ("bought_mw", "sold_mw", "grid_balance", "bought_limit", "sold_limit", "buying", "buying_mode", "selling_mode")


def add(model: Any, station: Any, _terms: Any) -> None:
    """What the grid meter sees in each step, MW, and a binary for each step that needs one, 1 while buying."""
    from pyomo.core import Binary, Constraint, NonNegativeReals, Var

    model.bought_mw = Var(model.steps, within=NonNegativeReals)
    model.sold_mw = Var(model.steps, within=NonNegativeReals)
    model.buying = Var(model.exclusive_steps, within=Binary)

    def most_bought_mw(t: Any) -> Any:
        return station.charge_limit_mw[t] + station.auxiliary_mw

    def balance(m: Any, t: Any) -> Any:
        return m.sold_mw[t] - m.bought_mw[t] == m.discharge_mw[t] - m.charge_mw[t] - station.auxiliary_mw

    def bought_limit(m: Any, t: Any) -> Any:
        return m.bought_mw[t] <= most_bought_mw(t)

    def sold_limit(m: Any, t: Any) -> Any:
        return m.sold_mw[t] <= station.discharge_limit_mw[t]

    def buying_mode(m: Any, t: Any) -> Any:
        return m.bought_mw[t] <= most_bought_mw(t) * m.buying[t]

    def selling_mode(m: Any, t: Any) -> Any:
        return m.sold_mw[t] <= station.discharge_limit_mw[t] * (1 - m.buying[t])

    model.grid_balance = Constraint(model.steps, rule=balance)
    model.bought_limit = Constraint(model.steps, rule=bought_limit)
    model.sold_limit = Constraint(model.steps, rule=sold_limit)
    model.buying_mode = Constraint(model.exclusive_steps, rule=buying_mode)
    model.selling_mode = Constraint(model.exclusive_steps, rule=selling_mode)
