"""The matrix tiled from one Pyomo step is the ordinary Pyomo model, read here row by row without it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyomo.core import Constraint, Objective, Var, value
from pyomo.repn.standard_repn import generate_standard_repn
from random_tasks import tasks

from dispatch.arrays import Flags
from dispatch.formulate import whole_model
from dispatch.matrix import Matrix, matrix
from dispatch.task import Task, block, own_block
from tariffs.vocabulary.errors import HuchuError

Name = tuple[str, Any]
Row = tuple[tuple[tuple[Name, float], ...], float, float]


class Plain:
    """A model as plain dicts: cost and bounds by variable, rows by constraint; a row of one variable is a bound."""

    def __init__(self) -> None:
        self.cost: dict[Name, float] = {}
        self.bounds: dict[Name, list[float]] = {}
        self.integers: set[Name] = set()
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def add_row(self, name: str, entries: Mapping[Name, float], lower: float, upper: float) -> None:
        kept = {column: coefficient for column, coefficient in entries.items() if coefficient != 0}
        if not kept and lower <= 0 <= upper:
            return
        if len(kept) == 1:
            ((column, coefficient),) = kept.items()
            low, high = sorted((lower / coefficient, upper / coefficient))
            bounds = self.bounds[column]
            bounds[:] = [max(bounds[0], low), min(bounds[1], high)]
        else:
            self.rows[name].append((tuple(sorted(kept.items())), lower, upper))


def by_pyomo(model: Any) -> Plain:
    plain = Plain()
    for variable in model.component_data_objects(Var):
        if not variable.fixed:
            name = (variable.parent_component().local_name, variable.index())
            plain.bounds[name] = [
                -np.inf if variable.lb is None else variable.lb,
                np.inf if variable.ub is None else variable.ub,
            ]
            if variable.is_binary():
                plain.integers.add(name)
    for row in model.component_data_objects(Constraint, active=True):
        read = generate_standard_repn(row.body, compute_values=True)
        entries = {
            (variable.parent_component().local_name, variable.index()): coefficient
            for variable, coefficient in zip(read.linear_vars, read.linear_coefs, strict=True)
        }
        lower = -np.inf if row.lower is None else value(row.lower) - read.constant
        upper = np.inf if row.upper is None else value(row.upper) - read.constant
        plain.add_row(row.parent_component().local_name, entries, lower, upper)
    goal = generate_standard_repn(next(iter(model.component_data_objects(Objective))).expr, compute_values=True)
    plain.cost = {
        (variable.parent_component().local_name, variable.index()): coefficient
        for variable, coefficient in zip(goal.linear_vars, goal.linear_coefs, strict=True)
        if coefficient != 0
    }
    return plain


def by_tiling(made: Matrix, exclusive: Flags) -> Plain:
    names: dict[int, Name] = {}
    for name, columns in made.columns.items():
        partial = name in ("charging", "buying")
        steps = np.flatnonzero(exclusive) + 1 if partial else np.arange(1, exclusive.size + 1)
        names |= {int(column): (name, int(step)) for column, step in zip(columns, steps, strict=True)}
    plain = Plain()
    plain.bounds = {name: [made.lower[column], made.upper[column]] for column, name in names.items()}
    plain.integers = {name for column, name in names.items() if made.is_integer[column]}
    plain.cost = {name: made.cost[column] for column, name in names.items() if made.cost[column] != 0}
    for constraint, rows in made.rows.items():
        for row in rows:
            span = slice(made.starts[row], made.starts[row + 1])
            assert np.all(made.coefficient[span] != 0)
            entries = {
                names[int(column)]: float(coefficient)
                for column, coefficient in zip(made.index[span], made.coefficient[span], strict=True)
            }
            assert len(entries) == span.stop - span.start
            plain.add_row(constraint, entries, float(made.row_lower[row]), float(made.row_upper[row]))
    return plain


def assert_same(expected: Plain, actual: Plain) -> None:
    assert pytest.approx(expected.cost) == actual.cost
    assert expected.integers == actual.integers
    assert set(expected.bounds) == set(actual.bounds)
    for name, bounds in expected.bounds.items():
        assert pytest.approx(bounds) == actual.bounds[name], name
    wanted = {name: rows for name, rows in expected.rows.items() if rows}
    assert set(wanted) == {name for name, rows in actual.rows.items() if rows}
    for name, rows in wanted.items():
        _assert_same_rows(sorted(rows), sorted(actual.rows[name]))


def _assert_same_rows(expected: list[Row], actual: list[Row]) -> None:
    """Up to the side of the relation on which a row's terms stand."""
    assert len(expected) == len(actual)
    for (entries, lower, upper), (found, found_lower, found_upper) in zip(expected, actual, strict=True):
        assert pytest.approx(dict(entries)) == dict(found)
        assert pytest.approx((lower, upper)) == (found_lower, found_upper)


def says_nothing(_model: Any, _station: Any, _terms: Any) -> None:
    """A block that adds no constraint."""


@settings(max_examples=60, deadline=None)
@given(task=tasks(), chosen=st.integers(0, 2**9 - 1))
def test_the_tiled_matrix_is_the_ordinary_model(task: Task, chosen: int) -> None:
    count = task.station.horizon.count
    exclusive = np.array([bool(chosen >> step & 1) for step in range(count)])
    expected = by_pyomo(whole_model(task, exclusive))
    assert_same(expected, by_tiling(matrix([task], exclusive), exclusive))


@settings(max_examples=20, deadline=None)
@given(task=tasks())
def test_a_model_read_row_by_row_is_the_ordinary_model(task: Task) -> None:
    """A block of the user's own, here one that says nothing, has the whole model read as it stands."""
    everywhere = np.ones(task.station.horizon.count, np.bool_)
    with_own = replace(task, blocks=(*task.blocks, own_block(says_nothing)))
    assert_same(by_pyomo(whole_model(task)), by_tiling(matrix([with_own]), everywhere))


@settings(max_examples=20, deadline=None)
@given(task=tasks(), other=tasks())
def test_stations_of_one_shape_stand_one_after_another(task: Task, other: Task) -> None:
    second = replace(task, station=replace(task.station, initial_stored_mwh=other.station.initial_stored_mwh + 0.25))
    alone, after, both = matrix([task]), matrix([second]), matrix([task, second])
    columns, rows, entries = alone.cost.size, alone.row_lower.size, alone.index.size
    assert np.concatenate([alone.cost, after.cost]).tolist() == both.cost.tolist()
    assert np.concatenate([alone.row_upper, after.row_upper]).tolist() == both.row_upper.tolist()
    assert (after.index + columns).tolist() == both.index[entries:].tolist()
    assert (after.starts + entries).tolist() == both.starts[rows:].tolist()
    stored = [alone.columns["stored_mwh"], after.columns["stored_mwh"] + columns]
    assert np.concatenate(stored).tolist() == both.columns["stored_mwh"].tolist()


def test_tasks_of_different_blocks_are_not_stacked(station_of: Any, task_of: Any) -> None:
    one = task_of(station_of(2), [block("power_limits")], [1.0, 2.0])
    other = task_of(station_of(2), [block("energy_balance")], [1.0, 2.0])
    with pytest.raises(HuchuError, match="solve them apart"):
        matrix([one, other])
