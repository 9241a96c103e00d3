"""The tiled matrix of a fleet is the ordinary Pyomo model of it, read here row by row without the product's own reader."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyomo.core import Constraint, Var, value
from pyomo.repn.standard_repn import generate_standard_repn
from random_fleets import fleets

from dispatch.arrays import Flags
from dispatch.fleet.formulate import whole_fleet, write_fleet
from dispatch.fleet.task import FleetTask
from dispatch.fleet.tiling import FleetMatrix, fleet_matrix
from dispatch.outcome import Infeasible
from dispatch.solve import WarmSolver

Name = tuple[str, str, Any]
Entries = dict[Name, float]
PARTIAL = ("charging", "buying")
"""Variables that are there in the steps only that have binaries."""


class Plain:
    """A model as plain dicts; a row of one variable is a bound."""

    def __init__(self) -> None:
        self.goals: list[tuple[Entries, float]] = []
        self.bounds: dict[Name, list[float]] = {}
        self.integers: set[Name] = set()
        self.rows: list[tuple[Entries, float, float]] = []

    def add_row(self, entries: Mapping[Name, float], lower: float, upper: float) -> None:
        kept = {column: coefficient for column, coefficient in entries.items() if coefficient != 0}
        if not kept and lower <= 0 <= upper:
            return
        if not kept:
            self.rows.append(({}, lower, upper))
        elif len(kept) == 1:
            ((column, coefficient),) = kept.items()
            low, high = sorted((lower / coefficient, upper / coefficient))
            self.bounds[column][:] = [max(self.bounds[column][0], low), min(self.bounds[column][1], high)]
        else:
            # the sign of a row is a matter of the side on which its terms stand
            is_turned = kept[min(kept)] < 0
            low, high = (-upper, -lower) if is_turned else (lower, upper)
            self.rows.append(({name: -each if is_turned else each for name, each in kept.items()}, low, high))

    def sorted_rows(self) -> list[tuple[Entries, float, float]]:
        def key(row: tuple[Entries, float, float]) -> Any:
            return sorted((name, round(each, 6)) for name, each in row[0].items()), round(row[1], 6), round(row[2], 6)

        return sorted(self.rows, key=key)


def name_of(variable: Any) -> Name:
    """Owner, variable and step: the owner is a station's number or a leaf's label."""
    component = variable.parent_component()
    block = component.parent_block()
    owner = str(block.index()) if block.parent_component().local_name == "station" else block.local_name
    return owner, component.local_name, variable.index() or 0


def by_pyomo(model: Any) -> Plain:
    plain = Plain()
    for variable in model.component_data_objects(Var):
        if not variable.fixed:
            bounds = [-np.inf if variable.lb is None else variable.lb, np.inf if variable.ub is None else variable.ub]
            plain.bounds[name_of(variable)] = bounds
            if variable.is_binary():
                plain.integers.add(name_of(variable))
    for row in model.component_data_objects(Constraint, active=True):
        read = generate_standard_repn(row.body, compute_values=True)
        entries = _entries(read)
        lower = -np.inf if row.lower is None else value(row.lower) - read.constant
        upper = np.inf if row.upper is None else value(row.upper) - read.constant
        plain.add_row(entries, lower, upper)
    for number in model.goal:
        read = generate_standard_repn(model.goal[number].objective.expr, compute_values=True)
        plain.goals.append((_entries(read), float(read.constant)))
    return plain


def _entries(read: Any) -> Entries:
    pairs = zip(read.linear_vars, read.linear_coefs, strict=True)
    return {name_of(variable): coefficient for variable, coefficient in pairs if coefficient != 0}


def by_tiling(made: FleetMatrix, exclusive: Sequence[Flags]) -> Plain:
    names: dict[int, Name] = {}
    for number, columns in enumerate(made.stations):
        for variable, places in columns.items():
            own = np.flatnonzero(exclusive[number]) + 1 if variable in PARTIAL else range(1, exclusive[number].size + 1)
            whole = [0] if places.size == 1 and variable == "calls_share" else own
            names |= {int(place): (str(number), variable, int(step)) for place, step in zip(places, whole, strict=True)}
    for label, columns in made.leaf_columns.items():
        for variable, places in columns.items():
            steps = [0] if variable in ("peak_mw", "least_share") else range(1, places.size + 1)
            names |= {int(place): (label, variable, step) for place, step in zip(places, steps, strict=True)}
    matrix, plain = made.matrix, Plain()
    assert len(names) == matrix.cost.size
    plain.bounds = {name: [matrix.lower[column], matrix.upper[column]] for column, name in names.items()}
    plain.integers = {name for column, name in names.items() if matrix.is_integer[column]}
    for row in range(matrix.row_lower.size):
        span = slice(matrix.starts[row], matrix.starts[row + 1])
        entries = {
            names[int(n)]: float(each) for n, each in zip(matrix.index[span], matrix.coefficient[span], strict=True)
        }
        assert len(entries) == span.stop - span.start
        plain.add_row(entries, float(matrix.row_lower[row]), float(matrix.row_upper[row]))
    for goal in made.goals:
        plain.goals.append(({names[int(n)]: float(goal.cost[n]) for n in np.flatnonzero(goal.cost)}, goal.offset))
    return plain


def assert_same(expected: Plain, actual: Plain) -> None:
    assert expected.integers == actual.integers
    assert set(expected.bounds) == set(actual.bounds)
    for name, bounds in expected.bounds.items():
        assert pytest.approx(bounds) == actual.bounds[name], name
    assert len(expected.goals) == len(actual.goals)
    for (cost, offset), (found, found_offset) in zip(expected.goals, actual.goals, strict=True):
        assert pytest.approx(cost) == found
        assert pytest.approx(offset) == found_offset
    assert len(expected.rows) == len(actual.rows)
    for (entries, lower, upper), (found, found_lower, found_upper) in zip(
        expected.sorted_rows(), actual.sorted_rows(), strict=True
    ):
        assert pytest.approx(entries) == found
        assert pytest.approx((lower, upper)) == (found_lower, found_upper)


@settings(max_examples=60, deadline=None)
@given(task=fleets(), chosen=st.integers(0, 2**15 - 1))
def test_the_tiled_matrix_of_a_fleet_is_the_ordinary_model(task: FleetTask, chosen: int) -> None:
    count = task.horizon.count
    exclusive = [
        np.array([bool(chosen >> (number * count + step) & 1) for step in range(count)])
        for number in range(len(task.stations))
    ]
    assert_same(by_pyomo(whole_fleet(task, exclusive)), by_tiling(fleet_matrix(task, exclusive), exclusive))


@pytest.mark.parametrize("ending", ["lp", "mps"])
@settings(max_examples=12, deadline=None)
@given(task=fleets(most_stations=2, most_steps=3))
def test_a_written_model_has_the_optimum_of_the_first_goal(
    tmp_path_factory: pytest.TempPathFactory, ending: str, task: FleetTask
) -> None:
    path: Path = tmp_path_factory.mktemp("models") / f"fleet.{ending}"
    write_fleet(task, path)
    reader: Any = highspy.Highs()
    reader.setOptionValue("output_flag", False)
    reader.setOptionValue("mip_rel_gap", 0.0)
    assert reader.readModel(str(path)) != highspy.HighsStatus.kError
    reader.run()
    made = fleet_matrix(task)
    try:
        expected = WarmSolver(made.matrix).solve().objective
    except Infeasible:
        assert reader.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        return
    sign = 1.0 if reader.getObjectiveSense()[1] == highspy.ObjSense.kMaximize else -1.0
    assert pytest.approx(expected, rel=1e-6, abs=1e-5) == sign * reader.getInfo().objective_function_value
