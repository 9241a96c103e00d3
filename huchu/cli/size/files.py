"""The files that a run of `huchu size` reads."""

from pathlib import Path

from dispatch.sizing.inputs.project import Project


def inputs_of(project: Project, file: Path, settings: Path | None) -> tuple[Path, ...]:
    """Every file that a run read: the project, the settings, the prices of its scenarios, each once."""
    prices = dict.fromkeys(file.parent / each.signals for each in project.scenario if each.signals)
    return tuple(path for path in (file, settings, *prices) if path is not None)
