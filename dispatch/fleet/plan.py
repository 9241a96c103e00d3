"""Several stations planned together: prepared, solved, verified and said in words. The one call for notebooks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from dispatch.explain import explained
from dispatch.fleet.ladder import climbed_together
from dispatch.fleet.options import FleetOptions
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.prepare import FleetInputs, PreparedFleet, prepared_fleet
from dispatch.fleet.sentences import sentences_of
from dispatch.fleet.task import FleetTask
from dispatch.fleet.verify import FleetVerified, fleet_verified
from dispatch.fleet.why import why_no_fleet
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible, Outcome, Status
from dispatch.plan import Plan, known_signals
from dispatch.prepare import Surroundings
from dispatch.prepare.member import with_all_calls
from dispatch.prepare.terms import CATALOGUE
from dispatch.task import Task
from dispatch.verify import BILLED, schedule_of, verify
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import HuchuError, InputError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import FEN_PER_CNY

Told = Callable[[Words], None]
"""Told what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPlan:
    """The schedules of several stations, what they reach together, and how that is proven.

    Shape   `plans` is in the order of the stations; `findings` are the fleet's and the stations'
    """

    task: FleetTask
    found: FleetFound
    plans: tuple[Plan, ...]
    figures: FleetVerified
    findings: tuple[Finding, ...]
    verify_s: float

    @property
    def sentences(self) -> tuple[Words, ...]:
        """What was reached and what limits it, in words."""
        return sentences_of(self.task, self.found, self.figures)

    def __str__(self) -> str:
        return "\n".join(each.en for each in self.sentences)


def plan_fleet(
    stations: Sequence[Station],
    signals: object,
    *,
    settings: Settings | None = None,
    options: PlanOptions | None = None,
    wanted: FleetOptions | None = None,
) -> FleetPlan:
    """The best schedules of several stations behind one goal: `plan_fleet(stations, load).figures`.

    Shape   `signals` is a polars or pandas frame, or a file, with the columns of `signals.csv`; `options.objective` is
            peak_shaving (the default), wind_following or peak_and_revenue
    Raises  InputError, UsageError, SettingsError or Refused for what cannot be planned; NoSchedule with what stands in
            the way where the constraints leave no schedules
    """
    asked = options or PlanOptions()
    asked = replace(asked, objective=asked.objective or "peak_shaving")
    known = known_signals(signals, settings)
    if known is None:
        raise InputError(
            Words("没有信号", "there are no signals"),
            found=Words("signals 为空", "signals is nothing"),
            do=Words("给出负荷或风电", "give a load or wind"),
        )
    around = Surroundings(settings=settings, library=Library() if settings is None else library_of(settings))
    inputs = FleetInputs(stations=tuple(stations), horizon=known.horizon, signals=known, around=around)
    ready = prepared_fleet(inputs, asked, wanted or FleetOptions(), _refuse)
    return planned_fleet(ready, asked)


def planned_fleet(ready: PreparedFleet, options: PlanOptions, told: Told | None = None) -> FleetPlan:
    """A prepared fleet solved and verified.

    Raises  UsageError if the rung asked for does not fit; NoSchedule if the constraints leave no schedules;
            BrokenSchedule if what a solver gave breaks them
    """
    try:
        found = climbed_together(ready.task, options.rung, options.limits, told)
    except Infeasible:
        raise why_no_fleet(ready, options) from None
    began = perf_counter()
    plans = tuple(_plan(ready, number, found) for number in range(len(ready.stations)))
    figures = fleet_verified(ready.task, found, [plan.verified for plan in plans])
    early = () if found.status is Status.OPTIMAL else (_early(found),)
    return FleetPlan(
        task=ready.task,
        found=found,
        plans=plans,
        figures=figures,
        findings=(*ready.findings, *early, *(each for plan in plans for each in plan.findings)),
        verify_s=perf_counter() - began,
    )


def _plan(ready: PreparedFleet, number: int, found: FleetFound) -> Plan:
    """The plan of one station of the fleet, verified by itself."""
    station, task = ready.stations[number], ready.task.stations[number]
    began = perf_counter()
    outcome = _outcome(task, found, number)
    # where all calls but for rounding are made, the schedule makes all of them
    checked = verify(schedule_of(outcome, with_all_calls(task)), task)
    if task.objective.name in BILLED:
        earned = (checked.revenue_fen - checked.wear_fen) / FEN_PER_CNY
        outcome = replace(outcome, objective_cny=earned, best_bound_cny=earned)
    notes = [
        CATALOGUE.finding("not_verified", station_id=station.id, note_zh=note.zh, note_en=note.en)
        for note in checked.notes
    ]
    return Plan(
        station=station,
        task=task,
        outcome=outcome,
        verified=checked,
        explanation=explained(task, outcome, checked),
        findings=tuple(notes),
        verify_s=perf_counter() - began,
    )


def _outcome(task: Task, found: FleetFound, number: int) -> Outcome:
    """The part of one station; what the fleet's goal is worth to it alone nobody can say."""
    charge, discharge = found.charge_mw[number], found.discharge_mw[number]
    moved_mwh = -float(task.station.hours * np.sum(charge + discharge))
    return Outcome(
        rung=found.rung,
        charge_mw=charge,
        discharge_mw=discharge,
        objective_cny=moved_mwh,
        best_bound_cny=moved_mwh,
        status=found.status,
        solver=found.solver,
        build_s=0.0,
        solve_s=0.0,
    )


def _early(found: FleetFound) -> Finding:
    first = found.goals[0]
    return CATALOGUE.finding(
        "stopped_before_optimal",
        objective=f"{first.reached:.2f}",
        bound=f"{first.bound:.2f}",
        gap=f"{abs(first.bound - first.reached) / max(1.0, abs(first.reached)):.2e}",
    )


def _refuse(station: Station, refused: HuchuError) -> None:
    if station.id not in refused.what.en:
        refused.what = Words(f"{station.id}：{refused.what.zh}", f"{station.id}: {refused.what.en}")
    raise refused
