"""Zones and feeders of `stations.toml`: what the stations of one may together give to and take from the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tariffs.schema import load_toml, read_record
from tariffs.station_parts import ID_PATTERN, LARGEST_RATING
from tariffs.vocabulary.errors import InputError, RecordProblems, Words, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A `[[zone]]` of `stations.toml`: the most that its stations together may give to and take from the grid, MW.

    Shape   both limits are net: what some give and others take in the same interval cancels
    Raises  RecordProblems with every figure that is out of its range
    """

    id: str
    name: str
    discharge_limit_mw: Decimal
    charge_limit_mw: Decimal

    def __post_init__(self) -> None:
        found = []
        if not ID_PATTERN.fullmatch(self.id):
            found.append(
                Words(f"id {self.id!r} 只能用字母、数字、- 和 _", f"id {self.id!r}: only letters, digits, - and _")
            )
        if not self.name.strip():
            found.append(Words("name 不能为空", "name is empty"))
        for limit in ("discharge_limit_mw", "charge_limit_mw"):
            figure = getattr(self, limit)
            if not 0 <= figure <= LARGEST_RATING:
                found.append(
                    Words(
                        f"{limit} 须在 0 与 {LARGEST_RATING} 之间，不是 {figure}",
                        f"{limit} lies between 0 and {LARGEST_RATING}, not {figure}",
                    )
                )
        if found:
            raise RecordProblems(found)


def read_zones(path: Path | str) -> tuple[Zone, ...]:
    """The zones of a `stations.toml`, sorted by id; none where it has no `[[zone]]`.

    Raises  InputError with every problem of every zone: keys, types, ranges, an id given twice
    """
    file = Path(path)
    zones, problems = zones_and_problems(load_toml(file).get("zone", []), where=file.name)
    if problems:
        raise InputError(
            Words(f"{file.name}：{len(problems)} 个分区有问题", f"{file.name}: {len(problems)} zone(s) with problems"),
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words("按上述逐条改正", "mend each of them"),
        )
    return zones


def zones_and_problems(rows: object, *, where: str) -> tuple[tuple[Zone, ...], list[Words]]:
    """The zones of parsed `[[zone]]` tables, sorted by id, and what is wrong with the tables."""
    if not isinstance(rows, list):
        return (), [Words("zone 须写成 [[zone]]", "write zone as [[zone]]")]
    zones: dict[str, Zone] = {}
    problems: list[Words] = []
    for number, row in enumerate(rows, 1):
        try:
            zone = read_record(Zone, _table(row, number), where=f"{where} [[zone]] {_name(row, number)}")
        except InputError as refused:
            problems.append(refused.found)
            continue
        if zone.id in zones:
            problems.append(Words(f"分区 {zone.id} 出现两次", f"zone {zone.id} is given twice"))
        zones[zone.id] = zone
    return tuple(sorted(zones.values(), key=lambda zone: zone.id)), problems


def unknown_zones(named: Sequence[tuple[str, str]], zones: Sequence[Zone]) -> list[Words]:
    """What is wrong with the zones that stations name: pairs of station id and zone id, none where it is empty."""
    known = [zone.id for zone in zones]
    found = []
    for station_id, zone_id in named:
        if not zone_id or zone_id in known:
            continue
        near = nearest(zone_id, known)
        found.append(
            Words(
                f"电站 {station_id} 的分区 {zone_id} 没有 [[zone]]" + (f"，是否为 {near}" if near else ""),
                f"zone {zone_id} of station {station_id} has no [[zone]]" + (f"; did you mean {near}" if near else ""),
            )
        )
    return found


def _table(row: object, number: int) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return row
    told = Words(f"zone[{number}] 须为表", f"zone[{number}] must be a table")
    raise InputError(told, found=told, do=Words("写成 [[zone]]", "write [[zone]]"))


def _name(row: object, number: int) -> object:
    return row.get("id", number) if isinstance(row, Mapping) else number
