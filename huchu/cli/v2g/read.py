"""The inputs of `huchu v2g`: sessions, signals and perhaps a plan, on one horizon."""

from dataclasses import dataclass
from pathlib import Path

from dispatch.arrays import Floats
from dispatch.horizon import Horizon
from dispatch.signals import Signals, read_signals
from dispatch.v2g.planning import Goal
from dispatch.v2g.sessions import Session, read_sessions
from huchu.cli.places import SETTINGS_FILE, beside
from huchu.cli.v2g.asked import Asked
from huchu.cli.v2g.horizon import horizon_of, refuse_not_covering
from huchu.cli.v2g.plan_file import PlanFile, read_plan
from huchu.cli.v2g.request import Request
from tariffs.reading.options import ReadOptions
from tariffs.settings import NaiveInstants, read_settings
from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was read: signals and somebody's plan are on the horizon, where there are any."""

    sessions: tuple[Session, ...]
    horizon: Horizon
    signals: Signals | None
    plan_kw: Floats | None
    goal: Goal
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]


def read(request: Request, asked: Asked) -> Given:
    """The files of a request.

    Raises  HuchuError if a file cannot be used, or does not go with the others
    """
    named = [path for path in (request.sessions, request.signals, request.plan) if path is not None]
    settings = request.settings or beside(SETTINGS_FILE, named)
    naive = NaiveInstants.ASIA_SHANGHAI if settings is None else read_settings(settings).naive_instants
    file = read_sessions(request.sessions, asked.chargers, naive, request.accept_unterminated)
    signals = None
    if request.signals is not None:
        signals = read_signals(request.signals, naive, request.accept_unterminated)
    goal = _goal(asked, signals, request.plan)
    plan = None
    if request.plan is not None:
        options = ReadOptions(accept_unterminated=request.accept_unterminated, naive_instants=naive)
        plan = read_plan(request.plan, options)
    horizon = horizon_of(file.sessions, request, _minutes(signals, plan))
    if signals is not None and request.signals is not None:
        refuse_not_covering(signals.horizon, horizon, request.signals)
        signals = signals.cut(horizon.first_at, horizon.until_at)
    parts = (file.findings, () if signals is None else signals.findings, () if plan is None else plan.findings)
    return Given(
        sessions=file.sessions,
        horizon=horizon,
        signals=signals,
        plan_kw=None if plan is None or request.plan is None else _cut(plan, horizon, request.plan),
        goal=goal,
        findings=tuple(finding for part in parts for finding in part),
        files=tuple(path for path in (*named, settings) if path is not None),
    )


def _goal(asked: Asked, signals: Signals | None, plan: Path | None) -> Goal:
    if asked.goal is not None and plan is not None:
        raise UsageError(
            Words("--plan 与 --objective 只能给一个", "give --plan or --objective, not both"),
            found=Words("给定的计划不再优化", "a plan that is given is not made better"),
            do=Words("去掉其一", "leave out one of them"),
        )
    has_prices = signals is not None and signals.has_prices
    if asked.goal is Goal.COST and not has_prices:
        raise UsageError(
            Words("按电费排计划须有电价", "least cost needs prices"),
            found=Words("没有 --signals，或其中没有电价", "no --signals, or no prices in it"),
            do=Words("给出电价，或用 --objective peak", "give prices, or use --objective peak"),
        )
    return asked.goal or (Goal.COST if has_prices else Goal.PEAK)


def _minutes(signals: Signals | None, plan: PlanFile | None) -> int | None:
    """The step of the files beside the sessions, or nothing where there is none."""
    steps = [each.horizon.minutes for each in (signals, plan) if each is not None]
    if len(set(steps)) > 1:
        raise UsageError(
            Words("计划与信号的步长不同", "the plan and the signals have different steps"),
            found=Words(f"信号 {steps[0]} 分钟，计划 {steps[1]} 分钟", f"signals {steps[0]} minutes, plan {steps[1]}"),
            do=Words("先把其一换算为同一步长", "bring one of them to the step of the other"),
        )
    return steps[0] if steps else None


def _cut(plan: PlanFile, horizon: Horizon, file: Path) -> Floats:
    """The power of a plan in the steps of the horizon."""
    refuse_not_covering(plan.horizon, horizon, file)
    first = (horizon.first_ms - plan.horizon.first_ms) // (horizon.minutes * MS_PER_MINUTE)
    return plan.power_kw[first : first + horizon.count]
