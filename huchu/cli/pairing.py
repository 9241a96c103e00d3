"""`huchu pairing`: the storage that wind projects must be paired with, what they have of it, and how to get the rest."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from huchu.cli.pairing_findings import findings_of
from huchu.cli.pairing_judged import Inputs, Judged, judged, period_between
from huchu.cli.pairing_report import report
from huchu.cli.pairing_tables import STANDING_COLUMNS, WAY_COLUMNS, record_of, standing_rows, way_rows
from huchu.cli.pairing_ways import Proposals, proposals
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, beside, found_file
from huchu.cli.printing import DONE, finding_counts, print_json, refusals
from huchu.cli.typed import typed_day
from huchu.output import FINDINGS_FILE, refuse_existing, whole_folder, write_file
from tariffs.eligibility.wind_pairing import Choices
from tariffs.projects import read_projects
from tariffs.settings import read_settings
from tariffs.stations import read_stations
from tariffs.versions import Library, library_of
from tariffs.vocabulary.findings import Finding

PROJECTS_FILE: Final = "projects.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu pairing` asks for."""

    projects: Path | None = None
    stations: Path | None = None
    on: str | None = None
    from_on: str | None = None
    until_on: str | None = None
    out: Path | None = None
    plot: bool = True
    settings: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a request came to."""

    found: Judged
    ways: Proposals
    findings: tuple[Finding, ...]


def pairing(request: Request, *, as_json: bool) -> None:
    """Judge, print and perhaps write, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        if request.out is not None:
            refuse_existing(request.out, force=request.force)
        answered = run(request)
        if request.out is not None:
            _write(request.out, answered, request)
    if as_json:
        counts = finding_counts(answered.findings)
        out = None if request.out is None else str(request.out)
        print_json({"status": "done", "out": out, **_record(answered), "finding_counts": counts})
    else:
        report(answered.found, answered.ways, answered.findings, request.out)
    raise SystemExit(DONE)


def run(request: Request) -> Answered:
    """Every project judged, the ways to what is missing, and what is to be known.

    Raises  HuchuError if an input cannot be used
    """
    days = (
        None if text is None else typed_day(text, option)
        for text, option in ((request.from_on, "--from"), (request.until_on, "--until"), (request.on, "--on"))
    )
    asked = period_between(*days)
    given = _read(request)
    found = judged(given, asked)
    ways = proposals(found, given)
    return Answered(found=found, ways=ways, findings=findings_of(found, ways, given))


def _read(request: Request) -> Inputs:
    named = [path for path in (request.projects, request.stations) if path is not None]
    projects_file = found_file(request.projects, PROJECTS_FILE, named, "--projects")
    stations_file = found_file(request.stations, STATIONS_FILE, [*named, projects_file], "--stations")
    settings_file = request.settings or beside(SETTINGS_FILE, [projects_file, stations_file])
    settings = None if settings_file is None else read_settings(settings_file)
    choices = Choices()
    if settings is not None:
        choices = Choices(
            city=settings.city, enforced=settings.pairing_enforced, upgrade_base=settings.pairing_upgrade_base
        )
    return Inputs(
        file=read_projects(projects_file),
        stations=read_stations(stations_file),
        library=Library() if settings is None else library_of(settings),
        choices=choices,
    )


def _record(answered: Answered) -> dict[str, Any]:
    return {
        **record_of(answered.found, answered.ways),
        "findings": [
            {"severity": each.severity.value, "code": each.code, "message": str(each.message)}
            for each in answered.findings
        ],
    }


def _write(out: Path, answered: Answered, request: Request) -> None:
    import polars as pl

    from settlement.export.tables import csv_bytes, findings_frame

    standings = pl.DataFrame(standing_rows(answered.found), schema=dict.fromkeys(STANDING_COLUMNS, pl.String))
    ways = pl.DataFrame(way_rows(answered.ways), schema=dict.fromkeys(WAY_COLUMNS, pl.String))
    png = _picture(answered.found) if request.plot else None
    with whole_folder(out, force=request.force) as folder:
        write_file(folder / "pairing.csv", csv_bytes(standings))
        write_file(folder / "pairing_ways.csv", csv_bytes(ways))
        text = json.dumps(_record(answered), ensure_ascii=False, indent=2) + "\n"
        write_file(folder / "pairing.json", text.encode("utf-8"))
        write_file(folder / FINDINGS_FILE, csv_bytes(findings_frame(answered.findings)))
        if png is not None:
            write_file(folder / "pairing.png", png)


def _picture(found: Judged) -> bytes | None:
    """The PNG of the projects that have a requirement; nothing where none has."""
    from huchu.plots.pairing import PairingLine, pairing_png

    lines = [
        PairingLine.of_project(each.project, each.owed, each.stretches)
        for each in found.projects
        if each.owed.requirement is not None
    ]
    return pairing_png(lines, found.period.first_on, found.period.last_on) if lines else None
