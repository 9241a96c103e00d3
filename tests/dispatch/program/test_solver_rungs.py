"""Every rung against the same tasks written straight into the solver: 200 random ones, to 1e-9 or 1e-7 of max(1, |x|)."""

import pytest
from by_solver import solved
from station_cases import random_task

from dispatch.ladder import climbed
from dispatch.outcome import Infeasible, Limits, Rung
from dispatch.task import Task

SEEDS = range(200)
MOST_STEPS = 12


def _expected(task: Task, *, binaries: bool) -> float | None:
    try:
        return solved(task, binaries=binaries)
    except Infeasible:
        return None


def _reached(task: Task, rung: Rung) -> float | None:
    try:
        return climbed(task, rung, Limits()).objective_cny
    except Infeasible:
        return None


@pytest.mark.parametrize(
    ("rung", "binaries", "close"),
    [(Rung.LP, False, 1e-9), (Rung.AUTO, True, 1e-7), (Rung.WARM, True, 1e-7), (Rung.LAZY, True, 1e-7)],
)
def test_a_rung_reaches_the_optimum_of_the_raw_solver(rung: Rung, binaries: bool, close: float) -> None:
    wrong, feasible = [], 0
    for seed in SEEDS:
        task = random_task(seed, MOST_STEPS)
        expected, reached = _expected(task, binaries=binaries), _reached(task, rung)
        feasible += expected is not None
        missing = expected is None or reached is None
        apart = (expected is not reached) if missing else abs(expected - reached) > close * max(1.0, abs(expected))
        if apart:
            wrong.append(f"{seed}: {expected} {reached}")
    assert [] == wrong
    assert len(SEEDS) // 2 < feasible
