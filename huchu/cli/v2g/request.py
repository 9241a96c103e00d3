"""What the command line of `huchu v2g` asks for, as it is typed. Light: it is filled before anything else is loaded."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Figures and choices as they are typed; nothing where an option is not given."""

    objective: str | None = None
    power_kw: str | None = None
    discharge_power_kw: str | None = None
    spare_kwh: str | None = None
    room_kwh: str | None = None
    charge_efficiency: str | None = None
    discharge_efficiency: str | None = None
    energy: str = "requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu v2g` asks for."""

    sessions: Path
    signals: Path | None = None
    plan: Path | None = None
    typed: Typed = field(default_factory=Typed)
    from_at: str | None = None
    until_at: str | None = None
    step_minutes: int | None = None
    out: Path | None = None
    store: bool = False
    plot: bool = True
    accept_unterminated: bool = False
    settings: Path | None = None
    force: bool = False
