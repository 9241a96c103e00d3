"""The result folder of a plan: schedule, summary, orders, plan, findings and pictures, whole or not at all."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch.plan import Plan
from dispatch.prepare.regulated import OBJECTIVE as REGULATED
from dispatch.schedules import Schedule
from huchu.output import FINDINGS_FILE, whole_folder, write_file
from huchu.plots.picture import schedule_picture
from huchu.schedules.orders import orders_frame
from huchu.schedules.plan_points import plan_frame
from huchu.schedules.refused import CATALOGUE
from huchu.schedules.summary import summary_bytes
from huchu.schedules.tables import schedule_parquet, schedule_text
from huchu.schedules.worth import stored_worth_text
from settlement.export.tables import csv_bytes, findings_frame
from tariffs.settings import Settings
from tariffs.vocabulary.findings import Finding

if TYPE_CHECKING:
    from huchu.plots.painter import Painters

PICTURES = "pictures"
MOST_PICTURED = 20
"""Stations that are drawn: nobody looks at the pictures of a thousand, and drawing one takes longer than planning it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one run gives, to be written."""

    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]
    settings: Settings | None
    inputs: tuple[Path, ...]


def write_result(
    folder: Path, result: Result, seconds: dict[str, float], painters: "Painters | None", *, force: bool
) -> None:
    """Write every file of a run; pictures are drawn while the tables are written.

    Raises  InputError if the folder may not be written
    """
    plans = result.plans
    drawings = dict(_drawings(plans, painters)) if painters is not None else {}
    schedules = [plan.verified.schedule for plan in plans]
    regulated = [plan.verified.schedule for plan in plans if plan.task.objective.name == REGULATED]
    worths = [
        (plan.verified.schedule, worth)
        for plan in plans
        if (worth := plan.explanation.stored_worth_cny_per_mwh) is not None
    ]
    with whole_folder(folder, force=force) as draft:
        write_tables(draft, schedules, regulated, result.findings)
        if worths:
            write_file(draft / "stored_worth.csv", csv_bytes(stored_worth_text(worths)))
        given = inputs_told(result.inputs)
        write_file(draft / "summary.json", summary_bytes(plans, result.findings, result.settings, given, seconds))
        for name, drawing in drawings.items():
            (draft / name).parent.mkdir(exist_ok=True)
            write_file(draft / name, drawing.result())


def write_tables(
    draft: Path, schedules: Sequence[Schedule], regulated: Sequence[Schedule], findings: Sequence[Finding]
) -> None:
    """Write the tables of schedules and of findings; orders and plan curves of those at the regulated prices."""
    write_file(draft / "schedule.csv", csv_bytes(schedule_text(schedules)))
    write_file(draft / "schedule.parquet", schedule_parquet(schedules))
    if regulated:
        write_file(draft / "orders.csv", csv_bytes(orders_frame(regulated)))
        write_file(draft / "plan.csv", csv_bytes(plan_frame(regulated)))
    write_file(draft / FINDINGS_FILE, csv_bytes(findings_frame(findings)))


def inputs_told(inputs: Sequence[Path]) -> list[dict[str, str]]:
    """The names and hashes of the files that a run read."""
    return [{"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} for path in inputs]


def pictures_left_out(plans: Sequence[Plan]) -> tuple[Finding, ...]:
    """Word of the stations that are not drawn, where there are more than are."""
    if len(plans) <= MOST_PICTURED:
        return ()
    return (CATALOGUE.finding("pictures_left_out", drawn=MOST_PICTURED, stations=len(plans)),)


def _drawings(plans: Sequence[Plan], painters: "Painters") -> Iterator[tuple[str, "Future[bytes]"]]:
    """The pictures to be, by name: of one station beside its tables, of several in a folder, and of the first only."""
    for plan in plans[:MOST_PICTURED]:
        calls = float(plan.verified.calls_total)
        picture = schedule_picture(plan.station, plan.task, plan.verified.schedule, plan.outcome, calls)
        for kind, painter in painters.items():
            name = f"{kind}.png" if len(plans) == 1 else f"{PICTURES}/{plan.station.id}-{kind}.png"
            yield name, painter.begin(kind, picture)
