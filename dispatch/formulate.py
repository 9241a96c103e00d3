"""Listed blocks become one Pyomo model: over all steps, or over one step whose figures are symbols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from pyomo.common.errors import PyomoException
from pyomo.core import Block, ConcreteModel, NonNegativeReals, Objective, Param, Set, Var, maximize

from dispatch import task as tasks
from dispatch.arrays import Flags, Floats
from dispatch.task import Task
from tariffs.vocabulary.errors import InputError, UsageError, Words

BEFORE: Final = 0
"""Index of the step before the one step; in the whole model, of the start of the horizon."""
STEP: Final = 1
BASE: Final = ("charge_mw", "discharge_mw", "stored_mwh")
"""The variables that a model has before any block."""
STATION: Final = "station"
OBJECTIVE: Final = "objective"

FAULTS: Final = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, PyomoException)
"""What a block of the user's own may raise."""

Figure = float | Floats
Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    """The index sets of a model, and the steps of each day."""

    steps: Sequence[int]
    later_steps: Sequence[int]
    last_step: Sequence[int]
    exclusive_steps: Sequence[int]
    steps_of_day: Mapping[Any, Sequence[int]]


def one_step_model(task: Task) -> Any:
    """The model of one step, whose figures are parameters without a number; every index set has one member.

    Raises  UsageError if a block is listed before what it needs
    """
    one = (STEP,)
    sets = _Sets(steps=one, later_steps=one, last_step=one, exclusive_steps=one, steps_of_day={STEP: one})
    model = _empty(sets, before=(BEFORE,), start=(BEFORE,))
    return _filled(model, task, {name: _symbols(each) for name, each in figures(task).items()})


def whole_model(task: Task, exclusive: Flags | None = None) -> Any:
    """The ordinary model of every step, with `objective` to be maximised, 元.

    Shape   `exclusive` says which steps have binaries where a block wants them; nothing means all
    Raises  UsageError if a block is listed before what it needs
    """
    count = task.station.horizon.count
    steps = range(STEP, count + STEP)
    sets = _Sets(
        steps=steps,
        later_steps=steps[1:],
        last_step=steps[-1:],
        exclusive_steps=steps if exclusive is None else tuple(int(n) + STEP for n in np.flatnonzero(exclusive)),
        steps_of_day=_steps_of_day(task),
    )
    model = _empty(sets, before=(), start=(BEFORE,))
    model.stored_mwh[BEFORE].fix(task.station.initial_stored_mwh)
    return _filled(model, task, {name: _numbers(model, each) for name, each in figures(task).items()})


def write_model(task: Task, path: Path) -> None:
    """The ordinary model as a file in the form that its ending names (.lp or .mps), with readable names.

    Raises  UsageError if the ending is another
    """
    refuse_model_file(path)
    import_module("pyomo.environ")
    whole_model(task).write(str(path), io_options={"symbolic_solver_labels": True})


def refuse_model_file(path: Path) -> None:
    """Nothing, if a model can be written in the form that the file's ending names.

    Raises  UsageError if the ending is neither .lp nor .mps
    """
    if path.suffix not in (".lp", ".mps"):
        raise UsageError(
            Words(
                f"不能写 {path.suffix or path.name} 格式的模型", f"no model is written as {path.suffix or path.name}"
            ),
            found=Words(path.name, path.name),
            do=Words("文件名以 .lp 或 .mps 结尾", "end the name in .lp or .mps"),
        )


def is_own(block: tasks.Block) -> bool:
    """Whether a block is the user's own, that is, no leaf of dispatch/blocks."""
    return not getattr(block.add, "__module__", "").startswith(f"{tasks.BLOCKS}.")


def figures(task: Task) -> dict[str, Figures]:
    """Every figure that a block may read: of the station, of each block's terms, of the objective's terms.

    Shape   by record, then by field: a float, or an array with one figure a step
    """
    station = {**_figures_of(task.station), "hours": task.station.hours}
    blocks = {_terms_of(block.name): _figures_of(block.terms) for block in task.blocks}
    return {STATION: station, **blocks, _terms_of(OBJECTIVE): _figures_of(task.objective.terms)}


def _terms_of(name: str) -> str:
    return f"{name}_terms"


def _figures_of(record: Any) -> Figures:
    named = {} if record is None else {field.name: getattr(record, field.name) for field in fields(record)}
    arrays = {name: np.asarray(each, float) for name, each in named.items() if isinstance(each, np.ndarray)}
    return {**arrays, **{name: float(each) for name, each in named.items() if isinstance(each, int | float)}}


