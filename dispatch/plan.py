"""A station planned: prepared, solved, verified, explained. The one call for notebooks, and what the command uses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Final

import polars as pl

from dispatch.explain import Explanation, explained, why_infeasible
from dispatch.horizon import Horizon
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible, Outcome, Report, Rung, Status
from dispatch.prepare import Prepared, Surroundings, prepared
from dispatch.prepare.market import market_objective
from dispatch.prepare.terms import CATALOGUE
from dispatch.regimes.cut import with_calls
from dispatch.regimes.perfect_foresight import perfect_foresight
from dispatch.regimes.rolling import Rolled, rolled
from dispatch.signals import Signals, read_signals, signals_from_frame
from dispatch.task import Task
from dispatch.verify import Verified, schedule_of, verified, verify
from tariffs.settings import NaiveInstants, Settings
from tariffs.stations import Station
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.units import FEN_PER_CNY

CALLS_CLOSE: Final = 1e-6
"""Calls that windows miss by less are rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One station's schedule with its proof and its price.

    Shape   `windows` and `foresight` (what the whole horizon at once would earn, verified) only with a rolling horizon
    """

    station: Station
    task: Task
    outcome: Outcome
    verified: Verified
    explanation: Explanation
    findings: tuple[Finding, ...]
    verify_s: float
    windows: int = 0
    foresight: Verified | None = None

    @property
    def frame(self) -> pl.DataFrame:
        """The schedule as a table with the columns SCHEDULE."""
        return self.verified.schedule.frame()

    @property
    def earned_fen(self) -> int:
        """Revenue less wear."""
        return self.verified.revenue_fen - self.verified.wear_fen

    @property
    def sentences(self) -> tuple[Words, ...]:
        """What limits the schedule and what that costs, in words."""
        found = []
        price = self.explanation.call_price_cny
        if self.task.calls_wanted and price is not None:
            shown = f"{price:,.2f}"
            found.append(
                Words(f"每多要求一次全容量充放电调用，收益少 {shown} 元", f"one more call asked for costs {shown} CNY")
                if price > 0
                else Words("要求的次数不减少收益", "the calls asked for cost nothing")
            )
        found.extend(binding.words for binding in self.explanation.binding)
        if self.foresight is not None:
            foresight = self.foresight.revenue_fen - self.foresight.wear_fen
            lost, whole = cny_text(foresight - self.earned_fen), cny_text(foresight)
            found.append(
                Words(
                    f"滚动 {self.windows} 个窗口，比全期已知少收 {lost} 元（全期 {whole} 元）",
                    f"{self.windows} windows earn {lost} CNY less than foresight, which earns {whole} CNY",
                )
            )
        return tuple(found)

    def __str__(self) -> str:
        calls = float(self.verified.calls_total)
        return f"{self.station.id}: {cny_text(self.earned_fen)} 元, {calls:.2f} calls, {self.outcome.rung.value}"

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>{self.frame.head(12)._repr_html_()}"


def schedule(
    station: Station,
    signals: object = None,
    *,
    settings: Settings | None = None,
    options: PlanOptions | None = None,
    horizon: Horizon | None = None,
) -> Plan:
    """The best schedule of a station: `schedule(station, prices).frame`.

    Shape   `signals` is a polars or pandas frame, or a file, with the columns of `signals.csv`; without prices the
            regulated prices of the policy apply, which need `settings`; without signals `horizon` says which steps
    Raises  InputError, UsageError, SettingsError, PolicyNotCovered or Refused for what cannot be planned; NoSchedule
            with the largest figure that would do where the constraints leave none
    """
    asked = options or PlanOptions()
    return planned(station, _ready(station, signals, settings, asked, horizon), asked)


def sweep(
    station: Station,
    scenarios: Iterable[object],
    *,
    settings: Settings | None = None,
    options: PlanOptions | None = None,
) -> tuple[Plan, ...]:
    """The best schedule of a station in each of many scenarios of signals.

    Shape   each scenario as `signals` of `schedule`; with the rung `warm` one solver goes from scenario to scenario
    Raises  as `schedule`
    """
    asked = options or PlanOptions()
    ready = [_ready(station, signals, settings, asked, None) for signals in scenarios]
    if asked.rung is not Rung.WARM or asked.rolling is not None:
        return tuple(planned(station, each, asked) for each in ready)
    try:
        outcomes: tuple[Outcome, ...] = import_module("dispatch.lazy").swept(
            [each.task for each in ready], asked.limits
        )
    except Infeasible:
        # one by one, so that the scenario without a schedule is explained
        return tuple(planned(station, each, asked) for each in ready)
    return tuple(checked_plan(station, each, outcome) for each, outcome in zip(ready, outcomes, strict=True))


def _ready(
    station: Station, signals: object, settings: Settings | None, options: PlanOptions, horizon: Horizon | None
) -> Prepared:
    known = known_signals(signals, settings)
    steps = known.horizon if horizon is None and known is not None else horizon
    if steps is None:
        raise InputError(
            Words("没有时段", "there is no horizon"),
            found=Words("既无信号也无 horizon", "neither signals nor a horizon"),
            do=Words("给出 signals 或 horizon", "give signals, or a horizon"),
        )
    around = Surroundings(settings=settings, library=Library() if settings is None else library_of(settings))
    return prepared(station, steps, known, around, options)


def planned(station: Station, ready: Prepared, options: PlanOptions, report: Report | None = None) -> Plan:
    """A prepared task solved, verified and explained.

    Raises  UsageError if the rung or the windows asked for do not fit; NoSchedule if the constraints leave none;
            BrokenSchedule if what a solver gave breaks them
    """
    if options.rolling is not None:
        return _rolled(station, ready, options, report)
    try:
        outcome = perfect_foresight(ready.task, options, report)
    except Infeasible:
        raise why_infeasible(ready.task, station, calls_done=options.calls_done) from None
    return checked_plan(station, ready, outcome)


def checked_plan(station: Station, ready: Prepared, outcome: Outcome) -> Plan:
    """The plan of an outcome, verified and explained.

    Raises  BrokenSchedule if the outcome is no schedule
    """
    began = perf_counter()
    checked = verified(outcome, ready.task)
    seconds = perf_counter() - began
    return Plan(
        station=station,
        task=ready.task,
        outcome=outcome,
        verified=checked,
        explanation=explained(ready.task, outcome, checked),
        findings=(*ready.findings, *_early(station, outcome), *_not_verified(station, checked)),
        verify_s=seconds,
    )


def _rolled(station: Station, ready: Prepared, options: PlanOptions, report: Report | None) -> Plan:
    task = ready.task
    forecast = None if ready.forecast is None else (ready.forecast, market_objective(ready.forecast).terms)
    whole = planned(station, ready, replace(options, rolling=None), report)
    windows = rolled(task, forecast, options, report)
    began = perf_counter()
    short = windows.calls < task.calls_wanted - CALLS_CLOSE
    reached = with_calls(task, windows.calls) if short else task
    checked = verify(schedule_of(windows.outcome, reached), reached)
    seconds = perf_counter() - began
    earned = (checked.revenue_fen - checked.wear_fen) / FEN_PER_CNY
    outcome = replace(windows.outcome, objective_cny=earned, best_bound_cny=whole.outcome.best_bound_cny)
    return Plan(
        station=station,
        task=reached,
        outcome=outcome,
        verified=checked,
        # windows know no price of a limit: what is left is how often the schedule lies at each
        explanation=explained(reached, outcome, checked),
        findings=(*whole.findings, *_early(station, outcome), *_short(station, task, windows, short=short)),
        verify_s=seconds,
        windows=windows.windows,
        foresight=whole.verified,
    )


def _early(station: Station, outcome: Outcome) -> tuple[Finding, ...]:
    if outcome.status in (Status.OPTIMAL, Status.WINDOWS_OPTIMAL):
        return ()
    return (
        CATALOGUE.finding(
            "stopped_before_optimal",
            station_id=station.id,
            objective=f"{outcome.objective_cny:.2f}",
            bound=f"{outcome.best_bound_cny:.2f}",
            gap=f"{outcome.gap_ratio:.2e}",
        ),
    )


def _not_verified(station: Station, checked: Verified) -> tuple[Finding, ...]:
    return tuple(
        CATALOGUE.finding("not_verified", station_id=station.id, note_zh=note.zh, note_en=note.en)
        for note in checked.notes
    )


def _short(station: Station, task: Task, windows: Rolled, *, short: bool) -> tuple[Finding, ...]:
    if not short:
        return ()
    return (
        CATALOGUE.finding(
            "rolling_short_of_calls",
            station_id=station.id,
            reached=f"{windows.calls:.4f}",
            wanted=f"{task.calls_wanted:.4f}",
        ),
    )


def known_signals(signals: object, settings: Settings | None) -> Signals | None:
    """Signals from a frame or a file; those that are known already, and nothing, stay as they are.

    Raises  InputError or Refused if they cannot be read
    """
    naive = NaiveInstants.ASIA_SHANGHAI if settings is None else settings.naive_instants
    if signals is None or isinstance(signals, Signals):
        return signals
    if isinstance(signals, str | Path):
        return read_signals(Path(signals), naive)
    return signals_from_frame(signals, naive)
