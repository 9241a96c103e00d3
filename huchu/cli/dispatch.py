"""`huchu dispatch`: plan each station, write the result folder, say what it earns and where it lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress

from dispatch.horizon import Horizon, horizon_between
from dispatch.options import PlanOptions
from dispatch.outcome import Report
from dispatch.plan import Plan, planned
from dispatch.prepare import Surroundings, prepared
from dispatch.signals import Signals, read_signals
from huchu.cli.asked import instant, options_of
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, beside, chosen_stations, found_file
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
from huchu.schedules.refused import refusals_of
from huchu.schedules.result import Result, write_result
from huchu.schedules.summary import calls_text
from tariffs.settings import NaiveInstants, Settings, read_settings
from tariffs.stations import Station, read_stations
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import HuchuError, InputError, Refused, UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES

if TYPE_CHECKING:
    from huchu.plots.painter import Painters


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The inputs of a request, read."""

    stations: tuple[Station, ...]
    settings: Settings | None
    signals: Signals | None
    horizon: Horizon
    options: PlanOptions
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a request gave: the result, the stations that were refused, and where it lies."""

    result: Result
    refused: tuple[str, ...]
    out: Path


def dispatch(request: Request, painters: "Painters | None", *, as_json: bool) -> None:
    """Plan and write, or refuse in four parts; exit code 0, 1, 2 or 3."""
    with refusals(as_json=as_json):
        done = run(request, painters)
    report(done, as_json=as_json)
    raise SystemExit(IN_PART if done.refused else DONE)


def run(request: Request, painters: "Painters | None") -> Done:
    """The plans of a request, written to its folder.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    options = options_of(request.asked)
    out = request.out or _folder(request)
    refuse_existing(out, force=request.force)
    stages = Stages()
    findings: list[Finding] = []
    try:
        with stages.stage("read", say("读取", "reading")):
            given = _read(request, options)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    try:
        with stages.stage("plan", say("求解", "solving")) as bar:
            plans = _plans(given, request, findings, bar)
    except UsageError:
        raise
    except HuchuError as refused:
        told_so = with_findings_written(refused, sorted(findings, key=Finding.sort_key), out)
        raise _with_model(told_so, request.export) from None
    ordered = tuple(sorted(findings, key=Finding.sort_key))
    result = Result(plans=plans, findings=ordered, settings=given.settings, inputs=given.files)
    with stages.stage("write", say("写出", "writing")):
        write_result(out, result, stages.seconds, painters, force=request.force)
    ids = {plan.station.id for plan in plans}
    return Done(result=result, refused=tuple(s.id for s in given.stations if s.id not in ids), out=out)


def _with_model(refused: HuchuError, model: Path | None) -> HuchuError:
    """The refusal, with word of the model that was written before: what has no schedule is worth looking at."""
    if model is not None and model.is_file():
        refused.done = Words(
            f"{refused.done.zh}，以及 {model.name}", f"{refused.done.en}, and {model.name} was written before"
        )
    return refused


def _folder(request: Request) -> Path:
    """Where a result goes that is given no folder: named for its signals, else for its first day."""
    if request.signals is not None:
        return Path(f"dispatch-{request.signals.name.split('.')[0]}")
    return Path("dispatch" if request.from_at is None else f"dispatch-{request.from_at[:10]}")


def _read(request: Request, options: PlanOptions) -> Given:
    named = [path for path in (request.signals, request.stations) if path is not None]
    stations_file = found_file(request.stations, STATIONS_FILE, named, "--stations")
    settings_file = request.settings or beside(SETTINGS_FILE, [*named, stations_file])
    settings = None if settings_file is None else read_settings(settings_file)
    signals = None
    if request.signals is not None:
        naive = NaiveInstants.ASIA_SHANGHAI if settings is None else settings.naive_instants
        signals = read_signals(request.signals, naive, request.accept_unterminated)
    signals, horizon = _steps(request, signals)
    files = (stations_file, settings_file, request.signals)
    return Given(
        stations=chosen_stations(read_stations(stations_file), request.only),
        settings=settings,
        signals=signals,
        horizon=horizon,
        options=options,
        files=tuple(path for path in files if path is not None),
    )


