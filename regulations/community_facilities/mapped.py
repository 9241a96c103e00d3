"""Facilities and homes on the map, and what cannot be said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from regulations.community_facilities.choices import Function
from tariffs.judging.plausible import not_together, nothing_listed, outside, read_of, refuse_impossible, twice
from tariffs.vocabulary.errors import Words, nearest

FARTHEST_M: Final = 100_000_000
"""More than any map grid of the country holds, zone number included."""
MOST_PERSONS: Final = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A facility: its functions, and its place in metres on a map grid where that is known.

    Raises  RecordProblems if only one coordinate is given
    """

    name: str
    functions: tuple[Function, ...] = ()
    x_m: Decimal | None = None
    y_m: Decimal | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Half a place, or one that is nowhere."""
        return not_together(given, "x_m", "y_m") + off_the_map(given)

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where people live: its place, or its ways on foot to facilities by their names, in metres; or both.

    Raises  RecordProblems if there is neither a place nor a way, or a figure is below nothing
    """

    name: str
    persons: int | None = None
    x_m: Decimal | None = None
    y_m: Decimal | None = None
    walk_m: Mapping[str, Decimal] | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """No place and no way, a place that is nowhere, or a figure below nothing or beyond all measure."""
        problems = not_together(given, "x_m", "y_m") + off_the_map(given) + outside(given, 0, MOST_PERSONS, "persons")
        walks = {f"walk_m.{name}": metres for name, metres in given.get("walk_m", {}).items() if metres is not None}
        problems += outside(walks, 0, FARTHEST_M, *walks)
        if "x_m" not in given and "y_m" not in given and "walk_m" not in given:
            problems.append(Words("须有 x_m、y_m 或 walk_m", "give x_m and y_m, or walk_m"))
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Homes and facilities; the question is whether each home has one within the walk.

    Raises  RecordProblems if a list is empty, a name stands twice, or a way leads nowhere or is shorter than straight
    """

    facilities: tuple[Facility, ...]
    homes: tuple[Home, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Empty lists, names that stand twice, ways that lead nowhere or are shorter than the straight line."""
        facilities, homes = read_of(given, "facilities"), read_of(given, "homes")
        problems = nothing_listed(given, "facilities", "homes")
        problems += twice("facilities", [each.name for each in facilities])
        problems += twice("homes", [each.name for each in homes])
        by_name = {facility.name: facility for facility in facilities}
        if len(facilities) == len(given.get("facilities", ())):
            problems += [problem for home in homes for problem in _wrong_ways(home, by_name)]
        return problems

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    """The facilities of a community with their functions.

    Raises  RecordProblems if a name stands twice
    """

    facilities: tuple[Facility, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Names that stand twice."""
        return twice("facilities", [each.name for each in read_of(given, "facilities")])

    def __post_init__(self) -> None:
        refuse_impossible(self)


def straight_m(home: Home, facility: Facility) -> Decimal | None:
    """The straight line between a home and a facility in metres; nothing where one of them has no place."""
    if home.x_m is None or home.y_m is None or facility.x_m is None or facility.y_m is None:
        return None
    return ((home.x_m - facility.x_m) ** 2 + (home.y_m - facility.y_m) ** 2).sqrt()


def off_the_map(given: Mapping[str, Any]) -> list[Words]:
    """The problem of each coordinate that no map grid holds."""
    return outside(given, -FARTHEST_M, FARTHEST_M, "x_m", "y_m")


def unknown_name(owner: str, name: str, known: Sequence[str]) -> Words:
    """The problem that a record points to a name that is not there, the nearest one offered."""
    near = nearest(name, known)
    hint_zh, hint_en = (f"，是否为 {near}", f"; did you mean {near}") if near else ("", "")
    return Words(f"{owner} 所指的 {name} 不存在{hint_zh}", f"{owner} points to {name}, which is not there{hint_en}")


def _wrong_ways(home: Home, facilities: Mapping[str, Facility]) -> Iterable[Words]:
    for name, metres in (home.walk_m or {}).items():
        if name not in facilities:
            yield unknown_name(home.name, name, list(facilities))
            continue
        straight = straight_m(home, facilities[name])
        # a map measured to the metre may round the way below the line
        if straight is not None and metres + 1 <= straight:
            yield Words(
                f"{home.name} 到 {name} 的步行 {metres} 米短于直线 {straight:.0f} 米",
                f"{home.name}: the walk of {metres} m to {name} is shorter than the straight {straight:.0f} m",
            )
