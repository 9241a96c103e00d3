"""What the user asks of a plan beside station and signals."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from dispatch.outcome import Limits, Rung
from tariffs.vocabulary.errors import RecordProblems, UsageError, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """A rolling horizon: how far each window looks ahead, and how much of it is kept, in hours.

    Raises  UsageError if the step is not above zero and at most the look-ahead
    """

    look_ahead_h: float
    step_h: float

    def __post_init__(self) -> None:
        if not (isfinite(self.look_ahead_h) and 0 < self.step_h <= self.look_ahead_h):
            raise _no_rolling(f"{self.look_ahead_h:g}:{self.step_h:g}")

    @classmethod
    def parse(cls, text: str) -> "Rolling":
        """The rolling horizon of a text such as 48:24.

        Raises  UsageError for anything else
        """
        ahead, colon, step = text.partition(":")
        try:
            return cls(look_ahead_h=float(ahead if colon else "nan"), step_h=float(step or "nan"))
        except ValueError:
            raise _no_rolling(text) from None


def _no_rolling(text: str) -> UsageError:
    return UsageError(
        Words(f"--rolling {text!r} 无法识别", f"--rolling {text!r} is not understood"),
        found=Words(text or "空", text or "nothing"),
        do=Words(
            "写作 前瞻小时:步进小时，例如 48:24，步进不大于前瞻",
            "write HOURS:STEP, for example 48:24, the step no longer than the look-ahead",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """The options of a plan; nothing stands for the default that `huchu dispatch` documents.

    Shape   `max_cycles_per_day` may be infinite: no cap; `own_blocks` are functions `add(model, station, terms)` or
            files with one
    Raises  RecordProblems with every figure that is out of its range
    """

    objective: str | None = None
    calls: float | None = None
    calls_done: float = 0.0
    max_cycles_per_day: float | None = None
    final_stored_ratio: Decimal | None = None
    wear_cost_cny_per_mwh: float = 0.0
    ramp_mw_per_min: float | None = None
    grid_limit_mw: float | None = None
    reserve_leases: bool = False
    own_blocks: tuple[Path | Callable[[Any, Any, Any], None], ...] = ()
    rung: Rung = Rung.AUTO
    limits: Limits = field(default_factory=Limits)
    rolling: Rolling | None = None

    def __post_init__(self) -> None:
        problems = []
        for declared in fields(self):
            figure = getattr(self, declared.name)
            name, least = declared.name, 0
            if isinstance(figure, bool) or not isinstance(figure, int | float | Decimal):
                continue
            above = name in ("max_cycles_per_day", "ramp_mw_per_min", "grid_limit_mw")
            finite = isfinite(figure) or (name == "max_cycles_per_day" and figure > 0)
            if not finite or figure < least or (above and figure == least):
                problems.append(
                    Words(
                        f"{name} 须{'大于' if above else '不小于'} 0，不是 {figure}",
                        f"{name} must be {'above' if above else 'at least'} 0, not {figure}",
                    )
                )
        if self.final_stored_ratio is not None and self.final_stored_ratio > 1:
            problems.append(
                Words(
                    f"final_stored_ratio 最大为 1，不是 {self.final_stored_ratio}",
                    f"final_stored_ratio is at most 1, not {self.final_stored_ratio}",
                )
            )
        for name, figure in (("gap", self.limits.gap), ("time_limit_s", self.limits.time_limit_s)):
            if figure is not None and not (isfinite(figure) and figure >= 0):
                problems.append(Words(f"{name} 须不小于 0，不是 {figure}", f"{name} must be at least 0, not {figure}"))
        if problems:
            raise RecordProblems(problems)
