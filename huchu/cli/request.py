"""What the command line of `huchu dispatch` asks for, as it is typed. Light: it is filled before anything else is loaded."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Options as they are typed."""

    objective: str | None = None
    calls: float | None = None
    calls_done: float = 0.0
    max_cycles_per_day: str | None = None
    final_stored_ratio: str | None = None
    wear_cost_cny_per_mwh: float = 0.0
    ramp_mw_per_min: float | None = None
    grid_limit_mw: float | None = None
    reserve_leases: bool = False
    own_blocks: tuple[Path, ...] = ()
    rolling: str | None = None
    rung: str = "auto"
    gap: float = 0.0
    time_limit_s: float | None = None
    fair_calls: str | None = None
    peak_worth_cny_per_mw: float | None = None
    promise: str | None = None
    losses: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu dispatch` asks for."""

    stations: Path | None = None
    signals: Path | None = None
    from_at: str | None = None
    until_at: str | None = None
    step_minutes: int | None = None
    asked: Asked = field(default_factory=Asked)
    only: tuple[str, ...] = ()
    out: Path | None = None
    plot: bool = True
    export: Path | None = None
    skip_refused: bool = False
    accept_unterminated: bool = False
    settings: Path | None = None
    force: bool = False
    jobs: int = 0
    cluster: str | None = None
    fresh: bool = False
