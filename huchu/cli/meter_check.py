"""`huchu meter check`: all checks of the intake, nothing but findings."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, beside
from huchu.cli.printing import DONE, REFUSED, finding_counts, print_findings, print_json, refusals, to_stdout
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, refuse_existing, write_findings
from settlement.export.tables import csv_bytes, findings_frame
from settlement.meter.read import Intake, ReadOptions, read_meter_files
from settlement.meter.scope import Scope
from settlement.meter.validate import checked
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.settings import read_settings
from tariffs.stations import read_stations
from tariffs.vocabulary.findings import Finding, has_refusal
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import ZONE, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu meter check` asks for."""

    files: tuple[Path, ...]
    stations: Path | None = None
    month: str | None = None
    out: Path | None = None
    accept_unterminated: bool = False
    settings: Path | None = None


def check(request: Request, *, as_json: bool) -> None:
    """Check the files and print what was found; exit code 1 if a finding is a refusal."""
    with refusals(as_json=as_json):
        if request.out is not None:
            refuse_existing(request.out, force=False)
        intake, findings = run(request)
        if request.out is not None:
            write_findings(request.out, csv_bytes(findings_frame(findings)))
    if as_json:
        print_json(_answer(intake, findings))
    else:
        print_findings(findings)
        _report(intake, findings, request)
    raise SystemExit(REFUSED if has_refusal(findings) else DONE)


def run(request: Request) -> tuple[Intake, list[Finding]]:
    """What was read, and every finding in order.

    Raises  InputError if a path, the stations or the settings cannot be used
    """
    settings_file = request.settings or beside(SETTINGS_FILE, request.files)
    settings = read_settings(settings_file) if settings_file is not None else None
    stations_file = request.stations or beside(STATIONS_FILE, request.files)
    stations = read_stations(stations_file) if stations_file is not None else ()
    month = Month.parse(request.month) if request.month else None
    reading = (
        ReadOptions(accept_unterminated=request.accept_unterminated)
        if settings is None
        else ReadOptions(accept_unterminated=request.accept_unterminated, naive_instants=settings.naive_instants)
    )
    intake = read_meter_files(request.files, reading)
    scope = Scope(
        stations=stations,
        month=month,
        file_names=tuple(file.name for file in intake.files),
        estimate=False,
        now=datetime.now(ZONE),
        settled_from={} if settings is None else {s.id: first_settled_day(s, settings) for s in stations},
    )
    findings = [*intake.findings, *checked(intake.intervals, intake.registers, scope).findings]
    return intake, sorted(findings, key=Finding.sort_key)


def _answer(intake: Intake, findings: list[Finding]) -> dict[str, object]:
    return {
        "status": "refused" if has_refusal(findings) else "done",
        "files": [
            {"name": file.name, "format": file.file_format, "rows": file.rows, "sha256": file.sha256}
            for file in intake.files
        ],
        "counts": finding_counts(findings),
        "findings": findings_frame(findings).to_dicts(),
    }


def _report(intake: Intake, findings: list[Finding], request: Request) -> None:
    for number, file in enumerate(intake.files):
        rows = intake.intervals.filter(intake.intervals["file_no"] == number)
        charge, discharge = int(rows["charge_kwh_e4"].sum()), int(rows["discharge_kwh_e4"].sum())
        to_stdout(
            say(
                f"{file.name}：{file.file_format or '未识别'}，{file.rows} 行，充电 {kwh_text(charge)} kWh，放电 {kwh_text(discharge)} kWh",
                f"{file.name}: {file.file_format or 'unknown'}, {file.rows} rows, "
                f"charged {kwh_text(charge)} kWh, discharged {kwh_text(discharge)} kWh",
            )
        )
    counts = finding_counts(findings)
    to_stdout(
        say(
            f"拒绝 {counts['refusal']}，警告 {counts['warning']}，提示 {counts['notice']}",
            f"{counts['refusal']} refusal(s), {counts['warning']} warning(s), {counts['notice']} notice(s)",
        )
    )
    if request.out is not None:
        to_stdout(say(f"见 {request.out / FINDINGS_FILE}", f"see {request.out / FINDINGS_FILE}"))
