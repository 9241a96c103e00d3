"""What one station is to be planned for: its steps, its prices, the listed constraint blocks and one objective."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from dispatch.arrays import Flags, Floats, Integers
from dispatch.station.steps import StationSteps
from tariffs.vocabulary.errors import InputError, UsageError, Words, nearest

BLOCKS: Final = "dispatch.blocks"
OBJECTIVES: Final = "dispatch.objectives"
FLEET_OBJECTIVES: Final = ("peak_shaving", "wind_following", "peak_and_revenue")
"""The objectives that tie stations together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPrices:
    """Price of each step for energy taken from and given to the grid; integers of 1e-6 元/kWh, which is 1e-3 元/MWh."""

    charge_e6: Integers
    discharge_e6: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A constraint block of a plan: its function and its terms.

    Shape   `uses` is what the block takes instead of what it needs, where a block before it has added it; `terms` is a
            record of floats, or arrays with one figure a step; nothing for a block without terms
    """

    name: str
    add: Callable[[Any, Any, Any], None]
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    uses: tuple[str, ...] = ()
    terms: object | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is maximised, in 元: the function of a leaf of dispatch/objectives, and its terms."""

    name: str
    revenue: Callable[[Any, Any, Any], Any]
    needs: tuple[str, ...]
    terms: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One station, one horizon, one objective.

    Shape   `preference` ranks steps among schedules that earn the same: higher is a better time to discharge;
            `in_season` says which steps lie on season days; without prices (`is_priced` false) they are zero and no
            bill may be made of them
    """

    station: StationSteps
    prices: StepPrices
    in_season: Flags
    blocks: tuple[Block, ...]
    objective: Objective
    preference: Floats | None = None
    is_priced: bool = True

    def terms(self, name: str) -> Any:
        """The terms of a listed block; nothing where the block is not listed."""
        return next((block.terms for block in self.blocks if block.name == name), None)

    @property
    def block_names(self) -> tuple[str, ...]:
        """The names of the listed blocks, in order."""
        return tuple(block.name for block in self.blocks)

    @property
    def calls_wanted(self) -> float:
        """Full discharges asked of the season days."""
        terms = self.terms("season_calls")
        return 0.0 if terms is None else float(terms.calls)


def block(name: str, terms: object | None = None) -> Block:
    """The constraint block of that name: the file of that name in dispatch/blocks.

    Raises  UsageError if there is none
    """
    leaf = _leaf(BLOCKS, name, Words("约束", "constraint block"))
    uses = getattr(leaf, "USES", ())
    return Block(name=name, add=leaf.add, needs=leaf.NEEDS, adds=leaf.ADDS, uses=uses, terms=terms)


def own_block(source: Path | Callable[[Any, Any, Any], None]) -> Block:
    """A block of the user's own: a function, or a file with `add`.

    Raises  InputError if the file has no function `add(model, station, terms)`
    """
    if not isinstance(source, Path):
        return Block(name=getattr(source, "__name__", "own"), add=source, needs=(), adds=())
    found = spec_from_file_location(source.stem, source)
    if found is None or found.loader is None or not source.is_file():
        raise _no_add(source)
    module = module_from_spec(found)
    try:
        found.loader.exec_module(module)
    except Exception as problem:
        raise InputError(
            Words(f"{source.name} 无法载入", f"{source.name} does not load"),
            found=Words(f"{type(problem).__name__}: {problem}", f"{type(problem).__name__}: {problem}"),
            do=Words("参照 dispatch/blocks 中的文件改正", "mend it after the files of dispatch/blocks"),
        ) from problem
    add = getattr(module, "add", None)
    if not callable(add):
        raise _no_add(source)
    needs, adds = tuple(getattr(module, "NEEDS", ())), tuple(getattr(module, "ADDS", ()))
    return Block(name=source.stem, add=add, needs=needs, adds=adds, terms=None)


def objective(name: str, terms: object) -> Objective:
    """The objective of that name: the file of that name in dispatch/objectives.

    Raises  UsageError if there is none
    """
    leaf = _leaf(OBJECTIVES, name, Words("目标", "objective"))
    return Objective(name=name, revenue=leaf.revenue, needs=leaf.NEEDS, terms=terms)


def leaves(package: str) -> tuple[str, ...]:
    """The names of all leaves there are: the files of a folder."""
    folder = Path(import_module(package).__path__[0])
    return tuple(sorted(path.stem for path in folder.glob("[!_]*.py")))


def _leaf(package: str, name: str, kind: Words) -> ModuleType:
    module = f"{package}.{name}"
    if not name.isidentifier() or find_spec(module) is None:
        choices = leaves(package)
        raise UsageError(
            Words(f"没有名为 {name} 的{kind.zh}", f"there is no {kind.en} {name}"),
            found=_listed(choices),
            do=Words(
                f"例如 {nearest(name, choices) or choices[0]}", f"for example {nearest(name, choices) or choices[0]}"
            ),
        )
    return import_module(module)


def _listed(choices: Sequence[str]) -> Words:
    return Words("可选 " + "、".join(choices), "choices " + ", ".join(choices))


def _no_add(source: Path) -> InputError:
    return InputError(
        Words(f"{source.name} 不是约束文件", f"{source.name} is no constraint block"),
        found=Words("没有函数 add(model, station, terms)", "no function add(model, station, terms)"),
        do=Words("参照 dispatch/blocks 中的文件", "follow a file of dispatch/blocks"),
    )
