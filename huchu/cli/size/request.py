"""What the command line of `huchu size` asks for, as it is typed. Light: it is filled before anything else is loaded."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu size` asks for; nothing where an option is not given."""

    project: Path | None = None
    example: bool = False
    scenarios: tuple[str, ...] = ()
    size: str | None = None
    sweep: str | None = None
    settings: Path | None = None
    time_limit_s: str | None = None
    gap: str | None = None
    out: Path | None = None
    plot: bool = True
    force: bool = False
