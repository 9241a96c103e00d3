"""`huchu settle`: read the meter files, settle, write the result folder, say where it lies."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl
from rich.progress import Progress

from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, chosen_stations, found_file
from huchu.cli.printing import (
    DONE,
    IN_PART,
    Justify,
    finding_counts,
    print_findings,
    print_json,
    print_table,
    refusals,
    to_stderr,
    to_stdout,
    with_findings_written,
)
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, refuse_existing, whole_folder, write_file
from settlement.earlier import Earlier
from settlement.export.tables import csv_bytes, findings_frame
from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import Inputs
from settlement.meter.read import Intake, ReadOptions, read_meter_files
from settlement.settling import SettleOptions, settle_intake
from settlement.statement.statement import Statement, StatementSet
from settlement.statement.terms import RunKind
from tariffs.settings import Settings, read_settings
from tariffs.stations import Station, read_stations
from tariffs.vocabulary.errors import Refused, UsageError, Words, nearest
from tariffs.vocabulary.findings import Finding, has_refusal
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.timegrid import Month, parse_months

KINDS: Final = ("orders", "plan", "prices", "adjust", "incidents", "agc")
"""The files beside the meter files, in the order in which the request names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu settle` asks for."""

    meter: tuple[Path, ...]
    month: str
    stations: Path | None = None
    out: Path | None = None
    settled: tuple[Path, ...] = ()
    beside: tuple[Path | None, ...] = ()
    run: str = "final"
    estimate: bool = False
    formats: tuple[str, ...] = ("pdf", "xlsx", "json")
    only: tuple[str, ...] = ()
    skip_refused: bool = False
    accept_unterminated: bool = False
    jobs: int = 0
    settings: Path | None = None
    force: bool = False


def settle(request: Request, *, as_json: bool) -> None:
    """Settle and write, or refuse in four parts; exit code 0, 1, 2 or 3."""
    with refusals(as_json=as_json):
        result, out = run(request)
    report(result, out, as_json=as_json)
    raise SystemExit(IN_PART if result.refused or has_refusal(result.findings) else DONE)


def run(request: Request) -> tuple[StatementSet, Path]:
    """The statements of a request and the folder they were written to.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    months = parse_months(request.month)
    out = request.out or Path(f"settled-{request.month}")
    refuse_existing(out, force=request.force)
    _refuse_own_ground(out, request.settled, months)
    _check_words(request)
    settings_file = found_file(request.settings, SETTINGS_FILE, request.meter, "--settings")
    stations_file = found_file(request.stations, STATIONS_FILE, request.meter, "--stations")
    settings, known = read_settings(settings_file), read_stations(stations_file)
    stations = chosen_stations(known, request.only)
    stages = Stages()
    with stages.stage("read", say("读取", "reading")):
        reading = ReadOptions(accept_unterminated=request.accept_unterminated, naive_instants=settings.naive_instants)
        intake = _without_others(read_meter_files(request.meter, reading), known, stations)
        inputs = _inputs(request.beside, known, reading, out)
    options = SettleOptions(
        run=RunKind(request.run),
        estimate=request.estimate,
        skip_refused=request.skip_refused,
        inputs=inputs,
        earlier=_earlier(request, settings),
    )
    with stages.stage("settle", say("检查与结算", "checking and settling")):
        try:
            result = settle_intake(intake, stations, months, settings, options)
        except Refused as refused:
            raise with_findings_written(refused, refused.findings, out) from None
    if "pdf" in request.formats:
        from settlement.export.font_notices import font_notices

        settled = {statement.station.id: statement.station for statement in result.statements}
        findings = sorted((*result.findings, *font_notices(settled.values())), key=Finding.sort_key)
        result = replace(result, findings=tuple(findings))
    _write(result, request, out, stages, _digests(settings_file, stations_file, request.settled))
    return result, out


def _inputs(beside: Sequence[Path | None], known: Sequence[Station], reading: ReadOptions, out: Path) -> Inputs:
    paths = InputPaths(**dict(zip(KINDS, beside, strict=False)))
    try:
        return read_inputs(paths, known, reading)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None


def _earlier(request: Request, settings: Settings) -> Earlier:
    if not request.settled:
        return Earlier()
    from huchu.settled import earlier_months

    return earlier_months(request.settled, settings)


def _refuse_own_ground(out: Path, settled: Sequence[Path], months: Sequence[Month]) -> None:
    """Nothing, unless the run would replace a result of other months that it builds on."""
    if not settled or not out.is_dir():
        return
    from huchu.settled import calls_files, read_calls

    for path in (each for folder in settled for each in calls_files(folder)):
        held = {month for _, _, month in read_calls(path)}
        if path.parent.resolve() == out.resolve() and not held <= set(months):
            other = ", ".join(sorted(str(month) for month in held - set(months)))
            raise UsageError(
                Words(
                    f"--out {out.name} 正是 --settled 所指的结果", f"--out {out.name} is a result that --settled names"
                ),
                found=Words(f"其中有 {other}", f"it holds {other}"),
                do=Words("换一个 --out", "choose another --out"),
            )


def _check_words(request: Request) -> None:
    from settlement.export import formats

    kinds = [kind.value for kind in RunKind]
    for given, choices, option in (
        ((request.run,), kinds, "--run"),
        (request.formats, list(formats()) if request.formats else [], "--formats"),
    ):
        for word in given:
            if word not in choices:
                listed = " | ".join(choices)
                near = nearest(word, choices) or choices[0]
                raise UsageError(
                    Words(f"{option} 不认识 {word}", f"{option} does not know {word}"),
                    found=Words(f"可选 {listed}", f"choices {listed}"),
                    do=Words(f"例如 {near}", f"write {near}, for example"),
                )


def _without_others(intake: Intake, known: Sequence[Station], chosen: Sequence[Station]) -> Intake:
    """The intake without the rows of the known stations that were not chosen."""
    if len(known) == len(chosen):
        return intake
    wanted_ids = {station.id for station in chosen}
    others = [feed for station in known if station.id not in wanted_ids for feed in station.feeds]
    wanted = ~pl.col("feed").is_in(others)
    return replace(intake, intervals=intake.intervals.filter(wanted), registers=intake.registers.filter(wanted))


def _write(
    result: StatementSet, request: Request, out: Path, stages: Stages, given: Sequence[Mapping[str, str]]
) -> None:
    with whole_folder(out, force=request.force) as folder:
        with stages.stage("tables", say("写出表格", "writing tables")):
            lines = result.lines
            write_file(folder / "lines.csv", csv_bytes(lines))
            lines.write_parquet(folder / "lines.parquet")
            write_file(folder / "calls.csv", csv_bytes(result.calls))
            awards = result.awards
            if not awards.is_empty():
                write_file(folder / "award.csv", csv_bytes(awards))
            write_file(folder / FINDINGS_FILE, csv_bytes(findings_frame(result.findings)))
        if request.formats:
            with stages.stage("statements", say("写出结算单", "writing statements")) as bar:
                _write_statements(result.statements, request, folder / "statements", bar)
        write_file(folder / "run.json", _run_json(result, stages.seconds, given))


def _digests(settings_file: Path, stations_file: Path, settled: Sequence[Path]) -> list[dict[str, str]]:
    """Name and SHA-256 of the settings, the stations and the earlier results that a run rests on."""
    earlier = []
    if settled:
        from huchu.settled import files_read

        earlier = [path for folder in settled for path in files_read(folder)]
    named = [(path.name, path) for path in (settings_file, stations_file)]
    named += [(f"{path.parent.name}/{path.name}", path) for path in earlier]
    return [{"name": name, "sha256": sha256(path.read_bytes()).hexdigest()} for name, path in named]


def _write_statements(statements: Sequence[Statement], request: Request, folder: Path, bar: Progress) -> None:
    from huchu.jobs import pool_for, render_statements

    folder.mkdir()
    task = bar.task_ids[0]
    bar.update(task, total=len(statements))
    with pool_for(len(statements), request.jobs) as executor:
        for done in render_statements(statements, request.formats, folder, executor):
            bar.update(task, completed=done)


def _run_json(result: StatementSet, seconds: Mapping[str, float], given: Sequence[Mapping[str, str]]) -> bytes:
    totals: dict[str, int] = {}
    for statement in result.statements:
        for line in statement.lines:
            totals[line.item] = totals.get(line.item, 0) + line.amount_fen
    documents = {
        (source.series, source.effective_from.isoformat(), source.document_number, source.confirmation.value)
        for statement in result.statements
        for source in statement.sources
    }
    told = {
        "run_id": result.run.run_id,
        "kind": result.run.kind.value,
        "engine": {"huchu": result.run.engine_version, "python": platform.python_version()},
        "inputs": [
            {"name": file.name, "format": file.file_format, "rows": file.rows, "sha256": file.sha256}
            for file in result.run.inputs
        ],
        "inputs_beside": [
            {"name": file.name, "kind": file.kind, "rows": file.rows, "sha256": file.sha256}
            for file in result.run.beside
        ],
        "given": list(given),
        "settings": dict(result.run.settings.applied()),
        "documents": [
            dict(zip(("series", "effective_from", "document_number", "confirmation"), entry, strict=True))
            for entry in sorted(documents)
        ],
        "totals_cny": {item: cny_text(total) for item, total in sorted(totals.items())},
        "counts": {
            "statements": len(result.statements),
            "lines": sum(len(statement.lines) for statement in result.statements),
            **finding_counts(result.findings),
        },
        "refused": [
            {"station_id": station_id, "month": month, "codes": list(codes)}
            for (station_id, month), codes in sorted(result.refused.items())
        ],
        "seconds": dict(seconds),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def report(result: StatementSet, out: Path, *, as_json: bool) -> None:
    """Say what was settled and where it lies: a table for people, one JSON object for programs."""
    counts = finding_counts(result.findings)
    if as_json:
        print_json(
            {
                "status": "done_in_part" if result.refused or counts["refusal"] else "done",
                "out": str(out),
                "run_id": result.run.run_id,
                "statements": [
                    {
                        "station_id": statement.station.id,
                        "month": str(statement.month),
                        "settled_with_grid_cny": cny_text(statement.settled_with_grid_fen),
                        "all_income_cny": cny_text(statement.all_income_fen),
                    }
                    for statement in result.statements
                ],
                "refused": [{"station_id": s, "month": m, "codes": list(c)} for (s, m), c in result.refused.items()],
                "findings": counts,
            }
        )
        return
    print_findings([finding for finding in result.findings if finding.severity.value != "notice"])
    _table(result.statements)
    to_stdout(
        say(
            f"警告 {counts['warning']}，提示 {counts['notice']}，见 {out / FINDINGS_FILE}",
            f"{counts['warning']} warning(s), {counts['notice']} notice(s) in {out / FINDINGS_FILE}",
        )
    )
    for (station_id, month), codes in sorted(result.refused.items()):
        to_stderr(
            say(
                f"未结算 {station_id} {month}：{', '.join(codes)}",
                f"not settled: {station_id} {month}: {', '.join(codes)}",
            )
        )
    to_stdout(say(f"结果在 {out}{_pages(out)}", f"results in {out}{_pages(out)}"))


def _pages(out: Path) -> str:
    folder = out / "statements"
    return f" ({folder})" if folder.is_dir() else ""


def _table(statements: Sequence[Statement]) -> None:
    columns: tuple[tuple[Words, Justify], ...] = (
        (Words("电站", "station"), "left"),
        (Words("月份", "month"), "left"),
        (Words("充电 kWh", "charged kWh"), "right"),
        (Words("放电 kWh", "discharged kWh"), "right"),
        (Words("与电网结算 元", "settled with grid, CNY"), "right"),
        (Words("次数", "calls"), "right"),
    )
    # other payers are shown where there are any
    others = any(statement.all_income_fen != statement.settled_with_grid_fen for statement in statements)
    if others:
        columns += ((Words("全部收入 元", "all income, CNY"), "right"),)
    print_table(columns, list(_rows(statements, others=others)), Words("份", "statements"))


def _rows(statements: Sequence[Statement], *, others: bool) -> Iterator[tuple[str, ...]]:
    from settlement.statement.obligation import calls_text
    from tariffs.vocabulary.money import decimal_text

    for statement in statements:
        charge = int(statement.readings["charge_kwh_e4"].sum())
        discharge = int(statement.readings["discharge_kwh_e4"].sum())
        yield (
            statement.station.id,
            str(statement.month),
            decimal_text(charge, 4, 2),
            decimal_text(discharge, 4, 2),
            cny_text(statement.settled_with_grid_fen),
            calls_text(sum((calls.month_calls for calls in statement.calls), start=Fraction(0))),
            *([cny_text(statement.all_income_fen)] if others else []),
        )
