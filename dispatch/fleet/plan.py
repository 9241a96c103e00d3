"""Several stations planned together: prepared, solved, verified and said in words. The one call for notebooks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import numpy as np
import polars as pl

from dispatch.explain import explained
from dispatch.fleet.frames import fleet_frame
from dispatch.fleet.ladder import climbed_together
from dispatch.fleet.options import FleetOptions
from dispatch.fleet.outcome import FleetFound
from dispatch.fleet.prepare import FleetInputs, PreparedFleet, prepared_fleet
from dispatch.fleet.sentences import sentences_of
from dispatch.fleet.task import FleetTask
from dispatch.fleet.told import fleet_html, fleet_line
from dispatch.fleet.verify import FleetVerified, PeakFigures, fleet_verified
from dispatch.fleet.why import why_no_fleet
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible, Outcome, Status
from dispatch.plan import Plan, known_signals
from dispatch.prepare import Surroundings
from dispatch.prepare.member import with_all_calls
from dispatch.prepare.terms import CATALOGUE
from dispatch.schedules import schedules_frame
from dispatch.task import Task
from dispatch.verify import BILLED, schedule_of, verify
from tariffs.settings import Settings
from tariffs.stations import Station, stations_given
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError, Words
from tariffs.vocabulary.findings import Finding, said_once
from tariffs.vocabulary.units import FEN_PER_CNY

PROVEN_RATIO: Final = 1e-6
"""What is reached lies this near its bound where nothing but a solver's tolerance is between them."""
Told = Callable[[Words], None]
"""Told what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPlan:
    """The schedules of several stations, what they reach together, and how that is proven.

    Shape   `plans` is in the order of the stations; `findings` are the fleet's and the stations', once where all of
            them have the same
    """

    task: FleetTask
    found: FleetFound
    plans: tuple[Plan, ...]
    figures: FleetVerified
    findings: tuple[Finding, ...]
    verify_s: float

    @property
    def frame(self) -> pl.DataFrame:
        """The fleet as a table with the columns of `fleet.csv`: load or wind before and after, MW."""
        return fleet_frame(self.figures, self.task.horizon)

    @property
    def schedule(self) -> pl.DataFrame:
        """The schedules of all stations as one table with the columns SCHEDULE."""
        return schedules_frame(plan.verified.schedule for plan in self.plans)

    @property
    def peak(self) -> PeakFigures:
        """The load before and after, and by how much its peak falls.

        Raises  UsageError if the goal was to follow wind
        """
        if self.figures.peak is None:
            raise UsageError(
                Words("跟随风电的计划没有峰值", "a plan that follows wind has no peak"),
                found=Words(self.task.objective.name, self.task.objective.name),
                do=Words("用 figures.wind", "use figures.wind"),
            )
        return self.figures.peak

    @property
    def is_proven(self) -> bool:
        """Whether no schedules reach more of the goal, up to a solver's tolerance: what is reached meets its bound."""
        goal = self.found.goals_of(self.task.objective.label)[0]
        return abs(goal.bound - goal.reached) <= PROVEN_RATIO * max(1.0, abs(goal.reached))

    @property
    def certificate(self) -> Words:
        """How the goals are proven, in words."""
        return self.found.certificate

    @property
    def seconds(self) -> float:
        """What building, solving and verifying took."""
        return self.found.build_s + self.found.solve_s + self.verify_s

    @property
    def sentences(self) -> tuple[Words, ...]:
        """What was reached and what limits it, in words."""
        return sentences_of(self.task, self.found, self.figures)

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.sentences)

    def __repr__(self) -> str:
        return f"<FleetPlan of {fleet_line(self)}>"

    def _repr_html_(self) -> str:
        return fleet_html(self)


def plan_fleet(
    stations: Iterable[Station] | Station,
    signals: object,
    *,
    settings: Settings | None = None,
    options: PlanOptions | None = None,
    wanted: FleetOptions | None = None,
) -> FleetPlan:
    """The best schedules of several stations behind one goal: `plan_fleet(stations, load).frame`.

    Shape   `signals` is a polars or pandas frame, or a file, with the columns of `signals.csv`; `options.objective` is
            peak_shaving (the default), wind_following or peak_and_revenue
    Raises  InputError, UsageError, SettingsError or Refused for what cannot be planned; NoSchedule with what stands in
            the way where the constraints leave no schedules
    """
    given = stations_given(stations)
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
    inputs = FleetInputs(stations=given, horizon=known.horizon, signals=known, around=around)
    ready = prepared_fleet(inputs, asked, wanted or FleetOptions(), _refuse)
    plan = planned_fleet(ready, asked)
    return replace(plan, findings=(*known.findings, *plan.findings))


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
    of_stations = (*ready.findings, *(each for plan in plans for each in plan.findings))
    return FleetPlan(
        task=ready.task,
        found=found,
        plans=plans,
        figures=figures,
        findings=(*early, *said_once(of_stations, [station.id for station in ready.stations])),
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
