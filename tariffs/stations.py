"""The frozen Station and the strict reader of `stations.toml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from tariffs.schema import load_toml, read_record
from tariffs.vocabulary.errors import InputError, RecordProblems, Words, nearest
from tariffs.vocabulary.money import scaled
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, KWH_PER_MWH, MINUTES_PER_HOUR

LARGEST_RATING = Decimal(100_000)
"""MW or MWh; far above any station, and every product of it stays inside 64 bits."""
ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Host(Enum):
    """What the station is paired with."""

    NONE = "none"
    THERMAL = "thermal"
    USER = "user"


class Catalogue(Enum):
    """Part of the demonstration catalogue that lists the station."""

    NONE = "none"
    INDEPENDENT = "independent"
    USER_SIDE = "user_side"


class OutageCause(Enum):
    """Who answers for an outage."""

    OWN = "own"
    GRID = "grid"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Capacity leased to somebody from one day up to and including another."""

    lessee: str
    lessee_is_new_energy: bool
    power_mw: Decimal
    duration_h: Decimal
    from_on: date
    until_on: date
    price_cny_per_kw_year: Decimal

    def __post_init__(self) -> None:
        _raise_if_any([_rating_problem(self, "power_mw"), _rating_problem(self, "duration_h")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time with reduced power, half open."""

    from_at: datetime
    until_at: datetime
    power_available_mw: Decimal
    cause: OutageCause

    @property
    def span_ms(self) -> tuple[int, int]:
        """Both ends in milliseconds since the epoch (UTC); a time without offset is Shanghai time."""
        # the grid of time loads the frame engine, which who only reads a station does not need
        from tariffs.vocabulary.timegrid import ZONE, physical

        first, until = (
            physical(at.replace(tzinfo=ZONE) if at.tzinfo is None else at) for at in (self.from_at, self.until_at)
        )
        return first, until

    def __post_init__(self) -> None:
        mixed = (self.from_at.tzinfo is None) != (self.until_at.tzinfo is None)
        _raise_if_any(
            [
                Words("from_at 与 until_at 须同带或同不带时区", "from_at and until_at need an offset both, or neither")
                if mixed
                else None,
                Words("power_available_mw 不能为负", "power_available_mw is negative")
                if self.power_available_mw < 0
                else None,
            ]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An expansion or a derating: new ratings from a day on."""

    from_on: date
    power_mw: Decimal | None = None
    charge_power_mw: Decimal | None = None
    energy_mwh: Decimal | None = None

    def __post_init__(self) -> None:
        names = ("power_mw", "charge_power_mw", "energy_mwh")
        nothing = all(getattr(self, name) is None for name in names)
        empty = Words("没有给出新的额定值", "no new rating is given") if nothing else None
        _raise_if_any([empty, *(_rating_problem(self, name) for name in names)])


def _rating_problem(record: object, name: str) -> Words | None:
    figure = getattr(record, name)
    if figure is None:
        return None
    if figure <= 0:
        return Words(f"{name} 须大于 0，不是 {figure}", f"{name} must be above 0, not {figure}")
    if figure > LARGEST_RATING:
        return Words(
            f"{name} 最大 {LARGEST_RATING}，不是 {figure}", f"{name} is at most {LARGEST_RATING}, not {figure}"
        )
    if figure.as_tuple().exponent < -6:
        return Words(f"{name} 最多 6 位小数", f"{name} has more than 6 decimals")
    return None


def _raise_if_any(problems: list[Words | None]) -> None:
    found = [problem for problem in problems if problem is not None]
    if found:
        raise RecordProblems(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Rated discharge power, rated charging power and rated discharge energy at the grid meter on a day."""

    power_mw: Decimal
    charge_power_mw: Decimal
    energy_mwh: Decimal

    @property
    def energy_kwh_e4(self) -> int:
        """Rated energy as an integer of 1e-4 kWh."""
        return scaled(self.energy_mwh, KWH_PER_MWH * ENERGY_UNITS_PER_KWH)

    def charge_limit_kwh_e4(self, minutes: int) -> int:
        """Energy of an interval at rated charging power, 1e-4 kWh, rounded down."""
        return _interval_energy_kwh_e4(self.charge_power_mw, minutes)

    def discharge_limit_kwh_e4(self, minutes: int) -> int:
        """Energy of an interval at rated discharge power, 1e-4 kWh, rounded down."""
        return _interval_energy_kwh_e4(self.power_mw, minutes)


def _interval_energy_kwh_e4(power_mw: Decimal, minutes: int) -> int:
    return int(power_mw * KW_PER_MW * ENERGY_UNITS_PER_KWH * minutes / MINUTES_PER_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One storage station as `stations.toml` describes it; `interfaces.md` has the meaning of each key.

    Raises  RecordProblems with every figure that is out of its range
    """

    id: str
    name: str
    power_mw: Decimal
    energy_mwh: Decimal
    grid_connected_on: date
    charge_power_mw: Decimal | None = None
    owner: str = ""
    account_no: str = ""
    tax_no: str = ""
    meter_ids: tuple[str, ...] = ()
    nameplate_dc_mwh: Decimal | None = None
    tested_energy_mwh: Decimal | None = None
    charge_efficiency: Decimal | None = None
    discharge_efficiency: Decimal | None = None
    round_trip_efficiency: Decimal | None = None
    min_stored_ratio: Decimal = Decimal(0)
    max_stored_ratio: Decimal = Decimal(1)
    initial_stored_ratio: Decimal = Decimal(0)
    self_discharge_per_day: Decimal = Decimal(0)
    auxiliary_mw: Decimal = Decimal(0)
    commissioning_until_on: date | None = None
    in_annual_plan_from: date | None = None
    in_annual_plan: bool = False
    own_metering: bool = True
    agc: bool = True
    connected_to_public_grid: bool = True
    host: Host = Host.NONE
    catalogue: Catalogue = Catalogue.NONE
    in_building_ratio: Decimal = Decimal(0)
    award_from: date | None = None
    lease: tuple[Lease, ...] = ()
    outage: tuple[Outage, ...] = ()
    change: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        problems = [*self._identity_problems(), *self._figure_problems(), *self._date_problems()]
        if problems:
            raise RecordProblems(problems)

    def _identity_problems(self) -> list[Words]:
        found = []
        if not ID_PATTERN.fullmatch(self.id):
            found.append(
                Words(f"id {self.id!r} 只能用字母、数字、- 和 _", f"id {self.id!r}: only letters, digits, - and _")
            )
        if not self.name.strip():
            found.append(Words("name 不能为空", "name is empty"))
        if not all(meter.strip() for meter in self.meter_ids):
            found.append(Words("meter_ids 中有空的表号", "meter_ids has an empty name"))
        return found

    def _figure_problems(self) -> list[Words]:
        above_zero = ("power_mw", "energy_mwh", "charge_power_mw", "nameplate_dc_mwh", "tested_energy_mwh")
        shares = (
            "charge_efficiency",
            "discharge_efficiency",
            "round_trip_efficiency",
            "min_stored_ratio",
            "max_stored_ratio",
            "initial_stored_ratio",
            "self_discharge_per_day",
            "in_building_ratio",
        )
        found = [problem for name in above_zero if (problem := _rating_problem(self, name))]
        if self.auxiliary_mw < 0:
            found.append(Words("auxiliary_mw 不能为负", "auxiliary_mw is negative"))
        for name in shares:
            figure = getattr(self, name)
            low_open = name.endswith("efficiency")
            if figure is not None and not (0 <= figure <= 1 and not (low_open and figure == 0)):
                found.append(
                    Words(f"{name} 须在 0 与 1 之间，不是 {figure}", f"{name} lies between 0 and 1, not {figure}")
                )
        if self.min_stored_ratio >= self.max_stored_ratio:
            found.append(
                Words("min_stored_ratio 须小于 max_stored_ratio", "min_stored_ratio must be below max_stored_ratio")
            )
        if (self.charge_efficiency is None) != (self.discharge_efficiency is None):
            found.append(
                Words(
                    "charge_efficiency 与 discharge_efficiency 须同时给出",
                    "charge_efficiency and discharge_efficiency go together",
                )
            )
        if self.charge_efficiency is not None and self.round_trip_efficiency is not None:
            found.append(
                Words(
                    "往返效率与充、放电效率只能给一种",
                    "give round_trip_efficiency or the two efficiencies, not both",
                )
            )
        return found

    def _date_problems(self) -> list[Words]:
        found = []
        if self.commissioning_until_on and self.commissioning_until_on < self.grid_connected_on:
            found.append(
                Words(
                    "commissioning_until_on 早于 grid_connected_on",
                    "commissioning_until_on lies before grid_connected_on",
                )
            )
        for number, outage in enumerate(self.outage, 1):
            if outage.until_at <= outage.from_at:
                found.append(Words(f"outage[{number}] 的终点不晚于起点", f"outage[{number}] ends before it starts"))
        for number, lease in enumerate(self.lease, 1):
            if lease.until_on < lease.from_on:
                found.append(Words(f"lease[{number}] 的终点早于起点", f"lease[{number}] ends before it starts"))
        starts = [change.from_on for change in self.change]
        if starts != sorted(set(starts)):
            found.append(Words("change 须按日期升序且不重复", "changes must be in order of their days, each day once"))
        return found

    @property
    def feeds(self) -> tuple[str, ...]:
        """The names under which meter files may carry this station: its id and its meters."""
        return (self.id, *(meter for meter in self.meter_ids if meter != self.id))

    @property
    def efficiencies(self) -> tuple[Decimal, Decimal] | None:
        """Charge and discharge efficiency, or nothing where the station does not give them."""
        if self.charge_efficiency is not None and self.discharge_efficiency is not None:
            return self.charge_efficiency, self.discharge_efficiency
        if self.round_trip_efficiency is not None:
            return self.round_trip_efficiency.sqrt(), self.round_trip_efficiency.sqrt()
        return None

    @property
    def listed_from(self) -> date | None:
        """First day on which the station is in the annual plan; nothing if it is not."""
        if self.in_annual_plan_from is not None:
            return self.in_annual_plan_from
        return self.grid_connected_on if self.in_annual_plan else None

    def rating_on(self, day: date) -> Rating:
        """The ratings in force on a day, expansions and deratings included."""
        power, charge, energy = self.power_mw, self.charge_power_mw or self.power_mw, self.energy_mwh
        for change in self.change:
            if change.from_on <= day:
                power = change.power_mw or power
                charge = change.charge_power_mw or charge
                energy = change.energy_mwh or energy
        return Rating(power_mw=power, charge_power_mw=charge, energy_mwh=energy)


def read_stations(path: Path | str) -> tuple[Station, ...]:
    """The stations of a `stations.toml`, sorted by id.

    Raises  InputError with every problem of every station: keys, types, ranges, an id or a meter given twice
    """
    file = Path(path)
    return stations_from_table(load_toml(file), where=file.name)


def stations_from_table(table: Mapping[str, Any], *, where: str) -> tuple[Station, ...]:
    """The stations of an already parsed `stations.toml`, sorted by id."""
    rows = table.get("station")
    unknown = [key for key in table if key != "station"]
    if not isinstance(rows, list) or not rows or unknown:
        hint = nearest(unknown[0], ["station"]) if unknown else ""
        raise InputError(
            Words(f"{where} 须由 [[station]] 组成", f"{where} must consist of [[station]] tables"),
            found=Words(f"{unknown or '没有电站'}", f"{unknown or 'no station'}"),
            do=Words(
                "写成 [[station]]" if hint else "运行 huchu init 查看样例",
                "write [[station]]; huchu init shows a sample",
            ),
        )
    stations, problems = [], []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            problems.append(Words(f"station[{number}] 须为表", f"station[{number}] must be a table"))
            continue
        name = row.get("id", number)
        try:
            stations.append(read_record(Station, row, where=f"{where} [[station]] {name}"))
        except InputError as refused:
            problems.append(refused.found)
    problems.extend(_given_twice(stations))
    _refuse(problems, where)
    return tuple(sorted(stations, key=lambda station: station.id))


def check_together(stations: Sequence[Station]) -> None:
    """Nothing, if every station and every meter is given once.

    Raises  InputError naming the feeds that belong to two stations
    """
    _refuse(_given_twice(stations), "stations")


def _refuse(problems: Sequence[Words], where: str) -> None:
    if problems:
        raise InputError(
            Words(f"{where}：{len(problems)} 座电站有问题", f"{where}: {len(problems)} station(s) with problems"),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words("按上述逐条改正", "mend each of them"),
        )


def _given_twice(stations: Sequence[Station]) -> list[Words]:
    owner: dict[str, str] = {}
    found = []
    for station in stations:
        for feed in station.feeds:
            if feed in owner:
                found.append(
                    Words(
                        f"{feed} 同时属于 {owner[feed]} 和 {station.id}",
                        f"{feed} belongs to {owner[feed]} and {station.id}",
                    )
                )
            owner[feed] = station.id
    return found
