"""A picture to be drawn: which one, of what, in which fonts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from huchu.plots.picture import SchedulePicture

Kind = Literal["schedule", "heat_map"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a process needs to draw one picture."""

    kind: Kind
    picture: SchedulePicture
    regular: Path
    bold: Path


def drawn(job: Job) -> bytes:
    """The bytes of the PNG of a job; loads matplotlib."""
    from huchu.plots.heat_map import heat_map_png
    from huchu.plots.page import know_fonts
    from huchu.plots.schedule import schedule_png

    know_fonts(job.regular, job.bold)
    return {"schedule": schedule_png, "heat_map": heat_map_png}[job.kind](job.picture)
