"""The project: its store, the limits of its size, cost, fade, finance and scenarios, as `project.toml` gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from dispatch.sizing.inputs.checks import crossed, not_above_zero, out_of_range
from dispatch.sizing.inputs.costs import LONGEST_YEARS, Cost, Finance
from dispatch.sizing.inputs.fading import Augmentation, Fade
from dispatch.sizing.inputs.scenario import Scenario, idle_figures
from tariffs.schema import load_toml, read_record
from tariffs.station_parts import ID_PATTERN, LARGEST_RATING
from tariffs.stations import Catalogue, Host, Station
from tariffs.vocabulary.errors import InputError, RecordProblems, Words

RATING_DECIMALS: Final = 6
"""A rating has at most so many."""
FIRST_YEAR, LAST_YEAR = 2000, 2200
LEAST_STEP: Final = Decimal("0.001")
"""MW or MWh between sizes."""
LONGEST_H: Final = 48
"""Hours at rated power; far above any store of a grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Rated power, MW, and rated energy that one full discharge delivers at the grid meter, MWh."""

    power_mw: Decimal
    energy_mwh: Decimal

    @property
    def duration_h(self) -> Fraction:
        """Hours at rated power."""
        return Fraction(self.energy_mwh) / Fraction(self.power_mw)

    def __str__(self) -> str:
        return f"{self.power_mw:f} MW / {self.energy_mwh:f} MWh"


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimits:
    """`[size]`: within which limits the best size is looked for.

    Raises  RecordProblems with every figure that is out of its range
    """

    max_power_mw: Decimal
    min_power_mw: Decimal = Decimal(0)
    min_duration_h: Decimal = Decimal(1)
    max_duration_h: Decimal = Decimal(8)
    max_energy_mwh: Decimal | None = None
    max_investment_cny: Decimal | None = None
    power_step_mw: Decimal = Decimal("0.1")
    """The chosen power is a multiple of it."""
    energy_step_mwh: Decimal = Decimal("0.1")
    """The chosen energy is a multiple of it."""

    def __post_init__(self) -> None:
        problems = [
            *not_above_zero(
                self,
                (
                    "max_power_mw",
                    "min_duration_h",
                    "max_energy_mwh",
                    "max_investment_cny",
                    "power_step_mw",
                    "energy_step_mwh",
                ),
            ),
            *out_of_range(self, ("min_power_mw", "max_power_mw", "max_energy_mwh"), 0, LARGEST_RATING),
            *out_of_range(self, ("max_duration_h",), 0, LONGEST_H),
            *out_of_range(self, ("power_step_mw", "energy_step_mwh"), LEAST_STEP, LARGEST_RATING),
            *crossed(self, "min_power_mw", "max_power_mw"),
            *crossed(self, "min_duration_h", "max_duration_h"),
        ]
        if not problems:
            problems = [*self._too_large(), *self._without_a_step()]
        if problems:
            raise RecordProblems(problems)

    def _too_large(self) -> list[Words]:
        most = self.max_power_mw * self.max_duration_h
        if most <= LARGEST_RATING:
            return []
        return [
            Words(
                f"max_power_mw × max_duration_h 为 {most:f} MWh，至多 {LARGEST_RATING} MWh",
                f"max_power_mw x max_duration_h is {most:f} MWh, at most {LARGEST_RATING} MWh",
            )
        ]

    def _without_a_step(self) -> list[Words]:
        step = self.power_step_mw
        if self.max_power_mw // step * step >= max(self.min_power_mw, step):
            return []
        return [
            Words(
                f"在 min_power_mw {self.min_power_mw} 与 max_power_mw {self.max_power_mw} 之间"
                f"没有 power_step_mw {step} 的倍数",
                f"there is no multiple of power_step_mw {step} between min_power_mw {self.min_power_mw}"
                f" and max_power_mw {self.max_power_mw}",
            )
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """`[project]`: the station that is to be built, but for its size.

    Raises  RecordProblems with every figure that is out of its range
    """

    id: str
    name: str
    first_on: date
    """First day of operation; year n of operation begins on its anniversary."""
    life_years: int = 20
    charge_efficiency: Decimal | None = None
    discharge_efficiency: Decimal | None = None
    round_trip_efficiency: Decimal | None = None
    min_stored_ratio: Decimal = Decimal(0)
    max_stored_ratio: Decimal = Decimal(1)
    self_discharge_per_day: Decimal = Decimal(0)
    in_annual_plan: bool = True
    own_metering: bool = True
    agc: bool = True
    connected_to_public_grid: bool = True
    host: Host = Host.NONE
    catalogue: Catalogue = Catalogue.NONE
    in_building_ratio: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        problems = list(out_of_range(self, ("life_years",), 1, LONGEST_YEARS))
        if not ID_PATTERN.fullmatch(self.id):
            problems.append(
                Words(f"id {self.id!r} 只能用字母、数字、- 和 _", f"id {self.id!r}: only letters, digits, - and _")
            )
        if self.round_trip_efficiency is None and self.charge_efficiency is None:
            problems.append(Words("须给出效率", "give round_trip_efficiency, or both efficiencies"))
        if not FIRST_YEAR <= self.first_on.year <= LAST_YEAR:
            problems.append(
                Words(
                    f"first_on {self.first_on} 须在 {FIRST_YEAR} 年与 {LAST_YEAR} 年之间",
                    f"first_on {self.first_on} lies between the years {FIRST_YEAR} and {LAST_YEAR}",
                )
            )
        if not problems:
            try:
                # a station checks the rest: efficiencies, stored-energy bounds
                self.station(Size(power_mw=Decimal(1), energy_mwh=Decimal(1)))
            except RecordProblems as refused:
                problems.extend(refused.problems)
        if problems:
            raise RecordProblems(problems)

    def station(self, size: Size, energy_ratio: Decimal = Decimal(1)) -> Station:
        """The station of a size; `energy_ratio` is the share of the rated energy that is left.

        Raises  RecordProblems if a figure is out of its range
        """
        kept = {name: getattr(self, name) for name in _SHARED}
        return Station(
            **kept,
            power_mw=round(size.power_mw, RATING_DECIMALS),
            energy_mwh=round(size.energy_mwh * energy_ratio, RATING_DECIMALS),
            initial_stored_ratio=self.min_stored_ratio,
            grid_connected_on=self.first_on,
            award_from=None if self.catalogue is Catalogue.NONE else self.first_on,
        )

    def year(self, year_no: int) -> tuple[date, date]:
        """The first day of a year of operation, and the first day after it; 1 is the first year."""
        return (
            self.first_on + relativedelta(years=year_no - 1),
            self.first_on + relativedelta(years=year_no),
        )

    @property
    def last_on(self) -> date:
        """The last day of the life."""
        return self.year(self.life_years)[1] - timedelta(days=1)


_SHARED: Final = tuple(sorted({each.name for each in fields(Plant)} & {each.name for each in fields(Station)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A whole `project.toml`.

    Raises  RecordProblems if a scenario is given twice, if a figure of one plays no part, or if energy is added after
            the life
    """

    project: Plant
    size: SizeLimits
    cost: Cost
    finance: Finance
    fade: Fade = field(default_factory=Fade)
    augmentation: Augmentation = field(default_factory=Augmentation)
    scenario: tuple[Scenario, ...]

    def __post_init__(self) -> None:
        names = [each.name for each in self.scenario]
        problems = [
            Words(f"情景 {name} 给了两次", f"the scenario {name} is given twice")
            for name in sorted({name for name in names if names.count(name) > 1})
        ]
        problems += [
            Words(f"情景 {each.name}：{name} 没有作用", f"scenario {each.name}: {name} plays no part")
            for each in self.scenario
            for name in idle_figures(each)
        ]
        if not names:
            problems.append(Words("没有 [[scenario]]", "there is no [[scenario]]"))
        late = [year for year in self.augmentation.in_years if year > self.project.life_years]
        if late:
            problems.append(
                Words(
                    f"扩容年 {late} 超出寿命 {self.project.life_years} 年",
                    f"energy is added in {late}, after the life of {self.project.life_years} years",
                )
            )
        if problems:
            raise RecordProblems(problems)


def read_project(path: Path | str) -> Project:
    """The project of a `project.toml`; files that it names lie beside it.

    Raises  InputError with every unknown key, missing key and figure out of its range
    """
    file = Path(path)
    return project_from_table(load_toml(file), where=file.name)


def project_from_table(table: Mapping[str, Any], *, where: str = "project.toml") -> Project:
    """The project of an already parsed `project.toml`.

    Raises  InputError as `read_project`
    """
    if not isinstance(table.get("project"), Mapping):
        raise InputError(
            Words(f"{where} 没有 [project]", f"{where} has no [project]"),
            found=Words("、".join(table) or "空文件", ", ".join(table) or "an empty file"),
            do=Words("运行 huchu size --example 查看样例", "huchu size --example shows a sample"),
        )
    return read_record(Project, table, where=where)
