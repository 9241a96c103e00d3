"""The points of the sizing benchmark: five powers, ten durations, five costs of energy and four years of hourly prices.

A project without tax, running cost and fade, so that the value of a point is its yearly revenue times an annuity less what
it costs to build; prices below zero are cut off, for the linear program of the peer knows no modes that exclude each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from benchmarks.dispatch_case import SHARED, Case, Floats, price_cny_per_mwh
from tariffs.vocabulary.units import KW_PER_MW

PRICE_SETS = ("plain", "narrow", "wide", "turned")
SPREAD = {"plain": 1.0, "narrow": 0.8, "wide": 1.2, "turned": 1.0}
POWERS_MW = tuple(Decimal(power) for power in (20, 50, 100, 150, 200))
DURATIONS_H = tuple(Decimal(half_hours) / 2 for half_hours in range(2, 12))
ENERGY_COSTS = tuple(Decimal(cost) for cost in (500, 600, 700, 800, 900))
POWER_COST = Decimal(350)
LIFE_YEARS = 15
DISCOUNT_RATIO = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeCase:
    """How many of each there are; `fades` adds what age and cycles take of the energy, which makes every year another."""

    powers: int = len(POWERS_MW)
    durations: int = len(DURATIONS_H)
    costs: int = len(ENERGY_COSTS)
    price_sets: int = len(PRICE_SETS)
    fades: bool = False

    @property
    def points(self) -> int:
        """Number of points."""
        return self.powers * self.durations * self.costs * self.price_sets


@cache
def prices_by_set() -> Mapping[str, Floats]:
    """An hourly year of prices for each set, 元/MWh: the shared series where it is there, else made from a seed."""
    known = price_cny_per_mwh(Case(minutes=60, prices="shared" if SHARED.exists() else "made"))
    mean = float(known.mean())
    spread = {name: mean + by * (known - mean) for name, by in SPREAD.items()}
    spread["turned"] = np.roll(known, known.size // 2)
    return {name: np.round(np.maximum(price, 0.0), 2) for name, price in spread.items()}


def npv_cny(revenue_cny: float, power_mw: float, energy_mwh: float, energy_cost_cny_per_kwh: float) -> float:
    """The present value of equal yearly revenues less the investment, 元: what every way has to find."""
    annuity = sum((1 + DISCOUNT_RATIO) ** -year for year in range(1, LIFE_YEARS + 1))
    return revenue_cny * annuity - KW_PER_MW * (float(POWER_COST) * power_mw + energy_cost_cny_per_kwh * energy_mwh)
