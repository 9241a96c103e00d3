"""The matrix tiled from one Pyomo step is the ordinary sizing model, read here row by row without it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyomo.core import Constraint, Objective, Var, value
from pyomo.repn.standard_repn import generate_standard_repn
from size_cases import random_cases

from dispatch.arrays import Flags
from dispatch.sizing.linear import SizeCase
from dispatch.sizing.linear.formulate import whole_sizing
from dispatch.sizing.linear.tiling import SizingMatrix, sizing_matrix

Name = tuple[str, int, Any]
"""Variable, number of the year (-1 for the size) and step."""
Row = tuple[tuple[tuple[Name, float], ...], float, float]
SIZE_YEAR = -1
ENERGY: Name = ("energy_mwh", SIZE_YEAR, 0)


class Plain:
    """A model as plain dicts; a row of one variable of a year is a bound, what is stored at the start a share of the energy."""

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
            self.bounds[column] = [max(self.bounds[column][0], low), min(self.bounds[column][1], high)]
        else:
            self.rows[name].append((tuple(sorted(kept.items())), lower, upper))


def number_of(component: Any) -> int:
    block = component.parent_block()
    return int(block.index()) if block.parent_block() is not None else SIZE_YEAR


def by_pyomo(model: Any, shares: list[float]) -> Plain:
    plain = Plain()

    def name_of(variable: Any) -> Name:
        return variable.parent_component().local_name, number_of(variable.parent_component()), variable.index() or 0

    def entries_of(read: Any) -> dict[Name, float]:
        entries: dict[Name, float] = defaultdict(float)
        for variable, coefficient in zip(read.linear_vars, read.linear_coefs, strict=True):
            name = name_of(variable)
            if name[0] == "stored_mwh" and name[2] == 0:
                entries[ENERGY] += coefficient * shares[name[1]]
            else:
                entries[name] += coefficient
        return entries

    for variable in model.component_data_objects(Var):
        if name_of(variable)[::2] == ("stored_mwh", 0):
            continue
        plain.bounds[name_of(variable)] = [
            -np.inf if variable.lb is None else variable.lb,
            np.inf if variable.ub is None else variable.ub,
        ]
        if variable.is_binary():
            plain.integers.add(name_of(variable))
    for row in model.component_data_objects(Constraint, active=True):
        read = generate_standard_repn(row.body, compute_values=True)
        lower = -np.inf if row.lower is None else value(row.lower) - read.constant
        upper = np.inf if row.upper is None else value(row.upper) - read.constant
        name = row.parent_component().local_name
        if name != "initial_stored_energy":
            plain.add_row(name, entries_of(read), lower, upper)
    goal = generate_standard_repn(next(iter(model.component_data_objects(Objective, active=True))).expr)
    plain.cost = {name: each for name, each in entries_of(goal).items() if each}
    return plain


def by_tiling(sizing: SizingMatrix, exclusive: tuple[Flags, ...]) -> Plain:
    made, names = sizing.matrix, {}
    for name in ("power_mw", "energy_mwh", "supported_mw"):
        if name in made.columns:
            names[int(made.columns[name][0])] = (name, SIZE_YEAR, 0)
    for number, columns in enumerate(sizing.years):
        for name, places in columns.items():
            if name in ("power_mw", "energy_mwh"):
                continue
            partial = name in ("charging", "buying")
            steps = np.flatnonzero(exclusive[number]) + 1 if partial else np.arange(1, exclusive[number].size + 1)
            names |= {int(place): (name, number, int(step)) for place, step in zip(places, steps, strict=True)}
    assert set(range(made.cost.size)) == set(names)
    plain = Plain()
    plain.bounds = {name: [made.lower[column], made.upper[column]] for column, name in names.items()}
    plain.integers = {name for column, name in names.items() if made.is_integer[column]}
    plain.cost = {name: made.cost[column] for column, name in names.items() if made.cost[column] != 0}
    for constraint, rows in made.rows.items():
        for row in rows:
            span = slice(made.starts[row], made.starts[row + 1])
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
        found = sorted(actual.rows[name])
        assert len(rows) == len(found)
        for (entries, lower, upper), (others, other_lower, other_upper) in zip(sorted(rows), found, strict=True):
            assert pytest.approx(dict(entries)) == dict(others)
            assert pytest.approx((lower, upper)) == (other_lower, other_upper)


@settings(max_examples=60, deadline=None)
@given(asked=random_cases(), chosen=st.integers(0, 2**8 - 1))
def test_the_tiled_matrix_is_the_ordinary_sizing_model(asked: SizeCase, chosen: int) -> None:
    count = asked.years[0].task.station.horizon.count
    exclusive = tuple(np.array([bool(chosen >> step & 1) for step in range(count)]) for _ in asked.years)
    shares = [
        year.task.station.initial_stored_mwh * year.energy_ratio / float(asked.reference.energy_mwh)
        for year in asked.years
    ]
    expected = by_pyomo(whole_sizing(asked, exclusive), shares)
    assert_same(expected, by_tiling(sizing_matrix(asked, exclusive), exclusive))
