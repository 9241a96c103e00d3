"""The ordinary Pyomo model of every step, read row by row."""

from typing import Any

import numpy as np
from pyomo.core import Constraint, Objective, Var, value

from dispatch.arrays import Floats, Integers
from dispatch.matrix.layout import Matrix
from dispatch.matrix.pattern import linear_parts


def written_out(model: Any) -> Matrix:
    """The matrix of a whole model, one row a constraint; variables that are fixed stand in the right-hand sides.

    Raises  InputError if a constraint or the objective is not linear
    """
    free = [each for each in model.component_data_objects(Var) if not each.fixed]
    column = {id(each): place for place, each in enumerate(free)}
    rows = [row for family in model.component_objects(Constraint, active=True) for row in family.values()]
    read = [_row(row, column) for row in rows]
    goal = linear_parts(
        "objective", next(iter(model.component_data_objects(Objective, active=True))).expr, symbolic=False
    )
    cost = np.zeros(len(free))
    cost[[column[id(each)] for each in goal.linear_vars]] = goal.linear_coefs
    counts = np.array([0, *(index.size for index, _, _ in read)], np.int64)
    return Matrix(
        cost=cost,
        offset=float(goal.constant),
        lower=np.array([-np.inf if each.lb is None else each.lb for each in free], float),
        upper=np.array([np.inf if each.ub is None else each.ub for each in free], float),
        is_integer=np.array([each.is_integer() for each in free], np.bool_),
        row_lower=np.array([lower for _, _, (lower, _) in read], float),
        row_upper=np.array([upper for _, _, (_, upper) in read], float),
        starts=np.cumsum(counts),
        index=np.concatenate([np.zeros(0, np.int64), *(index for index, _, _ in read)]),
        coefficient=np.concatenate([np.zeros(0), *(coefficient for _, coefficient, _ in read)]),
        columns=_numbers(free),
        rows=_numbers(rows),
    )


def _row(row: Any, column: dict[int, int]) -> tuple[Integers, Floats, tuple[float, float]]:
    """Columns, coefficients and bounds of one constraint."""
    lower, body, upper = row.to_bounded_expression()
    linear = linear_parts(row.name, body, symbolic=False)
    bounds = tuple(
        unbounded if bound is None else value(bound) - linear.constant
        for bound, unbounded in ((lower, -np.inf), (upper, np.inf))
    )
    index = np.array([column[id(each)] for each in linear.linear_vars], np.int64)
    return index, np.array(linear.linear_coefs, float), (bounds[0], bounds[1])


def _numbers(members: list[Any]) -> dict[str, Integers]:
    """The places of the members of each component."""
    places: dict[str, list[int]] = {}
    for place, each in enumerate(members):
        places.setdefault(each.parent_component().local_name, []).append(place)
    return {name: np.array(each, np.int64) for name, each in places.items()}
