"""What the Pyomo model of one step says: variables, families of rows, coefficients as expressions in parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Final

import numpy as np
from pyomo.core import Constraint, Var
from pyomo.core import Objective as Goal
from pyomo.repn.standard_repn import generate_standard_repn

from dispatch.formulate import BEFORE, OBJECTIVE, Figures
from tariffs.vocabulary.errors import InputError, Words

HORIZON: Final = "horizon"
"""A row, or a variable, without index stands for the whole horizon."""
SETS: Final = ("steps", "later_steps", "last_step", "days", "exclusive_steps", "stations")
SHOWN: Final = 120
"""Characters of an expression in a refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A variable: over which set it goes, its bounds as expressions, whether it is an integer."""

    name: str
    over: str
    lower: Any
    upper: Any
    is_integer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A coefficient, as an expression, of a variable of the step or of the step before."""

    column: str
    is_before: bool
    coefficient: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Rows of one kind: over which set they go; lower <= entries + constant <= upper."""

    name: str
    over: str
    entries: tuple[Entry, ...]
    constant: Any
    lower: Any
    upper: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """All that is tiled; expressions know their model only while it is kept."""

    model: Any
    columns: tuple[Column, ...]
    families: tuple[Family, ...]
    objective: Family


def pattern_of(model: Any) -> Pattern:
    """The pattern of a one-step model.

    Raises  InputError if a constraint or the objective is not linear
    """
    goal = next(iter(model.component_data_objects(Goal, active=True)))
    return Pattern(
        model=model,
        columns=tuple(column_of(model, each) for each in model.component_objects(Var)),
        families=tuple(
            family_of(each.local_name, over_of(model, each), row.to_bounded_expression())
            for each in model.component_objects(Constraint, active=True)
            for row in each.values()
        ),
        objective=family_of(OBJECTIVE, HORIZON, (None, goal.expr, None)),
    )


def linear_parts(name: str, body: Any, *, symbolic: bool) -> Any:
    """Variables, coefficients and constant of an expression; as expressions in parameters where symbolic.

    Raises  InputError if it is not linear
    """
    linear = generate_standard_repn(body, compute_values=not symbolic)
    if not linear.is_linear():
        raise InputError(
            Words(f"{name} 不是线性的", f"{name} is not linear"),
            found=Words(shorten(f"{body}", SHOWN), shorten(f"{body}", SHOWN)),
            do=Words("改写为线性式", "write it as a linear expression"),
        )
    return linear


def figure_of(expression: Any, figures: Mapping[str, Figures]) -> Any:
    """An expression in parameters as a figure: a float, or an array with one figure a step.

    Shape   a parameter of the step before has its figure one step later, and none at the first
    """
    if not hasattr(expression, "is_expression_type"):
        return expression
    if expression.is_expression_type():
        return expression._apply_operation([figure_of(part, figures) for part in expression.args])
    component = expression.parent_component()
    figure = figures[component.parent_block().local_name][component.local_name]
    if isinstance(figure, np.ndarray) and expression.index() == BEFORE:
        return np.concatenate([[np.nan], figure[:-1]])
    return figure


def column_of(model: Any, variable: Any) -> Column:
    """A variable of a one-step model as a column."""
    one = list(variable.values())[-1]
    is_base = variable.index_set().local_name not in SETS and BEFORE in variable
    return Column(
        name=variable.local_name,
        over="steps" if is_base else over_of(model, variable),
        lower=one.lower,
        upper=one.upper,
        is_integer=one.is_integer(),
    )


def over_of(model: Any, component: Any) -> str:
    """The set that a component goes over.

    Raises  InputError if it is none of the model's own
    """
    if not component.is_indexed():
        return HORIZON
    name = next((name for name in SETS if component.index_set() is getattr(model, name, None)), None)
    if name is None:
        raise InputError(
            Words(
                f"{component.local_name} 的下标集不是模型自己的", f"{component.local_name} has an index set of its own"
            ),
            found=Words(f"{component.index_set()}", f"{component.index_set()}"),
            do=Words("下标用 " + "、".join(SETS) + " 之一，或不用下标", "use one of " + ", ".join(SETS) + ", or none"),
        )
    return name


def family_of(name: str, over: str, bounded: tuple[Any, Any, Any]) -> Family:
    """Rows of one kind, from the lower bound, the body and the upper bound of one of them.

    Raises  InputError if the body is not linear
    """
    lower, body, upper = bounded
    linear = linear_parts(name, body, symbolic=True)
    entries = tuple(
        Entry(column=each.parent_component().local_name, is_before=each.index() == BEFORE, coefficient=coefficient)
        for each, coefficient in zip(linear.linear_vars, linear.linear_coefs, strict=True)
    )
    return Family(name=name, over=over, entries=entries, constant=linear.constant, lower=lower, upper=upper)
