"""What comes back from the solver: the sign of every price, what a warm solver keeps, and how it says no."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dispatch.matrix import Matrix
from dispatch.outcome import Infeasible, Limits, Status
from dispatch.solve import OutOfTime, WarmSolver, solve, solver_name
from tariffs.vocabulary.errors import UsageError


def knapsack(*, is_integer: bool = False) -> Matrix:
    """Maximise 3 a + 2 b + 7 where a + b <= 4, a - b >= -10, 0 <= a <= 2.5, 0 <= b."""
    return Matrix(
        cost=np.array([3.0, 2.0]),
        offset=7.0,
        lower=np.zeros(2),
        upper=np.array([2.5, np.inf]),
        is_integer=np.array([is_integer, is_integer]),
        row_lower=np.array([-np.inf, -10.0]),
        row_upper=np.array([4.0, np.inf]),
        starts=np.array([0, 2, 4]),
        index=np.array([0, 1, 0, 1]),
        coefficient=np.array([1.0, 1.0, 1.0, -1.0]),
        columns={"a": np.array([0]), "b": np.array([1])},
        rows={"sum": np.array([0]), "difference": np.array([1])},
    )


def changed(matrix: Matrix, **parts: Any) -> Matrix:
    return replace(matrix, **parts)


def test_the_optimum_and_the_price_of_each_row_and_bound() -> None:
    """a = 2.5, b = 1.5: 7.5 + 3 + 7; one more of the sum adds a b, one more of a's bound swaps a b for an a."""
    found = solve(knapsack(), Limits())
    assert pytest.approx([2.5, 1.5]) == found.x
    assert pytest.approx(17.5) == found.objective
    assert pytest.approx([2.0, 0.0]) == found.row_dual
    assert pytest.approx([1.0, 0.0]) == found.column_dual
    assert Status.OPTIMAL is found.status


def test_a_row_that_costs_has_a_negative_price() -> None:
    """b >= a + 1 is worth less than a = 2.5: a = b - 1 = 1.5; one more to stay below costs half an a for half a b."""
    demanding = changed(knapsack(), row_lower=np.array([-np.inf, -np.inf]), row_upper=np.array([4.0, -1.0]))
    found = solve(demanding, Limits())
    assert pytest.approx([1.5, 2.5]) == found.x
    assert pytest.approx([2.5, 0.5]) == found.row_dual


def test_integers_are_whole_and_leave_no_prices() -> None:
    found = solve(knapsack(is_integer=True), Limits())
    assert pytest.approx([2.0, 2.0]) == found.x
    assert pytest.approx(17.0) == found.objective == found.bound
    assert 0 == found.row_dual.size


def test_a_warm_solver_keeps_what_is_not_replaced() -> None:
    solver = WarmSolver(knapsack())
    assert pytest.approx(17.5) == solver.solve().objective
    assert pytest.approx(4 * 5 + 7) == solver.solve(cost=np.array([3.0, 5.0])).objective
    assert pytest.approx(6 * 5 + 7) == solver.solve(row_upper=np.array([6.0, np.inf])).objective
    assert pytest.approx([5.0, 1.0]) == solver.solve(lower=np.array([5.0, 0.0]), upper=np.array([5.0, 9.0])).x


def test_bounds_that_cross_are_infeasible_and_those_that_cross_by_rounding_are_not() -> None:
    with pytest.raises(Infeasible):
        solve(changed(knapsack(), lower=np.array([2.6, 0.0])), Limits())
    nudged = changed(knapsack(), lower=np.array([2.5 + 1e-12, 0.0]))
    assert pytest.approx(17.5) == solve(nudged, Limits()).objective


def test_rows_that_cannot_be_met_are_infeasible() -> None:
    with pytest.raises(Infeasible):
        solve(changed(knapsack(), row_lower=np.array([-np.inf, 3.0])), Limits())


def test_an_objective_without_limit_is_refused_with_what_to_list() -> None:
    with pytest.raises(UsageError, match="list the blocks that limit power"):
        solve(
            changed(knapsack(), row_upper=np.array([np.inf, np.inf]), row_lower=np.array([-np.inf, -np.inf])), Limits()
        )


def market_split(width: int, room: float) -> Matrix:
    """Sixty choices of yes or no, and some sums that must fall into a narrow range."""
    random = np.random.default_rng(5)
    count = 60
    return Matrix(
        cost=random.integers(5, 90, count).astype(float),
        offset=0.0,
        lower=np.zeros(count),
        upper=np.ones(count),
        is_integer=np.ones(count, np.bool_),
        row_lower=np.full(width, 300.0),
        row_upper=np.full(width, 300.0 + room),
        starts=np.arange(0, count * width + 1, count),
        index=np.tile(np.arange(count), width),
        coefficient=random.integers(1, 40, count * width).astype(float),
        columns={},
        rows={},
    )


def test_no_time_at_all_gives_no_schedule() -> None:
    with pytest.raises(OutOfTime, match="in time"):
        solve(market_split(12, 1.0), Limits(time_limit_s=0.0))


def test_a_search_tells_its_bound_and_what_it_has_so_far() -> None:
    seen: list[tuple[float, float, float, float]] = []
    found = solve(market_split(3, 20.0), Limits(), report=lambda *figures: seen.append(figures))
    assert seen
    assert all(bound >= found.objective - 1e-6 >= best - 1e-3 for bound, best, _, _ in seen)


def test_the_solver_is_named_with_its_version() -> None:
    assert solver_name().startswith("HiGHS 1.")
