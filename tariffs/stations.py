"""The frozen Station and the strict reader of `stations.toml`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from tariffs.schema import load_toml, read_record
from tariffs.station_parts import ID_PATTERN, Change, Lease, Outage, OutageCause, Rating, rating_problem
from tariffs.vocabulary.errors import InputError, RecordProblems, Words, nearest
from tariffs.vocabulary.exact_fields import take_decimals
from tariffs.zones import unknown_zones, zones_and_problems

__all__ = [
    "Catalogue",
    "Change",
    "Host",
    "Lease",
    "Outage",
    "OutageCause",
    "Rating",
    "Station",
    "check_together",
    "read_station",
    "read_stations",
    "stations_from_table",
    "stations_given",
]
SHOWN_IDS = 5
STATIONS, WITH_ZONES = Words("座电站", "station(s)"), Words("处电站或分区", "station(s) or zone(s)")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One storage station as `stations.toml` describes it; `interfaces.md` has the meaning of each key.

    Shape   figures are Decimal; a whole number is taken for one, a float is not
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
    zone: str = ""
    """Id of the `[[zone]]` in which it lies; empty outside all of them."""
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
    national_capacity_price_from: date | None = None
    """First day on which the station is on the list of 发改价格〔2026〕114号."""
    lease: tuple[Lease, ...] = ()
    outage: tuple[Outage, ...] = ()
    change: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        where = f"Station {self.id}"
        take_decimals(self, where)
        problems = [*self._identity_problems(), *self._figure_problems(), *self._date_problems()]
        if problems:
            raise RecordProblems(problems, where=where)

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
        found = [problem for name in above_zero if (problem := rating_problem(self, name))]
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
            rating = self.rating_on(outage.from_at.date())
            if outage.power_available_mw > max(rating.power_mw, rating.charge_power_mw):
                given = outage.power_available_mw
                found.append(
                    Words(
                        f"outage[{number}] 的可用功率 {given} 兆瓦高于额定功率",
                        f"outage[{number}]: {given} MW available is above the rated power",
                    )
                )
        for number, lease in enumerate(self.lease, 1):
            if lease.until_on < lease.from_on:
                found.append(Words(f"lease[{number}] 的终点早于起点", f"lease[{number}] ends before it starts"))
        found.extend(self._lease_problems())
        starts = [change.from_on for change in self.change]
        if starts != sorted(set(starts)):
            found.append(Words("change 须按日期升序且不重复", "changes must be in order of their days, each day once"))
        return found

    def _lease_problems(self) -> list[Words]:
        """A lease that stands twice, or the first day on which more is leased out than there is; a lease or rating begins then."""
        repeated = [n for n, each in enumerate(self.lease, 1) if each in self.lease[: n - 1]]
        if repeated:
            return [Words(f"lease[{repeated[0]}] 与前面的一份相同", f"lease[{repeated[0]}] repeats an earlier one")]
        for day in sorted({*(each.from_on for each in self.lease), *(each.from_on for each in self.change)}):
            leased = self.leased_mw_on(day)
            rated = self.rating_on(day).power_mw
            if leased > rated:
                return [
                    Words(
                        f"{day} 租出 {leased} 兆瓦，超过额定 {rated} 兆瓦",
                        f"on {day} {leased} MW are leased, more than the rated {rated} MW",
                    )
                ]
        return []

    def times(self, count: int) -> tuple["Station", ...]:
        """So many stations like this one, their ids and names numbered, without its meters, which are its own."""
        width = len(str(count))
        return tuple(
            replace(self, id=f"{self.id}-{number:0{width}}", name=f"{self.name} {number}", meter_ids=())
            for number in range(1, count + 1)
        )

    def leased_mw_on(self, day: date) -> Decimal:
        """Power leased to anybody on a day, MW."""
        return sum((each.power_mw for each in self.lease if each.from_on <= day <= each.until_on), start=Decimal(0))

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


def read_station(path: Path | str, station_id: str) -> Station:
    """The station of that id in a `stations.toml`.

    Raises  InputError as `read_stations`, or if there is no station of that id
    """
    known = {station.id: station for station in read_stations(path)}
    if station_id not in known:
        near, listed = nearest(station_id, list(known)), list(known)[:SHOWN_IDS]
        raise InputError(
            Words(
                f"{Path(path).name} 中没有电站 {station_id}", f"there is no station {station_id} in {Path(path).name}"
            ),
            found=Words("、".join(listed), ", ".join(listed)),
            do=Words(f"改为 {near}" if near else "用其中一个", f"write {near}" if near else "take one of them"),
        )
    return known[station_id]


def stations_from_table(table: Mapping[str, Any], *, where: str) -> tuple[Station, ...]:
    """The stations of an already parsed `stations.toml`, sorted by id."""
    rows = table.get("station")
    unknown = [key for key in table if key not in ("station", "zone")]
    if not isinstance(rows, list) or not rows or unknown:
        hint = nearest(unknown[0], ["station", "zone"]) if unknown else ""
        raise InputError(
            Words(
                f"{where} 须由 [[station]] 组成，可另有 [[zone]]",
                f"{where} must consist of [[station]] tables, with [[zone]] tables beside them or without",
            ),
            found=Words(f"{unknown or '没有电站'}", f"{unknown or 'no station'}"),
            do=Words(
                f"写成 [[{hint}]]" if hint else "运行 huchu init 查看样例",
                f"write [[{hint}]]" if hint else "huchu init shows a sample",
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
    zones, faulty_zones = zones_and_problems(table.get("zone", []), where=where)
    problems.extend(_given_twice(stations))
    of_zones = faulty_zones or unknown_zones([(station.id, station.zone) for station in stations], zones)
    _refuse([*problems, *of_zones], where, WITH_ZONES if of_zones else STATIONS)
    return tuple(sorted(stations, key=lambda station: station.id))


def stations_given(stations: Iterable[Station] | Station) -> tuple[Station, ...]:
    """The stations that a caller gives: several in any form, or one by itself.

    Raises  InputError if none is given, if one of them is no Station, or as `check_together`
    """
    several = (stations,) if isinstance(stations, Station | str | Path) else tuple(stations)
    strange = next((each for each in several if not isinstance(each, Station)), None)
    if not several or strange is not None:
        kind = type(strange).__name__
        raise InputError(
            Words("没有给出电站", "no station is given") if not several else Words("不是电站", "this is no station"),
            found=Words("空", "nothing") if not several else Words(kind, kind),
            do=Words('例如 read_stations("stations.toml")', 'give read_stations("stations.toml"), for example'),
        )
    check_together(several)
    return several


def check_together(stations: Sequence[Station]) -> None:
    """Nothing, if every station and every meter is given once.

    Raises  InputError naming the stations given twice, and the feeds that belong to two of them
    """
    problems = _given_twice(stations)
    if problems:
        raise InputError(
            Words("有电站或表计给了两次", "a station or a meter is given twice"),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words(
                "各用自己的 id 与 meter_ids；同样的几座写作 station.times(2)",
                "give each its own id and meter_ids; several alike are station.times(2)",
            ),
        )


def _refuse(problems: Sequence[Words], where: str, whose: Words = STATIONS) -> None:
    if problems:
        raise InputError(
            Words(f"{where}：{len(problems)} {whose.zh}有问题", f"{where}: {len(problems)} {whose.en} with problems"),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words("按上述逐条改正", "mend each of them"),
        )


def _given_twice(stations: Sequence[Station]) -> list[Words]:
    owner: dict[str, str] = {}
    found = []
    seen: set[str] = set()
    for station in stations:
        if station.id in seen:
            found.append(Words(f"电站 {station.id} 给了两次", f"station {station.id} is given twice"))
            continue
        seen.add(station.id)
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
