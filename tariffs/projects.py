"""The frozen Project of a wind developer and the strict reader of `projects.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Final

from tariffs.schema import load_toml, read_record
from tariffs.vocabulary.errors import InputError, RecordProblems, Words, nearest

ID_CHARACTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
LONGEST_ID: Final = 64
LARGEST_FIGURE: Final = Decimal(100_000)
FIGURE_DECIMALS: Final = 6
TABLES: Final = ("project", "lease_offer")


class WindKind(Enum):
    """Where the wind farm stands."""

    ONSHORE = "onshore"
    OFFSHORE = "offshore"


class Manner(Enum):
    """How a developer comes to the storage: the three ways that the plan names."""

    OWN = "own"
    JOINT = "joint"
    LEASE = "lease"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedStorage:
    """A part of a station that a project counts on, from one day up to and including another; open without the second."""

    station_id: str
    manner: Manner
    power_mw: Decimal
    from_on: date
    until_on: date | None = None
    duration_h: Decimal | None = None

    def __post_init__(self) -> None:
        _raise_if_any(
            [
                _figure_problem(self, "power_mw"),
                _figure_problem(self, "duration_h"),
                _order_problem(self.from_on, self.until_on),
            ]
        )

    def runs_on(self, day: date) -> bool:
        """Whether the project counts on it on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseOffer:
    """The yearly rent, 元/kW, at which a station leases capacity, and how much of it at most."""

    station_id: str
    price_cny_per_kw_year: Decimal
    power_mw: Decimal | None = None

    def __post_init__(self) -> None:
        _raise_if_any([_figure_problem(self, "power_mw"), _price_problem(self.price_cny_per_kw_year)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One wind project as `projects.toml` describes it; `docs/pairing.md` has the meaning of each key.

    Shape   `capacity_mw` is what the farm has after the works; the two `required_` figures are those of the competitive
            allocation of an offshore farm
    Raises  RecordProblems with every key that is wrong, missing or out of place
    """

    id: str
    name: str
    developer: str
    kind: WindKind
    construction_started_on: date
    capacity_mw: Decimal
    concentrated: bool | None = None
    upgrade: bool = False
    capacity_before_mw: Decimal | None = None
    required_power_mw: Decimal | None = None
    required_duration_h: Decimal | None = None
    storage: tuple[PairedStorage, ...] = ()

    def __post_init__(self) -> None:
        figures = ("capacity_mw", "capacity_before_mw", "required_power_mw", "required_duration_h")
        _raise_if_any(
            [
                *self._word_problems(),
                *(_figure_problem(self, name) for name in figures),
                *self._kind_problems(),
            ]
        )

    def _word_problems(self) -> list[Words | None]:
        sound = 0 < len(self.id) <= LONGEST_ID and set(self.id) <= ID_CHARACTERS
        return [
            None
            if sound
            else Words(f"id {self.id!r} 只能用字母、数字、- 和 _", f"id {self.id!r}: only letters, digits, - and _"),
            None if self.name.strip() else Words("name 不能为空", "name is empty"),
            None if self.developer.strip() else Words("developer 不能为空", "developer is empty"),
        ]

    def _kind_problems(self) -> list[Words | None]:
        offshore = self.kind is WindKind.OFFSHORE
        terms = self.required_power_mw is not None or self.required_duration_h is not None
        return [
            Words(
                "陆上风电须写明 concentrated = true（集中式）或 false",
                "onshore wind needs concentrated = true or false",
            )
            if not offshore and self.concentrated is None
            else None,
            Words(
                "required_power_mw、required_duration_h 是海上风电竞争配置的要求，陆上风电不填",
                "required_power_mw and required_duration_h belong to offshore wind, not to onshore wind",
            )
            if not offshore and terms
            else None,
            Words("升级改造须给出 capacity_before_mw", "an upgrade needs capacity_before_mw")
            if self.upgrade and self.capacity_before_mw is None
            else None,
            Words("capacity_before_mw 只用于 upgrade = true", "capacity_before_mw goes with upgrade = true only")
            if not self.upgrade and self.capacity_before_mw is not None
            else None,
            self._growth_problem(),
        ]

    def _growth_problem(self) -> Words | None:
        """An upgrade keeps or adds capacity: a farm that is smaller than before is likelier two figures mixed up."""
        before, after = self.capacity_before_mw, self.capacity_mw
        if not self.upgrade or before is None or before <= after:
            return None
        return Words(
            f"capacity_before_mw {before} 不得大于 capacity_mw {after}（改造后的容量）",
            f"capacity_before_mw {before} must not be above capacity_mw {after}, the capacity after the works",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """What a `projects.toml` holds: the projects by their id, and the rents on offer by station."""

    projects: tuple[Project, ...]
    lease_offers: tuple[LeaseOffer, ...] = ()


def read_projects(path: Path | str) -> ProjectFile:
    """The projects and offers of a `projects.toml`.

    Raises  InputError with every problem of every project: keys, types, ranges, an id given twice
    """
    file = Path(path)
    return projects_from_table(load_toml(file), where=file.name)


def projects_from_table(table: Mapping[str, Any], *, where: str) -> ProjectFile:
    """The projects and offers of an already parsed `projects.toml`."""
    problems: list[Words] = []
    for key in table:
        if key not in TABLES:
            near = nearest(key, TABLES)
            hint = (f"，是否为 [[{near}]]", f"; did you mean [[{near}]]") if near else ("", "")
            problems.append(Words(f"不认识 {key}{hint[0]}", f"{key} is not known{hint[1]}"))
    projects = _records(Project, table, "project", problems)
    offers = _records(LeaseOffer, table, "lease_offer", problems)
    if not table.get("project"):
        problems.append(Words("没有 [[project]]", "there is no [[project]]"))
    problems.extend(_given_twice("project", [project.id for project in projects]))
    problems.extend(_given_twice("lease_offer", [offer.station_id for offer in offers]))
    if problems:
        raise InputError(
            Words(f"{where}：{len(problems)} 项有问题", f"{where}: {len(problems)} entries with problems"),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words("按上述逐条改正", "mend each of them"),
        )
    return ProjectFile(
        projects=tuple(sorted(projects, key=lambda project: project.id)),
        lease_offers=tuple(sorted(offers, key=lambda offer: offer.station_id)),
    )


def _records(record: type[Any], table: Mapping[str, Any], key: str, problems: list[Words]) -> list[Any]:
    """The records of a list of tables; what is wrong with each is added to the problems, under its name."""
    rows, made = table.get(key, []), []
    if not isinstance(rows, list):
        problems.append(Words(f"{key} 须写成 [[{key}]]", f"{key} must be written as [[{key}]]"))
        return []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            problems.append(Words(f"{key}[{number}] 须为表", f"{key}[{number}] must be a table"))
            continue
        name = row.get("id", row.get("station_id", number))
        try:
            made.append(read_record(record, row, where=f"[[{key}]] {name}"))
        except InputError as refused:
            problems.append(refused.found)
    return made


def _given_twice(key: str, names: Sequence[str]) -> list[Words]:
    repeated = sorted({name for name in names if names.count(name) > 1})
    return [Words(f"{key} {name} 给了两次", f"{key} {name} is given twice") for name in repeated]


def _figure_problem(record: object, name: str) -> Words | None:
    figure = getattr(record, name)
    if figure is None:
        return None
    if figure <= 0:
        return Words(f"{name} 须大于 0，不是 {figure}", f"{name} must be above 0, not {figure}")
    if figure > LARGEST_FIGURE:
        return Words(
            f"{name} 最大 {LARGEST_FIGURE}，不是 {figure}", f"{name} is at most {LARGEST_FIGURE}, not {figure}"
        )
    if figure.as_tuple().exponent < -FIGURE_DECIMALS:
        return Words(f"{name} 最多 {FIGURE_DECIMALS} 位小数", f"{name} has more than {FIGURE_DECIMALS} decimals")
    return None


def _price_problem(price: Decimal) -> Words | None:
    if not 0 <= price <= LARGEST_FIGURE:
        return Words(
            f"price_cny_per_kw_year 须在 0 与 {LARGEST_FIGURE} 之间，不是 {price}",
            f"price_cny_per_kw_year lies between 0 and {LARGEST_FIGURE}, not {price}",
        )
    return None


def _order_problem(first: date, last: date | None) -> Words | None:
    if last is not None and last < first:
        return Words(
            f"until_on {last} 早于 from_on {first}",
            f"until_on {last} lies before from_on {first}",
        )
    return None


def _raise_if_any(problems: Sequence[Words | None]) -> None:
    found = [problem for problem in problems if problem is not None]
    if found:
        raise RecordProblems(found)
