"""`huchu dispatch` for several stations behind one goal: plan them together, write the result folder, say what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.progress import Progress

from dispatch.apart.refusal import Refusal, refusal_of
from dispatch.fleet.formulate import write_fleet
from dispatch.fleet.options import FleetOptions
from dispatch.fleet.plan import FleetPlan, planned_fleet
from dispatch.fleet.prepare import FleetInputs, PreparedFleet, prepared_fleet
from dispatch.fleet.why import stations_without
from dispatch.outcome import NoSchedule
from dispatch.prepare import Surroundings
from huchu.cli.asked import options_of
from huchu.cli.dispatch_apart import refused_together
from huchu.cli.dispatch_export import refuse_model_path, with_model
from huchu.cli.dispatch_read import Given, read, result_folder
from huchu.cli.fleet.asked import fleet_options_of, refuse_apart
from huchu.cli.fleet.findings import findings_of_zones
from huchu.cli.fleet.report import FleetDone, report
from huchu.cli.printing import DONE, IN_PART, refusals, to_stderr, told, with_findings_written
from huchu.cli.request import Request
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import refuse_existing
from huchu.schedules.fleet.record import FleetResult
from huchu.schedules.fleet.result import write_fleet_result
from huchu.schedules.refused import refusals_of
from tariffs.calendar import obligation_year, season_calendar
from tariffs.obligation import year_days
from tariffs.stations import Station
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import HuchuError, InputError, Refused, UsageError, Words
from tariffs.vocabulary.findings import Finding

if TYPE_CHECKING:
    from huchu.plots.painter import Painters


def dispatch(request: Request, painters: "Painters | None", *, as_json: bool) -> None:
    """Plan and write, or refuse in four parts; exit code 0, 1, 2 or 3."""
    with refusals(as_json=as_json):
        done = run(request, painters)
    report(done, as_json=as_json)
    raise SystemExit(IN_PART if done.refused else DONE)


def run(request: Request, painters: "Painters | None") -> FleetDone:
    """The plan of a fleet, written to its folder.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    options = options_of(request.asked)
    refuse_apart(request)
    fleet_options_of(request.asked, (), ())
    out = request.out or result_folder(request)
    refuse_existing(out, force=request.force)
    stages = Stages()
    try:
        with stages.stage("read", say("读取", "reading")):
            given = read(request, options)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    search = _Search(request=request, given=given, around=_around(given), refused=[])
    try:
        with stages.stage("plan", say("求解", "solving")) as bar:
            plan = _planned(search, bar)
    except UsageError:
        raise
    except HuchuError as refused:
        told_so = with_findings_written(refused, sorted(_found(search), key=Finding.sort_key), out)
        raise with_model(told_so, request.export) from None
    planned = {each.station.id for each in plan.plans}
    findings = (*_found(search), *plan.findings, *findings_of_zones(given.zones, given.listed, planned))
    is_regulated = _is_regulated(given, plan)
    result = FleetResult(
        plan=plan,
        wanted=_wanted(search, [each.station for each in plan.plans]),
        is_regulated=is_regulated,
        calls_of_year=_calls_of_year(given, search.around) if is_regulated else None,
        findings=tuple(sorted(findings, key=Finding.sort_key)),
        settings=given.settings,
        inputs=given.files,
    )
    with stages.stage("write", say("写出", "writing")):
        write_fleet_result(out, result, stages.seconds, painters, force=request.force)
    return FleetDone(result=result, refused=tuple(each.station_id for each in search.refused), out=out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A request that is being planned, and the stations that are refused on the way."""

    request: Request
    given: Given
    around: Surroundings
    refused: list[Refusal]

    def refuse(self, station: Station, error: HuchuError) -> None:
        """Go on without a station."""
        self.refused.append(refusal_of(station.id, error))


def _planned(search: _Search, bar: Progress) -> FleetPlan:
    """The plan of the stations that have one.

    Raises  HuchuError if a station is refused, unless refused stations are skipped and one is left
    """
    request, given = search.request, search.given
    if request.export is not None:
        refuse_model_path(request.export, force=request.force)
    ready = _prepared(search, given.stations)

    def show(words: Words) -> None:
        bar.update(bar.task_ids[0], description=told(words))
        if bar.disable:
            to_stderr(told(words))

    try:
        return planned_fleet(ready, given.options, show)
    except NoSchedule:
        if not request.skip_refused:
            raise
        alone = stations_without(ready, given.options)
        if not alone or len(alone) == len(ready.stations):
            raise
    for station, error in alone:
        search.refuse(station, error)
    without = {station.id for station, _ in alone}
    again = _prepared(search, [each for each in ready.stations if each.id not in without])
    return planned_fleet(again, given.options, show)


def _prepared(search: _Search, stations: Sequence[Station]) -> PreparedFleet:
    given = search.given
    inputs = FleetInputs(stations=tuple(stations), horizon=given.horizon, signals=given.signals, around=search.around)
    try:
        ready = prepared_fleet(inputs, given.options, _wanted(search, stations), search.refuse)
    except UsageError:
        raise
    except InputError:
        if search.refused:
            raise refused_together(search.refused, None) from None
        raise
    if search.refused and not search.request.skip_refused:
        raise refused_together(search.refused, None)
    if search.request.export is not None:
        # once more where stations are left out: the model is that of the plan
        write_fleet(ready.task, search.request.export)
    return ready


def _wanted(search: _Search, stations: Sequence[Station]) -> FleetOptions:
    return fleet_options_of(search.request.asked, search.given.zones, stations)


def _around(given: Given) -> Surroundings:
    library = Library() if given.settings is None else library_of(given.settings)
    return Surroundings(settings=given.settings, library=library)


def _found(search: _Search) -> tuple[Finding, ...]:
    """What reading and refusing found."""
    signals = () if search.given.signals is None else search.given.signals.findings
    return (*signals, *(each for one in search.refused for each in refusals_of(one.station_id, one.error)))


def _is_regulated(given: Given, plan: FleetPlan) -> bool:
    has_prices = given.signals is not None and given.signals.has_prices
    return not has_prices and all(each.task.is_priced for each in plan.plans)


def _calls_of_year(given: Given, around: Surroundings) -> float | None:
    """What a whole year asks of a station; nothing where the user asked for a number."""
    if given.settings is None or given.options.calls is not None:
        return None
    day = given.horizon.dates[0]
    year = obligation_year(day, given.settings.obligation_year_from)
    calendar = season_calendar(given.settings, around.library, day)
    return float(year_days(year, calendar, given.settings, around.library).calls_required)
