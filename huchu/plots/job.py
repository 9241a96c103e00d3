"""A picture to be drawn: which one, of what, in which fonts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from huchu.plots.fleet_picture import FleetPicture
from huchu.plots.picture import SchedulePicture

Kind = Literal["schedule", "heat_map", "fleet", "fleet_heat_map", "fleet_calls"]
"""The name of a picture's file, without its ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a process needs to draw one picture."""

    kind: Kind
    picture: SchedulePicture | FleetPicture
    regular: Path
    bold: Path


def drawn(job: Job) -> bytes:
    """The bytes of the PNG of a job; loads matplotlib."""
    from huchu.plots.page import know_fonts

    know_fonts(job.regular, job.bold)
    if isinstance(job.picture, FleetPicture):
        return _fleet_drawn(job.kind, job.picture)
    from huchu.plots.heat_map import heat_map_png
    from huchu.plots.schedule import schedule_png

    return {"schedule": schedule_png, "heat_map": heat_map_png}[job.kind](job.picture)


def _fleet_drawn(kind: Kind, picture: FleetPicture) -> bytes:
    from huchu.plots.fleet_calls import fleet_calls_png
    from huchu.plots.fleet_heat_map import fleet_heat_map_png
    from huchu.plots.fleet_load import fleet_png

    return {"fleet": fleet_png, "fleet_heat_map": fleet_heat_map_png, "fleet_calls": fleet_calls_png}[kind](picture)
