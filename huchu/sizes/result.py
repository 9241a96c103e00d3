"""The result folder of `huchu size`: tables, workbook, report, pictures and the station, whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dispatch.sizing.evaluated import is_support_taxed
from dispatch.sizing.report import Judged, SizingReport
from huchu.output import FINDINGS_FILE, STATIONS_FILE, whole_folder, write_file
from huchu.schedules.result import inputs_told
from huchu.schedules.summary import json_bytes, run_told
from huchu.schedules.tables import schedule_parquet, schedule_text
from huchu.sizes.station_file import stations_text
from huchu.sizes.summary import summary_of
from huchu.sizes.tables import (
    break_even_table,
    cash_flow_table,
    npv_map_table,
    scenarios_table,
    sensitivity_table,
    years_table,
)
from huchu.sizes.workbook import workbook_bytes
from huchu.sizes.workbook_parts import ScenarioSheet
from settlement.export.tables import csv_bytes, findings_frame
from tariffs.vocabulary.errors import Words

TABLES = {
    "scenarios.csv": scenarios_table,
    "cash_flow.csv": cash_flow_table,
    "years.csv": years_table,
    "npv_map.csv": npv_map_table,
    "sensitivity.csv": sensitivity_table,
    "break_even.csv": break_even_table,
}
REPORT_FILE = "sizing.pdf"
Seconds = Mapping[str, float]


def write_result(
    folder: Path, report: SizingReport, inputs: Sequence[Path], seconds: Seconds, *, plot: bool, force: bool
) -> None:
    """Write every file of a sized project; pictures and pages are left out without `plot`.

    Raises  InputError if the folder may not be written
    """
    schedule = report.chosen.operated.first.verified.schedule
    given = inputs_told(inputs)
    run = run_told(report.findings, report.ground.around.settings, given, seconds)
    drawn = _drawn(report, given) if plot else {}
    with whole_folder(folder, force=force) as draft:
        for name, table in TABLES.items():
            write_file(draft / name, csv_bytes(table(report)))
        write_file(draft / "schedule.csv", csv_bytes(schedule_text([schedule])))
        write_file(draft / "schedule.parquet", schedule_parquet([schedule]))
        write_file(draft / STATIONS_FILE, stations_text(report.project, report.size).encode("utf-8"))
        write_file(draft / "sizing.xlsx", _workbook(report))
        write_file(draft / FINDINGS_FILE, csv_bytes(findings_frame(report.findings)))
        write_file(draft / "summary.json", json_bytes({**summary_of(report), **run}))
        for name, content in drawn.items():
            write_file(draft / name, content)


def sheets_of(report: SizingReport) -> tuple[ScenarioSheet, ...]:
    """What the workbook shows of each scenario, that of the chosen size first."""
    ranked = sorted(report.judged, key=lambda judged: judged.scenario.name != report.base.name)
    return tuple(sheet for judged in ranked if (sheet := _sheet(judged)) is not None)


def _workbook(report: SizingReport) -> bytes:
    return workbook_bytes(report.project, report.size, sheets_of(report), [each.message for each in report.findings])


def _sheet(judged: Judged) -> ScenarioSheet | None:
    known, scenario = judged.at_size, judged.scenario
    if known is None:
        return None
    return ScenarioSheet(
        name=scenario.name,
        title=Words(scenario.title_zh or scenario.name, scenario.title_en or scenario.name),
        years=known.operated.years,
        cash_flow=known.cash_flow,
        measures=known.measures,
        capacity_support_taxed=is_support_taxed(scenario),
    )


def _drawn(report: SizingReport, inputs: Sequence[Mapping[str, str]]) -> dict[str, bytes]:
    """The pictures and the two pages by the names of their files; matplotlib and the typesetter are loaded for them."""
    from huchu.sizes.pdf import report_bytes
    from huchu.sizes.pictures import pngs, size_pictures

    pictures = pngs(size_pictures(report))
    digests = {each["name"]: each["sha256"] for each in inputs}
    return {**pictures, REPORT_FILE: report_bytes(report, pictures, digests)}
