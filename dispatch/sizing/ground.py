"""What all sizes of a project share: the project, the settings and documents, and the market prices of its scenarios."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from dispatch.plan import known_signals
from dispatch.prepare.terms import Surroundings
from dispatch.signals import Signals
from dispatch.sizing.inputs.project import Project
from dispatch.sizing.inputs.scenario import Regime, Scenario
from tariffs.settings import CapacitySupport, Settings
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import InputError, SettingsError, UsageError, Words, nearest
from tariffs.vocabulary.units import MINUTES_PER_DAY, PRICE_UNITS_PER_CNY_PER_MWH

FEWEST_DAYS: Final = 360
MOST_DAYS: Final = 366
"""Market prices of a scenario cover one year; a few days less are made up for in proportion."""
MOST_CNY_PER_MWH: Final = 200_000
"""No market has ever come near it; prices that grow beyond it are a slip."""


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
    Raises  SettingsError if a scenario needs settings and there are none; UsageError if `signals` names no scenario at
            market prices; InputError or Refused if prices cannot be read, are not those of one year or grow too far
    """
    given = dict(signals or {})
    _refuse_unknown(given, [each.name for each in project.scenario if each.signals])
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
        _refuse_overgrown(each, read[key], project.project.life_years)
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


def _refuse_unknown(given: Mapping[str, object], names: Sequence[str]) -> None:
    strange = next((name for name in given if name not in names), None)
    if strange is None:
        return
    near = nearest(strange, names) or "、".join(names)
    raise UsageError(
        Words(f"没有按市场电价的情景 {strange}", f"there is no scenario {strange} at market prices"),
        found=Words("、".join(names) or "无", ", ".join(names) or "none"),
        do=Words(f"改为 {near}" if names else "去掉 signals", f"write {near}" if names else "leave out signals"),
    )


def _refuse_overgrown(scenario: Scenario, known: Signals, life_years: int) -> None:
    assert known.charge_price_e6 is not None and known.discharge_price_e6 is not None
    largest_e6 = max(int(np.abs(price_e6).max()) for price_e6 in (known.charge_price_e6, known.discharge_price_e6))
    grown = largest_e6 / PRICE_UNITS_PER_CNY_PER_MWH * float(1 + scenario.price_growth_ratio) ** (life_years - 1)
    if scenario.price_growth_ratio > 0 and grown > MOST_CNY_PER_MWH:
        raise InputError(
            Words(
                f"情景 {scenario.name}：price_growth_ratio {scenario.price_growth_ratio} 过大",
                f"scenario {scenario.name}: price_growth_ratio {scenario.price_growth_ratio} is too large",
            ),
            found=Words(
                f"第 {life_years} 年最高电价 {grown:.3g} 元/MWh",
                f"in year {life_years} prices reach {grown:.3g} CNY/MWh",
            ),
            do=Words("改小 price_growth_ratio 或 life_years", "give a smaller price_growth_ratio or fewer life_years"),
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
