"""What planning several stations together gives back: powers of each, the goals reached, and what is proven of them."""

from dataclasses import dataclass

from dispatch.arrays import Floats
from dispatch.outcome import Rung, Status
from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A goal that was maximised, in its order: what was reached and the least upper bound that is proven.

    Shape   `label` is the leaf's; a cost counts with its sign turned: a peak of 100 MW is -100
    """

    label: str
    reached: float
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetFound:
    """A solved fleet.

    Shape   powers in MW, a row a station and a figure a step; `certificate` says in words how the goals are proven
    """

    rung: Rung
    charge_mw: Floats
    discharge_mw: Floats
    goals: tuple[Reached, ...]
    status: Status
    certificate: Words
    solver: str
    build_s: float
    solve_s: float
    binaries: int = 0

    def goals_of(self, label: str) -> tuple[Reached, ...]:
        """The goals of a leaf, in order."""
        return tuple(each for each in self.goals if each.label == label)
