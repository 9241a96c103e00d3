"""What all sizes of a project share: the project, the settings and documents, and the market prices of its scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dispatch.plan import known_signals
from dispatch.prepare.terms import Surroundings
from dispatch.signals import Signals
from dispatch.sizing.inputs.project import Project
from dispatch.sizing.inputs.scenario import Regime, Scenario
from tariffs.settings import CapacitySupport, Settings
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import InputError, SettingsError, UsageError, Words, nearest
from tariffs.vocabulary.units import MINUTES_PER_DAY

FEWEST_DAYS: Final = 360
MOST_DAYS: Final = 366
"""Market prices of a scenario cover one year; a few days less are made up for in proportion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all sizes of a project share.

    Shape   `markets` has the prices of each scenario that sells at market prices, by the scenario's name
    """

    project: Project
    around: Surroundings
    markets: Mapping[str, Signals]

    def scenario(self, name: str) -> Scenario:
        """The scenario of a name.

        Raises  UsageError if there is none
        """
        names = [each.name for each in self.project.scenario]
        if name in names:
            return self.project.scenario[names.index(name)]
        near = nearest(name, names) or names[0]
        raise UsageError(
            Words(f"没有情景 {name}", f"there is no scenario {name}"),
            found=Words("、".join(names), ", ".join(names)),
            do=Words(f"例如 {near}", f"for example {near}"),
        )


def ground_of(
    project: Project,
    *,
    settings: Settings | None = None,
    folder: Path | str = ".",
    signals: Mapping[str, object] | None = None,
) -> Ground:
    """The ground of a project.

    Shape   `signals` gives the prices of a scenario, by its name, as a frame or a file; of the others the file that they
            name is read from `folder`
    Raises  SettingsError if a scenario needs settings and there are none; InputError or Refused if prices cannot be read
            or are not those of one year
    """
    given = dict(signals or {})
    read: dict[str, Signals] = {}
    markets = {}
    for each in project.scenario:
        _refuse_without_settings(each, settings)
        if Regime.MARKET not in each.regimes:
            continue
        source = given.get(each.name, Path(folder) / each.signals)
        key = str(source) if isinstance(source, str | Path) else each.name
        if key not in read:
            read[key] = _one_year(source, each, settings)
        markets[each.name] = read[key]
    library = Library() if settings is None else library_of(settings)
    return Ground(project=project, around=Surroundings(settings=settings, library=library), markets=markets)


def with_project(ground: Ground, project: Project) -> Ground:
    """The same ground for a project with other figures; scenarios keep their prices."""
    return replace(ground, project=project)


def _refuse_without_settings(scenario: Scenario, settings: Settings | None) -> None:
    supported = scenario.capacity_support is not CapacitySupport.NONE
    needs = Regime.REGULATED in scenario.regimes or scenario.calls or supported
    if settings is None and needs:
        raise SettingsError(
            Words(f"情景 {scenario.name} 需要设置文件", f"the scenario {scenario.name} needs settings"),
            found=Words("没有 huchu.toml", "no huchu.toml"),
            do=Words("运行 huchu init 生成，或用 --settings 给出", "huchu init writes one; or give --settings"),
        )


def _one_year(source: object, scenario: Scenario, settings: Settings | None) -> Signals:
    known = known_signals(source, settings)
    name = source.name if isinstance(source, Path) else str(scenario.name)
    if known is None or not known.has_prices:
        raise InputError(
            Words(f"情景 {scenario.name}：{name} 没有电价", f"scenario {scenario.name}: {name} has no prices"),
            found=Words("没有 price_cny_per_mwh 列", "no column price_cny_per_mwh"),
            do=Words(
                "给出一年的市场电价，格式见 docs/signals.md", "give the market prices of a year, as in docs/signals.md"
            ),
        )
    days = known.horizon.count * known.horizon.minutes / MINUTES_PER_DAY
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise InputError(
            Words(f"情景 {scenario.name}：电价须覆盖一年", f"scenario {scenario.name}: prices must cover one year"),
            found=Words(
                f"{name} 自 {known.horizon.first_at:%Y-%m-%d} 起 {days:g} 天",
                f"{name}: {days:g} days from {known.horizon.first_at:%Y-%m-%d}",
            ),
            do=Words(
                f"给出 {FEWEST_DAYS} 至 {MOST_DAYS} 天的电价", f"give prices of {FEWEST_DAYS} to {MOST_DAYS} days"
            ),
        )
    return known