def _steps_of_day(task: Task) -> dict[str, Sequence[int]]:
    horizon = task.station.horizon
    edges = np.searchsorted(horizon.day_of_step, np.arange(len(horizon.dates) + 1)) + STEP
    return {
        day.isoformat(): range(first, until)
        for day, first, until in zip(horizon.dates, edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    }


def _empty(sets: _Sets, *, before: tuple[int, ...], start: tuple[int, ...]) -> Any:
    """Index sets and base variables; `before` are indices of a step before the first, `start` those of what is stored."""
    model = ConcreteModel()
    for name in ("steps", "later_steps", "last_step", "exclusive_steps"):
        setattr(model, name, Set(initialize=getattr(sets, name)))
    model.days = Set(initialize=tuple(sets.steps_of_day))
    model.steps_of_day = sets.steps_of_day
    model.charge_mw = Var([*before, *sets.steps], within=NonNegativeReals)
    model.discharge_mw = Var([*before, *sets.steps], within=NonNegativeReals)
    model.stored_mwh = Var([*start, *sets.steps], within=NonNegativeReals)
    return model


def _symbols(named: Figures) -> Any:
    block = Block(concrete=True)
    for name, figure in named.items():
        symbol = Param([BEFORE, STEP], mutable=True) if isinstance(figure, np.ndarray) else Param(mutable=True)
        setattr(block, name, symbol)
    return block


def _numbers(model: Any, named: Figures) -> Any:
    block = Block(concrete=True)
    for name, figure in named.items():
        if isinstance(figure, np.ndarray):
            setattr(block, name, Param(model.steps, initialize=dict(zip(model.steps, figure.tolist(), strict=True))))
        else:
            setattr(block, name, Param(initialize=figure))
    return block


def _filled(model: Any, task: Task, parameters: Mapping[str, Any]) -> Any:
    """The model with the parameters, the blocks in their order and the objective."""
    _refuse_repeated(task.block_names)
    _refuse_late(task.blocks)
    for name, block in parameters.items():
        setattr(model, name, block)
    there = list(BASE)
    for each in task.blocks:
        _refuse_unmet(each.name, each.needs, there)
        _add(each, model, parameters)
        there.extend(each.adds)
    _refuse_unmet(task.objective.name, task.objective.needs, there)
    earned = task.objective.revenue(model, parameters[STATION], parameters[_terms_of(OBJECTIVE)])
    model.objective = Objective(expr=earned, sense=maximize)
    return model


def _add(block: tasks.Block, model: Any, parameters: Mapping[str, Any]) -> None:
    """The block's part of the model; what goes wrong in one of the user's own is said in the user's words."""
    station, terms = parameters[STATION], parameters[_terms_of(block.name)]
    if not is_own(block):
        block.add(model, station, terms)
        return
    try:
        block.add(model, station, terms)
    except FAULTS as fault:
        word = f"{type(fault).__name__}: {fault}".splitlines()[0]
        raise InputError(
            Words(f"自写约束 {block.name} 运行出错", f"the block {block.name} of your own does not run"),
            found=Words(word, word),
            do=Words("参照 dispatch/blocks 中的文件改正", "mend it after the files of dispatch/blocks"),
        ) from fault


def _refuse_repeated(names: Sequence[str]) -> None:
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None:
        raise UsageError(
            Words(f"{repeated} 列了两次", f"{repeated} is listed twice"),
            found=Words("、".join(names), ", ".join(names)),
            do=Words(f"只列一次 {repeated}", f"list {repeated} once"),
        )


def _refuse_late(blocks: Sequence[tasks.Block]) -> None:
    """What a block takes where the model has it must be there before it."""
    for place, each in enumerate(blocks):
        late = next((later for later in blocks[place + 1 :] if set(each.uses) & set(later.adds)), None)
        if late is not None:
            raise UsageError(
                Words(f"{each.name} 列在 {late.name} 之前", f"{each.name} is listed before {late.name}"),
                found=Words("、".join(b.name for b in blocks), ", ".join(b.name for b in blocks)),
                do=Words(f"把 {late.name} 列在 {each.name} 之前", f"list {late.name} before {each.name}"),
            )


def _refuse_unmet(name: str, needs: Sequence[str], there: Sequence[str]) -> None:
    missing = next((need for need in needs if need not in there), None)
    if missing is None:
        return
    adding = [leaf for leaf in tasks.leaves(tasks.BLOCKS) if missing in import_module(f"{tasks.BLOCKS}.{leaf}").ADDS]
    listed = adding[0] if adding else missing
    raise UsageError(
        Words(f"{name} 列得太早，缺 {missing}", f"{name} is listed before {missing} is there"),
        found=Words("已有 " + "、".join(there), "so far " + ", ".join(there)),
        do=Words(f"把 {listed} 列在 {name} 之前", f"list {listed} before {name}"),
    )
