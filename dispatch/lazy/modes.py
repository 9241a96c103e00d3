"""Where a solution does at once what a schedule does not, and where that would pay."""

from typing import Final

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible
from dispatch.schedules import NOTHING_RATIO
from dispatch.solve import Solution, WarmSolver
from dispatch.task import Task

Pairs = tuple[tuple[str, str], ...]
"""Of two variables, one at most is above zero in a step."""
KEPT_APART: Final = {"charging": ("charge_mw", "discharge_mw"), "buying": ("bought_mw", "sold_mw")}
"""The pairs, by the binary that keeps them apart."""
CALL_MARGIN_RATIO: Final = 0.15
"""Room above the price of a call that a solution without binaries shows: binaries raise it."""
MOST_DIVES: Final = 30


def pairs_of(task: Task) -> Pairs:
    """The pairs that the listed blocks keep apart."""
    return tuple(pair for name, pair in KEPT_APART.items() if any(name in block.adds for block in task.blocks))


def both_at_once(made: Matrix, x: Floats, pairs: Pairs) -> Flags:
    """The steps in which both of a pair are above zero."""
    both: Flags = np.zeros(made.columns["charge_mw"].size, np.bool_)
    for one, other in pairs:
        both |= at_once(made, x, one, other) > 0
    return both


def pays_at_once(task: Task, made: Matrix, found: Solution) -> Flags:
    """The steps in which charging and discharging at once would pay, were a call somewhat dearer than it seems.

    Shape   round trip * worth of discharging > cost of charging, both after what the rows of other blocks than the
            balances charge for them; prices of rows come from a solution without integers
    """
    worth = found.column_dual + _charged(made, "energy_balance", found) + _charged(made, "grid_balance", found)
    worth -= CALL_MARGIN_RATIO * _charged(made, "season_calls", found)
    pays: Flags = np.zeros(made.columns["charge_mw"].size, np.bool_)
    for taken, given in pairs_of(task):
        kept = task.station.round_trip_efficiency if taken == "charge_mw" else 1.0
        pays |= kept * worth[made.columns[given]] > -worth[made.columns[taken]]
    return pays


def dived(made: Matrix, solver: WarmSolver, found: Solution, pairs: Pairs) -> Solution | None:
    """A solution that does nothing at once, from one that may: the smaller leg of each such step is closed, until none is
    left; nothing if that ends where no solution is left.
    """
    upper = made.upper.copy()
    for _ in range(MOST_DIVES):
        if not any((at_once(made, found.x, *pair) > 0).any() for pair in pairs):
            return found
        for one, other in pairs:
            both = at_once(made, found.x, one, other) > 0
            is_first = found.x[made.columns[one]] < found.x[made.columns[other]]
            upper[made.columns[one][both & is_first]] = 0.0
            upper[made.columns[other][both & ~is_first]] = 0.0
        try:
            found = solver.solve(upper=upper)
        except Infeasible:
            return None
    return None


def at_once(made: Matrix, x: Floats, one: str, other: str) -> Floats:
    """The smaller of two powers in each step, none where it is noise, MW."""
    both = x[made.columns[one]], x[made.columns[other]]
    largest = max(1.0, float(both[0].max()), float(both[1].max()))
    least: Floats = np.minimum(*both)
    smaller: Floats = np.where(least > NOTHING_RATIO * largest, least, 0.0)
    return smaller


def _charged(made: Matrix, name: str, found: Solution) -> Floats:
    """What the rows of a constraint charge for each column: their coefficients times their prices."""
    price = np.zeros(found.row_dual.size)
    rows = made.rows.get(name, np.zeros(0, np.int64))
    price[rows] = found.row_dual[rows]
    by_entry = np.repeat(price, np.diff(made.starts)) * made.coefficient
    charged: Floats = np.zeros(made.cost.size)
    np.add.at(charged, made.index, by_entry)
    return charged
