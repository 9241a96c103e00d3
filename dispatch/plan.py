"""A station planned: prepared, solved, verified, explained. The one call for notebooks, and what the command uses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from importlib import import_module
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
from dispatch.signals import Signals, signals_of
from dispatch.task import Task
from dispatch.verify import Verified, schedule_of, verified, verify
from tariffs.settings import NaiveInstants, Settings
from tariffs.stations import Station
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.notebook import html_figures, html_sentences
from tariffs.vocabulary.units import FEN_PER_CNY

SHOWN_STEPS: Final = 6
"""The first rows of a schedule, to show its columns."""
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
    def earned_cny(self) -> Decimal:
        """The same in 元, to the fen."""
        return Decimal(cny_text(self.earned_fen))

    @property
    def calls(self) -> float:
        """Calls of all seasons, by energy given to the grid."""
        return float(self.verified.calls_total)

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
        earned = [f"{cny_text(self.earned_fen)} 元"] if self.task.is_priced else []
        return f"{self.station.id}: {', '.join([*earned, f'{self.calls:.2f} calls', self.outcome.rung.value])}"

    def __repr__(self) -> str:
        return f"<Plan {self}>"

    def _repr_html_(self) -> str:
        name = escape(f"{self.station.id} {self.station.name}")
        rows = self.frame.head(SHOWN_STEPS)._repr_html_()
        return f"<p>{name}</p>{html_figures(_figures(self))}{html_sentences(self.sentences)}{rows}"


def _figures(plan: Plan) -> list[tuple[Words, str]]:
    """What a notebook shows of a plan; no money where there are no prices."""
    checked, outcome = plan.verified, plan.outcome
    money = [
        (Words("电费收入", "revenue"), f"{cny_text(checked.revenue_fen)} 元"),
        (Words("损耗成本", "wear"), f"{cny_text(checked.wear_fen)} 元"),
        (Words("净收益", "net revenue"), f"{cny_text(plan.earned_fen)} 元"),
    ]
    return [
        *(money if plan.task.is_priced else []),
        (Words("充电", "charged"), f"{checked.charged_mwh:,.2f} MWh"),
        (Words("放电", "discharged"), f"{checked.discharged_mwh:,.2f} MWh"),
        (Words("等效满充满放", "full cycles"), f"{float(checked.full_cycles):,.2f}"),
        (Words("全容量充放电调用", "season calls"), f"{plan.calls:,.2f}"),
        (Words("求解", "solved"), f"{outcome.rung.value}, {outcome.status.value}, gap {outcome.gap_ratio:.1e}"),
    ]


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
    ready = prepared(station, steps, known, around, options)
    return ready if known is None else replace(ready, findings=(*known.findings, *ready.findings))


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
    return None if signals is None else signals_of(signals, naive)
