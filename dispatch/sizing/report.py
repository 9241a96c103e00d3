"""A project sized: the best size, what it is worth under every scenario, and how that hangs on the assumptions."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dispatch.outcome import Limits, NoSchedule
from dispatch.sizing.best import Best, best_of_scenario
from dispatch.sizing.break_even import BreakEven, break_evens
from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import Evaluated, evaluated
from dispatch.sizing.ground import Ground, ground_of
from dispatch.sizing.inputs.project import Project, Size, read_project
from dispatch.sizing.inputs.scenario import Scenario
from dispatch.sizing.notes import notes_of
from dispatch.sizing.npv_map import NpvMap, npv_map
from dispatch.sizing.sensitivity import Sensitivity, sensitivity
from tariffs.settings import Settings, read_settings
from tariffs.vocabulary.errors import InputError, PolicyNotCovered, Refused, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text

Progress = Callable[[Words], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One scenario: the chosen size under it, and the size that would be best for it.

    Shape   `at_size` is nothing where the chosen size cannot be operated under the scenario, and `refusal` says why
    """

    scenario: Scenario
    at_size: Evaluated | None
    best: Best | None
    refusal: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizingReport:
    """Everything that `huchu size` tells.

    Shape   `base` is the scenario that the size was chosen for; `judged` has every scenario in the order of the project
    """

    ground: Ground
    base: Scenario
    best: Best | None
    size: Size
    judged: tuple[Judged, ...]
    map: NpvMap
    sensitivity: Sensitivity
    break_evens: tuple[BreakEven, ...]
    findings: tuple[Finding, ...]

    @property
    def project(self) -> Project:
        """The project."""
        return self.ground.project

    @property
    def chosen(self) -> Evaluated:
        """The chosen size under the scenario that it was chosen for."""
        found = next(each.at_size for each in self.judged if each.scenario.name == self.base.name)
        assert found is not None
        return found

    def __repr__(self) -> str:
        return f"<SizingReport {self.project.project.id}: {self.size}, NPV {cny_text(self.chosen.measures.npv_fen)} 元>"


def size_project(
    project: Project | Path | str,
    *,
    settings: Settings | Path | str | None = None,
    signals: dict[str, object] | None = None,
    scenario: str | None = None,
    size: Size | None = None,
    solver_limits: Limits | None = None,
    progress: Progress | None = None,
) -> SizingReport:
    """A project sized: `size_project("project.toml", settings="huchu.toml")`.

    Shape   `signals` gives market prices by scenario as frames or files, else the files that the scenarios name are read
            beside the project file; `scenario` is the one that the size is chosen for, by default the first; a `size` that
            is given is judged, and no best one is looked for
    Raises  InputError, SettingsError, Refused or PolicyNotCovered for what cannot be judged; NoSchedule where the calls
            cannot be made
    """
    folder = Path(project).parent if isinstance(project, Path | str) else Path()
    known = read_project(project) if isinstance(project, Path | str) else project
    applied = read_settings(Path(settings)) if isinstance(settings, Path | str) else settings
    ground = ground_of(known, settings=applied, folder=folder, signals=signals)
    tell = progress or (lambda _words: None)
    base = ground.scenario(scenario) if scenario is not None else known.scenario[0]
    curve = Curve(ground=ground)
    best = None
    if size is None:
        tell(Words("求最优规模", "looking for the best size"))
        best = best_of_scenario(curve, base, solver_limits)
        size = best.size
    judged = [_judged(curve, each, best, size, tell) for each in known.scenario]
    chosen = next(each for each in judged if each.scenario.name == base.name)
    if chosen.at_size is None:
        # said as it is refused: there is nothing to report
        evaluated(ground, base, size)
    tell(Words("净现值图、敏感性与盈亏平衡点", "the map, sensitivities and break-even figures"))
    return SizingReport(
        ground=ground,
        base=base,
        best=best,
        size=size,
        judged=tuple(judged),
        map=npv_map(curve, base),
        sensitivity=sensitivity(curve, base, size),
        break_evens=break_evens(curve, base, size),
        findings=notes_of(ground, base, best, judged),
    )


def _judged(curve: Curve, scenario: Scenario, best: Best | None, size: Size, tell: Progress) -> Judged:
    """A scenario with the chosen size and with its own best one; what cannot be operated under it is told."""
    tell(Words(f"情景 {scenario.name}", f"scenario {scenario.name}"))
    if best is None or best.scenario.name != scenario.name:
        try:
            best = best_of_scenario(curve, scenario, with_linear=False)
        except (InputError, Refused, PolicyNotCovered):
            best = None
    try:
        return Judged(scenario=scenario, at_size=evaluated(curve.ground, scenario, size), best=best)
    except (NoSchedule, Refused) as refusal:
        return Judged(scenario=scenario, at_size=None, best=best, refusal=refusal.found)
    except PolicyNotCovered as refusal:
        return Judged(scenario=scenario, at_size=None, best=best, refusal=refusal.what)
