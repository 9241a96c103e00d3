"""What a solver found, as the outcome of a task."""

from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats
from dispatch.matrix import Matrix
from dispatch.outcome import Outcome, Rung, Status
from dispatch.solve import PROVEN_GAP_RATIO, Solution, solver_name
from dispatch.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How far a solution is proven and what that took, 元 and seconds."""

    bound: float
    status: Status
    build_s: float
    seconds: float


def is_proven(objective: float, bound: float, gap: float) -> bool:
    """Whether an objective is as near its bound as was asked, or as figures are exact."""
    return bound - objective <= max(gap, 2 * PROVEN_GAP_RATIO) * max(1.0, abs(objective))


def outcome_of(task: Task, rung: Rung, made: Matrix, found: Solution, proof: Proof) -> Outcome:
    """The powers, the objective and the prices of a solution; prices only where it has no open integers."""
    calls = made.rows.get("season_calls")
    has_prices = bool(found.row_dual.size)
    return Outcome(
        rung=rung,
        charge_mw=np.clip(found.x[made.columns["charge_mw"]], 0.0, task.station.charge_limit_mw),
        discharge_mw=np.clip(found.x[made.columns["discharge_mw"]], 0.0, task.station.discharge_limit_mw),
        objective_cny=found.objective,
        best_bound_cny=max(proof.bound, found.objective),
        status=proof.status,
        solver=solver_name(),
        build_s=proof.build_s,
        solve_s=proof.seconds - proof.build_s,
        call_price_cny=abs(float(found.row_dual[calls[0]])) if calls is not None and has_prices else None,
        stored_worth_cny_per_mwh=_stored_worth(made, found) if has_prices else None,
        binaries=int(made.is_integer.sum()),
    )


def _stored_worth(made: Matrix, found: Solution) -> Floats | None:
    """The price of the energy balance, its sign that of the stored energy in the row."""
    rows = made.rows.get("energy_balance")
    if rows is None:
        return None
    first = slice(made.starts[rows[0]], made.starts[rows[0] + 1])
    sign = made.coefficient[first][made.index[first] == made.columns["stored_mwh"][0]]
    worth: Floats = found.row_dual[rows] * np.sign(sign)
    return worth
