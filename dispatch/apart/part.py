"""An outcome kept for a run that is taken up again: arrays and figures, and the name of the task that they answer.

No program is in it, so that reading it runs nothing; what it says is verified again before it counts.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from dispatch.arrays import Floats
from dispatch.options import PlanOptions
from dispatch.outcome import Outcome, Rung, Status
from dispatch.task import Task

SOLVERS: Final = ("huchu", "highspy", "numba", "numpy", "pyomo")
OURS: Final = Path(__file__).resolve().parents[1]
ARRAYS: Final = ("charge_mw", "discharge_mw", "stored_worth_cny_per_mwh")
FIGURES: Final = ("objective_cny", "best_bound_cny", "solver", "build_s", "solve_s", "call_price_cny", "binaries")


class _Sum(Protocol):
    def update(self, content: bytes | memoryview, /) -> object: ...


def task_name(task: Task, options: PlanOptions) -> str:
    """The name of everything that decides an outcome: the task, how it is to be solved, and the program that solves.

    Shape   64 letters of a hash
    """
    known = sha256(_program_name().encode())
    _add(known, (task, options.rung, options.limits))
    return known.hexdigest()


def part_of(outcome: Outcome, name: str) -> bytes:
    """The bytes of an outcome; `name` is that of its task."""
    figures = {"task": name, "rung": outcome.rung.value, "status": outcome.status.value}
    # a solver's figures may be numpy's
    told = json.dumps(
        {**figures, **{each: getattr(outcome, each) for each in FIGURES}}, default=lambda each: each.item()
    )
    arrays = {each: found for each in ARRAYS if (found := getattr(outcome, each)) is not None}
    content = io.BytesIO()
    np.savez_compressed(content, figures=np.array(told), **arrays)
    return content.getvalue()


def outcome_in(part: bytes, name: str, count: int) -> Outcome | None:
    """The outcome that a part holds; nothing if it is damaged or answers another task.

    Shape   every array has `count` finite figures
    """
    try:
        with np.load(io.BytesIO(part), allow_pickle=False) as held:
            told = json.loads(str(held["figures"]))
            arrays: dict[str, Any] = {each: _sound(held[each], count) for each in ARRAYS if each in held}
        if told.pop("task") != name:
            return None
        return Outcome(rung=Rung(told.pop("rung")), status=Status(told.pop("status")), **told, **arrays)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile):
        return None


def _sound(figures: Floats, count: int) -> Floats:
    if figures.shape != (count,) or figures.dtype != np.float64 or not np.isfinite(figures).all():
        raise ValueError
    return figures


@cache
def _program_name() -> str:
    """The versions of what solves, and our own sources, for between two releases they change too."""
    known = sha256()
    for name in SOLVERS:
        try:
            known.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for path in sorted(OURS.rglob("*.py")):
        known.update(path.read_bytes())
    return known.hexdigest()


def _add(known: _Sum, part: object) -> None:
    """Adds a record, field by field; a function counts by the name of the block or objective that it belongs to."""
    known.update(f"{type(part).__name__}:".encode())
    if isinstance(part, np.ndarray):
        known.update(f"{part.dtype}{part.shape}".encode())
        known.update(np.ascontiguousarray(part).data)
    elif isinstance(part, Enum):
        known.update(part.name.encode())
    elif is_dataclass(part):
        for field in fields(part):
            known.update(f"{field.name}=".encode())
            _add(known, getattr(part, field.name))
    elif isinstance(part, Mapping):
        for key in part:
            _add(known, key)
            _add(known, part[key])
    elif isinstance(part, tuple | list):
        for each in part:
            _add(known, each)
    elif not callable(part):
        known.update(repr(part).encode())
    known.update(b";")
