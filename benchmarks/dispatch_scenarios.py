"""Twenty price forecasts of one year: one solver object that keeps its basis, beside a fresh solver for each."""

from dataclasses import replace

import numpy as np

from benchmarks.dispatch_case import SEED, Case, Floats
from benchmarks.dispatch_ours import task_of
from dispatch.matrix import Matrix, matrix
from dispatch.outcome import Limits
from dispatch.solve import WarmSolver, solve

SCENARIOS = 20
SPREAD_CNY_PER_MWH = 15.0


def warm(case: Case) -> float:
    """The revenues of all scenarios added up, 元; the basis of each is the start of the next."""
    made = _matrix(case)
    solver = WarmSolver(made)
    return float(sum(solver.solve(cost=cost).objective for cost in _costs(case, made)))


def fresh(case: Case) -> float:
    """The same, each scenario from nothing; the matrix is built once here too."""
    made = _matrix(case)
    return float(sum(solve(replace(made, cost=cost), Limits()).objective for cost in _costs(case, made)))


def _matrix(case: Case) -> Matrix:
    return matrix([task_of(case)], np.zeros(case.steps, np.bool_))


def _costs(case: Case, made: Matrix) -> list[Floats]:
    """The prices of the case with a random level for each day."""
    random = np.random.default_rng(SEED)
    costs = []
    for _ in range(SCENARIOS):
        price = np.repeat(random.normal(0.0, SPREAD_CNY_PER_MWH, case.days), case.steps_per_day) * case.hours
        price += random.normal(0.0, SPREAD_CNY_PER_MWH / 3, price.size) * case.hours
        cost = made.cost.copy()
        cost[made.columns["charge_mw"]] -= price
        cost[made.columns["discharge_mw"]] += price
        costs.append(cost)
    return costs
