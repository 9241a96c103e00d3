"""The words of `huchu size` as a size, a grid of points and limits of the solver."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from dispatch.outcome import Limits
from dispatch.sizing.best import LINEAR_LIMITS
from dispatch.sizing.inputs.costs import DEAREST
from dispatch.sizing.inputs.project import LONGEST_H, Size
from dispatch.sizing.sweep import SizeGrid
from huchu.cli.size.request import Request
from huchu.cli.typed import typed_figure
from tariffs.station_parts import LARGEST_RATING
from tariffs.vocabulary.errors import UsageError, Words, nearest

LEAST: Final = Decimal("0.000001")
LONGEST_S: Final = Decimal(1_000_000)
SHORTEST_S: Final = Decimal("0.1")
MOST_POINTS: Final = 100_000
KEYS: Final = {
    "power": (LEAST, LARGEST_RATING),
    "duration": (Decimal("0.01"), Decimal(LONGEST_H)),
    "power_cost": (Decimal(0), DEAREST),
    "energy_cost": (Decimal(0), DEAREST),
}
"""What a sweep may change, and between which figures: MW, h, 元/kW, 元/kWh."""
SIZE_FORM: Final = Words("写作 MW:MWh，例如 --size 100:200", "write MW:MWh, for example --size 100:200")
SWEEP_FORM: Final = Words(
    "写作 power=50:200:50,duration=1:6:0.5（首:末:步长，或单个数；另有 power_cost、energy_cost）",
    "write power=50:200:50,duration=1:6:0.5 (first:last:step, or one figure; power_cost and energy_cost too)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, checked; nothing where an option is not given."""

    scenario: str | None
    size: Size | None
    grid: SizeGrid | None
    limits: Limits


def asked_of(request: Request) -> Asked:
    """The options of a command.

    Raises  UsageError for words that are not understood, figures out of their range and options that do not go together
    """
    _refuse_unfitting(request)
    return Asked(
        scenario=request.scenarios[0] if request.scenarios else None,
        size=None if request.size is None else typed_size(request.size),
        grid=None if request.sweep is None else typed_grid(request.sweep, tuple(dict.fromkeys(request.scenarios))),
        limits=_limits(request.time_limit_s, request.gap),
    )


def _limits(seconds: str | None, gap: str | None) -> Limits:
    kept = LINEAR_LIMITS
    if seconds is not None:
        kept = replace(kept, time_limit_s=float(typed_figure(seconds, "--time-limit", SHORTEST_S, LONGEST_S)))
    if gap is not None:
        kept = replace(kept, gap=float(typed_figure(gap, "--gap", 0, Decimal(1))))
    return kept


def typed_size(text: str) -> Size:
    """The size of a text such as 100:200, MW and MWh.

    Raises  UsageError for anything else
    """
    words = text.split(":")
    if len(words) != 2:
        raise _not_understood("--size", text, SIZE_FORM)
    power, energy = (typed_figure(word, "--size", LEAST, LARGEST_RATING) for word in words)
    return Size(power_mw=power, energy_mwh=energy)


def typed_grid(text: str, scenarios: tuple[str, ...]) -> SizeGrid:
    """The points of a text such as power=50:200:50,duration=1:6:0.5.

    Raises  UsageError for anything else, and for more points than a sweep takes
    """
    steps = dict(_named_steps(part, text) for part in text.split(","))
    if len(steps) < len(text.split(",")) or not {"power", "duration"} <= set(steps):
        raise _not_understood("--sweep", text, SWEEP_FORM)
    count = _points(steps)
    if count > MOST_POINTS:
        raise UsageError(
            Words("--sweep 的点太多", "--sweep has too many points"),
            found=Words(f"每个情景 {count:,} 点", f"{count:,} points for each scenario"),
            do=Words(f"至多 {MOST_POINTS:,} 点：加大步长", f"at most {MOST_POINTS:,}: take larger steps"),
        )
    return SizeGrid(
        power_mw=_figures(steps["power"]),
        duration_h=_figures(steps["duration"]),
        scenario=scenarios,
        power_cost_cny_per_kw=_figures(steps["power_cost"]) if "power_cost" in steps else (),
        energy_cost_cny_per_kwh=_figures(steps["energy_cost"]) if "energy_cost" in steps else (),
    )


def _named_steps(part: str, text: str) -> tuple[str, tuple[Decimal, Decimal, Decimal]]:
    """The key of a part, and its first figure, last figure and step."""
    key, sign, span = part.strip().partition("=")
    if not sign:
        raise _not_understood("--sweep", text, SWEEP_FORM)
    if key not in KEYS:
        near, listed = nearest(key, tuple(KEYS)), ", ".join(KEYS)
        raise UsageError(
            Words(f"--sweep 不认识 {key or '空'}", f"--sweep does not know {key or 'nothing'}"),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"改为 {near}", f"write {near}") if near else SWEEP_FORM,
        )
    words, (least, most) = span.split(":"), KEYS[key]
    if len(words) not in (1, 3):
        raise _not_understood("--sweep", text, SWEEP_FORM)
    first = typed_figure(words[0], f"--sweep {key}", least, most)
    if len(words) == 1:
        return key, (first, first, Decimal(1))
    last = typed_figure(words[1], f"--sweep {key}", first, most)
    return key, (first, last, typed_figure(words[2], f"--sweep {key}", LEAST, most))


def _points(steps: Mapping[str, tuple[Decimal, Decimal, Decimal]]) -> int:
    count = 1
    for first, last, step in steps.values():
        count *= int((last - first) / step) + 1
    return count


def _figures(span: tuple[Decimal, Decimal, Decimal]) -> tuple[Decimal, ...]:
    first, last, step = span
    return tuple(first + number * step for number in range(int((last - first) / step) + 1))


def _refuse_unfitting(request: Request) -> None:
    options = {
        "--sweep": request.sweep,
        "--size": request.size,
        "--time-limit": request.time_limit_s,
        "--gap": request.gap,
    }
    together = [name for name, given in options.items() if given is not None]
    if request.sweep is not None and len(together) > 1:
        raise UsageError(
            Words("--sweep 不与这些选项同用", "--sweep does not go with these options"),
            found=Words("、".join(together), ", ".join(together)),
            do=Words("去掉其一", "leave out one of them"),
        )
    if request.sweep is None and len(request.scenarios) > 1:
        raise UsageError(
            Words("规模只能按一个情景来选", "a size is chosen for one scenario"),
            found=Words("、".join(request.scenarios), ", ".join(request.scenarios)),
            do=Words("只留一个 --scenario；所有情景都会评价", "keep one --scenario; all scenarios are judged anyway"),
        )


def _not_understood(option: str, text: str, form: Words) -> UsageError:
    return UsageError(
        Words(f"{option} {text!r} 看不懂", f"{option} {text!r} is not understood"),
        found=Words(text or "空", text or "nothing"),
        do=form,
    )
