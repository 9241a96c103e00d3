"""Random tasks against a solver's linear and mixed-integer optimum, written apart from the product."""

import numpy as np
import pytest
from by_solver import prices, solved
from station_cases import random_task, with_calls

from dispatch.outcome import Infeasible, Outcome
from dispatch.program import largest_calls, program
from dispatch.task import Task

LITTLE_CNY = 500.0


def best(task: Task, *, binaries: bool) -> float | None:
    try:
        return solved(task, binaries=binaries)
    except Infeasible:
        return None


def same(expected: float | None, got: float | None, ratio: float) -> bool:
    """Whether two amounts agree, or both are missing; a few 元 are not told apart by their share."""
    if expected is None or got is None:
        return expected is got
    return abs(expected - got) <= ratio * max(abs(expected), LITTLE_CNY)


def found(task: Task) -> Outcome | None:
    try:
        return program(task)
    except Infeasible:
        return None


def broken_law(task: Task, outcome: Outcome) -> str:
    """The first law that a schedule breaks, or nothing."""
    station, hours = task.station, task.station.hours
    charge, discharge = outcome.charge_mw, outcome.discharge_mw
    stored, inside = station.initial_stored_mwh, True
    for step in range(charge.size):
        gained = hours * charge[step] * station.charge_efficiency
        stored = station.kept_ratio * stored + gained - hours * discharge[step] / station.discharge_efficiency
        inside &= station.min_stored_mwh[step] - 1e-6 <= stored <= station.max_stored_mwh[step] + 1e-6
    final, calls = task.terms("final_stored_energy"), task.terms("season_calls")
    paid, due = prices(task)
    earned = hours * float(due @ discharge - paid @ charge)
    laws = {
        "both at once": not np.any((charge > 0.0) & (discharge > 0.0)),
        "charge limit": np.all((charge >= 0.0) & (charge <= station.charge_limit_mw * (1 + 1e-9))),
        "discharge limit": np.all((discharge >= 0.0) & (discharge <= station.discharge_limit_mw * (1 + 1e-9))),
        "stored energy": inside,
        "end": final is None or abs(stored - final.final_stored_mwh) < 1e-6,
        "calls": calls is None
        or hours * float((calls.in_season / station.energy_mwh) @ discharge) >= calls.calls * (1 - 1e-8) - 1e-9,
        "objective": earned == pytest.approx(outcome.objective_cny, rel=1e-9, abs=1e-6),
    }
    return next((law for law, kept in laws.items() if not kept), "")


def test_the_linear_optimum_is_reached_where_doing_both_at_once_never_pays() -> None:
    """Prices not below zero and no calls: the linear program has no reason to cheat."""
    wrong, feasible = [], 0
    for seed in range(120):
        task = random_task(seed, 60, positive=True)
        expected, outcome = best(task, binaries=False), found(task)
        got = None if outcome is None else outcome.objective_cny
        feasible += expected is not None
        if not same(expected, got, 1e-9):
            wrong.append(f"{seed}: {expected} {got}")
    assert [] == wrong
    assert 60 < feasible


def test_the_mixed_integer_optimum_is_reached_with_calls_and_negative_prices() -> None:
    wrong, feasible = [], 0
    for seed in range(150):
        task = random_task(seed, 14)
        expected, outcome = best(task, binaries=True), found(task)
        got = None if outcome is None else outcome.objective_cny
        feasible += expected is not None
        if not same(expected, got, 1e-7):
            wrong.append(f"{seed}: {expected} {got}")
    assert [] == wrong
    assert 75 < feasible


def test_a_schedule_keeps_every_law() -> None:
    outcomes = [(task, found(task)) for task in (random_task(seed, 40) for seed in range(500, 700))]
    broken = [broken_law(task, outcome) for task, outcome in outcomes if outcome is not None]
    assert [] == [law for law in broken if law]
    assert 100 < len(broken)


def test_no_more_calls_are_feasible_than_the_largest_number_and_that_many_are() -> None:
    """Judged by the solver with binaries."""
    for seed in range(40):
        task = random_task(seed, 10)
        if task.terms("season_calls") is None or not task.terms("season_calls").in_season.any():
            continue
        try:
            largest = largest_calls(task)
        except Infeasible:
            assert best(with_calls(task, 0.0), binaries=True) is None
            continue
        assert largest.upper == pytest.approx(largest.reached, abs=1e-9)
        assert best(with_calls(task, largest.reached * (1 - 1e-7)), binaries=True) is not None
        assert best(with_calls(task, largest.upper + 1e-3), binaries=True) is None
