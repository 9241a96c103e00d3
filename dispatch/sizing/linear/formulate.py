"""The sizing model as Pyomo: the size with its limits and worth, one schedule a typical year, one objective."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from pyomo.core import Block, ConcreteModel, Constraint, Expression, Objective, maximize

from dispatch import task as tasks
from dispatch.arrays import Flags
from dispatch.formulate import BEFORE, refuse_model_file, whole_model
from dispatch.size_blocks import rated_size, size_limits, supported_power
from dispatch.sizing.linear.case import SizeCase, Year
from dispatch.sizing.linear.unit import unit_task


def size_model(case: SizeCase) -> Any:
    """The size alone: its limits, and what it is worth apart from any schedule, 元, without what hangs on no size."""
    model = ConcreteModel()
    rated_size.add(model, None, None)
    size_limits.add(model, None, case.limit_terms)
    worth = case.worth
    worth_cny = worth.power_cny_per_mw * model.power_mw + worth.energy_cny_per_mwh * model.energy_mwh
    if worth.supported_cny_per_mw:
        supported_power.add(model, None, case.support_terms)
        worth_cny += worth.supported_cny_per_mw * model.supported_mw
    model.objective = Objective(expr=worth_cny, sense=maximize)
    return model


def whole_sizing(case: SizeCase, exclusive: tuple[Flags, ...] | None = None) -> Any:
    """The ordinary model of the size and every step of every typical year.

    Shape   `year[i]` holds the model of a year; `exclusive` says by year which steps have binaries where a block wants
            them, nothing means all
    """
    model = size_model(case)
    model.year = Block(range(len(case.years)))
    earned_cny = model.objective.expr
    for number, year in enumerate(case.years):
        own = _whole_year(model, case, year, None if exclusive is None else exclusive[number])
        own.objective.deactivate()
        model.year[number].transfer_attributes_from(own)
        earned_cny += year.weight * model.year[number].objective.expr
    model.objective.set_value(earned_cny)
    return model


def write_sizing(case: SizeCase, path: Path) -> None:
    """The ordinary model, without any binary, as a file in the form that its ending names (.lp or .mps).

    Raises  UsageError if the ending is another
    """
    refuse_model_file(path)
    import_module("pyomo.environ")
    nowhere = tuple(np.zeros(year.task.station.horizon.count, np.bool_) for year in case.years)
    whole_sizing(case, nowhere).write(str(path), io_options={"symbolic_solver_labels": True})


def _whole_year(model: Any, case: SizeCase, year: Year, exclusive: Flags | None) -> Any:
    """The model of a year, whose size is that of the model above it."""

    def shared(own: Any, _station: Any, _terms: Any) -> None:
        own.power_mw = Expression(expr=model.power_mw)
        own.energy_mwh = Expression(expr=model.energy_mwh)

    size = tasks.Block(name="rated_size", add=shared, needs=rated_size.NEEDS, adds=rated_size.ADDS)
    task = unit_task(case, year, size)
    own = whole_model(task, exclusive)
    # the plain model starts with a figure; here what is stored at the start grows with the size
    own.stored_mwh[BEFORE].unfix()
    share = task.station.initial_stored_mwh
    own.initial_stored_energy = Constraint(expr=own.stored_mwh[BEFORE] - share * model.energy_mwh == 0.0)
    return own
