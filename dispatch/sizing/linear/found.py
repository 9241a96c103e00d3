"""The best size: power and energy, what it is worth and how far that is proven, which limits hold it back."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.matrix import Matrix
from dispatch.outcome import Status
from dispatch.size_blocks import size_limits
from dispatch.solve import Solution

BINDING_RATIO: Final = 1e-7
"""A limit is reached if this share of it, or less, is left."""


class SizeLimit(Enum):
    """A limit of the size, named as in `[size]`."""

    MIN_POWER = "min_power_mw"
    MAX_POWER = "max_power_mw"
    MAX_ENERGY = "max_energy_mwh"
    MIN_DURATION = "min_duration_h"
    MAX_DURATION = "max_duration_h"
    MAX_INVESTMENT = "max_investment_cny"


ROWS: Final = {
    "least_power": SizeLimit.MIN_POWER,
    "most_power": SizeLimit.MAX_POWER,
    "most_energy": SizeLimit.MAX_ENERGY,
    "least_duration": SizeLimit.MIN_DURATION,
    "most_duration": SizeLimit.MAX_DURATION,
    "most_investment": SizeLimit.MAX_INVESTMENT,
}
"""The limit that each row of the size stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A limit that the best size reaches.

    Shape   `worth_cny`: what the present value gains for one MW, MWh, hour or 元 more of the limit (negative for a least
            figure); nothing where the solution has binaries, whose prices say nothing
    """

    limit: SizeLimit
    worth_cny: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastLoss:
    """The best of the sizes that may be built, where building loses money, 元 of present value below zero."""

    power_mw: float
    energy_mwh: float
    present_value_cny: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best size.

    Shape   zero power, energy and present value where nothing is worth building; then `least_loss` is the best of what
            may be built, unless that is nothing; `best_bound_cny` is above what any size and schedule can be worth;
            `binaries` were added to keep charging and discharging apart, none where the linear program did so itself
    """

    power_mw: float
    energy_mwh: float
    present_value_cny: float
    best_bound_cny: float
    status: Status
    binaries: int
    relaxed_cny: float
    """What the linear program without binaries says; charging and discharging at once makes it too high."""
    binding: tuple[Binding, ...]
    seconds: float
    least_loss: LeastLoss | None = None

    @property
    def is_worth_building(self) -> bool:
        """Whether any size earns back what it costs."""
        return self.power_mw > 0

    @property
    def kept_apart(self) -> bool:
        """Whether binaries cut off charging and discharging at once."""
        return self.binaries > 0

    @property
    def gap_ratio(self) -> float:
        """Distance of the present value from its bound, relative to max(1, |present value|)."""
        return (self.best_bound_cny - self.present_value_cny) / max(1.0, abs(self.present_value_cny))


def size_of(made: Matrix, x: Floats) -> tuple[float, float]:
    """Rated power and energy of a solution, MW and MWh, rounding below zero taken off."""
    power_mw, energy_mwh = (max(float(x[made.columns[name][0]]), 0.0) for name in ("power_mw", "energy_mwh"))
    return power_mw, energy_mwh


def binding_limits(made: Matrix, found: Solution, terms: size_limits.Terms, *, has_prices: bool) -> tuple[Binding, ...]:
    """The limits that a size reaches, with the prices of a linear optimum where the solution is one."""
    power_mw, energy_mwh = size_of(made, found.x)
    scale = max(power_mw, energy_mwh)
    bound: list[Binding] = []
    for name, limit in ROWS.items():
        if name not in made.rows:
            continue
        row = int(made.rows[name][0])
        span = slice(made.starts[row], made.starts[row + 1])
        reached = float(np.dot(made.coefficient[span], found.x[made.index[span]]))
        lower, upper = float(made.row_lower[row]), float(made.row_upper[row])
        wanted = upper if np.isfinite(upper) else lower
        if abs(reached - wanted) > BINDING_RATIO * max(abs(wanted), scale):
            continue
        price = float(found.row_dual[row]) if has_prices and found.row_dual.size else None
        if price is not None:
            price *= _moved(made, span, limit, terms, power_mw)
        bound.append(Binding(limit=limit, worth_cny=price))
    return tuple(bound)


def _moved(made: Matrix, span: slice, limit: SizeLimit, terms: size_limits.Terms, power_mw: float) -> float:
    """By how much one more of a limit moves the right-hand side of its row."""
    energy = made.index[span] == made.columns["energy_mwh"][0]
    if limit in (SizeLimit.MIN_DURATION, SizeLimit.MAX_DURATION):
        # an hour more is so many MWh as there are MW
        return float(made.coefficient[span][energy][0]) * power_mw
    if limit is SizeLimit.MAX_INVESTMENT:
        return 1.0 / (terms.power_cost_cny_per_mw + terms.energy_cost_cny_per_mwh)
    return 1.0
