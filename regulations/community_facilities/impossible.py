"""What cannot be in lists of named records, told in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from tariffs.vocabulary.errors import Words, nearest

Record = TypeVar("Record")


class Named(Protocol):
    """A record with a name."""

    @property
    def name(self) -> str:
        """The name, once in its list."""


def without_unread(records: Iterable[Record | None]) -> list[Record]:
    """The records of a list that could be read."""
    return [record for record in records if record is not None]


def empty(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each list: the problem that nothing is in it."""
    return [
        Words(f"{name} 不得为空", f"{name} must not be empty") for name in names if name in given and not given[name]
    ]


def twice(listed: str, records: Sequence[Named]) -> list[Words]:
    """The problem of each name that stands in a list more than once."""
    counted = Counter(record.name for record in records)
    return [
        Words(f"{listed} 中 {name} 出现 {times} 次", f"{name} stands {times} times in {listed}")
        for name, times in counted.items()
        if times > 1
    ]


def unknown_name(owner: str, name: str, known: Sequence[str]) -> Words:
    """The problem that a record points to a name that is not there, the nearest one offered."""
    near = nearest(name, known)
    hint_zh, hint_en = (f"，是否为 {near}", f"; did you mean {near}") if near else ("", "")
    return Words(f"{owner} 所指的 {name} 不存在{hint_zh}", f"{owner} points to {name}, which is not there{hint_en}")


def half_placed(given: Mapping[str, Any]) -> list[Words]:
    """The problem that a place has one coordinate of two."""
    if ("x_m" in given) == ("y_m" in given):
        return []
    return [Words("x_m 与 y_m 须同时给出", "x_m and y_m go together")]


def not_above_nothing(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each figure: the problem that it is nothing or less."""
    return [
        Words(f"{name} 须大于 0，不是 {given[name]}", f"{name} must be above 0, not {given[name]}")
        for name in names
        if name in given and given[name] <= 0
    ]
