"""`huchu dispatch`: plan each station, write the result folder, say what it earns and where it lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress

from dispatch.apart import Parts, Shared
from dispatch.plan import Plan
from dispatch.prepare import Surroundings, prepared
from huchu.cli.asked import options_of
from huchu.cli.dispatch_apart import independent_plans, parts_beside, refused_together
from huchu.cli.dispatch_export import refuse_export, with_model
from huchu.cli.dispatch_read import Given, read, result_folder
from huchu.cli.fleet.asked import is_fleet
from huchu.cli.fleet.findings import zones_not_used
from huchu.cli.printing import (
    DONE,
    IN_PART,
    SHOWN_ROWS,
    Justify,
    finding_counts,
    print_findings,
    print_json,
    print_table,
    refusals,
    to_stderr,
    to_stdout,
    told,
    with_findings_written,
)
from huchu.cli.request import Request
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, refuse_existing
from huchu.schedules.result import Result, pictures_left_out, write_result
from huchu.schedules.summary import calls_text
from tariffs.stations import Station
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import HuchuError, Refused, UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text

if TYPE_CHECKING:
    from huchu.plots.painter import Painters


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a request gave: the result, the stations that were refused, and where it lies."""

    result: Result
    refused: tuple[str, ...]
    out: Path


def dispatch(request: Request, painters: "Painters | None", *, as_json: bool) -> None:
    """Plan and write, or refuse in four parts; exit code 0, 1, 2 or 3."""
    if is_fleet(request.asked):
        from huchu.cli.fleet import command as fleet

        fleet.dispatch(request, painters, as_json=as_json)
        return
    with refusals(as_json=as_json):
        done = run(request, painters)
    report(done, as_json=as_json)
    raise SystemExit(IN_PART if done.refused else DONE)


def run(request: Request, painters: "Painters | None") -> Done:
    """The plans of a request, written to its folder.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    options = options_of(request.asked)
    out = request.out or result_folder(request)
    refuse_existing(out, force=request.force)
    stages = Stages()
    findings: list[Finding] = []
    try:
        with stages.stage("read", say("读取", "reading")):
            given = read(request, options)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    parts = parts_beside(out, given.stations)
    try:
        with stages.stage("plan", say("求解", "solving")) as bar:
            plans = _plans(given, request, findings, parts, bar)
    except UsageError:
        raise
    except HuchuError as refused:
        told_so = with_findings_written(refused, sorted(findings, key=Finding.sort_key), out)
        raise with_model(told_so, request.export) from None
    findings.extend(zones_not_used(given.stations, plans[0].task.objective.name))
    if painters is not None:
        findings.extend(pictures_left_out(plans))
    ordered = tuple(sorted(findings, key=Finding.sort_key))
    result = Result(plans=plans, findings=ordered, settings=given.settings, inputs=given.files)
    with stages.stage("write", say("写出", "writing")):
        write_result(out, result, stages.seconds, painters, force=request.force)
    if parts is not None:
        parts.clear()
    ids = {plan.station.id for plan in plans}
    return Done(result=result, refused=tuple(s.id for s in given.stations if s.id not in ids), out=out)


def _plans(
    given: Given, request: Request, findings: list[Finding], parts: Parts | None, bar: Progress
) -> tuple[Plan, ...]:
    """The plan of each station; everything found on the way is added to the findings.

    Raises  HuchuError if a station is refused, unless refused stations are skipped and one is left
    """
    around = Surroundings(
        settings=given.settings, library=Library() if given.settings is None else library_of(given.settings)
    )
    shared = Shared(horizon=given.horizon, signals=given.signals, around=around, options=given.options)
    if request.export is not None:
        refuse_export(request.export, given.stations, force=request.force)
        _export(given.stations[0], shared, request.export)
    if given.signals is not None:
        findings.extend(given.signals.findings)
    apart = independent_plans(given.stations, shared, request, parts, bar)
    findings.extend(apart.findings)
    if apart.refusals and not (request.skip_refused and apart.plans):
        raise refused_together(apart.refusals, parts)
    return apart.plans


def _export(station: Station, shared: Shared, path: Path) -> None:
    """Writes the model, unless the station is refused before it has one: planning then says why."""
    from dispatch.formulate import write_model

    try:
        ready = prepared(station, shared.horizon, shared.signals, shared.around, shared.options)
    except HuchuError:
        return
    write_model(ready.task, path)


def report(done: Done, *, as_json: bool) -> None:
    """Say what the plans earn and where they lie: a table for people, one JSON object for programs."""
    counts = finding_counts(done.result.findings)
    plans = done.result.plans
    if as_json:
        print_json(
            {
                "status": "done_in_part" if done.refused else "done",
                "out": str(done.out),
                "stations": [
                    {
                        "station_id": plan.station.id,
                        "objective": plan.task.objective.name,
                        "rung": plan.outcome.rung.value,
                        "status": plan.outcome.status.value,
                        "revenue_cny": cny_text(plan.verified.revenue_fen),
                        "wear_cny": cny_text(plan.verified.wear_fen),
                        "calls": calls_text(plan.verified.calls_total),
                    }
                    for plan in plans
                ],
                "refused": list(done.refused),
                "findings": counts,
            }
        )
        return
    print_findings([finding for finding in done.result.findings if finding.severity.value != "notice"])
    _table(plans)
    for plan in plans[:SHOWN_ROWS]:
        for sentence in plan.sentences:
            to_stdout(f"{plan.station.id}: {told(sentence)}")
    to_stdout(
        say(
            f"警告 {counts['warning']}，提示 {counts['notice']}，见 {done.out / FINDINGS_FILE}",
            f"{counts['warning']} warning(s), {counts['notice']} notice(s) in {done.out / FINDINGS_FILE}",
        )
    )
    for station_id in done.refused:
        to_stderr(say(f"未排计划 {station_id}", f"not planned: {station_id}"))
    to_stdout(say(f"结果在 {done.out}", f"results in {done.out}"))


def _table(plans: Sequence[Plan]) -> None:
    columns: tuple[tuple[Words, Justify], ...] = (
        (Words("电站", "station"), "left"),
        (Words("充电 MWh", "charged MWh"), "right"),
        (Words("放电 MWh", "discharged MWh"), "right"),
        (Words("净收益 元", "net revenue, CNY"), "right"),
        (Words("全容量充放电调用", "season calls"), "right"),
        (Words("求解方式", "rung"), "left"),
        (Words("差距", "gap"), "right"),
    )
    rows = [
        (
            plan.station.id,
            f"{plan.verified.charged_mwh:,.2f}",
            f"{plan.verified.discharged_mwh:,.2f}",
            cny_text(plan.earned_fen),
            calls_text(plan.verified.calls_total),
            plan.outcome.rung.value,
            f"{plan.outcome.gap_ratio:.1e}",
        )
        for plan in plans
    ]
    print_table(columns, rows, Words("座", "stations"))
