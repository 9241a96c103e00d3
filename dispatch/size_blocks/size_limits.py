"""Size limits: within which limits power, energy, duration and investment stay.

least power <= power <= most power,    energy <= most energy
least hours * power <= energy <= most hours * power
cost of a MW * power + cost of a MWh * energy <= most investment,   what hangs on no size taken off

The last two lines stand divided by what brings their coefficients near 1: where all are, a solver scales nothing and is
three times as fast.
"""

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Any

NEEDS = ("power_mw", "energy_mwh")
ADDS = ("least_power", "most_power", "most_energy", "least_duration", "most_duration", "most_investment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The limits; `most_energy_mwh` and `most_investment_cny` may be infinite.

    Shape   the investment is what may be spent on power and energy, 元, and what each MW and MWh of them costs
    """

    least_power_mw: float
    most_power_mw: float
    most_energy_mwh: float
    least_duration_h: float
    most_duration_h: float
    most_investment_cny: float
    power_cost_cny_per_mw: float
    energy_cost_cny_per_mwh: float


def add(model: Any, _station: Any, terms: Any) -> None:
    """One row a limit; one that is infinite has none."""
    from pyomo.core import Constraint

    power, energy = model.power_mw, model.energy_mwh
    least_h, most_h = terms.least_duration_h, terms.most_duration_h
    model.least_power = Constraint(expr=power >= terms.least_power_mw)
    model.most_power = Constraint(expr=power <= terms.most_power_mw)
    if isfinite(terms.most_energy_mwh):
        model.most_energy = Constraint(expr=energy <= terms.most_energy_mwh)
    model.least_duration = Constraint(expr=energy / sqrt(least_h) - sqrt(least_h) * power >= 0.0)
    model.most_duration = Constraint(expr=energy / sqrt(most_h) - sqrt(most_h) * power <= 0.0)
    whole = terms.power_cost_cny_per_mw + terms.energy_cost_cny_per_mwh
    if isfinite(terms.most_investment_cny) and whole > 0.0:
        power_share, energy_share = terms.power_cost_cny_per_mw / whole, terms.energy_cost_cny_per_mwh / whole
        invested = power_share * power + energy_share * energy
        model.most_investment = Constraint(expr=invested <= terms.most_investment_cny / whole)