def _steps(request: Request, signals: Signals | None) -> tuple[Signals | None, Horizon]:
    """The signals between --from and --until, and their steps; without signals the steps that the options say."""
    first = None if request.from_at is None else instant(request.from_at, "--from")
    until = None if request.until_at is None else instant(request.until_at, "--until")
    if signals is not None:
        if request.step_minutes not in (None, signals.horizon.minutes):
            raise UsageError(
                Words("--step 与信号的步长不同", "--step is not the step of the signals"),
                found=Words(
                    f"{request.step_minutes} 分钟，信号 {signals.horizon.minutes} 分钟",
                    f"{request.step_minutes} minutes, signals {signals.horizon.minutes} minutes",
                ),
                do=Words("去掉 --step，或先换算信号", "leave out --step, or convert the signals first"),
            )
        cut = signals.cut(first, until)
        return cut, cut.horizon
    if first is None or until is None:
        raise UsageError(
            Words("没有信号时须给出起止", "without signals the horizon must be given"),
            found=Words("缺 --from 或 --until", "--from or --until is missing"),
            do=Words("例如 --from 2025-06-01 --until 2026-06-01", "for example --from 2025-06-01 --until 2026-06-01"),
        )
    return None, horizon_between(
        first, until, DEFAULT_MINUTES if request.step_minutes is None else request.step_minutes
    )


def _plans(given: Given, request: Request, findings: list[Finding], bar: Progress) -> tuple[Plan, ...]:
    """The plan of each station; everything found on the way is added to the findings.

    Raises  HuchuError if a station is refused, unless refused stations are skipped and one is left
    """
    around = Surroundings(
        settings=given.settings, library=Library() if given.settings is None else library_of(given.settings)
    )
    if request.export is not None:
        _refuse_export(request.export, given.stations, force=request.force)
    if given.signals is not None:
        findings.extend(given.signals.findings)
    plans: list[Plan] = []
    for station in given.stations:
        try:
            ready = prepared(station, given.horizon, given.signals, around, given.options)
            if request.export is not None:
                _export(ready.task, request.export)
            plan = planned(station, ready, given.options, _reporting(bar, station))
        except UsageError:
            raise
        except HuchuError as refused:
            findings.extend(refusals_of(station.id, refused))
            if station.id not in refused.what.en:
                # among several stations a refusal must say whose it is
                refused.what = Words(f"{station.id}：{refused.what.zh}", f"{station.id}: {refused.what.en}")
            if not request.skip_refused or (station is given.stations[-1] and not plans):
                raise
            continue
        plans.append(plan)
        findings.extend(plan.findings)
    return tuple(plans)


def _refuse_export(path: Path, stations: Sequence[Station], *, force: bool) -> None:
    if len(stations) > 1:
        raise UsageError(
            Words("--export 只写一座电站的模型", "--export writes the model of one station"),
            found=Words(f"{len(stations)} 座", f"{len(stations)} stations"),
            do=Words("用 --only 选一座", "choose one with --only"),
        )
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(
            Words(f"模型不能写到 {path.name}", f"the model cannot be written to {path.name}"),
            found=Words(f"{path} 是文件夹，或所在文件夹不存在", f"{path} is a folder, or its folder does not exist"),
            do=Words("换一个 --export，或先建文件夹", "choose another --export, or make the folder first"),
        )
    if path.exists() and not force:
        raise InputError(
            Words(f"{path.name} 已存在", f"{path.name} exists"),
            found=Words(path.name, path.name),
            do=Words("换一个文件名，或用 --force 覆盖", "choose another name, or overwrite with --force"),
        )


def _export(task: object, path: Path) -> None:
    from dispatch.formulate import write_model

    write_model(task, path)  # type: ignore[arg-type]


def _reporting(bar: Progress, station: Station) -> Report:
    """Shows the bound and the gap of a long solve where standard error is a terminal."""

    def told_so_far(bound: float, best: float, gap: float, seconds: float) -> None:
        text = say(
            f"{station.id} 目标 {best:,.0f} 元，界 {bound:,.0f}，差距 {gap:.2%}，{seconds:.0f} 秒",
            f"{station.id} objective {best:,.0f} CNY, bound {bound:,.0f}, gap {gap:.2%}, {seconds:.0f} s",
        )
        bar.update(bar.task_ids[0], description=text)

    return told_so_far


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
