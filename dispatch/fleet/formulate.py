"""What holds for several stations as Pyomo models: of one step whose sums are symbols, or of all stations and steps."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from pyomo.core import Block, ConcreteModel, Expression, Objective, Param, Set, Var, maximize, quicksum

from dispatch.arrays import Flags
from dispatch.fleet.task import FleetLeaf, FleetTask
from dispatch.formulate import STEP, Figures, refuse_model_file, whole_model

FLEET: Final = "fleet"
TERMS: Final = "terms"
TOTALS: Final = {"taken_total_mw": ("bought_mw", "charge_mw"), "given_total_mw": ("sold_mw", "discharge_mw")}
"""Sums over stations at each step: of the first variable where a station has it, else of the second."""
OF_STATIONS: Final = ("calls_share",)
"""Variables of a station over the whole horizon that a leaf may read by station."""
STATION_OBJECTIVES: Final = "station_objectives"


def leaf_figures(task: FleetTask, leaf: FleetLeaf) -> dict[str, Figures]:
    """Every figure that a leaf may read: of the fleet, and of its terms; a float, or an array with one figure a step."""
    terms = {} if leaf.terms is None else {each.name: getattr(leaf.terms, each.name) for each in fields(leaf.terms)}
    return {FLEET: {"hours": task.horizon.hours}, TERMS: terms}


def one_step_leaf(task: FleetTask, leaf: FleetLeaf) -> tuple[Any, tuple[Any, ...]]:
    """The model of a leaf over one step and one station, and its goals; sums over stations are variables."""
    model = ConcreteModel()
    model.steps = Set(initialize=(STEP,))
    model.stations = Set(initialize=(STEP,))
    for name in TOTALS:
        setattr(model, name, Var(model.steps))
    for name in OF_STATIONS:
        setattr(model, name, Var(model.stations))
    setattr(model, STATION_OBJECTIVES, Var())
    for name, named in leaf_figures(task, leaf).items():
        setattr(model, name, _parameters(model, named, is_symbolic=True))
    return model, leaf.goals(model, getattr(model, FLEET), getattr(model, TERMS))


def whole_fleet(task: FleetTask, exclusive: Sequence[Flags] | None = None) -> Any:
    """The ordinary model of every station and step, with one objective a goal, the first of them active.

    Shape   `station[i]` holds the model of a station, a block named for its label each leaf; `exclusive` says by
            station which steps have binaries where a block wants them, nothing means all
    """
    model = ConcreteModel()
    model.station = Block(range(len(task.stations)))
    for number, each in enumerate(task.stations):
        own = whole_model(each, None if exclusive is None else exclusive[number])
        own.objective.deactivate()
        model.station[number].transfer_attributes_from(own)
    goals = {leaf.label: _whole_leaf(model, task, leaf) for leaf in task.leaves}
    model.goal = Block(range(sum(len(each) for each in goals.values())))
    for number, (leaf, which) in enumerate(goal_order(task, {name: len(each) for name, each in goals.items()})):
        model.goal[number].objective = Objective(expr=goals[leaf][which], sense=maximize)
        if number:
            model.goal[number].objective.deactivate()
    return model


def write_fleet(task: FleetTask, path: Path) -> None:
    """The ordinary model, with its first goal, as a file in the form that its ending names (.lp or .mps).

    Raises  UsageError if the ending is another
    """
    refuse_model_file(path)
    import_module("pyomo.environ")
    whole_fleet(task).write(str(path), io_options={"symbolic_solver_labels": True})


def goal_order(task: FleetTask, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The goals in the order in which they are reached: label of the leaf and number among its own."""

    def of(leaves: Sequence[FleetLeaf]) -> list[tuple[str, int]]:
        return [(leaf.label, number) for leaf in leaves for number in range(counts[leaf.label])]

    own = of([task.objective])
    return [*of(task.first), *own[:1], *of(task.after_first), *own[1:]]


def _whole_leaf(model: Any, task: FleetTask, leaf: FleetLeaf) -> tuple[Any, ...]:
    block = Block(concrete=True)
    model.add_component(leaf.label, block)
    block.steps = Set(initialize=range(STEP, task.horizon.count + STEP))
    block.stations = Set(initialize=[int(number) for number in leaf.members])
    for name, choices in TOTALS.items():
        setattr(block, name, Expression(block.steps, rule=_total(model, leaf, choices)))
    for name in OF_STATIONS:
        if all(hasattr(model.station[number], name) for number in block.stations):
            setattr(block, name, Expression(block.stations, rule=_of_station(model, name)))
    setattr(
        block, STATION_OBJECTIVES, Expression(expr=quicksum(model.station[i].objective.expr for i in model.station))
    )
    for name, named in leaf_figures(task, leaf).items():
        setattr(block, name, _parameters(block, named, is_symbolic=False))
    return leaf.goals(block, getattr(block, FLEET), getattr(block, TERMS))


def _total(model: Any, leaf: FleetLeaf, choices: tuple[str, str]) -> Any:
    def over_members(_block: Any, t: Any) -> Any:
        return quicksum(grid_variable(model.station[int(i)], choices)[t] for i in leaf.members)

    return over_members


def _of_station(model: Any, name: str) -> Any:
    return lambda _block, i: getattr(model.station[i], name)


def grid_variable(own: Any, choices: tuple[str, str]) -> Any:
    """The variable of a station that its grid meter sees."""
    return getattr(own, choices[0]) if hasattr(own, choices[0]) else getattr(own, choices[1])


def _parameters(model: Any, named: Figures, *, is_symbolic: bool) -> Any:
    block = Block(concrete=True)
    for name, figure in named.items():
        is_array = isinstance(figure, np.ndarray)
        if is_symbolic:
            symbol = Param([STEP], mutable=True) if is_array else Param(mutable=True)
            setattr(block, name, symbol)
        elif is_array:
            figures = dict(zip(model.steps, np.asarray(figure).tolist(), strict=True))
            setattr(block, name, Param(model.steps, initialize=figures))
        else:
            setattr(block, name, Param(initialize=figure))
    return block
