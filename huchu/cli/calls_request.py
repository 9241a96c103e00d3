"""What the command line of `huchu calls` asks for, as it is typed. Light: it is filled before anything else is loaded."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu calls` asks for."""

    inputs: tuple[Path, ...]
    on: str | None = None
    compare: bool = False
    month: str | None = None
    orders: Path | None = None
    stations: Path | None = None
    only: tuple[str, ...] = ()
    out: Path | None = None
    plot: bool = True
    settings: Path | None = None
    force: bool = False
