"""The result folder of several stations behind one goal: what a plan of each has, and the fleet's, whole or not at all."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from huchu.output import whole_folder, write_file
from huchu.schedules.fleet.drawn import fleet_picture, fleet_pictures
from huchu.schedules.fleet.record import FleetResult
from huchu.schedules.fleet.summary import fleet_summary_bytes
from huchu.schedules.fleet.tables import fleet_calls_frame, fleet_text
from huchu.schedules.result import inputs_told, write_tables
from settlement.export.tables import csv_bytes

if TYPE_CHECKING:
    from concurrent.futures import Future

    from huchu.plots.painter import Painters


def write_fleet_result(
    folder: Path, result: FleetResult, seconds: dict[str, float], painters: "Painters | None", *, force: bool
) -> None:
    """Write every file of a fleet's run; pictures are drawn while the tables are written.

    Raises  InputError if the folder may not be written
    """
    drawings = dict(_drawings(result, painters)) if painters is not None else {}
    schedules = [plan.verified.schedule for plan in result.plan.plans]
    with whole_folder(folder, force=force) as draft:
        write_tables(draft, schedules, schedules if result.is_regulated else (), result.findings)
        write_file(draft / "fleet.csv", csv_bytes(fleet_text(result.plan)))
        write_file(draft / "fleet_calls.csv", csv_bytes(fleet_calls_frame(result.plan)))
        given = inputs_told(result.inputs)
        write_file(draft / "summary.json", fleet_summary_bytes(result, given, seconds))
        for name, drawing in drawings.items():
            write_file(draft / name, drawing.result())


def _drawings(result: FleetResult, painters: "Painters") -> Iterator[tuple[str, "Future[bytes]"]]:
    """The pictures to be, by name, shared among those who draw."""
    picture = fleet_picture(result)
    for kind, painter in zip(fleet_pictures(result), cycle(painters.values()), strict=False):
        yield f"{kind}.png", painter.begin(kind, picture)
