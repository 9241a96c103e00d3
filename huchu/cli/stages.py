"""Seconds of each stage of a command, shown while they run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn


@dataclass(slots=True)
class Stages:
    """Seconds of each stage, shown while they run where standard error is a terminal."""

    seconds: dict[str, float] = field(default_factory=dict)
    console: Console = field(default_factory=lambda: Console(stderr=True))

    @contextmanager
    def stage(self, name: str, label: str) -> Iterator[Progress]:
        """Times a stage under a name, with a spinner."""
        began = perf_counter()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}"))
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as bar:
            bar.add_task(label, total=None)
            yield bar
        self.seconds[name] = round(perf_counter() - began, 3)
